"""Files and folders on the disk, by plain texts: thousands of them are made and looked at, links never followed."""

from __future__ import annotations

import errno
import os

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def parents(path: str) -> list[str]:
    """Return the folders above a path, nearest first, without the site's own."""
    found = []
    while path := path.rpartition("/")[0]:
        found.append(path)
    return found


def exists(path: str) -> bool:
    """Tell whether there is anything at a path, be it a link that leads nowhere."""
    return os.path.lexists(path)


def make_folder(path: str) -> None:
    """Make a folder and those above it, unless they are there.

    Raises:
        NotADirectoryError: there is something else.
    """
    try:
        os.mkdir(path)
    except FileNotFoundError:
        make_folder(os.path.dirname(path))
        make_folder(path)
    except FileExistsError:
        if not os.path.isdir(path):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), path) from None


def create(path: str, data: bytes) -> None:
    """Write a file that must not exist yet; folders above it are made if need be.

    Raises:
        FileExistsError: there is something already.
    """
    try:
        handle = os.open(path, _NEW, 0o644)
    except FileNotFoundError:
        make_folder(os.path.dirname(path))
        handle = os.open(path, _NEW, 0o644)
    try:
        while data:
            data = data[os.write(handle, data) :]
    except OSError as error:
        error.filename = path
        raise
    finally:
        os.close(handle)


def move(source: str, target: str) -> None:
    """Give a file or folder another place on the same disk; folders above it are made if need be."""
    make_folder(os.path.dirname(target))
    os.rename(source, target)


def remove(root: str, path: str) -> None:
    """Remove a file below root, if it is there, and the folders above it that are empty then."""
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
            continue  # a run that was killed came as far as this
        except OSError:
            return


def remove_tree(path: str) -> None:
    """Remove whatever is at a path, a folder with all that is in it; links are removed, not followed."""
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
    """Return what is in a folder; nothing if it is gone."""
    try:
        with os.scandir(folder) as found:
            return list(found)
    except FileNotFoundError:
        return []
