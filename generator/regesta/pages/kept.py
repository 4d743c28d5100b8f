"""Pieces of HTML and of feeds that many files show: each is made once, and kept in a memory for the next build."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.memory import Memory

_MANY = 100  # pieces that are written at once
_KNOWN = 50_000  # names that are held
#: `name` is the id of a paper, and perhaps a space or tab and what tells this piece from others of the paper; `key` is a
#: hash of what it is made from.
_TABLES = {"piece": "(name TEXT PRIMARY KEY, key TEXT, text TEXT)"}
#: The tab comes before the space, and ! after it.
_FORGET = "DELETE FROM piece WHERE name = ?1 OR name >= ?1 || char(9) AND name < ?1 || '!'"


class Kept:
    """The pieces of a site.

    Args:
        memory: where they are kept.
        settings: a hash of what all pieces depend on.
    """

    _written: set[str] | None  # the names of all that the memory has; None if these are unknown, or too many

    def __init__(self, memory: Memory, settings: str) -> None:
        self._settings = settings
        self._new: dict[str, tuple[str, str]] = {}  # that wait to be written
        self.use(memory)

    def use(self, memory: Memory) -> None:
        """Keep pieces in a memory from now on."""
        self._memory = memory
        is_empty = not memory.recall("pieces", self._settings, _TABLES)
        self._written = set() if is_empty else None

    def get(self, name: str, key: str, make: Callable[[], str]) -> str:
        """Return a piece, made if it is not there, or was made from something else.

        Raises:
            OSError: the disk is full.
            DamagedError: the file of the memory is damaged.
        """
        text = self._find(name, key)
        if text is None:
            text = make()
            self._new[name] = key, text
            if len(self._new) == _MANY:
                self._write()
        return text

    def _find(self, name: str, key: str) -> str | None:
        known, text = self._new.get(name, ("", None))
        if text is not None and known == key:
            return text
        if self._written is not None and name not in self._written:
            return None
        found = self._memory.rows("SELECT text FROM piece WHERE name = ? AND key = ?", name, key)
        return found[0][0] if found else None

    def _write(self) -> None:
        rows = ((name, *piece) for name, piece in self._new.items())
        self._memory.write("INSERT OR REPLACE INTO piece VALUES (?, ?, ?)", rows)
        if self._written is not None:
            self._written.update(self._new)
            if len(self._written) > _KNOWN:
                self._written = None
        self._new.clear()

    def forget(self, papers: Iterable[str]) -> None:
        """Forget the pieces of some papers."""
        self._memory.write(_FORGET, ((paper_id,) for paper_id in papers))

    def save(self) -> None:
        """Keep the pieces for the next build.

        Raises:
            OSError: the disk is full.
            DamagedError: the file of the memory is damaged.
        """
        self._write()
        self._memory.commit()
