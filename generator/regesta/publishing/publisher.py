"""Publish a site: what changed is made ready beside it, and becomes visible in one step where the system can do that.

Only files that the site's manifest names are ever replaced or deleted; all others stay.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.errors import Problem, RegestaError
from regesta.home import make_home
from regesta.publishing.disk import exists, parents
from regesta.publishing.inplace import InPlace
from regesta.publishing.manifest import NAME, Manifest, read_manifest
from regesta.publishing.standby import ImpossibleError, Standby
from regesta.publishing.survey import STAGING, folders_of, open_up, survey
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Collection
    from types import TracebackType
    from typing import Self

    from regesta.publishing.survey import Survey

#: Files are readable by all, whatever the person's own habit: they are to be published.
_UMASK = 0o022


def site_is_whole(output: Path, manifest: Manifest) -> bool:
    """Tell whether every file of a site's manifest is still there; only folders that changed since are looked into.

    A site that is being published file by file is not whole, nor is one in which that was cut off.
    """
    if exists(f"{output}/{STAGING}"):
        return False
    try:
        since = (output / NAME).lstat().st_mtime_ns
    except OSError:
        return False
    return not survey(str(output), manifest.outputs, since).missing


class Publisher:
    """Brings a site's folder up to date; used with `with`, by one process at a time.

    Entering it finishes or clears what a killed run left behind. If what happens inside fails, the site stays as it is.

    Args:
        root: the folder that holds `.regesta/`.
        output: the site's folder; it need not exist.

    Attributes:
        before: the manifest of the live site; empty if it has none.
    """

    before: Manifest

    def __init__(self, root: Path, output: Path) -> None:
        self._output, self._home = output, root / ".regesta"
        live, home = os.path.realpath(output), os.path.realpath(self._home)
        name = digest(live, 8)
        is_inside = live.startswith(f"{os.path.realpath(root)}{os.sep}")
        folder = (
            f"{home}/standby-{name}"
            if is_inside
            else f"{os.path.dirname(live)}/.{os.path.basename(live)}.standby"
        )
        self._live = live
        self._standby = Standby(live, folder, f"{home}/site-{name}")
        self._in_place = InPlace(live)
        self._way: Standby | InPlace | None = None
        self._seen: Survey | None = None

    def __enter__(self) -> Self:
        make_home(self._home)
        self._umask, self._process = os.umask(_UMASK), os.getpid()
        try:
            self._in_place.settle()
            self._standby.settle()
        except BaseException:
            os.umask(self._umask)
            raise
        self.before = read_manifest(self._live) or Manifest()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._way:  # it was not published: a full disk is not kept full
            for way in (self._in_place, self._standby):
                with suppress(OSError, RegestaError):
                    way.settle()
        os.umask(self._umask)

    def missing(self) -> set[str]:
        """Return the files of `before` that somebody removed from the live site, or replaced with something else."""
        return self._look().missing

    def _look(self) -> Survey:
        if self._seen is None:
            self._seen = survey(self._live, self.before.outputs, self._standby.since(self._live))
        return self._seen

    def prepare(self) -> None:
        """Make ready to write; done by the first write, but before a process forks it must be done by hand."""
        if not self._way:
            if os.getpid() != self._process:
                raise RuntimeError(
                    "prepare() must come before a fork: this process would clear what others have written"
                )
            self._way = self._standby if self._standby.is_possible() else self._in_place
            self._way.open()

    def write(self, path: str, data: bytes) -> None:
        """Stage a changed or new file, by its path below the site's root; several processes may do so."""
        self.prepare()
        if self._way:
            self._way.write(path, data)

    def publish(self, after: Manifest, written: Collection[str]) -> None:
        """Make the site hold just the files of a manifest, and what others put there.

        Args:
            after: the files, with the hashes of their bytes.
            written: those that were staged; the live site holds the others.

        Raises:
            RegestaError: something that Regesta did not make is where a file is to go.
            OSError: it cannot be written; the site is as it was.
        """
        if not written and after == self.before:
            return
        self.prepare()
        if self._way is self._standby:
            try:
                self._standby.publish(self.before, after, written, self._foreign(written))
            except ImpossibleError:
                self._change_way(written)
        if self._way is self._in_place:
            self._seen = None  # something may have got in the way since
            self._in_place.publish(self.before, after, written, self._foreign(written).missing)
        self._way = None

    def _foreign(self, written: Collection[str]) -> Survey:
        """Return what others put into the live site.

        Raises:
            RegestaError: some of it is where a file is to go.
        """
        seen = self._look()
        if not seen.files and not seen.folders:
            return seen
        folders = folders_of(written)
        foreign = open_up(seen, self._live, folders)
        in_the_way = [path for path in foreign.files if path in folders]
        in_the_way += [
            path
            for path in (*foreign.files, *foreign.folders)
            if path in written or any(parent in written for parent in parents(path))
        ]
        if in_the_way:
            what, remedy = "is where a file of the site is to go, and Regesta did not make it", "move it away"
            raise RegestaError(
                [Problem(str(self._output / path), 0, what, remedy) for path in sorted(in_the_way)], 3
            )
        return foreign

    def _change_way(self, written: Collection[str]) -> None:
        """Stage once more what was written into the standby, to be put in place file by file."""
        self._in_place.open()
        for path in written:
            self._in_place.write(path, Path(self._standby.folder, path).read_bytes())
        self._standby.settle()
        self._way = self._in_place
