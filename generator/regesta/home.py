"""`.regesta/`, where Regesta keeps what may be lost: a lock, so that one command at a time changes an archive, and notes.

A note is what one build leaves for the next. It holds as long as something else is as it was when the note was written,
mostly Regesta's own code. A note that cannot be read counts as missing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: Beside `content/`: caches, the standby tree, the lock. Safe to delete while nothing runs.
HOME = ".regesta"
#: The package itself.
PACKAGE = Path(__file__).parent

_PATIENCE = 0.2  # seconds between two tries, where the system cannot wait for us


@contextmanager
def one_at_a_time(home: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Keep others out of an archive; if another is at work, say so and wait until it has ended, however it ends.

    The system holds the lock and lets go of it with the process, so that none is ever left behind.

    Args:
        home: the archive's `.regesta/`, made if need be.
        waiting: told why nothing happens.
    """
    path = home / "lock"
    while True:
        make_home(home)
        with path.open("ab") as lock:
            if not _try(lock.fileno()):
                waiting("another build or import of this archive is at work: waiting for it to end")
                _wait(lock.fileno())
            if _is_at(lock.fileno(), path):  # otherwise somebody has emptied .regesta/ in the meantime
                yield
                return


def make_home(home: Path) -> None:
    """Make sure that there is a `.regesta/`, and that Git leaves it alone."""
    try:
        home.mkdir(parents=True)
    except FileExistsError:
        return
    (home / ".gitignore").write_text("*\n", encoding="utf-8")


def _is_at(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait(handle: int) -> None:
        while not _try(handle):
            time.sleep(_PATIENCE)
else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@cache
def code_of(*places: str) -> str:
    """Return a hash of a part of Regesta's own code: what other code has made or noted, even of the same version, may differ.

    Args:
        places: rooms and files of the package: all that has a part in what is made or noted, and nothing else, so that a
            new message of a command makes no page anew.
    """
    patterns = [place if place.endswith(".py") else f"{place}/**/*.py" for place in places]
    found = sorted({path for pattern in patterns for path in PACKAGE.glob(pattern)})
    return digest(repr([(path.relative_to(PACKAGE).as_posix(), path.read_bytes()) for path in found]))


def read_note(path: Path, holds: str) -> Any:
    """Return what a note says (lists, mappings, texts, numbers); None if there is none that holds still."""
    try:
        note = json.loads(path.read_bytes())
        return note["note"] if note["holds"] == holds else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_note(path: Path, holds: str, note: Any) -> None:
    """Write a note, in one step; it holds as long as who reads it gives the same text."""
    data = json.dumps({"holds": holds, "note": note}, separators=(",", ":"))
    temporary = path.with_suffix(".tmp")
    try:
        temporary.write_text(data, encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a full disk is not kept full
        raise
