"""The items of papers in lists, as HTML: each is rendered once for all lists, and kept in the memory for the next build."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.memory import Memory
    from regesta.pages.page import ListEntry

_HELD = 2_000  # items that are held for the next page that shows them: some 5 MiB; others wait in the memory's file
_MANY = 100  # items that are written at once
#: `name` is that of an entry: the id of a paper, and perhaps a space and what else is shown. `key` is its fingerprint.
_TABLES = {"item": "(name TEXT PRIMARY KEY, key TEXT, html TEXT)"}


class Items:
    """The items of papers in lists. Processes that share the work must each have their own.

    Args:
        memory: where they are kept.
        settings: a hash of what all items depend on.
    """

    def __init__(self, memory: Memory, settings: str) -> None:
        self._memory = memory
        self._held: dict[str, str] = {}
        self._new: dict[str, tuple[str, str]] = {}  # that wait to be written
        self._may_be_there = memory.recall("items", settings, _TABLES)

    def get(self, entry: ListEntry, make: Callable[[], str]) -> str:
        """Return the item of an entry, made if it is not there.

        Raises:
            OSError: the disk is full.
        """
        html = self._held.get(entry.id)
        if html is None:
            html = self._kept(entry)
            if html is None:
                html = make()
                self._keep(entry, html)
            if len(self._held) < _HELD:
                self._held[entry.id] = html
        return html

    def _kept(self, entry: ListEntry) -> str | None:
        """Return the item of an entry from the memory; None if it is not there, or was made from something else."""
        if entry.id in self._new:
            return self._new[entry.id][1]
        if not self._may_be_there:
            return None
        found = self._memory.rows(
            "SELECT html FROM item WHERE name = ? AND key = ?", entry.id, entry.fingerprint
        )
        return found[0][0] if found else None

    def _keep(self, entry: ListEntry, html: str) -> None:
        self._new[entry.id] = entry.fingerprint, html
        if len(self._new) == _MANY:
            self._write()

    def _write(self) -> None:
        """Write the new items into the memory."""
        rows = ((name, *own) for name, own in self._new.items())
        self._memory.write("INSERT OR REPLACE INTO item VALUES (?, ?, ?)", rows)
        self._new.clear()
        self._may_be_there = True

    def forget(self, ids: Iterable[str]) -> None:
        """Forget the items of some papers."""
        every = "DELETE FROM item WHERE name = ? OR name > ? || ' ' AND name < ? || '!'"  # ! comes after the space
        self._memory.write(every, ((paper_id,) * 3 for paper_id in ids))

    def save(self) -> None:
        """Keep the items for the next build."""
        self._write()
        self._memory.commit()
