"""The import, in its stages: read the sources, gather their papers, write what changed, remember what was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.collection import add_missing
from regesta.dates import today
from regesta.errors import RegestaError, fail
from regesta.gather import Gatherer
from regesta.lock import LOCK_FILE, load_lock, save_lock
from regesta.sources import read_paths
from regesta.store import load_papers, write
from regesta.tagging import Tagger, load_tags

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from regesta.gather import Change, Ledger

    Progress = Callable[[list[Change]], Iterable[Change]]


def import_papers(content: Path, paths: list[Path], *, restore: bool = False, dry_run: bool = False, progress: Progress = iter) -> Ledger:
    """Bring the papers of files and folders into the archive; return the account of every entry.

    Args:
        content: the archive's content folder.
        paths: what to import.
        restore: bring back papers that were deleted by hand.
        dry_run: find out what would happen, write nothing.
        progress: wraps the list of changes while they are written.

    Raises:
        RegestaError: the archive itself is in no state to import into, or a path does not exist.
    """
    memories = load_lock(content)
    tagger = Tagger(list(load_tags(content).values()))
    files, broken = load_papers(content / "papers")
    if restore and broken:
        raise RegestaError(broken)
    if not (content / LOCK_FILE).exists() and any(file.paper.origin for file in files):
        what = "is missing, and with it the memory of what people edited"
        raise fail(f"{content.name}/{LOCK_FILE}", what, "restore it from Git, where it belongs beside the papers")
    reading = read_paths(paths, content)
    gatherer = Gatherer(files, memories, content / "papers", tagger, today(), restore=restore)
    changes = gatherer.gather(reading.papers)
    ledger = gatherer.ledger
    ledger.refused = len(reading.problems)
    ledger.problems = [problem.below(content) for problem in (*broken, *reading.problems)]
    if not dry_run:
        if not (content / LOCK_FILE).exists():
            write(content / LOCK_FILE, "")  # an empty memory, should this run be cut off, is not a lost one
        for change in progress(changes):
            change.apply()
        add_missing(content, (name for change in changes for name in change.paper.collections))
        save_lock(content, memories)
    return ledger
