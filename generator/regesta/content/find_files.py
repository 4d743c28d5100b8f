"""Find the regular files in a folder, each with a signature that shows whether it was changed."""

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
#: Two edits closer than this (ns) may have the same time: on most file systems, and on those with whole seconds only.
_TICK, _COARSE_TICK = 10**8, 2 * 10**9
_SECOND = 10**9
#: The flags to open a file for reading; without waiting, should it have become a pipe.
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


def find_archive(root: Path) -> None:
    """Check that a folder holds an archive, before anything is written into it.

    Raises:
        RegestaError: it does not.
    """
    if not (root / "content" / CONFIG_FILE).is_file():
        remedy = "run this in an archive's folder, name one with --root, or begin one with `regesta new DIR`"
        raise fail(root / "content" / CONFIG_FILE, "does not exist", remedy)


class File(NamedTuple):
    """A regular file.

    Attributes:
        path: the path by which to open it.
        name: its path below the folder that `find_files` was given, with slashes.
        signature: times of its last changes (ns), size and inode; while these stay the same, so does its content.
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
    """Return the files below a folder, sorted by name, and a problem for each matching name that cannot be used.

    Args:
        base: the folder to which names are relative; links must not lead out of it.
        folder: where to look, below base; it need not exist.
        suffix: the end of their names.
        hidden: whether to include names that begin with a dot.
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
    """Yield all entries below a folder, at any depth, without following links."""
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
            what = f"cannot be read ({error.strerror})"
            problems.append(Problem(name, 0, what, "check what it is and who may read it"))
            continue
        yield from inside
        folders += [
            (entry.path, f"{name}/{entry.name}") for entry in inside if entry.is_dir(follow_symlinks=False)
        ]


def _refusal(entry: os.DirEntry[str], home: str) -> tuple[str, str]:
    """Return why an entry cannot be used as a file of the archive, and what to do; two empty texts if it can."""
    if entry.is_symlink():
        target = os.path.realpath(entry.path)
        if os.path.commonpath([home, target]) != home:
            return "is a link that leads out of the archive", "put the file itself here"
        if os.path.isdir(target):
            return "is a link to a folder, and is not followed", "put the files themselves here"
        if not os.path.isfile(target):
            return "is a link that leads nowhere", "mend it or remove it"
        return "", ""
    return ("", "") if entry.is_file() else ("is not a regular file", "remove it")


def changed_meanwhile(name: str) -> RegestaError:
    """Return the error for a file of `content/` that changed after the build began."""
    return fail(f"content/{name}", "was changed while the site was built", "build again", status=3)


def is_settled(known: tuple[int, int, int, int], seen: int) -> bool:
    """Tell whether any later edit would change a file's signature: its last change was long enough before `seen` (ns)."""
    newest = max(known[:2])
    return newest < seen - (_TICK if newest % _SECOND else _COARSE_TICK)


def signature(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return the signature of a file, which tells its states apart without reading it."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
