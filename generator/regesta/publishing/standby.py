"""Publish in one step: a second tree beside the site is brought up to date, and then the two are exchanged.

The second tree, the standby, holds an earlier build. What changed since is written, or linked from the live site; the rest is left.
It is complete if it has a manifest: that is taken away first and put back last. A note in `.regesta/` tells in what the two trees
differ; without it, the standby is made anew, of links.

What others put into the site goes along: files are linked into the standby before the exchange and taken out of the old tree
after it, folders are moved right before it. A journal makes this come out right wherever the run is killed.
"""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path
from stat import S_IMODE
from typing import TYPE_CHECKING

from regesta.errors import Problem, RegestaError
from regesta.publishing.disk import create, exists, make_folder, move, parents, remove, remove_tree
from regesta.publishing.journal import Journal, mark
from regesta.publishing.manifest import NAME, Manifest, read_manifest
from regesta.publishing.survey import folders_of, open_up, survey

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from regesta.publishing.survey import Survey

#: What the system answers where a tree cannot be exchanged, or something in it not linked or moved. All else is a failure.
_CANNOT = {
    errno.EXDEV,
    errno.EBUSY,
    errno.EINVAL,
    errno.ENOSYS,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.EMLINK,
    errno.EPERM,
    errno.EACCES,
}

_DRAFT = f"{NAME}.new"


class ImpossibleError(Exception):
    """A site cannot be exchanged with its standby in one step."""


