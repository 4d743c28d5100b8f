"""Has anything changed since the last import? If not, its account still holds, and nothing need be compared.

An import that is run again changes nothing: what was new or updated is unchanged then, all else is the same.
"""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import TAGS_FILE, find_files
from regesta.content.imports_lock import LOCK_FILE
from regesta.content.paper_files import PaperFile, parse, read_papers
from regesta.content.text_files import TextFileError, read_text
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.errors import Problem
from regesta.importing.ledger import Ledger
from regesta.importing.review import REVIEW_FILE
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.content.find_files import File
    from regesta.sources.common.files import ReadOptions

_FILE = "imported.json"
#: The rooms whose code has a part in what an import does.
_WHAT_IMPORTS = ("text", "content", "archive", "sources", "importing")
_KEPT = 64 << 20  # characters of paper files that are kept until they are parsed; what is more is read again


@dataclass(slots=True)
class Look:
    """What an import finds: everything that its outcome depends on.

    Attributes:
        content: the archive's content folder.
        inputs: a hash of what is imported, and how.
        files: the archive's paper files.
        problems: one for each thing among them that is not a paper file.
        keys: for each file, by name, a hash of its text, or why it cannot be read.
        texts: the texts of the first files, by name, until `load` takes them.
    """

    content: Path
    inputs: str
    files: list[File]
    problems: list[Problem]
    keys: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def state(self) -> str:
        """Return a hash of all this, and of the import's memory, taxonomy and review list as they are now."""
        memory = [_hash_of(self.content / name) for name in (LOCK_FILE, TAGS_FILE, REVIEW_FILE)]
        return digest(repr((self.inputs, memory, sorted(self.keys.items()))), 32)

    def load(self) -> tuple[list[PaperFile], list[Problem]]:
        """Return what `load_papers` returns, without reading the files again."""
        papers, broken = read_papers(self.files, self._parsed)
        return papers, [*self.problems, *broken]

    def _parsed(self, file: File) -> PaperFile:
        text = self.texts.pop(file.name, None)
        if text is None:
            text = read_text(file.path, file.name)
        return PaperFile(file, parse(text, file.stem, file.name), digest(text))

    def after(self, written: Iterable[Path]) -> Look:
        """Return what the next import finds if only these files have been written; only they are read."""
        names = {path.relative_to(self.content).as_posix(): path for path in written}
        return replace(self, keys=self.keys | {name: _key(path, name)[0] for name, path in names.items()})


def look(content: Path, dumps: Iterable[str | Path], read: ReadOptions) -> Look:
    """Return what an import finds: every paper file is read, and none is parsed.

    Args:
        content: the archive's content folder.
        dumps: the files to import.
        read: how they are to be read.
    """
    paths = [*map(Path, dumps)]
    places = [os.fsencode(path.resolve()) for path in (content, *paths)]
    inputs = digest(repr((code_of(*_WHAT_IMPORTS), read, places, [*map(_hash_of, paths)])), 32)
    found = Look(content, inputs, *find_files(content, "papers", ".md"))
    kept = 0
    for file in found.files:
        found.keys[file.name], text = _key(file.path, file.name)
        kept += len(text)
        if text and kept <= _KEPT:
            found.texts[file.name] = text
    return found


def _hash_of(path: Path) -> str:
    """Return a hash of a file, "" if it does not exist: who needs the file reports that."""
    return digest(path.read_bytes(), 32) if path.is_file() else ""


def _key(path: str | Path, name: str) -> tuple[str, str]:
    """Return a hash of a paper file's text, and the text; if it cannot be read, the reason, and no text."""
    try:
        text = read_text(path, name)
    except TextFileError as error:
        return str(error), ""
    return digest(text), text


def recall(home: Path, state: str) -> Ledger | None:
    """Return the account of an import that finds all as the last one left it, None if anything differs."""
    note = read_cache(home / _FILE, state) if state else None
    return (
        Ledger(
            **note["counts"],
            notes=note["notes"],
            problems=[Problem(**problem) for problem in note["problems"]],
        )
        if note
        else None
    )


def remember(home: Path, state: str, ledger: Ledger) -> None:
    """Note the account that the next import gives if nothing changes from now on."""
    counts = ledger.counts() | {"new": 0, "updated": 0, "kept": ledger.kept + ledger.partly}
    counts["unchanged"] += ledger.new + ledger.updated - ledger.partly
    if state:
        write_cache(
            home / _FILE,
            state,
            {
                "counts": counts,
                "notes": ledger.notes,
                "problems": [asdict(problem) for problem in ledger.problems],
            },
        )
