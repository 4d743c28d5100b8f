"""Publish a site: changed files are staged beside it, and become visible in one step if possible.

Only files that the site's manifest names are ever replaced or deleted. All others, the foreign files, stay.
"""

from __future__ import annotations

import os
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.dot_regesta import make_home
from regesta.errors import Problem, RegestaError
from regesta.publishing.disk import folders_of, parents
from regesta.publishing.inplace import InPlace
from regesta.publishing.journal import output_mark
from regesta.publishing.standby import ImpossibleError, Standby
from regesta.publishing.survey import Looks, open_folders

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from types import TracebackType
    from typing import Self

    from regesta.publishing.site_files import SiteFiles
    from regesta.publishing.survey import Survey


@contextmanager
def _for_everybody() -> Iterator[None]:
    """Make files and folders that everybody can read, whatever the user's own setting: they are to be published."""
    own = os.umask(0o022)
    try:
        yield
    finally:
        os.umask(own)


class Publisher:
    """Publishes builds into a site's folder; a context manager, for one process at a time.

    It first finishes or clears what a killed run left: `SiteFiles` are to be read inside. If the code inside fails, the
    site stays unchanged.

    Args:
        root: the folder that contains `.regesta/`.
        output: the site's folder; it need not exist.
    """

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
        self._looks = Looks(live)

    def __enter__(self) -> Self:
        make_home(self._home)
        self._process = os.getpid()
        with _for_everybody():
            self._in_place.recover()
            self._standby.recover()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._method:  # it was not published: the staged files are removed, in case the disk is full
            for method in (self._in_place, self._standby):
                with suppress(OSError, RegestaError), _for_everybody():
                    method.recover()

    def is_whole(self) -> bool:
        """Tell whether the live site still has all its files."""
        return self._looks.is_whole(self._standby.since(self._live))

    def look(self, files: SiteFiles) -> Survey:
        """Return which files are missing in the live site, and which are foreign; it is looked at once."""
        return self._looks.survey(files, self._standby.since(self._live))

    def prepare(self) -> None:
        """Prepare to stage files; the first write does it, but a process that forks must do it before."""
        if not self._method:
            if os.getpid() != self._process:
                raise RuntimeError("prepare() must come before a fork: it clears what others have staged")
            with _for_everybody():
                self._method = self._standby if self._standby.is_possible() else self._in_place
                self._method.open()

    def write(self, path: str, data: bytes) -> None:
        """Stage a changed or new file, by its path below the site's root; several processes may do so."""
        self.prepare()
        if self._method:
            with _for_everybody():
                self._method.write(path, data)

    def publish(self, files: SiteFiles, written: Collection[str]) -> None:
        """Make the site consist of some files and of the foreign files in it; the files are noted as published.

        Args:
            files: all that the site is to have.
            written: the staged files, among them all that the site does not have yet; it holds the others.

        Raises:
            RegestaError: something that Regesta did not make is at the path of a file.
            OSError: the files cannot be written; the site is unchanged.
        """
        if written or not files.is_published():
            with _for_everybody():
                self._publish(files, written)
        with suppress(OSError):  # the site is published; the next build reads its manifest
            files.note_published()

    def _publish(self, files: SiteFiles, written: Collection[str]) -> None:
        self.prepare()
        if self._method is self._standby:
            try:
                self._standby.publish(files, written, self._foreign(files, written))
            except ImpossibleError:
                self._stage_in_place(written)
        if self._method is self._in_place:
            self._looks.forget()  # foreign files may have appeared since
            self._in_place.publish(files, written, self._foreign(files, written).missing)
        self._method = None

    def _foreign(self, files: SiteFiles, written: Collection[str]) -> Survey:
        """Return the foreign files and folders in the live site.

        Raises:
            RegestaError: some of them are at the path of a file to be written.
        """
        found = self.look(files)
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
