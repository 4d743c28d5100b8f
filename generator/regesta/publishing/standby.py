"""Publish in one step: a second tree beside the site is updated, and then the two are exchanged.

The second tree, the standby, holds an earlier build. Files that changed since are written, or linked from
the live site; the others stay. It is complete if it has a manifest, which is removed first and written last.
A note in `.regesta/` lists the files in which the two trees differ; without it, or if it is damaged, the standby
is built again, of links.

Foreign files in the site stay in it: they are linked into the standby before the exchange, and removed from
the old tree after it. Foreign folders are moved just before the exchange. With a journal, the next run can
finish or undo all this, wherever the run is killed.
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
from regesta.publishing.journal import Journal, tree_mark
from regesta.publishing.manifest import NAME
from regesta.publishing.survey import open_folders, survey
from regesta.text.batches import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from contextlib import AbstractContextManager

    from regesta.publishing.site_files import SiteFiles
    from regesta.publishing.survey import Survey

#: Errors of a system or disk without the call, and of trees that cannot be exchanged, or files that cannot
#: be linked or moved. Any other error is a failure.
_UNSUPPORTED = {errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP}
_IMPOSSIBLE = _UNSUPPORTED | {errno.EXDEV, errno.EBUSY, errno.EMLINK, errno.EPERM, errno.EACCES}

_DRAFT = f"{NAME}.new"
_WRITABLE = 0o755
_LINKS = 2_000  # of which the paths are held at once


def _files_in(tree: str) -> AbstractContextManager[SiteFiles]:
    from regesta.publishing.site_files import files_in  # it takes a while, and most looks need no memory

    return files_in(tree)


class ImpossibleError(Exception):
    """A site cannot be exchanged with its standby in one step."""


class Standby:
    """The second tree of a site.

    Args:
        live: the site's folder.
        folder: the standby's.
        notes: the path of the journal's notes, without extension; in `.regesta/`.
    """

    def __init__(self, live: str, folder: str, notes: str) -> None:
        self.folder = folder
        self._live, self._journal = live, Journal(notes)
        self._is_empty = True  # not yet known to hold an earlier build

    def is_possible(self) -> bool:
        """Tell whether the standby can become the site in one step; empty folders are tried if in doubt."""
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
            if error.errno in _IMPOSSIBLE:
                return False
            raise
        finally:
            for folder in trial:
                with suppress(OSError):
                    os.rmdir(folder)

    def since(self, tree: str) -> int:
        """Return when (ns) one of the two trees was last known to be unchanged; 0 if unknown.

        The time is that of a manifest, on the same disk as the times that it is compared with. It counts
        only for the very tree that was published: the times in a copy mean nothing.
        """
        note, own = self._journal.last(), tree_mark(tree)
        since: int = note["since"] if own and note.get("manifest") == own else 0
        return since if since < time.time_ns() else 0

    def recover(self) -> None:
        """Finish or undo what a killed or failed run left; an incomplete standby is cleared.

        Raises:
            RegestaError: both trees have foreign files at the same path.
        """
        self._journal.clear_draft()
        pending = self._journal.pending()
        if pending and pending["manifest"] == tree_mark(self._live):
            with _files_in(self.folder) as before:
                self._clear_old_tree(before, self._live_folders)
        elif pending:
            if pending["manifest"] == tree_mark(self.folder):
                self._move_back(pending["folders"])
            self._clear()
            self._journal.cancel()
        if not exists(f"{self.folder}/{NAME}"):
            self._clear()

    def open(self) -> None:
        """Prepare the standby for writing; it is incomplete until it is published."""
        last, trees = self._journal.last(), [tree_mark(self._live), tree_mark(self.folder)]
        is_known = None not in trees and trees == [last.get("manifest"), last.get("standby")]
        if is_known and self._journal.knows_differing():
            os.unlink(f"{self.folder}/{NAME}")
            self._is_empty = False
        else:
            self._save_foreign()
            self._clear()
            make_folder(self.folder)

    def _save_foreign(self) -> None:
        """Save the foreign files in a standby of unknown origin."""
        if exists(f"{self.folder}/{NAME}"):
            with _files_in(self.folder) as held:
                if held.is_ours:
                    self._move_to_live(survey(self.folder, held), self._live_folders)

    def _live_folders(self) -> Collection[str]:
        with _files_in(self._live) as files:
            return files.folders_before()

    def _clear(self) -> None:
        """Remove the standby, which may have the mode of a site that is read-only."""
        with suppress(OSError):
            os.chmod(self.folder, _WRITABLE, follow_symlinks=os.chmod not in os.supports_follow_symlinks)
        remove_tree(self.folder)

    def write(self, path: str, data: bytes) -> None:
        """Write a new file, never into the old one, which may be linked to the live site's."""
        target = f"{self.folder}/{path}"
        try:
            create(target, (data,))
        except (FileExistsError, NotADirectoryError):
            for parent in parents(path):
                if exists(f"{self.folder}/{parent}") and not os.path.isdir(f"{self.folder}/{parent}"):
                    os.unlink(f"{self.folder}/{parent}")  # a file that is now a folder
            remove_tree(target)
            create(target, (data,))

    def publish(self, files: SiteFiles, written: Collection[str], foreign: Survey) -> None:
        """Make the standby the live site.

        Args:
            files: the files that the site is to have; it has those that are not in `written` already.
            written: the files written into the standby.
            foreign: the foreign files and folders in the live site.

        Raises:
            ImpossibleError: it cannot be done in one step; `recover` restores the site, as after any failure.
            RegestaError: it is done, but others put a file where one of the site is.
        """
        self._update(files, written)
        create(f"{self.folder}/{_DRAFT}", files.manifest())
        try:
            # These links are newer than the manifest: the next survey reads their folders.
            self._link_foreign(foreign.files)
            self._write_journal(foreign.folders, {*written, *files.removed()})
            self._go_live(foreign.folders)
        except OSError as error:
            if error.errno in _IMPOSSIBLE:
                raise ImpossibleError from error
            raise
        try:
            self._clear_old_tree(files, lambda: folders_of(written))
        except OSError:
            pass  # the site is published; the next run can do the rest
        except RegestaError as error:
            raise RegestaError(error.problems, 1) from error  # published, with problems

    def _update(self, files: SiteFiles, written: Collection[str]) -> None:
        """Make the standby consist of the new files; those not written are linked from the live site."""
        lacking: Iterable[str] = files.paths()
        if not self._is_empty:
            lacking, gone = [], files.removed()
            for path in self._journal.last_differing():
                (lacking if path in files else gone).append(path)
            for path in gone:
                remove(self.folder, path)
        waiting = (path for path in lacking if path not in written)
        for some in batches(waiting, _LINKS):
            for folder in sorted(folders_of(some)):  # to try a link first takes twice as long
                with suppress(FileExistsError):
                    os.mkdir(f"{self.folder}/{folder}")
            for path in some:
                self._link_or_copy(path)

    def _link_or_copy(self, path: str) -> None:
        """Link a file of the live site into the standby, or copy it: another user's may only be readable."""
        try:
            self._link(path)
        except OSError as error:
            if error.errno not in _IMPOSSIBLE:
                raise
            self.write(path, Path(self._live, path).read_bytes())

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
        """Note what is about to be published, and in what the two trees will differ."""
        own, replaced = tree_mark(self.folder, _DRAFT), tree_mark(self._live)
        # A new tree is unknown to others; a former live tree was surveyed after its successor's manifest.
        known = own if self._is_empty else replaced
        since = known[1] if known else 0
        note = {"manifest": own, "standby": replaced, "since": since, "folders": folders}
        self._journal.begin(note, sorted(differs) if replaced else ())  # a first build leaves no second tree

    def _go_live(self, folders: list[str]) -> None:
        from regesta.publishing.exchange import exchange

        os.replace(f"{self.folder}/{_DRAFT}", f"{self.folder}/{NAME}")
        for path in folders:
            with suppress(FileNotFoundError):  # its owner has just removed it
                move(f"{self._live}/{path}", f"{self.folder}/{path}")
        if exists(self._live):
            self._copy_permissions()
            exchange(self.folder, self._live)
        else:
            os.rename(self.folder, self._live)

    def _copy_permissions(self) -> None:
        """Give the new tree the mode and the owner of the site's folder, which are its owner's choice."""
        status, own = os.stat(self._live), os.stat(self.folder)
        os.chmod(self.folder, S_IMODE(status.st_mode))
        if (status.st_uid, status.st_gid) != (own.st_uid, own.st_gid):
            with suppress(OSError):
                os.chown(self.folder, status.st_uid, status.st_gid)

    def _move_back(self, folders: Iterable[str]) -> None:
        """Move foreign folders back into the live site, if they were moved at all."""
        moved = [path for path in folders if exists(f"{self.folder}/{path}")]
        self._refuse([path for path in moved if exists(f"{self._live}/{path}")])
        for path in moved:
            move(f"{self.folder}/{path}", f"{self._live}/{path}")

    def _clear_old_tree(self, before: SiteFiles, ours: Callable[[], Collection[str]]) -> None:
        """Move foreign files out of the old tree: most are in the new one already, some came meanwhile."""
        left = survey(self.folder, before, self.since(self.folder))
        self._move_to_live(left, ours)
        if left.missing:
            self._journal.add_differing(left.missing)
        self._journal.finish()

    def _move_to_live(self, foreign: Survey, ours: Callable[[], Collection[str]]) -> None:
        """Move foreign files and folders from the standby to the live site, where some folders are ours."""
        if foreign.folders:
            foreign = open_folders(foreign, self.folder, ours())
        self._refuse([path for path in (*foreign.files, *foreign.folders) if not self._try_to_move(path)])

    def _try_to_move(self, path: str) -> bool:
        """Move something to the live site, unless it is there already; return False if the path is taken."""
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
        what = "was put into the site during the build, where there is another file now"
        remedy = f"one is in {self._live}, the other in {self.folder}: remove one of them, and build again"
        if doubled:
            raise RegestaError([Problem(path, 0, what, remedy) for path in doubled], 3)
