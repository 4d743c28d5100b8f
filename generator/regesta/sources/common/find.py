"""Find the files that a person names for import: each once, and with a word about all that is left out."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.find_files import PUT_HERE, led_astray, real_path
from regesta.errors import Problem, fail
from regesta.sources.common.files import STANDARD_INPUT, dump_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Why = tuple[()] | tuple[str, str]


class Found(NamedTuple):
    """What paths stand for.

    Attributes:
        files: what to read, each file once; `-` is standard input.
        problems: one for each thing that is left out; hidden files are left out without a word.
    """

    files: list[str | Path]
    problems: list[Problem]


def find_dumps(paths: Iterable[str | Path], content: Path) -> Found:
    """Return the files that paths, patterns (`*.bib`) and folders stand for, by name; `-` stays `-`.

    Args:
        paths: what the curator names. A pipe or a device is read only if it is named itself.
        content: the archive's content folder. Links in the archive must not lead out of it; others may lead anywhere.

    Raises:
        RegestaError: a path does not exist.
    """
    files: dict[str, str | Path] = {}
    problems: dict[Problem, None] = {}
    for path in paths:
        for file, why in _named(path, content):
            if why:
                problems[Problem(dump_name(file, content), 0, *why)] = None
            else:
                files.setdefault(real_path(file) if isinstance(file, Path) else file, file)
    return Found([*files.values()], [*problems])


def can_be_read_again(path: str | Path) -> bool:
    """Tell whether a dump is a file on a disk, and not standard input, a pipe or a device."""
    if not isinstance(path, Path) or str(path).startswith(("/dev/", "/proc/")):  # as /dev/stdin
        return False
    return _kind(path) == stat.S_IFREG


def _named(path: str | Path, content: Path) -> Iterator[tuple[str | Path, _Why]]:
    """Yield the files that a path stands for, each with why it is left out.

    Raises:
        RegestaError: there are none.
    """
    if str(path) == STANDARD_INPUT:
        yield STANDARD_INPUT, ()
        return
    for place in _places(Path(path)):
        if astray := _led_astray(place, content):
            yield place, astray
        elif _kind(place) == stat.S_IFDIR:
            yield from _inside(place, content)
        else:
            yield place, () if place == Path(path) else _why_not(place, content)


def _places(path: Path) -> list[Path]:
    """Return the files and folders that a path or a pattern names; hidden ones only if they are named themselves.

    Raises:
        RegestaError: there are none.
    """
    try:
        path.lstat()
    except PermissionError:
        return [path]  # its reader says so
    except OSError:  # it does not exist, or could not, as a pattern on some systems
        pass
    else:
        return [path]
    pattern = path.relative_to(path.anchor)
    if any("**" in part and part != "**" for part in pattern.parts):  # Python 3.13 would read it as *
        what = "is not a pattern (** stands for whole folders)"
        raise fail(path, what, "write * for any name, **/ for any folders")
    found = Path(path.anchor).glob(str(pattern)) if re.search(r"[*?\[]", str(path)) else ()
    places = sorted(place for place in found if not _is_hidden({*place.parts} - {*path.parts}))
    if not places:
        raise fail(
            path,
            "does not exist",
            "name files or folders of papers, patterns such as *.bib, or - for standard input",
        )
    return places


def _inside(folder: Path, content: Path) -> Iterator[tuple[Path, _Why]]:
    """Yield what is below a folder, by name, each with why it is left out; links to folders are not followed."""
    unreadable: list[OSError] = []
    found: list[Path] = []
    for place, folders, files in os.walk(folder, onerror=unreadable.append):
        folders[:] = [name for name in folders if not _is_hidden([name])]
        found += (Path(place, name) for name in files if not _is_hidden([name]))
        found += (path for path in (Path(place, name) for name in folders) if _is_link(path))
    for error in unreadable:
        yield Path(error.filename), (f"cannot be read ({error.strerror})", "check who may read it")
    yield from ((path, _why_not(path, content)) for path in sorted(found))


def _is_hidden(names: Iterable[str]) -> bool:
    return any(name.startswith(".") for name in names)


def _why_not(path: Path, content: Path) -> _Why:
    """Return why something that was found, not named, is left out, and what to do; nothing if it is read."""
    kind = _kind(path)
    if _is_link(path):
        if astray := _led_astray(path, content):
            return astray
        if kind == stat.S_IFDIR:
            return "is a link to a folder, and is not followed", "name the folder itself to import it"
        if not kind:
            return "is a link that leads nowhere", "mend it or remove it"
    return (
        () if kind == stat.S_IFREG else ("is not a regular file", "name it itself to read it, or remove it")
    )


def _kind(path: Path) -> int:
    """Return what a path leads to, as `stat.S_IFREG`; 0 if that is unknown."""
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except OSError:
        return 0


def _led_astray(path: Path, content: Path) -> _Why:
    """Return what is wrong if a link that lies in the archive, on the way to a file, leads out of it or to a hidden place."""
    homes = [real_path(home) for home in (content, content.parent)]  # the first may be a link

    def astray(place: Path) -> str:
        reasons = [led_astray(real_path(place), home) for home in homes]
        return reasons[-1] if all(reasons) else ""

    what = astray(path)
    places = (path.absolute(), *path.absolute().parents)
    if not what or not any(_is_link(place) and not astray(place.parent) for place in places):
        return ()
    return what, PUT_HERE[False]


def _is_link(path: Path) -> bool:
    try:
        return path.is_symlink()
    except OSError:
        return False
