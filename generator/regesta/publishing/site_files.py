"""The files of a site, as rows of the build's memory: what was published and, during a build, what will be.

Only the manifest in the site decides what Regesta may replace or delete. The rows say the same and a little more, and
an edit reads and changes few of them. They are believed only if they name the manifest that is there.
"""

from __future__ import annotations

from collections import deque
from contextlib import closing, contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.memory import Memory
from regesta.publishing.disk import folders_of, names_in
from regesta.publishing.manifest import (
    manifest_hash,
    manifest_hasher,
    manifest_pieces,
    read_in_pieces,
    read_manifest,
)
from regesta.text.batches import batches

if TYPE_CHECKING:
    import os
    from collections.abc import Collection, Iterable, Iterator

    from regesta.publishing.manifest import Manifest

_FORMAT = "1"
_TABLES = {
    "file": "(path TEXT PRIMARY KEY, unit TEXT, inputs TEXT, output TEXT) WITHOUT ROWID",
    "published": "(manifest TEXT, settings TEXT)",
}
#: The files that a build adds to the site or removes from it, and whether the site had them when the build began.
_CHANGED = "CREATE TEMP TABLE IF NOT EXISTS changed (path TEXT PRIMARY KEY, was_there INT) WITHOUT ROWID"
_NOTE_NEW = "INSERT OR IGNORE INTO changed SELECT ?1, 0 WHERE NOT EXISTS (SELECT 1 FROM file WHERE path = ?1)"
_NOTE_GONE = "INSERT OR IGNORE INTO changed SELECT path, 1 FROM file WHERE path = ?"
_REMOVED = "SELECT path FROM changed WHERE was_there AND path NOT IN (SELECT path FROM file) ORDER BY path"
#: What the site held when the build began: all its paths, and the names in one folder.
_BEFORE = """SELECT {0} FROM file WHERE {1} AND NOT EXISTS (SELECT 1 FROM changed WHERE changed.path = file.path)
    UNION ALL SELECT {0} FROM changed WHERE {1} AND was_there"""
_PATHS_BEFORE = _BEFORE.format("path", "path >= ?1 AND path < ?2")
_NAMES_BEFORE = _BEFORE.format(
    "substr(path, ?3)", "path >= ?1 AND path < ?2 AND NOT instr(substr(path, ?3), '/')"
)
_FEW = 100  # folders: of more, the names are found faster among all paths
_PUT = "INSERT OR REPLACE INTO file VALUES (?, ?, ?, ?)"
_ROWS = 2_000  # that are written at once


class SiteFile(NamedTuple):
    """A file of a site.

    Attributes:
        path: its path below the site's root.
        unit: what it belongs to, such as `tags/x`; "" for a file that every build plans, None if unknown.
        inputs: a hash of what it was made from.
        output: a hash of its bytes.
    """

    path: str
    unit: str | None
    inputs: str
    output: str


