"""Changes to paper files: what to write, and how a set of changes is written and remembered."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.collections import Collection, add_missing
from regesta.content.find_files import is_in, real_path
from regesta.content.imports_lock import LOCK_FILE, load_lock, recover, save_lock, write_lock
from regesta.content.paper_files import dump, update
from regesta.content.targets import check_targets
from regesta.content.text_files import read_text, write, write_all
from regesta.errors import fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.content.imports_lock import ImportMemory
    from regesta.content.paper import Paper

    Progress = Callable[[Sequence["Change"]], Iterable["Change"]]


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write: the new state of the paper and, if the file exists, the fields that change."""

    path: Path
    paper: Paper
    names: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the file's new text; in a file that exists, only the named fields change."""
        if self.path.exists():
            return update(read_text(self.path, self.path.name), self.paper, self.names)
        return dump(self.paper)


#: In `.regesta/`: the memory that a run will save when it is done.
_INTENT = "importing.lock"


def check_writable(
    content: Path,
    home: Path,
    changes: Sequence[Change],
    collections: Sequence[Collection] = (),
    others: Iterable[Path] = (),
) -> set[Path]:
    """Check that all that a set of changes will write may be written; return the folders into which it goes.

    Args:
        content: the content folder.
        home: the archive's `.regesta/`.
        changes: the paper files to write.
        collections: those of the papers.
        others: other files to write.

    Raises:
        RegestaError: some of it may not be written.
    """
    paths = [*others, *(change.path for change in changes)]
    if changes:
        paths += [content / LOCK_FILE, home / _INTENT]
    described = (content / "collections" / f"{collection.name}.md" for collection in collections)
    paths += [path for path in described if not path.exists()]
    return {target.path.parent for target in check_targets(paths)}


def commit(
    content: Path,
    home: Path,
    changes: Sequence[Change],
    memories: Mapping[str, ImportMemory],
    collections: Sequence[Collection] = (),
    progress: Progress = iter,
) -> None:
    """Write changes and remember them; if this is interrupted, the next run finishes it.

    Args:
        content: the content folder.
        home: the archive's `.regesta/`.
        changes: the paper files to write.
        memories: the memory to save, by id.
        collections: those of the papers; written first, because a later run skips papers that are written.
        progress: wraps the changes while they are written.

    Raises:
        RegestaError: a file may not be written; then none is.
    """
    _remove_leftovers(content, check_writable(content, home, changes, collections))
    if not (content / LOCK_FILE).exists():
        write(content / LOCK_FILE, "")  # so that after an interruption the memory is empty, not lost
    if changes:
        write_lock(home / _INTENT, memories)
    add_missing(content, collections)
    write_all((change.path, change.text()) for change in progress(changes))
    save_lock(content, memories)
    (home / _INTENT).unlink(missing_ok=True)


def _remove_leftovers(content: Path, folders: Iterable[Path]) -> None:
    """Remove the temporary files of an interrupted run from these folders and those of papers and collections.

    No other run is active now.
    """
    folders_of_files = (content / name for name in ("papers", "collections"))
    deep = [folder for folder in folders_of_files if is_in(real_path(folder), real_path(content))]
    walks = (os.walk(folder) for folder in deep)  # which leaves out what cannot be read
    places = {content, *folders, *(Path(place) for walk in walks for place, _, _ in walk)}
    for place in places:
        for left in place.glob(".regesta-*.tmp"):
            left.unlink(missing_ok=True)


def remembered(content: Path, home: Path, papers: Mapping[str, Paper]) -> dict[str, ImportMemory]:
    """Return the memory of earlier imports, including an interrupted one.

    Args:
        content: the content folder.
        home: the archive's `.regesta/`.
        papers: the archive's papers, by id.

    Raises:
        RegestaError: the memory cannot be read, or is lost.
    """
    name = f"{content.name}/{LOCK_FILE}"
    if not (content / LOCK_FILE).exists() and any(paper.origin for paper in papers.values()):
        what = "is missing, and with it the memory of what people edited"
        remedy = (
            "restore it from Git; if it is lost for good, make an empty file of that name: "
            "then all that papers hold counts as yours"
        )
        raise fail(name, what, remedy)
    memories = load_lock(content / LOCK_FILE, name)
    recover(memories, home / _INTENT, papers)
    return memories
