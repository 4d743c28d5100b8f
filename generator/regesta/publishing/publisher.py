"""Publish a site: changed files are staged beside it, and become visible in one step if possible.

Only files that the site's manifest names are ever replaced or deleted. All others, the foreign files, stay.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.dot_regesta import make_home
from regesta.errors import Problem, RegestaError
from regesta.publishing.disk import exists, parents
from regesta.publishing.inplace import InPlace
from regesta.publishing.journal import output_mark
from regesta.publishing.manifest import NAME, Manifest, read_manifest
from regesta.publishing.standby import ImpossibleError, Standby
from regesta.publishing.survey import STAGING, folders_of, open_folders, survey

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType
    from typing import Self

    from regesta.publishing.survey import Survey

#: Files are readable by everybody, whatever the user's own setting: they are to be published.
_UMASK = 0o022


def site_is_whole(output: Path, manifest: Manifest) -> bool:
    """Tell whether every file of a site's manifest still exists; only folders that changed since are read.

    A site that is being published file by file is not whole, nor is one where that was cut off.
    """
    if exists(f"{output}/{STAGING}"):
        return False
    try:
        since = (output / NAME).lstat().st_mtime_ns
    except OSError:
        return False
    return not survey(str(output), manifest.outputs, since).missing


class Publisher:
    """Publishes builds into a site's folder; a context manager, for one process at a time.

    It first finishes or clears what a killed run left. If the code inside fails, the site stays unchanged.

    Args:
        root: the folder that contains `.regesta/`.
        output: the site's folder; it need not exist.

    Attributes:
        before: the manifest of the live site; empty if it has none.
    """

    before: Manifest

    def __init__(self, root: Path, output: Path) -> None:
        self._output, self._home = output, root / ".regesta"
        live, home = os.path.realpath(output), os.path.realpath(self._home)
        name = output_mark(output)
        if live.startswith(f"{os.path.realpath(root)}{os.sep}"):
            folder = f"{home}/standby-{name}"
        else:  # perhaps on another disk: only folders on one disk can be exchanged
            folder = f"{os.path.dirname(live)}/.{os.path.basename(live)}.regesta-standby"
        self._live = live
        self._standby = Standby(live, folder, f"{home}/site-{name}")
        self._in_place = InPlace(live)
        #: How the build is published; None before anything is staged, and after it is published.
        self._method: Standby | InPlace | None = None
        self._last_survey: Survey | None = None

    def __enter__(self) -> Self:
        make_home(self._home)
        self._umask, self._process = os.umask(_UMASK), os.getpid()
        try:
            self._in_place.recover()
            self._standby.recover()
        except BaseException:
            os.umask(self._umask)
            raise
        self.before = read_manifest(self._live) or Manifest()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._method:  # it was not published: the staged files are removed, in case the disk is full
            for method in (self._in_place, self._standby):
                with suppress(OSError, RegestaError):
                    method.recover()
        os.umask(self._umask)

    def missing(self) -> set[str]:
        """Return the files of `before` that are no longer in the live site, or no longer files."""
        return self._survey().missing

    def _survey(self) -> Survey:
        if self._last_survey is None:
            self._last_survey = survey(self._live, self.before.outputs, self._standby.since(self._live))
        return self._last_survey

    def prepare(self) -> None:
        """Prepare to stage files; the first write does it, but a process that forks must do it before."""
        if not self._method:
            if os.getpid() != self._process:
                raise RuntimeError("prepare() must come before a fork: it clears what others have staged")
            self._method = self._standby if self._standby.is_possible() else self._in_place
            self._method.open()

    def write(self, path: str, data: bytes) -> None:
        """Stage a changed or new file, by its path below the site's root; several processes may do so."""
        self.prepare()
        if self._method:
            self._method.write(path, data)

    def publish(self, after: Manifest, written: Collection[str]) -> None:
        """Make the site consist of the files of a manifest, and of the foreign files in it.

        Args:
            after: the files, with the hashes of their bytes.
            written: the staged files; the live site holds the others.

        Raises:
            RegestaError: something that Regesta did not make is at the path of a file.
            OSError: the files cannot be written; the site is unchanged.
        """
        if not written and after == self.before:
            return
        self.prepare()
        if self._method is self._standby:
            try:
                self._standby.publish(self.before, after, written, self._foreign(written))
            except ImpossibleError:
                self._stage_in_place(written)
        if self._method is self._in_place:
            self._last_survey = None  # foreign files may have appeared since
            self._in_place.publish(self.before, after, written, self._foreign(written).missing)
        self._method = None

    def _foreign(self, written: Collection[str]) -> Survey:
        """Return the foreign files and folders in the live site.

        Raises:
            RegestaError: some of them are at the path of a file to be written.
        """
        found = self._survey()
        if not found.files and not found.folders:
            return found
        folders = folders_of(written)
        foreign = open_folders(found, self._live, folders)
        in_the_way = [path for path in foreign.files if path in folders]
        in_the_way += [
            path
            for path in (*foreign.files, *foreign.folders)
            if path in written or any(parent in written for parent in parents(path))
        ]
        if in_the_way:
            what, remedy = "was not made by Regesta, but is where a file of the site must go", "move it away"
            paths = [str(self._output / path) for path in sorted(in_the_way)]
            raise RegestaError([Problem(path, 0, what, remedy) for path in paths], 3)
        return foreign

    def _stage_in_place(self, written: Collection[str]) -> None:
        """Stage the files that were written into the standby once more, to be published file by file."""
        self._in_place.open()
        for path in written:
            self._in_place.write(path, Path(self._standby.folder, path).read_bytes())
        self._standby.recover()
        self._method = self._in_place
