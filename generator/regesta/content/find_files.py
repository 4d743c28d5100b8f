"""Find an archive and the regular files in it, each with a signature that shows whether it was changed.

What lies outside the archive is never read: a link that leads out of it, or to a hidden place in it, is refused.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NamedTuple

from regesta.errors import Problem, RegestaError, fail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

#: The curator's settings, taxonomy and register of authors, in `content/`.
CONFIG_FILE, TAGS_FILE, AUTHORS_FILE = "archive.yaml", "tags.yaml", "authors.yaml"
#: Two edits closer than this (ns) may have the same time: on most file systems, and on those with whole seconds only.
_TICK, _COARSE_TICK = 10**8, 2 * 10**9
_SECOND = 10**9
#: The flags to open a file for reading; without waiting, should it have become a pipe.
READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)


#: Hidden files that are left out of the site without a word: every system and Git make them.
_LITTER = {".DS_Store", ".gitattributes", ".gitignore", ".gitkeep"}
#: The hidden folder that belongs to a site (RFC 8615).
_WELL_KNOWN = ".well-known"
#: What to do about a link to a file, and about one to a folder.
PUT_HERE = ("put the file itself here", "put the files themselves here")


def find_archive(root: Path) -> None:
    """Check that a folder holds an archive, and that nothing in it leads out of it.

    Each command that reads an archive or writes into one begins with this.

    Raises:
        RegestaError: it does not.
    """
    if problems := misplaced(root):
        raise RegestaError(problems)
    if not (root / "content" / CONFIG_FILE).is_file():
        remedy = "run this in an archive's folder, name one with --root, or begin one with `regesta new DIR`"
        is_there = os.path.lexists(root / "content" / CONFIG_FILE)
        raise fail(root / "content" / CONFIG_FILE, "is not a file" if is_there else "does not exist", remedy)


def misplaced(root: Path) -> list[Problem]:
    """Return a problem for each folder or file of an archive that leads out of it, or is not a folder or file.

    Looked at are `content/`, `themes/`, `.regesta/` and all that lies directly in them, except hidden files of
    people. `find_files` looks at everything below.
    """
    content, themes, own = (root / name for name in ("content", "themes", ".regesta"))
    places = {root: [content, themes, own]}
    inside = {content: _visible(content), themes: _visible(themes), own: _entries_in(own)}
    return _misplaced(root, places) or _misplaced(root, inside)


def _misplaced(root: Path, places: Mapping[Path, Iterable[Path]]) -> list[Problem]:
    problems: list[Problem] = []
    for folder, paths in places.items():
        home = os.path.realpath(folder)
        refusals = ((path, _refusal(str(path), home)) for path in paths if os.path.lexists(path))
        problems += [Problem(path.relative_to(root).as_posix(), 0, *why) for path, why in refusals if why]
    return problems


def _entries_in(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _visible(folder: Path) -> list[Path]:
    return [path for path in _entries_in(folder) if not path.name.startswith(".")]


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

    def read(self) -> bytes:
        """Return its bytes.

        Raises:
            OSError: it cannot be read.
            RegestaError: it is no longer the file that was found.
        """
        with os.fdopen(os.open(self.path, READ), "rb") as opened:
            self.refuse_another(opened.fileno())
            return opened.read()

    def refuse_another(self, handle: int) -> None:
        """Make sure that a file that was opened by its path is the one that was found, and not behind a link by now.

        Raises:
            RegestaError: it is not, or was changed.
        """
        if os.name == "posix" and signature(os.fstat(handle)) != self.signature:
            raise changed_meanwhile(self.name)

    @property
    def stem(self) -> str:
        """Its name without folders and extension."""
        return self.name.rpartition("/")[2].rpartition(".")[0]


def find_files(
    base: Path, folder: str, suffix: str = "", *, hidden: bool = False
) -> tuple[list[File], list[Problem]]:
    """Return the files below a folder, sorted by name, and a problem for each matching name that cannot be used.

    Links to folders are not followed; each is a problem, whatever its name.

    Args:
        base: the folder to which names are relative; links must not lead out of it.
        folder: where to look, below base; it need not exist.
        suffix: the end of their names.
        hidden: whether to include names that begin with a dot.
    """
    found: list[File] = []
    problems: list[Problem] = []
    home, start = os.path.realpath(base), len(f"{base}/")
    for entry in _entries(f"{base}/{folder}", folder, problems, hidden=hidden):
        name = entry.path[start:].replace(os.sep, "/")
        is_named = name.endswith(suffix)
        refusal = None
        if not entry.is_file(follow_symlinks=False):  # for nearly all, this is the only question
            is_named, refusal = _judge_odd(entry, home, is_named=is_named, is_any=not suffix)
        if is_named and not _is_unicode(name):
            refusal = "has a name that is not in UTF-8", "rename it"
        if refusal:
            problems.append(Problem(name, 0, *refusal))
        elif is_named:
            found.append(File(entry.path, name, signature(entry.stat())))
    return sorted(found, key=lambda file: file.name), problems


def _is_unicode(name: str) -> bool:
    """Tell whether a name is in UTF-8: Python reads other bytes, which some systems allow, as lone surrogates."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def _judge_odd(
    entry: os.DirEntry[str], home: str, *, is_named: bool, is_any: bool
) -> tuple[bool, tuple[str, str] | None]:
    """Tell whether an entry that is not a regular file is used as one; if it cannot be, why, and what to do.

    Args:
        entry: the entry.
        home: the real path that links must not leave.
        is_named: whether its name has the end that is asked for.
        is_any: whether any name has.
    """
    if entry.is_dir(follow_symlinks=False):
        is_mistaken = is_named and not is_any
        return False, ("is a folder with the name of a file", "rename it") if is_mistaken else None
    if os.path.isdir(entry.path):
        linked = "is a link to a folder, and is not followed", PUT_HERE[True]
        return False, _refusal(entry.path, home) or linked
    return is_named, _refusal(entry.path, home) if is_named else None


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


