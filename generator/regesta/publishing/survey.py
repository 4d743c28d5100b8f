"""A site's folder on the disk: which of its files are there, and what in it Regesta did not make.

Everything here works on plain texts (paths below the folder, with slashes) and follows no link.
"""

from __future__ import annotations

import os
from stat import S_ISDIR
from typing import TYPE_CHECKING, NamedTuple

from regesta.publishing.disk import entries, parents
from regesta.publishing.manifest import NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

#: A folder below the site's, for what is about to be put in place file by file.
STAGING = ".regesta.staging"

_OURS = {NAME, STAGING}


class Survey(NamedTuple):
    """What a look at a site's folder has shown.

    Attributes:
        missing: files of the manifest that are not there, or are no longer regular files.
        files: what somebody else put there: files, links, pipes and the like.
        folders: folders that hold nothing of ours.
    """

    missing: set[str]
    files: list[str]
    folders: list[str]


def survey(root: str, known: Iterable[str], since: int = 0) -> Survey:
    """Look at a site's folder.

    Args:
        root: the folder; it need not exist.
        known: the files that Regesta made, by their paths.
        since: when the folder was last known to be in order (ns since 1970); folders unchanged since are not looked into. Windows
            does not say when a folder was changed.
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
    """Return the folders in which something was added or taken away, and those that are gone or are no folders any more."""
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
    if gone:  # what lies behind a link in a folder's place is not the site's
        gone |= {folder for folder in folders if not gone.isdisjoint(parents(folder))}
        recent = [folder for folder in recent if folder not in gone]
    return recent, gone


def open_up(found: Survey, root: str, folders: Collection[str]) -> Survey:
    """Return a survey in which those foreign folders that are to hold files of ours are replaced by what is in them."""
    opened = Survey(found.missing, list(found.files), [])
    waiting = list(found.folders)
    while waiting:
        folder = waiting.pop()
        if folder not in folders:
            opened.folders.append(folder)
            continue
        for entry in entries(f"{root}/{folder}"):
            (waiting if entry.is_dir(follow_symlinks=False) else opened.files).append(
                join(folder, entry.name)
            )
    return opened


def folders_of(paths: Iterable[str]) -> set[str]:
    """Return the folders that hold some files, with those above them up to the site's own, which is ""."""
    folders: set[str] = set()
    above = {path.rpartition("/")[0] for path in paths}
    while above:
        folders |= above
        above = {folder.rpartition("/")[0] for folder in above} - folders
    return folders | {""}


def join(folder: str, name: str) -> str:
    """Return the path of something in a folder, where "" is the site's own."""
    return f"{folder}/{name}" if folder else name
