"""Has anything changed since the last import? If not, its summary still holds, and no paper need be compared.

The same import run again changes nothing: what was new or updated is now unchanged, all else is the same.
"""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import TAGS_FILE, signature
from regesta.content.imports_lock import LOCK_FILE
from regesta.content.text_files import read_text
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.errors import Problem
from regesta.importing.known_papers import WHAT_IMPORTS
from regesta.importing.review import REVIEW_FILE
from regesta.importing.summary import ImportSummary
from regesta.limits import DUMP
from regesta.sources.common.files import real_place
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.importing.known_papers import KnownPapers
    from regesta.sources.common.files import ReadOptions
    from regesta.sources.common.find import Found

_FILE = "imported.json"


@dataclass(frozen=True, slots=True)
class Inputs:
    """Everything that the outcome of an import depends on.

    Attributes:
        content: the archive's content folder.
        dumps: a hash of the files to import, and of how they are read.
        problems: one for each thing among the archive's papers that is not used.
        keys: for each paper file, by name, a hash of its text.
    """

    content: Path
    dumps: str
    problems: Sequence[Problem]
    keys: Mapping[str, str]

    def state(self) -> str:
        """Return a hash of the inputs, and of the import's memory, taxonomy and review list as they are."""
        memory = [_hash_of(self.content / name) for name in (LOCK_FILE, TAGS_FILE, REVIEW_FILE)]
        return digest(repr((self.dumps, memory, self.problems, sorted(self.keys.items()))), 32)

    def after(self, written: Iterable[Path]) -> Inputs:
        """Return the inputs of the next import if only these files are written; only they are read."""
        texts = {path.relative_to(self.content).as_posix(): read_text(path, path.name) for path in written}
        keys = {name: digest(text) for name, text in texts.items()}
        return replace(self, keys={**self.keys, **keys})


def find_inputs(content: Path, found: Found, read: ReadOptions, papers: KnownPapers) -> Inputs:
    """Return the inputs of an import.

    Args:
        content: the archive's content folder.
        found: the files to import, and why others are left out.
        read: how to read them.
        papers: the archive's.
    """
    paths = [*map(Path, found.files)]
    places = [os.fsencode(real_place(path)) for path in (content, *paths)]
    dumps = (code_of(*WHAT_IMPORTS), read, places, found.problems, [*map(_hash_of, paths)])
    return Inputs(content, digest(repr(dumps), 32), papers.problems, papers.keys_of_files())


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
    problems = [problem._asdict() for problem in summary.problems]
    write_cache(home / _FILE, state, {"counts": counts, "notes": summary.notes, "problems": problems})
