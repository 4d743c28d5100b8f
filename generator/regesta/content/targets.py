"""Where a write goes: through links within the archive, never out of it, and only into a file that may be written."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.find_files import CONFIG_FILE, PUT_HERE, led_astray, real_path
from regesta.errors import RegestaError, fail

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.errors import Problem


class Target(NamedTuple):
    """The file that a write replaces or creates.

    Attributes:
        path: its real path, all links followed.
        status: that of the file which is there; None if there is none.
    """

    path: Path
    status: os.stat_result | None


def check_targets(paths: Iterable[Path]) -> list[Target]:
    """Return where writes to some paths go.

    Raises:
        RegestaError: some of them may not be written; it has all their problems.
    """
    targets, found = Targets(), []
    problems: dict[Problem, None] = {}
    for path in paths:
        try:
            found.append(targets.of(path))
        except RegestaError as error:
            problems |= dict.fromkeys(error.problems)
    if problems:
        raise RegestaError(problems, status=3)
    return found


class Targets:
    """Finds where writes go; it looks at each folder only once."""

    def __init__(self) -> None:
        self._folders: dict[Path, tuple[Path, Path]] = {}

    def of(self, path: Path) -> Target:
        """Return where a write to a path goes.

        Raises:
            RegestaError: it leads out of the archive or nowhere, or what is there may not be replaced.
        """
        folder, home = self._folder(path.parent)
        target = _target(folder / path.name)
        if target.status and stat.S_ISLNK(target.status.st_mode):
            target = _target(Path(real_path(target.path)))
            if what := led_astray(str(target.path), str(home)):
                raise _refused(path, what, PUT_HERE[False])
            if not target.status or stat.S_ISLNK(target.status.st_mode):
                raise _refused(path, "is a link that leads nowhere", "mend it or remove it")
            self._folder(target.path.parent)
        if target.status and not stat.S_ISREG(target.status.st_mode):
            raise _refused(path, "is not a regular file", "remove it")
        if target.status and not _is_writable(target.path, target.status):
            raise _refused(path, "is read-only", "allow yourself to write to it")
        return target

    def _folder(self, folder: Path) -> tuple[Path, Path]:
        """Return the real paths of a folder, and of the one that links in it must not lead out of.

        Raises:
            RegestaError: the folder lies outside the other, or may not be written to.
        """
        if folder not in self._folders:
            real, home = (Path(real_path(place)) for place in (folder, _home(folder)))
            if what := led_astray(str(real), str(home)):
                raise _refused(_link_astray(folder), what, PUT_HERE[True])
            if not os.access(_existing(real), os.W_OK | os.X_OK):
                raise _refused(folder, "cannot be written to", "allow yourself to write to this folder")
            self._folders[folder] = real, home
        return self._folders[folder]


def _target(path: Path) -> Target:
    try:
        return Target(path, path.lstat())
    except FileNotFoundError:
        return Target(path, None)


def _is_writable(path: Path, status: os.stat_result) -> bool:
    """Tell whether a file may be written; one that its owner made read-only may not, not even by root."""
    return bool(status.st_mode & 0o222) and os.access(path, os.W_OK)


def _home(path: Path) -> Path:
    """Return the `content/` in which a path lies; outside an archive, the path itself."""
    place = path.absolute()
    return next((home for home in (place, *place.parents) if os.access(home / CONFIG_FILE, os.F_OK)), place)


def _link_astray(folder: Path) -> Path:
    """Return the link on the way to a folder that leads out of the archive, or to a hidden place in it."""
    place, home = folder.absolute(), _home(folder)
    below = [path for path in reversed((place, *place.parents)) if path.is_relative_to(home)]
    return next(path for path in below if led_astray(real_path(path), real_path(home)))


def _existing(path: Path) -> Path:
    """Return the path, or the nearest folder above it that exists."""
    return next(place for place in (path, *path.parents) if os.access(place, os.F_OK))


def _refused(path: Path, what: str, remedy: str) -> RegestaError:
    name = path.absolute().relative_to(_home(path).parent).as_posix()
    return fail(name, what, remedy, status=3)
