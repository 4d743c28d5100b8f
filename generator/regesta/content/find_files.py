"""Look for a person's files in a folder: regular ones only, each with a signature that tells whether it was touched."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from regesta.errors import Problem, fail

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regesta.errors import RegestaError

#: The curator's settings, taxonomy and register of authors, in `content/`.
CONFIG_FILE, TAGS_FILE, AUTHORS_FILE = "archive.yaml", "tags.yaml", "authors.yaml"
#: Two edits closer than this (ns) may look alike, on most file systems and on those that know whole seconds only.
_TICK, _COARSE_TICK = 10**8, 2 * 10**9
_SECOND = 10**9
#: How to open a file to be read; a pipe that somebody put in its place is not waited for.
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def find_archive(root: Path) -> None:
    """Make sure that a folder holds an archive, before anything is written into it.

    Raises:
        RegestaError: it does not.
    """
    if not (root / "content" / CONFIG_FILE).is_file():
        remedy = "run this in an archive's folder, name one with --root, or begin one with `regesta new DIR`"
        raise fail(root / "content" / CONFIG_FILE, "does not exist", remedy)


class File(NamedTuple):
    """A regular file.

    Attributes:
        path: how to open it.
        name: its path below the folder that `find_files` was given, with slashes.
        signature: times of its last changes (ns), size and inode: while these stay, its content stays.
    """

    path: str
    name: str
    signature: tuple[int, int, int, int]

    @property
    def stem(self) -> str:
        """Its name without folders and extension."""
        return self.name.rpartition("/")[2].rpartition(".")[0]


def find_files(
    base: Path, folder: str, suffix: str = "", *, hidden: bool = False
) -> tuple[list[File], list[Problem]]:
    """Return the files below a folder, by name, and a problem for each thing with a fitting name that is no file of the archive's.

    Args:
        base: what names are relative to, and what no link may lead out of.
        folder: where to look, below base; it need not exist.
        suffix: what their names end with.
        hidden: whether names that begin with a dot are looked at, too.
    """
    found: list[File] = []
    problems: list[Problem] = []
    home = os.path.realpath(base)
    for entry in _entries(f"{base}/{folder}", folder, problems, hidden=hidden):
        name = entry.path[len(str(base)) + 1 :].replace(os.sep, "/")
        if entry.is_dir(follow_symlinks=False) or not name.endswith(suffix):
            if suffix and name.endswith(suffix):
                problems.append(Problem(name, 0, "is a folder with the name of a file", "rename it"))
            continue
        what, remedy = _refusal(entry, home)
        if what:
            problems.append(Problem(name, 0, what, remedy))
        else:
            found.append(File(entry.path, name, signature(entry.stat())))
    return sorted(found, key=lambda file: file.name), problems


def _entries(path: str, name: str, problems: list[Problem], *, hidden: bool) -> Iterator[os.DirEntry[str]]:
    """Yield everything below a folder, however deep, links not followed."""
    folders = [(path, name)]
    while folders:
        path, name = folders.pop()
        try:
            with os.scandir(path) as entries:
                inside = [entry for entry in entries if hidden or not entry.name.startswith(".")]
        except FileNotFoundError:
            if os.path.islink(path):
                problems.append(Problem(name, 0, "is a link that leads nowhere", "mend it or remove it"))
            continue
        except OSError as error:
            problems.append(
                Problem(name, 0, f"cannot be read ({error.strerror})", "check what it is and who may read it")
            )
            continue
        yield from inside
        folders += [
            (entry.path, f"{name}/{entry.name}") for entry in inside if entry.is_dir(follow_symlinks=False)
        ]


def _refusal(entry: os.DirEntry[str], home: str) -> tuple[str, str]:
    """Return why an entry cannot be taken for a file of the archive, and what to do; two empty texts if it can."""
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if os.path.commonpath([home, target]) != home:
            return "is a link that leads out of the archive", "put the file itself here"
        if os.path.isdir(target):
            return "is a link to a folder, and is not followed", "put the files themselves here"
        if not os.path.isfile(target):
            return "is a link that leads nowhere", "mend it or remove it"
        return "", ""
    return ("", "") if entry.is_file() else ("is no regular file", "remove it")


def changed_meanwhile(name: str) -> RegestaError:
    """Return the error for a file of `content/` that is no longer what it was when the build began: pages would not show what they stand for."""
    return fail(f"content/{name}", "was changed while the site was built", "build again", status=3)


def is_settled(known: tuple[int, int, int, int], seen: int) -> bool:
    """Tell whether a file was not touched so shortly before a look (ns) at it that a further edit could look the same."""
    newest = max(known[:2])
    return newest < seen - (_TICK if newest % _SECOND else _COARSE_TICK)


def signature(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return what tells one state of a file from the next without reading it."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
