"""`.regesta/`, Regesta's own folder in an archive: a lock, so that only one command at a time changes the archive, and caches.

A cache is a file that one run leaves for the next. It comes with a text, mostly a hash of the code that made it, and is
valid only for whoever gives the same text. A cache that cannot be read counts as missing.
"""

from __future__ import annotations

import json
import os
import sys
import time
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: The folder beside `content/` for caches, the standby tree and the lock. Safe to delete while nothing runs.
HOME = ".regesta"
#: The package itself.
PACKAGE = Path(__file__).parent

_ROOMS = 32  # folders and files of the package whose hash is asked for, at most
_RETRY = 0.2  # seconds between two tries, where the system cannot wait for a lock


@contextmanager
def archive_lock(home: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Hold the lock of an archive; if another process holds it, say so and wait until that one has ended.

    The system frees the lock when the process ends, however it ends: no lock is ever left behind.

    Args:
        home: the archive's `.regesta/`; created if missing.
        say: called with a sentence that says why the command waits.
    """
    path = home / "lock"
    while True:
        make_home(home)
        with path.open("ab") as lock:
            if not _try_to_lock(lock.fileno()):
                say("another command is at work on this archive: waiting for it to end")
                _wait_for_lock(lock.fileno())
            if _is_file_at(path, lock.fileno()):  # otherwise .regesta/ was emptied in the meantime
                yield
                return


def make_home(home: Path) -> None:
    """Create `.regesta/` if it is missing, with a `.gitignore` that keeps it out of Git."""
    try:
        home.mkdir(parents=True)
    except FileExistsError:
        return
    (home / ".gitignore").write_text("*\n", encoding="utf-8")


def _is_file_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _try_to_lock(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _wait_for_lock(handle: int) -> None:
        while not _try_to_lock(handle):
            time.sleep(_RETRY)
else:
    import fcntl

    def _try_to_lock(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait_for_lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)


@cache
def code_of(*places: str) -> str:
    """Return a hash of a part of Regesta's own code: other code, even of the same version, may make other pages and caches.

    Args:
        places: folders and files of the package: all that influence what is made, and no others, so that a new message of
            a command does not cause every page to be made again.
    """
    return digest(repr([*map(_code_in, places)]))


@lru_cache(maxsize=_ROOMS)
def _code_in(place: str) -> str:
    """Return a hash of a folder or file of the package, which `code_of` is asked for more than once."""
    found = sorted(PACKAGE.glob(place if place.endswith(".py") else f"{place}/**/*.py"))
    return digest(repr([(path.relative_to(PACKAGE).as_posix(), digest(path.read_bytes())) for path in found]))


def read_cache(path: Path, valid_for: str) -> Any:
    """Return the data of a cache; None if there is no cache, or none that is valid for this text."""
    try:
        cached = json.loads(path.read_bytes())
        return cached["data"] if cached["valid_for"] == valid_for else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_cache(path: Path, valid_for: str, data: Any) -> None:
    """Write a cache in one step: plain data, and the text that it is valid for."""
    write_whole(path, json.dumps({"valid_for": valid_for, "data": data}, separators=(",", ":")).encode())


def write_whole(path: Path, data: bytes) -> None:
    """Write a file in one step: whatever happens, the file is the old or the new one."""
    temporary = path.with_suffix(".tmp")
    try:
        temporary.write_bytes(data)
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # do not keep a full disk full
        raise
