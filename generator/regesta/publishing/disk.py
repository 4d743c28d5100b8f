"""Files and folders on the disk, with plain strings as paths for speed. Links are never followed."""

from __future__ import annotations

import errno
import os
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_PAGE = "/index.html"
_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def parents(path: str) -> list[str]:
    """Return the folders above a path, nearest first, without the site's own."""
    folders = []
    while path := path.rpartition("/")[0]:
        folders.append(path)
    return folders


def names_in(folders: Iterable[str], paths: Iterable[str]) -> dict[str, set[str]]:
    """Return the names of the files among some paths that lie directly in some folders, by folder."""
    names: dict[str, set[str]] = {folder: set() for folder in folders}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder in names:
            names[folder].add(name)
    return names


def folders_of(paths: Iterable[str]) -> dict[str, None]:
    """Return the folders that contain some files, and all above, up to the site's own, which is "".

    They come in the order of the paths: the system finds neighbours faster.
    """
    folders = dict.fromkeys(path.rpartition("/")[0] for path in paths)
    above = folders
    while above:
        nearest = dict.fromkeys(folder.rpartition("/")[0] for folder in above)
        above = {folder: None for folder in nearest if folder not in folders}
        folders |= above
    return folders | {"": None}


def exists(path: str) -> bool:
    """Tell whether there is anything at a path, even a broken link."""
    return os.path.lexists(path)


def make_folder(path: str) -> None:
    """Make a folder and those above it, unless they exist.

    Raises:
        NotADirectoryError: there is something else at the path.
        OSError: no folder can be made there.
    """
    try:
        os.mkdir(path)
    except FileExistsError:
        if not os.path.isdir(path):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path) from None
    except FileNotFoundError:
        above = os.path.dirname(path)
        if above in ("", path):
            raise
        make_folder(above)
        with suppress(FileExistsError):  # another process has just made it
            os.mkdir(path)


def create(path: str, pieces: Iterable[bytes]) -> None:
    """Write a file that must not exist yet, from its bytes in pieces; missing folders above it are made.

    Raises:
        FileExistsError: there is something at the path.
    """
    if path.endswith(_PAGE):  # nearly always the first file of its folder
        make_folder(path.removesuffix(_PAGE))
    try:
        handle = os.open(path, _NEW_FILE, 0o644)
    except FileNotFoundError:
        make_folder(os.path.dirname(path))
        handle = os.open(path, _NEW_FILE, 0o644)
    try:
        for piece in pieces:
            data = piece
            while data:
                data = data[os.write(handle, data) :]
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(handle)


def move(source: str, target: str) -> None:
    """Move a file or folder on the same disk; missing folders above the target are made."""
    make_folder(os.path.dirname(target))
    os.rename(source, target)


def remove(root: str, path: str) -> None:
    """Remove a file below root, if it exists, and the folders above it that are then empty."""
    try:
        os.unlink(f"{root}/{path}")
    except (FileNotFoundError, NotADirectoryError):
        pass  # it is gone, or a file has taken its folder's place
    except OSError:
        if not os.path.isdir(f"{root}/{path}"):
            raise  # otherwise a folder has taken its place
    for folder in parents(path):
        try:
            os.rmdir(f"{root}/{folder}")
        except FileNotFoundError:
            continue  # an earlier run was killed after it removed this one
        except OSError:
            return


def remove_tree(path: str) -> None:
    """Remove whatever is at a path, a folder with its contents; links are removed, not followed."""
    try:
        os.unlink(path)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError:
        if not os.path.isdir(path):
            raise
        for entry in entries(path):
            remove_tree(entry.path)
        os.rmdir(path)


def entries(folder: str) -> list[os.DirEntry[str]]:
    """Return the entries of a folder; none if it does not exist."""
    try:
        with os.scandir(folder) as iterator:
            return list(iterator)
    except FileNotFoundError:
        return []
