"""Publish file by file, where two folders cannot be exchanged: each file is whole, the set is mixed for a moment.

What is to be put in place waits in a hidden folder of the site's own, with a journal of the steps. A run that is killed before
the journal is written has changed nothing; one that is killed after it is finished by the next.
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
    """Replaces the files of a live site one by one.

    Args:
        live: the site's folder.
    """

    def __init__(self, live: str) -> None:
        self._live, self._staging = live, f"{live}/{STAGING}"
        self._new, self._journal = f"{self._staging}/new", f"{self._staging}/journal.json"

    def settle(self) -> None:
        """Finish what has begun, clear what has not."""
        if exists(self._journal):
            self._apply()
            os.unlink(self._journal)
        if exists(self._staging):
            remove_tree(self._staging)

    def open(self) -> None:
        """Make room for what will be written."""
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
        """Put what was staged in place, and take away what is no longer part of the site.

        Args:
            before: what the live site holds.
            after: what it shall hold.
            written: what was staged.
            missing: what is in `before` but not in the live site.

        Raises:
            PermissionError: a folder of the site may not be written to; nothing has changed.
        """
        self.write(NAME, after.to_bytes())
        old = before.outputs.keys() - after.outputs.keys() - set(missing)
        self._refuse_locked(folders_of([*old, *written]))
        steps = _steps(old, after.outputs, written)
        steps.insert(
            len(steps) if before.outputs else 0, ("put", NAME)
        )  # a first build is known for ours even if it is cut off
        journal = {"folder": os.lstat(self._new).st_ino, "steps": steps}
        create(f"{self._journal}.new", json.dumps(journal).encode())
        os.replace(f"{self._journal}.new", self._journal)
        self.settle()

    def _refuse_locked(self, folders: Iterable[str]) -> None:
        """Find out before the first step whether all can be done."""
        for folder in folders:
            path = f"{self._live}/{folder}"
            if os.path.isdir(path) and not os.access(path, os.W_OK | os.X_OK):
                raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)

    def _apply(self) -> None:
        """Do the steps of the journal; those that were done already do nothing.

        A journal that came here with a copy of somebody's site, and may say anything, is known by the folder that it names.
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
    """Return what is to be done, in an order in which no page lacks what it needs: assets, other files, pages, deletions."""
    folders = folders_of(new)
    in_the_way = {path for path in old if path in folders or any(parent in new for parent in parents(path))}
    order = sorted(written, key=lambda path: (path.endswith(".html"), not path.startswith("assets/"), path))
    return [
        *(("delete", path) for path in sorted(in_the_way)),
        *(("put", path) for path in order),
        *(("delete", path) for path in sorted(old - in_the_way)),
    ]
