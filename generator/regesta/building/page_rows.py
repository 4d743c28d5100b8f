"""The pages of a site as rows: how many there are, and what the sitemap lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from regesta.memory import Memory

    Page = tuple[str, str, str, bool]

_TABLES = {"page": "(path TEXT PRIMARY KEY, address TEXT, lastmod TEXT, listed INT) WITHOUT ROWID"}


class PageRows:
    """The rows of the pages.

    Args:
        memory: where they are.

    Attributes:
        is_changed: whether the sitemap is to be planned anew.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.is_changed = not memory.recall("pages", "", _TABLES)

    def forget(self) -> None:
        """Forget all pages, because all are planned."""
        self._memory.rows("DELETE FROM page")
        self.is_changed = True

    def update(self, planned: Iterable[Page], gone: Collection[str]) -> None:
        """Take the pages that were planned, and the paths of those that are gone.

        Args:
            planned: the path, the address and the day of the newest change of each, and whether the sitemap lists it.
            gone: also paths of other files.
        """
        if not self.is_changed:
            known, planned = "SELECT * FROM page WHERE path = ?", [*planned]
            self.is_changed = any(self._memory.rows(known, row[0]) != [row] for row in planned)
            self.is_changed |= any(self._memory.rows(known, path) for path in gone)
        self._memory.write("INSERT OR REPLACE INTO page VALUES (?, ?, ?, ?)", planned)
        self._memory.write("DELETE FROM page WHERE path = ?", ((path,) for path in gone))

    def __len__(self) -> int:
        """How many pages there are."""
        count: int = self._memory.rows("SELECT count(*) FROM page")[0][0]
        return count

    def listed(self) -> list[tuple[str, str]]:
        """Return the address and the day of the newest change of each page that the sitemap lists, sorted."""
        return self._memory.rows("SELECT address, lastmod FROM page WHERE listed ORDER BY address")
