"""Publish file by file, if folders cannot be exchanged: each file is whole, the site is mixed for a moment.

New files wait in a hidden folder of the site, with a journal of the steps. A run that is killed before the
journal is written has changed nothing; a run that is killed later is finished by the next.
"""

from __future__ import annotations

import errno
import json
import os
from typing import TYPE_CHECKING

from regesta.publishing.disk import create, exists, make_folder, move, parents, remove, remove_tree
from regesta.publishing.manifest import NAME, Manifest
from regesta.publishing.survey import STAGING, folders_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable


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
        target = f"{self._new}/{path}"
        try:
            create(target, data)
        except FileExistsError:
            remove_tree(target)
            create(target, data)

    def publish(
        self, before: Manifest, after: Manifest, written: Collection[str], missing: Collection[str]
    ) -> None:
        """Move the staged files into the site, and delete files that are no longer part of it.

        Args:
            before: the files of the live site.
            after: the files that it is to have.
            written: the staged files.
            missing: files of `before` that are not in the live site.

        Raises:
            PermissionError: a folder of the site is not writable; nothing has changed.
        """
        self.write(NAME, after.to_bytes())
        old = before.outputs.keys() - after.outputs.keys() - set(missing)
        self._check_writable(folders_of([*old, *written]))
        steps = _steps(old, after.outputs, written)
        # The manifest comes last, but first in a first build: a site that is cut off is then known as ours.
        steps.insert(len(steps) if before.outputs else 0, ("put", NAME))
        journal = {"folder": os.lstat(self._new).st_ino, "steps": steps}
        create(f"{self._journal}.new", json.dumps(journal).encode())
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


def _steps(old: set[str], new: Collection[str], written: Collection[str]) -> list[tuple[str, str]]:
    """Return the steps, in an order in which no page lacks a file: assets, other files, pages, deletions.

    Only old files in the place of a new folder, or below a new file, are deleted first.
    """
    folders = folders_of(new)
    in_the_way = {path for path in old if path in folders or any(parent in new for parent in parents(path))}
    order = sorted(written, key=lambda path: (path.endswith(".html"), not path.startswith("assets/"), path))
    return [
        *(("delete", path) for path in sorted(in_the_way)),
        *(("put", path) for path in order),
        *(("delete", path) for path in sorted(old - in_the_way)),
    ]