class Standby:
    """The second tree of a site.

    Args:
        live: the site's folder.
        folder: the standby's.
        notes: where to note what was published, without extension; in `.regesta/`.
    """

    def __init__(self, live: str, folder: str, notes: str) -> None:
        self.folder = folder
        self._live, self._journal = live, Journal(notes)
        self._stale: set[str] | None = (
            None  # files that differ from the live site's; None if the standby holds nothing
        )

    def is_possible(self) -> bool:
        """Tell whether the standby can become the site in one step; where there is a doubt, it is tried with empty folders."""
        from regesta.publishing.exchange import exchange

        beside, above = os.path.dirname(self.folder), os.path.dirname(self._live)
        trial = [f"{self.folder}.trial-{number}" for number in (1, 2)]
        try:
            for folder in (beside, above, *trial):
                make_folder(folder)
            if not exists(self._live):
                return os.stat(beside).st_dev == os.stat(above).st_dev
            exchange(*trial)
            return os.stat(beside).st_dev == os.stat(self._live).st_dev
        except OSError as error:
            if error.errno in _CANNOT:
                return False
            raise
        finally:
            for folder in trial:
                with suppress(OSError):
                    os.rmdir(folder)

    def since(self, tree: str) -> int:
        """Return when (ns) one of the two trees was known to be in order; 0 if that is not known.

        The time is that of a manifest, taken on the same disk as the times it is compared with. It is believed only for the very
        tree that was published: in a copy, times tell nothing.
        """
        note, own = self._journal.done(), mark(tree)
        since: int = note["since"] if own and note.get("manifest") == own else 0
        return since if since < time.time_ns() else 0

    def settle(self) -> None:
        """Finish or undo what a killed or failed run left behind; a standby that is not complete is cleared.

        Raises:
            RegestaError: both trees hold something of somebody else's under the same name.
        """
        self._journal.clear()
        begun = self._journal.begun()
        if begun and begun["manifest"] == mark(self._live):
            after = read_manifest(self._live) or Manifest()
            self._sweep(read_manifest(self.folder) or Manifest(), after.outputs)
        elif begun:
            if begun["manifest"] == mark(self.folder):
                self._return(begun["folders"])
            remove_tree(self.folder)
            self._journal.drop()
        if not exists(f"{self.folder}/{NAME}"):
            remove_tree(self.folder)

    def open(self) -> None:
        """Take the standby into work; it is not complete until it is published."""
        done, trees = self._journal.done(), [mark(self._live), mark(self.folder)]
        if None not in trees and trees == [done.get("manifest"), done.get("standby")]:
            os.unlink(f"{self.folder}/{NAME}")
            self._stale = set(done["differs"])
        else:
            held, live = read_manifest(self.folder), read_manifest(self._live)
            if held:  # nobody knows how it came here: what is not ours is saved
                self._hand_over(survey(self.folder, held.outputs), live.outputs if live else ())
            remove_tree(self.folder)
            make_folder(self.folder)

    def write(self, path: str, data: bytes) -> None:
        """Write one file anew; never into the old one, which may be the live site's as well."""
        target = f"{self.folder}/{path}"
        try:
            create(target, data)
        except (FileExistsError, NotADirectoryError):
            for parent in parents(path):
                if exists(f"{self.folder}/{parent}") and not os.path.isdir(f"{self.folder}/{parent}"):
                    os.unlink(f"{self.folder}/{parent}")  # a file was where a folder is now
            remove_tree(target)
            create(target, data)

    def publish(self, before: Manifest, after: Manifest, written: Collection[str], foreign: Survey) -> None:
        """Make the standby the live site.

        Args:
            before: what the live site holds.
            after: what it shall hold; what is not in `written` it holds already.
            written: what was written into the standby.
            foreign: what else the live site holds.

        Raises:
            ImpossibleError: this cannot be done in one step; `settle` puts things back, as after any failure.
        """
        self._bring_up(before.outputs, after.outputs, written)
        create(f"{self.folder}/{_DRAFT}", after.to_bytes())
        try:
            self._link_foreign(
                foreign.files
            )  # the manifest is older than that: these folders will be looked into next time
            self._write_journal(foreign.folders, {*written, *(before.outputs.keys() ^ after.outputs.keys())})
            self._go_live(foreign.folders)
        except OSError as error:
            if error.errno in _CANNOT:
                raise ImpossibleError from error
            raise
        with suppress(OSError):  # the site is published; what is left to do, the next run does
            self._sweep(before, written)

    def _bring_up(self, old: dict[str, str], new: dict[str, str], written: Collection[str]) -> None:
        """Let the standby hold just the new files; what was not written is taken from the live site, which holds the old ones."""
        if self._stale is None:
            lacking = new.keys() - written
            for folder in sorted(folders_of(lacking)):
                make_folder(f"{self.folder}/{folder}")
        else:
            lacking = (self._stale & new.keys()).difference(written)
            for path in (self._stale | old.keys()) - new.keys():
                remove(self.folder, path)
        for path in lacking:
            try:
                self._link(path)
            except OSError as error:
                if error.errno not in _CANNOT:
                    raise
                self.write(
                    path, Path(self._live, path).read_bytes()
                )  # perhaps somebody else built it: we may read, not link

    def _link(self, path: str) -> None:
        source, target = f"{self._live}/{path}", f"{self.folder}/{path}"
        try:
            os.link(source, target, follow_symlinks=False)
        except FileNotFoundError:
            make_folder(os.path.dirname(target))
            os.link(source, target, follow_symlinks=False)
        except FileExistsError:
            remove_tree(target)
            os.link(source, target, follow_symlinks=False)

    def _link_foreign(self, paths: Iterable[str]) -> None:
        for path in paths:
            with suppress(FileNotFoundError):  # its owner has just removed it
                self._link(path)

    def _write_journal(self, folders: list[str], differs: Collection[str]) -> None:
        """Note what is about to be published: it tells the next run how far this one came, and then what the two trees hold."""
        own, replaced = mark(self.folder, _DRAFT), mark(self._live)
        # Nobody else has seen a new tree yet; one that was live was last looked at after the manifest of its successor was written.
        known = own if self._stale is None else replaced
        since = known[1] if known else 0
        self._journal.begin(
            {
                "manifest": own,
                "standby": replaced,
                "since": since,
                "folders": folders,
                "differs": sorted(differs),
            }
        )

    def _go_live(self, folders: list[str]) -> None:
        from regesta.publishing.exchange import exchange

        os.replace(f"{self.folder}/{_DRAFT}", f"{self.folder}/{NAME}")
        for path in folders:
            with suppress(FileNotFoundError):  # its owner has just removed it
                move(f"{self._live}/{path}", f"{self.folder}/{path}")
        if exists(self._live):
            self._keep_rights()
            exchange(self.folder, self._live)
        else:
            os.rename(self.folder, self._live)

    def _keep_rights(self) -> None:
        """Give the new tree the rights that the site's folder has: they are its owner's choice."""
        status, own = os.stat(self._live), os.stat(self.folder)
        os.chmod(self.folder, S_IMODE(status.st_mode))
        if (status.st_uid, status.st_gid) != (own.st_uid, own.st_gid):
            with suppress(OSError):
                os.chown(self.folder, status.st_uid, status.st_gid)

    def _return(self, folders: Iterable[str]) -> None:
        """Move others' folders back into the live site, if they were moved at all."""
        moved = [path for path in folders if exists(f"{self.folder}/{path}")]
        self._refuse([path for path in moved if exists(f"{self._live}/{path}")])
        for path in moved:
            move(f"{self.folder}/{path}", f"{self._live}/{path}")

    def _sweep(self, before: Manifest, written: Iterable[str]) -> None:
        """Take others' files out of the old tree: most are in the new one already, some came while the build ran."""
        left = survey(self.folder, before.outputs, self.since(self.folder))
        self._hand_over(left, written)
        if left.missing:
            begun = self._journal.begun()
            self._journal.begin(begun | {"differs": [*begun["differs"], *left.missing]})
        self._journal.end()

    def _hand_over(self, left: Survey, ours: Iterable[str]) -> None:
        """Move what others have in the standby to the live site, which holds files of ours at some paths."""
        if left.files or left.folders:
            left = open_up(left, self.folder, folders_of(ours))
        self._refuse([path for path in (*left.files, *left.folders) if not self._is_handed_over(path)])

    def _is_handed_over(self, path: str) -> bool:
        """Move something to the live site, if it is not there already; return False if its place is taken."""
        source, target = f"{self.folder}/{path}", f"{self._live}/{path}"
        if not exists(target):
            try:
                move(source, target)
            except NotADirectoryError:
                return False
            return True
        if not os.path.samestat(os.lstat(source), os.lstat(target)):
            return False
        remove(self.folder, path)
        return True

    def _refuse(self, doubled: list[str]) -> None:
        what = "was put into the site while it was being built, where there is another one now"
        remedy = f"one is in {self._live}, the other in {self.folder}: remove one of them, and build again"
        if doubled:
            raise RegestaError([Problem(path, 0, what, remedy) for path in doubled], 3)
