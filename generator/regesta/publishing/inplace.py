"""Publish file by file, if folders cannot be exchanged: each file is whole, the site is mixed for a moment.

New files wait in a hidden folder of the site, with a journal of the steps. A run that is killed before the
journal is written has changed nothing; a run that is killed later is finished by the next.
"""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING

from regesta.publishing.disk import (
    create,
    exists,
    folders_of,
    make_folder,
    move,
    parents,
    remove,
    remove_tree,
)
from regesta.publishing.manifest import NAME
from regesta.publishing.survey import STAGING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from regesta.publishing.site_files import SiteFiles


class InPlace:
    """Replaces the files of the live site one by one.

    Args:
        live: the site's folder.
    """

    def __init__(self, live: str) -> None:
        self._live, self._staging = live, f"{live}/{STAGING}"
        self._new, self._journal = f"{self._staging}/new", f"{self._staging}/journal.json"

    def recover(self) -> None:
        """Finish what an earlier run began to publish; clear what it only staged."""
        if exists(self._journal):
            self._apply()
            os.unlink(self._journal)
        if exists(self._staging):
            remove_tree(self._staging)

    def open(self) -> None:
        """Make the folder for staged files."""
        make_folder(self._staging)

    def write(self, path: str, data: bytes) -> None:
        """Stage one file."""
        self._create(path, (data,))

    def _create(self, path: str, pieces: Iterable[bytes]) -> None:
        target = f"{self._new}/{path}"
        try:
            create(target, pieces)
        except FileExistsError:
            remove_tree(target)
            create(target, pieces)

    def publish(self, files: SiteFiles, written: Collection[str], missing: Collection[str]) -> None:
        """Move the staged files into the site, and delete files that are no longer part of it.

        Args:
            files: the files that the site is to have.
            written: the staged files.
            missing: files that the site should have, and has not.

        Raises:
            PermissionError: a folder of the site is not writable; nothing has changed.
        """
        self._create(NAME, files.manifest())
        old = [path for path in files.removed() if path not in missing]
        self._check_writable(folders_of([*old, *written]))
        steps = _steps(old, files, written)
        # The manifest comes last, but first in a first build: a site that is cut off is then known as ours.
        steps.insert(0 if files.is_first else len(steps), ("put", NAME))
        journal = {"folder": os.lstat(self._new).st_ino, "steps": steps}
        create(f"{self._journal}.new", (json.dumps(journal).encode(),))
        os.replace(f"{self._journal}.new", self._journal)
        self.recover()

    def _check_writable(self, folders: Iterable[str]) -> None:
        """Raise PermissionError before the first step if a folder is not writable."""
        for folder in folders:
            path = f"{self._live}/{folder}"
            if os.path.isdir(path) and not os.access(path, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    def _apply(self) -> None:
        """Do the steps of the journal; steps that were done already do nothing.

        A journal that was copied with another site could name any file. It is ignored, as it names another
        folder.
        """
        with open(self._journal, "rb") as file:
            journal = json.load(file)
        if not exists(self._new) or journal["folder"] != os.lstat(self._new).st_ino:
            return
        for step, path in journal["steps"]:
            if step == "delete":
                remove(self._live, path)
            elif exists(f"{self._new}/{path}"):
                move(f"{self._new}/{path}", f"{self._live}/{path}")


def _steps(old: Iterable[str], new: SiteFiles, written: Iterable[str]) -> list[tuple[str, str]]:
    """Return the steps, in an order in which no page lacks a file: assets, other files, pages, deletions.

    Only old files in the place of a new folder, or below a new file, are deleted first.
    """
    first: list[tuple[str, str]] = []
    last: list[tuple[str, str]] = []
    for path in old:
        is_in_the_way = new.has_folder(path) or any(parent in new for parent in parents(path))
        (first if is_in_the_way else last).append(("delete", path))
    order = sorted(written, key=lambda path: (path.endswith(".html"), not path.startswith("assets/"), path))
    return [*first, *(("put", path) for path in order), *last]
