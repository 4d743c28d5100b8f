"""Texts that are made once and shown often: the first are in memory, all others in a temporary file."""

from __future__ import annotations

import tempfile
import weakref
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Spool:
    """Keeps texts by their names. Processes that share the work must each fill their own.

    Args:
        room: how many texts are held in memory.
    """

    def __init__(self, room: int) -> None:
        self._room = room
        self._held: dict[str, str] = {}
        self._places: dict[str, tuple[int, int]] = {}
        self._file: IO[bytes] | None = None
        self._end = 0

    def get(self, name: str, make: Callable[[], str]) -> str:
        """Return the text of a name, made at its first use.

        Raises:
            OSError: the disk is full.
        """
        if name in self._held:
            return self._held[name]
        if self._file and name in self._places:
            start, length = self._places[name]
            self._file.seek(start)
            return self._file.read(length).decode()
        text = make()
        if len(self._held) < self._room:
            self._held[name] = text
        else:
            self._write(name, text.encode())
        return text

    def _write(self, name: str, data: bytes) -> None:
        if not self._file:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the spool
            weakref.finalize(self, self._file.close)
        self._file.seek(self._end)
        self._file.write(data)
        self._places[name] = self._end, len(data)
        self._end += len(data)
