"""A survey of a site's folder: which of the site's files are missing, and which files are foreign.

Foreign files and folders are those that Regesta did not make. Paths are strings below the folder, with
slashes. Links are never followed.
"""

from __future__ import annotations

import os
from itertools import chain
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from regesta.publishing.disk import entries, exists, parents
from regesta.publishing.manifest import NAME, read_paths
from regesta.text.batches import batches

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from regesta.publishing.site_files import SiteFiles

#: A folder in the site for files that are about to be published one by one.
STAGING = ".regesta.staging"

_OURS = {NAME, STAGING}
_FOLDERS = 20_000  # of which the names of files are held at once


class Survey(NamedTuple):
    """The differences between a site's folder and its manifest.

    Attributes:
        missing: files of the manifest that do not exist, or are no longer regular files.
        files: foreign files, links, pipes and the like.
        folders: foreign folders: they hold none of the site's files.
        since: what lies in folders without a change since then (ns since 1970) was taken to be as it should be.
    """

    missing: set[str]
    files: list[str]
    folders: list[str]
    since: int


def survey(root: str, known: SiteFiles, since: int = 0) -> Survey:
    """Compare a site's folder with the files that it had when the build began.

    Args:
        root: the folder; it need not exist.
        known: the files that Regesta made.
        since: when the folder was last known to be unchanged (ns since 1970); folders without a change since
            are not read, except on Windows, which does not tell when a folder changed.
    """
    folders = known.folders_before()
    recent, gone = _changed(root, folders, since if os.name == "posix" else 0)
    found = Survey(set(), [], [], since)
    for some in batches(chain(recent, gone), _FOLDERS):
        for folder, names in known.names_before(some).items():
            for entry in entries(f"{root}/{folder}") if folder not in gone else ():
                path, is_folder = join(folder, entry.name), entry.is_dir(follow_symlinks=False)
                if entry.name in names and entry.is_file(follow_symlinks=False):
                    names.discard(entry.name)
                elif not (is_folder and path in folders) and path not in _OURS:
                    (found.folders if is_folder else found.files).append(path)
            found.missing.update(join(folder, name) for name in names)
    return found


class Looks:
    """Looks at a site's folder, and does it once if that tells enough.

    Args:
        root: the folder; it need not exist.
    """

    def __init__(self, root: str) -> None:
        self._root = root
        self._seen: Survey | None = None

    def survey(self, known: SiteFiles, since: int) -> Survey:
        """Return the differences to the files that the site had when the build began, as `survey` does."""
        if self._seen is None or self._seen.since > since:
            self._seen = survey(self._root, known, since)
        return self._seen

    def is_whole(self, since: int = 0) -> bool:
        """Tell whether every file of the site still exists; only folders that changed since its manifest are read.

        A site that is being published file by file is not whole, nor is one where that was cut off.
        """
        since = since or _manifest_time(self._root)
        if not since or exists(f"{self._root}/{STAGING}"):
            return False
        try:
            return _have_all(self._root, read_paths(self._root), since if os.name == "posix" else 0)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            return False

    def forget(self) -> None:
        """Look anew, because something may have changed."""
        self._seen = None


def _manifest_time(root: str) -> int:
    """Return when the manifest of a site was written (ns since 1970), 0 if it has none."""
    try:
        return os.lstat(f"{root}/{NAME}").st_mtime_ns
    except OSError:
        return 0


def _have_all(root: str, paths: Iterable[str], since: int) -> bool:
    """Tell whether all files exist at some paths; in folders without a change since then (ns since 1970), they do.

    Raises:
        FileNotFoundError, NotADirectoryError: a file or folder does not exist.
    """
    changed: dict[str, bool] = {}
    for path in paths:
        folder = above = path.rpartition("/")[0]
        while above not in changed:
            status = os.lstat(f"{root}/{above}")
            if not S_ISDIR(status.st_mode):
                return False
            changed[above] = status.st_ctime_ns >= since
            above = above.rpartition("/")[0]
        if changed[folder] and not S_ISREG(os.lstat(f"{root}/{path}").st_mode):
            return False
    return True


def _changed(root: str, folders: Iterable[str], since: int) -> tuple[list[str], set[str]]:
    """Return the folders in which something was added or removed, and those that are no longer folders."""
    recent: list[str] = []
    gone: set[str] = set()
    for folder in folders:
        try:
            status = os.lstat(f"{root}/{folder}")
        except (FileNotFoundError, NotADirectoryError):
            gone.add(folder)
            continue
        if not S_ISDIR(status.st_mode):
            gone.add(folder)
        elif status.st_ctime_ns >= since:
            recent.append(folder)
    if gone:  # so are the folders below them: a link in a folder's place leads out of the site
        gone |= {folder for folder in folders if not gone.isdisjoint(parents(folder))}
        recent = [folder for folder in recent if folder not in gone]
    return recent, gone


def open_folders(found: Survey, root: str, folders: Collection[str]) -> Survey:
    """Return a survey with foreign folders that are to hold files of the site replaced by their contents."""
    opened = found._replace(files=list(found.files), folders=[])
    waiting = list(found.folders)
    while waiting:
        folder = waiting.pop()
        if folder not in folders:
            opened.folders.append(folder)
            continue
        for entry in entries(f"{root}/{folder}"):
            paths = waiting if entry.is_dir(follow_symlinks=False) else opened.files
            paths.append(join(folder, entry.name))
    return opened


def join(folder: str, name: str) -> str:
    """Return the path of a name in a folder, where "" is the site's own."""
    return f"{folder}/{name}" if folder else name
