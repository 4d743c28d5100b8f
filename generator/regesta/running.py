"""One build or import of an archive at a time."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

#: Beside `content/`: caches, the standby tree, the lock. Safe to delete while nothing runs.
HOME = ".regesta"

_PATIENCE = 0.2  # seconds between two tries, where the system cannot wait for us


@contextmanager
def one_at_a_time(home: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Keep others out of an archive; if another is at work, say so and wait until it has ended, however it ends.

    The system holds the lock and lets go of it with the process, so that none is ever left behind.

    Args:
        home: the archive's `.regesta/`, made if need be.
        waiting: told why nothing happens.
    """
    path = f"{home}/lock"
    while True:
        make_home(home)
        with open(path, "ab") as lock:
            if not _try(lock.fileno()):
                waiting("another build or import of this archive is at work: waiting for it to end")
                _wait(lock.fileno())
            if _is_at(lock.fileno(), path):  # otherwise somebody has emptied .regesta/ in the meantime
                yield
                return


def make_home(home: Path) -> None:
    """Make sure that there is a `.regesta/`, and that Git leaves it alone."""
    try:
        os.makedirs(home)
    except FileExistsError:
        return
    with open(home / ".gitignore", "w", encoding="utf-8") as file:
        file.write("*\n")


def _is_at(handle: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
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