class SiteFiles:
    """The files of a site, without its manifest. What a killed build left there must have been put right before.

    Args:
        memory: of the build; to be committed after the files are published.
        output: the site's folder; it need not exist.

    Attributes:
        settings: a hash of what every page depends on; that of the published site, until a build sets another.
        is_known: whether the rows are those of the last build. If not, they come from the site's manifest, their units
            are unknown, and everything is to be planned anew.
        is_ours: whether the site has a manifest that Regesta wrote.
        is_first: whether the site had no files when the build began.
    """

    def __init__(self, memory: Memory, output: str | os.PathLike[str]) -> None:
        self._memory = memory
        self._manifest = self._made = manifest_hash(output)  # in the site; made last
        memory.recall("site", _FORMAT, _TABLES)
        memory.rows("CREATE INDEX IF NOT EXISTS file_unit ON file (unit)")
        memory.rows(_CHANGED)
        memory.rows("DELETE FROM changed")
        noted = memory.rows("SELECT settings FROM published WHERE manifest = ?", self._manifest)
        self._is_noted = bool(noted)
        settings = noted[0][0] if noted else self._read(output)
        self.is_ours = settings is not None
        self.settings = self._noted_settings = settings or ""
        self.is_known = self._is_noted and not memory.rows("SELECT 1 FROM file WHERE unit IS NULL LIMIT 1")
        self.is_first = not memory.rows("SELECT 1 FROM file LIMIT 1")
        self._folders: Collection[str] = ()
        self._names_before = lru_cache(maxsize=_FEW)(self._find_names)  # two looks ask for the same

    def _read(self, output: str | os.PathLike[str]) -> str | None:
        """Read the manifest in the site into the rows; return its `settings`, None if it has none of ours."""
        self._memory.rows("DELETE FROM published")
        for read in (read_in_pieces, _read_at_once):
            self._memory.rows("DELETE FROM file")
            try:
                return self._fill(read(output))
            except ValueError:
                continue
        self._memory.rows("DELETE FROM file")
        return None

    def _fill(self, pieces: Iterable[Manifest]) -> str:
        settings = ""
        for piece in pieces:
            rows = ((path, None, inputs, piece.outputs[path]) for path, inputs in piece.inputs.items())
            self._memory.write(_PUT, rows)
            settings = piece.settings
        return settings

    def __len__(self) -> int:
        count: int = self._memory.rows("SELECT count(*) FROM file")[0][0]
        return count

    def __contains__(self, path: object) -> bool:
        return bool(self._memory.rows("SELECT 1 FROM file WHERE path = ?", path))

    def __iter__(self) -> Iterator[SiteFile]:
        """Yield the files, sorted by path."""
        return map(SiteFile._make, self._memory.each("SELECT * FROM file ORDER BY path"))

    def paths(self) -> Iterator[str]:
        """Yield the paths, sorted."""
        return (path for (path,) in self._memory.each("SELECT path FROM file ORDER BY path"))

    def get(self, path: str) -> SiteFile | None:
        """Return the file at a path, None if there is none."""
        rows = self._memory.rows("SELECT * FROM file WHERE path = ?", path)
        return SiteFile._make(rows[0]) if rows else None

    def of_unit(self, unit: str | None) -> list[SiteFile]:
        """Return the files of a unit, sorted by path; for None, those of which it is unknown."""
        rows = self._memory.rows("SELECT * FROM file WHERE unit IS ? ORDER BY path", unit)
        return [*map(SiteFile._make, rows)]

    def put(self, files: Iterable[SiteFile]) -> None:
        """Add files, or replace those with the same paths."""
        for some in batches(files, _ROWS):
            self.doubt()
            if not self.is_first:
                self._memory.write(_NOTE_NEW, ((file.path,) for file in some))
            self._memory.write(_PUT, some)

    def remove(self, paths: Iterable[str]) -> None:
        """Remove the files at some paths."""
        if gone := [(path,) for path in paths]:
            self.doubt()
            self._memory.write(_NOTE_GONE, gone)
            self._memory.write("DELETE FROM file WHERE path = ?", gone)

    def doubt(self) -> None:
        """Forget that the rows are those of a site: what is committed now would not be."""
        if self._is_noted:
            self._memory.rows("DELETE FROM published")
            self._is_noted = False

    def removed(self) -> list[str]:
        """Return the paths that the site had when the build began and is to lose, sorted."""
        return [path for (path,) in self._memory.rows(_REMOVED)]

    def has_folder(self, path: str) -> bool:
        """Tell whether some file lies below a path."""
        query = "SELECT 1 FROM file WHERE path >= ? AND path < ? LIMIT 1"
        return bool(self._memory.rows(query, *_below(path)))

    def folders_before(self) -> Collection[str]:
        """Return the folders of the files that the site had when the build began, and all above, up to its own, ""."""
        if not self._folders:
            self._folders = folders_of(path for (path,) in self._before(_PATHS_BEFORE, *_below("")))
        return self._folders

    def names_before(self, folders: Collection[str]) -> dict[str, set[str]]:
        """Return the names of the files that some folders of the site had when the build began, by folder."""
        if len(folders) <= _FEW:
            return {folder: set(self._names_before(folder)) for folder in folders}
        return names_in(folders, (path for (path,) in self._before(_PATHS_BEFORE, *_below(*folders))))

    def _find_names(self, folder: str) -> frozenset[str]:
        start = len(folder) + 2 if folder else 1  # where names begin; SQL counts from 1
        return frozenset(name for (name,) in self._before(_NAMES_BEFORE, *_below(folder), start))

    def _before(self, query: str, *values: Any) -> Iterable[tuple[str]]:
        return () if self.is_first else self._memory.each(query, *values)  # a first build notes no changes

    def manifest(self) -> Iterator[bytes]:
        """Yield the bytes of the site's new manifest in pieces."""
        rows = self._memory.each("SELECT path, inputs, output FROM file ORDER BY path")
        made = manifest_hasher()
        for piece in manifest_pieces(self.settings, rows):
            made.update(piece)
            yield piece
        self._made = made.hexdigest()

    def is_published(self) -> bool:
        """Tell whether the site has the manifest of these files."""
        if not self._is_as_noted():
            deque(self.manifest(), maxlen=0)
        return self.is_ours and self._made == self._manifest

    def note_published(self) -> None:
        """Note that the site has the manifest that was made last: by that, the next build knows whether to believe the rows."""
        if not self._is_as_noted():
            self._memory.rows("DELETE FROM published")
            self._memory.write("INSERT INTO published VALUES (?, ?)", [(self._made, self.settings)])

    def _is_as_noted(self) -> bool:
        return self._is_noted and self.settings == self._noted_settings


def _below(*folders: str) -> tuple[str, str | bytes]:
    """Return the first path below some folders, and the first after all of these: "0" follows "/", bytes follow all texts."""
    if "" in folders:
        return "", b""
    return min(f"{folder}/" for folder in folders), max(f"{folder}0" for folder in folders)


def _read_at_once(output: str | os.PathLike[str]) -> Iterator[Manifest]:
    """Yield a whole manifest that somebody has written in other lines.

    Raises:
        ValueError: it is not ours.
    """
    manifest = read_manifest(output)
    if not manifest:
        raise ValueError(output)
    yield manifest


@contextmanager
def files_in(folder: str) -> Iterator[SiteFiles]:
    """Give the files of the site in a folder, as its manifest lists them."""
    with closing(Memory()) as memory:
        yield SiteFiles(memory, folder)
