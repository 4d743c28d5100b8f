"""The files that a build has planned, as rows: they grow with the site, and are not held."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from regesta.building.make import NEW
from regesta.publishing.site_files import SiteFile
from regesta.text.batches import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.building.make import MadeFile
    from regesta.memory import Memory

#: First a key, then the columns of `MadeFile`. It is a table of the connection, and not kept for the next build.
_TABLE = """CREATE TEMP TABLE IF NOT EXISTS made (key TEXT PRIMARY KEY, path TEXT, unit TEXT, inputs TEXT, output TEXT,
    why TEXT, is_new INT, address TEXT, lastmod TEXT, listed INT) WITHOUT ROWID"""
_PUT = "INSERT OR REPLACE INTO made VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ROWS = 2_000  # that are written at once
_SEPARATOR = "\1"  # sorts before all that paths have: what lies in a folder follows its name at once


class MadeFiles:
    """The planned files.

    Args:
        memory: of the build.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory, self._added = memory, 0
        memory.rows(_TABLE)
        memory.rows("DELETE FROM made")

    def add(self, files: Iterable[MadeFile]) -> None:
        """Add files."""
        for some in batches(files, _ROWS):
            self._added += len(some)
            self._memory.write(_PUT, ((_key(file.path), *file) for file in some))

    def __contains__(self, path: str) -> bool:
        return bool(self._memory.rows("SELECT 1 FROM made WHERE key = ? AND path = ?", _key(path), path))

    def paths(self, *, all_planned: bool) -> Iterator[str]:
        """Yield the paths of files that the site does not have, or of all, except those of the search index."""
        query = "SELECT path FROM made WHERE unit != 'search' AND (why = ? OR ?)"
        return (path for (path,) in self._memory.each(query, NEW, all_planned))

    def units(self) -> set[str]:
        """Return the units to which files belong."""
        return {unit for (unit,) in self._memory.rows("SELECT DISTINCT unit FROM made")}

    def pages(self) -> Iterator[tuple[str, str, str, bool]]:
        """Yield the path, the address and the day of the newest change of each page, and whether the sitemap lists it."""
        return self._memory.each("SELECT path, address, lastmod, listed FROM made WHERE address != ''")

    def site_files(self, *, all_planned: bool) -> Iterator[SiteFile]:
        """Yield the files that were made, or all that were planned, as the site's rows have them."""
        query = "SELECT path, unit, inputs, output FROM made WHERE why != '' OR ?"
        return map(SiteFile._make, self._memory.each(query, all_planned))

    def new(self) -> list[tuple[str, str]]:
        """Return the path of each file that is to be published, and why it was made."""
        return self._memory.rows("SELECT path, why FROM made WHERE is_new")

    def overlap(self) -> bool:
        """Tell whether two files have one path, in whatever case, or a file lies in a folder that is another."""
        keys = (key for (key,) in self._memory.each("SELECT key FROM made ORDER BY key"))
        if any(key.startswith(before + _SEPARATOR) for before, key in pairwise(keys)):
            return True
        (kept,) = self._memory.rows("SELECT count(*) FROM made")[0]
        return bool(kept < self._added)


def _key(path: str) -> str:
    return path.lower().replace("/", _SEPARATOR)
