"""An archive on the disk that is brought to any state, and what its builds come to."""

import os
import shutil
import traceback
from contextlib import suppress
from typing import NamedTuple

from regesta.building.build import build
from regesta.building.options import Options
from regesta.errors import RegestaError

#: The end of the names of files that somebody else keeps in the site.
THEIRS = ".theirs"
_FUTURE = 4_102_444_800 * 10**9  # a time (ns) at which no file is settled


class Outcome(NamedTuple):
    """What a build came to.

    Attributes:
        error: what stopped it, "" if nothing did.
        problems: what was left out.
        counts: how many papers, pages and files the site holds.
        changes: the paths that were written or deleted.
    """

    error: str
    problems: tuple = ()
    counts: tuple = ()
    changes: frozenset = frozenset()


class Archive:
    """An archive in a folder.

    Args:
        root: the folder.
        chance: decides how files are written: in place or anew, with a new time or the old one.
        has_bad_clock: every file has the same time, in the future.
    """

    def __init__(self, root, chance, *, has_bad_clock=False):
        self.root, self.site, self.chance, self.has_bad_clock = root, root / "site", chance, has_bad_clock
        self.files = {}
        root.mkdir(parents=True)

    def become(self, files):
        """Bring the content to a state: the bytes of all files by their paths."""
        gone = {path: data for path, data in self.files.items() if path not in files}
        for path, data in files.items():
            if self.files.get(path) == data:
                continue
            self._clear_way(path)
            origin = next((old for old, was in gone.items() if was == data), None)
            if origin and path not in self.files and (self.root / origin).is_file():  # it was renamed
                (self.root / origin).rename(self.root / path)
                del gone[origin], self.files[origin]
            else:
                self._write(self.root / path, data)
        for path in gone:
            with suppress(NotADirectoryError, IsADirectoryError):  # another file or folder is there by now
                (self.root / path).unlink(missing_ok=True)
        self.files = dict(files)

    def _clear_way(self, path):
        """Make room for a file: where a folder was, or a file where a folder has to be."""
        place = self.root / path
        for folder in [*place.parents][: path.count("/")]:
            if folder.is_file():
                folder.unlink()
        if place.is_dir():
            shutil.rmtree(place)
        place.parent.mkdir(parents=True, exist_ok=True)

    def _write(self, place, data):
        before = place.stat() if place.is_file() else None
        if before and self.chance.random() < 0.5:
            place.unlink()
        place.write_bytes(data)
        if self.has_bad_clock:
            os.utime(place, ns=(_FUTURE, _FUTURE))
        elif before and before.st_size == len(data) and self.chance.random() < 0.5:
            os.utime(place, ns=(before.st_mtime_ns, before.st_mtime_ns))

    def build(self, output=None, **options):
        """Build; return what it came to. An error that is not a `RegestaError` is told with its traceback."""
        try:
            report = build(self.root, output or self.site, Options(**options))
        except RegestaError as error:
            return Outcome(str(error).replace(str(self.root), ""))
        except Exception:  # noqa: BLE001 - a trial goes on, and says how it came to that
            return Outcome(traceback.format_exc())
        counts = report.papers, report.pages, report.files
        changes = frozenset(path for path, _ in report.changes)
        return Outcome("", tuple(map(str, report.problems)), counts, changes)

    def published(self):
        """Return the bytes of all files of the site, by path, and the paths of those of somebody else."""
        found = {}
        for folder, _, names in os.walk(self.site):
            below = folder[len(str(self.site)) + 1 :]
            for name in names:
                with open(f"{folder}/{name}", "rb") as file:  # noqa: PTH123 - many files
                    found[f"{below}/{name}".lstrip("/")] = file.read()
        theirs = {path for path in found if path.endswith(THEIRS)}
        return {path: data for path, data in found.items() if path not in theirs}, theirs


def anew(folder, files, chance):
    """Return the site that some content makes from nothing, and what the build came to."""
    shutil.rmtree(folder, ignore_errors=True)
    archive = Archive(folder, chance)
    archive.become(files)
    outcome = archive.build()
    return archive.published()[0], outcome
