"""A survey of a site's folder: which of the site's files are missing, and which files are foreign.

Foreign files and folders are those that Regesta did not make. Paths are strings below the folder, with
slashes. Links are never followed.
"""

from __future__ import annotations

import os
from stat import S_ISDIR
from typing import TYPE_CHECKING, NamedTuple

from regesta.publishing.disk import entries, parents
from regesta.publishing.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: A folder in the site for files that are about to be published one by one.
STAGING = ".regesta.staging"

_OURS = {NAME, STAGING}


class Survey(NamedTuple):
    """The differences between a site's folder and its manifest.

    Attributes:
        missing: files of the manifest that do not exist, or are no longer regular files.
        files: foreign files, links, pipes and the like.
        folders: foreign folders: they hold none of the site's files.
    """

    missing: set[str]
    files: list[str]
    folders: list[str]


def survey(root: str, known: Iterable[str], since: int = 0) -> Survey:
    """Compare a site's folder with the files that it should have.

    Args:
        root: the folder; it need not exist.
        known: the paths of the files that Regesta made.
        since: when the folder was last known to be unchanged (ns since 1970); folders without a change since
            are not read, except on Windows, which does not tell when a folder changed.
    """
    folders = folders_of(known)
    recent, gone = _changed(root, folders, since if os.name == "posix" else 0)
    names: dict[str, set[str]] = {folder: set() for folder in (*recent, *gone)}
    for path in known:
        folder, _, name = path.rpartition("/")
        if folder in names:
            names[folder].add(name)
    found = Survey(set(), [], [])
    for folder in recent:
        for entry in entries(f"{root}/{folder}"):
            path, is_folder = join(folder, entry.name), entry.is_dir(follow_symlinks=False)
            if entry.name in names[folder] and entry.is_file(follow_symlinks=False):
                names[folder].discard(entry.name)
            elif not (is_folder and path in folders) and path not in _OURS:
                (found.folders if is_folder else found.files).append(path)
    found.missing.update(join(folder, name) for folder, left in names.items() for name in left)
    return found


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
    opened = Survey(found.missing, list(found.files), [])
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


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders that contain some files, and all above, up to the site's own, which is ""."""
    folders: set[str] = set()
    above = {path.rpartition("/")[0] for path in paths}
    while above:
        folders |= above
        above = {folder.rpartition("/")[0] for folder in above} - folders
    return folders | {""}


def join(folder: str, name: str) -> str:
    """Return the path of a name in a folder, where "" is the site's own."""
    return f"{folder}/{name}" if folder else name