def _refusal(path: str, home: str) -> tuple[str, str] | None:
    """Return why there can be no such file or folder in an archive, and what to do; None if there can be.

    Args:
        path: the file or folder; it exists, if only as a link.
        home: the real path that links must not leave.
    """
    if os.path.islink(path):
        target = real_path(path)
        if what := led_astray(target, home):
            return what, PUT_HERE[os.path.isdir(path)]
        if is_in(real_path(os.path.dirname(path)), target):
            return "is a link to a folder, one that holds it", "remove it"
        if not os.path.exists(path):
            return "is a link that leads nowhere", "mend it or remove it"
    if not (os.path.isfile(path) or os.path.isdir(path)):
        return "is not a regular file", "remove it"
    return None


def real_path(path: str | os.PathLike[str]) -> str:
    """Return a path with all links followed; one that the system does not follow, as in a loop, stays itself."""
    try:
        os.stat(path)
    except OSError as error:
        if error.errno == errno.ELOOP:
            folder, name = os.path.split(path)
            return os.path.join(os.path.realpath(folder), name)
    return os.path.realpath(path)


def led_astray(target: str, home: str) -> str:
    """Return what is wrong with a link to a real path that lies outside a folder, or hidden in it; "" if nothing is."""
    if not is_in(target, home):
        return "is a link that leads out of the archive"
    return "is a link to a hidden file or folder" if f"{os.sep}." in target[len(home) :] else ""


def is_in(path: str, folder: str) -> bool:
    """Tell whether a real path lies in a folder, or is the folder."""
    return f"{path}{os.sep}".startswith(f"{folder.rstrip(os.sep)}{os.sep}")


def leave_out_hidden(paths: Iterable[str], named: Collection[str]) -> tuple[set[str], list[Problem]]:
    """Return the paths that may be published, and a problem for each hidden file or folder that is left out.

    Passwords, keys and what Git knows lie in hidden places.

    Args:
        paths: of files.
        named: the hidden names that are published nevertheless, beside `.well-known`.
    """
    places = {path: _hidden_place(path, named) if "/." in f"/{path}" else "" for path in paths}
    what, remedy = "is hidden, and is not published", "rename it, or list its name under `hidden_files`"
    told = [
        place for place in dict.fromkeys(places.values()) if place and place.split("/")[-1] not in _LITTER
    ]
    return {path for path, place in places.items() if not place}, [
        Problem(place, 0, what, remedy) for place in told
    ]


def _hidden_place(path: str, named: Collection[str]) -> str:
    """Return the first hidden file or folder on the way to a file, except those that are named; "" for none."""
    parts = path.split("/")
    for number, part in enumerate(parts, 1):
        if part.startswith(".") and part != _WELL_KNOWN and part not in named:
            return "/".join(parts[:number])
    return ""


def changed_meanwhile(name: str) -> RegestaError:
    """Return the error for a file of `content/` that changed after the command began."""
    return fail(
        f"content/{name}", "was changed while the archive was read", "run the command again", status=3
    )


def is_settled(known: tuple[int, int, int, int], seen: int) -> bool:
    """Tell whether any later edit would change a file's signature: its last change was long enough before `seen` (ns)."""
    newest = max(known[:2])
    return newest < seen - (_TICK if newest % _SECOND else _COARSE_TICK)


def signature(status: os.stat_result) -> tuple[int, int, int, int]:
    """Return the signature of a file, which tells its states apart without reading it."""
    return status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino
