"""Has anything changed since the last import? If not, that one's account still holds, and nothing need be read or compared.

An import that is run again changes nothing: what was new or updated is unchanged then, and all else is as it was.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import TAGS_FILE, find_files
from regesta.content.imports_lock import LOCK_FILE
from regesta.errors import Problem
from regesta.home import code_of, read_cache, write_cache
from regesta.importing.ledger import Ledger
from regesta.importing.review import REVIEW_FILE
from regesta.sources.common.files import STANDARD_INPUT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.sources.common.files import ReadOptions

_FILE = "imported.json"
#: The rooms whose code has a part in what an import does.
_WHAT_IMPORTS = ("text", "content", "archive", "sources", "importing")


def state_of(content: Path, dumps: Sequence[str | Path], read: ReadOptions) -> str:
    """Return a hash of all that the outcome of an import depends on; "" if that cannot be told beforehand.

    Args:
        content: the archive's content folder.
        dumps: the files to import.
        read: how they are to be read.
    """
    if STANDARD_INPUT in dumps:
        return ""
    whole = hashlib.blake2b(repr((code_of(*_WHAT_IMPORTS), read)).encode(), digest_size=16)
    papers = (Path(file.path) for file in find_files(content, "papers", ".md")[0])
    memory = (content / name for name in (LOCK_FILE, TAGS_FILE, REVIEW_FILE))
    for path in (*map(Path, dumps), *memory, *papers):
        whole.update(os.fsencode(path.resolve()) + b"\0")
        whole.update(
            path.read_bytes() if path.is_file() else b""
        )  # whoever needs it says what is wrong with it
    return whole.hexdigest()


def recall(home: Path, state: str) -> Ledger | None:
    """Return the account of an import that finds all as the last one left it; None if anything is another."""
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
    """Note the account that the next import would give if nothing changed from now on."""
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
