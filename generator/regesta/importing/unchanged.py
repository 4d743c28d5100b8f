"""Has anything changed since the last import? If not, its summary still holds, and no paper need be compared.

The same import run again changes nothing: what was new or updated is now unchanged, all else is the same.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import TAGS_FILE, find_files, signature
from regesta.content.imports_lock import LOCK_FILE
from regesta.content.paper_files import PaperFile, parse, read_papers
from regesta.content.text_files import TextFileError, read_text
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.errors import Problem
from regesta.importing.review import REVIEW_FILE
from regesta.importing.summary import ImportSummary
from regesta.limits import DUMP
from regesta.sources.common.files import real_place
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.content.find_files import File
    from regesta.sources.common.files import ReadOptions
    from regesta.sources.common.find import Found

_FILE = "imported.json"
#: The rooms whose code decides what an import does.
_WHAT_IMPORTS = ("limits.py", "text", "content", "archive", "sources", "importing")
_KEPT = 64 << 20  # characters of paper files that are kept until they are parsed; other files are read again


@dataclass(slots=True)
class Inputs:
    """Everything that the outcome of an import depends on.

    Attributes:
        content: the archive's content folder.
        dumps: a hash of the files to import, and of how they are read.
        files: the archive's paper files.
        problems: one for each thing among them that is not a paper file.
        keys: for each file, by name, a hash of its text, or why it cannot be read.
        texts: the texts of the first files, by name, until `load` takes them.
    """

    content: Path
    dumps: str
    files: list[File]
    problems: list[Problem]
    keys: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)

    def state(self) -> str:
        """Return a hash of the inputs, and of the import's memory, taxonomy and review list as they are."""
        memory = [_hash_of(self.content / name) for name in (LOCK_FILE, TAGS_FILE, REVIEW_FILE)]
        return digest(repr((self.dumps, memory, sorted(self.keys.items()))), 32)

    def load(self) -> tuple[list[PaperFile], list[Problem]]:
        """Return what `load_papers` returns, without reading the files again."""
        papers, broken = read_papers(self.files, self._parsed)
        return papers, [*self.problems, *broken]

    def _parsed(self, file: File) -> PaperFile:
        text = self.texts.pop(file.name, None)
        if text is None:
            text = read_text(file.path, file.name)
        return PaperFile(file, parse(text, file.stem, file.name), digest(text))

    def after(self, written: Iterable[Path]) -> Inputs:
        """Return the inputs of the next import if only these files are written; only they are read."""
        names = {path.relative_to(self.content).as_posix(): path for path in written}
        return replace(self, keys=self.keys | {name: _key(path, name)[0] for name, path in names.items()})


def read_inputs(content: Path, found: Found, read: ReadOptions) -> Inputs:
    """Return the inputs of an import: every paper file is read, and none is parsed.

    Args:
        content: the archive's content folder.
        found: the files to import, and why others are left out.
        read: how to read them.
    """
    paths = [*map(Path, found.files)]
    places = [os.fsencode(real_place(path)) for path in (content, *paths)]
    dumps = (code_of(*_WHAT_IMPORTS), read, places, found.problems, [*map(_hash_of, paths)])
    inputs = Inputs(content, digest(repr(dumps), 32), *find_files(content, "papers", ".md"))
    kept = 0
    for file in inputs.files:
        inputs.keys[file.name], text = _key(file.path, file.name)
        kept += len(text)
        if text and kept <= _KEPT:
            inputs.texts[file.name] = text
    return inputs


def _hash_of(path: Path) -> str:
    """Return a hash of a file, or of the signature of one that is larger than any dump; "" if it cannot be read."""
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            return ""
        if status.st_size > DUMP:
            return digest(repr(signature(status)), 32)
        with path.open("rb") as file:
            return hashlib.file_digest(file, hashlib.blake2b).hexdigest()
    except OSError:
        return ""


def _key(path: str | Path, name: str) -> tuple[str, str]:
    """Return a hash of a paper file's text, and the text; if it cannot be read, the reason, and no text."""
    try:
        text = read_text(path, name)
    except TextFileError as error:
        return str(error), ""
    return digest(text), text


def recall(home: Path, state: str) -> ImportSummary | None:
    """Return the summary of an import whose inputs are as the last one left them, else None."""
    note = read_cache(home / _FILE, state) if state else None
    if not note:
        return None
    problems = [Problem(**problem) for problem in note["problems"]]
    return ImportSummary(**note["counts"], notes=note["notes"], problems=problems)


def remember(home: Path, state: str, summary: ImportSummary) -> None:
    """Note the summary of the next import, which holds if nothing changes from now on."""
    if not state:
        return
    counts = summary.counts() | {"new": 0, "updated": 0, "kept": summary.kept + summary.partly}
    counts["unchanged"] += summary.new + summary.updated - summary.partly
    problems = [asdict(problem) for problem in summary.problems]
    write_cache(home / _FILE, state, {"counts": counts, "notes": summary.notes, "problems": problems})
