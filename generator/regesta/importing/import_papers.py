"""The import, in its stages: read the sources, gather their papers, write what changed, remember what was written.

What is to be remembered is noted in `.regesta/` before the first file is written: by that note, the run after one that was
cut off tells which files it had reached.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.archive.tag_suggestions import Tagger
from regesta.content.changes import commit, remembered
from regesta.content.collections import Collection, Listed
from regesta.content.paper_files import by_name, load_papers
from regesta.content.taxonomy import load_tags
from regesta.content.text_files import TextFileError, read_text
from regesta.importing import unchanged
from regesta.importing.gather import Gatherer
from regesta.importing.recognize import text_name
from regesta.importing.review import load_review, save_review
from regesta.sources.common.dump import Reading
from regesta.sources.common.files import ReadOptions, find_dumps, refuse_encoding
from regesta.sources.registry import read_dumps
from regesta.text.dates import today

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from regesta.content.changes import Change
    from regesta.content.imports_lock import Memory
    from regesta.errors import Problem
    from regesta.importing.ledger import Ledger
    from regesta.importing.review import Held

_ID = re.compile(r"^id: *[\"']?([a-z0-9._-]+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Import:
    """Where and how a run imports.

    Attributes:
        content: the archive's content folder.
        home: where notes are kept, `.regesta/`.
        read: how to read the files.
        restore: bring back papers that were deleted by hand.
        dry_run: find out what would happen, write nothing.
        progress: wraps the list of changes while they are written.
    """

    content: Path
    home: Path
    read: ReadOptions = field(default_factory=ReadOptions)
    restore: bool = False
    dry_run: bool = False
    progress: Callable[[Sequence[Change]], Iterable[Change]] = iter


def import_papers(job: Import, paths: Iterable[str | Path]) -> Ledger:
    """Bring the papers of files and folders into the archive; return the account of every entry.

    Raises:
        RegestaError: the archive is in no state to import into, a path does not exist, or no source has the name given.
    """
    refuse_encoding(job.read.encoding)
    dumps = find_dumps(paths)
    is_plain = not (job.dry_run or job.restore)
    if is_plain and (known := unchanged.recall(job.home, unchanged.state_of(job.content, dumps, job.read))):
        return known
    ledger = put(job, read_dumps(dumps, job.content, job.read))
    if is_plain:
        unchanged.remember(job.home, unchanged.state_of(job.content, dumps, job.read), ledger)
    return ledger


def settle(job: Import, entries: Sequence[Held], *, are_same: bool) -> Ledger:
    """Bring entries into the archive that were held back; return the account of them.

    Args:
        job: where, and how.
        entries: what is settled.
        are_same: each is the paper that it may be; else it is a new one.

    Raises:
        RegestaError: the archive is in no state to import into.
    """
    return put(job, Reading([entry.paper for entry in entries]), [(entry, are_same) for entry in entries])


def put(job: Import, reading: Reading, decided: Iterable[tuple[Held, bool]] = ()) -> Ledger:
    """Gather what was read, write it, and remember it; return the account of every entry.

    Args:
        job: where, and how.
        reading: the papers, and what was refused.
        decided: of entries that were held back and are among these papers, whether each is the paper that it may be.

    Raises:
        RegestaError: the archive is in no state to import into.
    """
    content = job.content
    files, broken = load_papers(content / "papers")
    memories = remembered(job.content, job.home, files)
    tagger = Tagger(list(load_tags(content).values()))
    waiting = load_review(content)
    gatherer = Gatherer(
        files,
        memories,
        content / "papers",
        tagger,
        today(),
        unreadable=_ids(broken, content),
        restore=job.restore,
    )
    for entry, is_same in decided:
        gatherer.settle(entry, is_same=is_same)
    changes = gatherer.gather(reading.papers)
    ledger = gatherer.ledger
    ledger.names = {name: name for name in memories} | {
        name: file.paper.id for name, file in by_name(files).items()
    }
    ledger.refused = len(reading.problems)
    ledger.problems = [problem.below(content) for problem in (*broken, *reading.problems)]
    ledger.notes += _left_out(reading)
    if not job.dry_run:
        save_review(content, (*waiting, *gatherer.held))  # nobody is forgotten if this run is cut off
        collections = _collections(changes, reading, memories)
        commit(job.content, job.home, changes, memories, collections, job.progress)
        save_review(content, _still_waiting((*waiting, *gatherer.held), memories))
    return ledger


def _ids(broken: Iterable[Problem], content: Path) -> Iterator[str]:
    """Return the ids that the files claim which cannot be read: such a paper is not missing."""
    for name in {problem.file for problem in broken}:
        try:
            text = read_text(content / name, name)
        except TextFileError:
            continue
        yield from _ID.findall(text)


def _left_out(reading: Reading) -> list[str]:
    """Return a sentence on the fields that were met and that no paper file has a place for."""
    fields = ", ".join(f"{name} ({count})" for name, count in sorted(reading.unread.items()))
    return (
        [f"left out, having no place in a paper file, being private or not understood: {fields}"]
        if fields
        else []
    )


def _collections(
    changes: Iterable[Change], reading: Reading, memories: Mapping[str, Memory]
) -> list[Collection]:
    """Return what is known of the collections that papers entered: what their source says of them, with its papers in its order."""
    said = {collection.name: collection for collection in reading.collections}
    names = {name for change in changes for name in change.paper.collections}
    ids = {key: paper_id for paper_id, memory in memories.items() for key in memory.keys} if said else {}
    order = {
        name: [ids.get(text_name(paper), "") for paper in reading.papers if name in paper.collections]
        for name in said
    }
    return [
        replace(said[name], papers=tuple(map(Listed, filter(None, dict.fromkeys(order[name])))))
        if name in said
        else Collection(name, name.replace("-", " ").capitalize())
        for name in sorted(names)
    ]


def _still_waiting(entries: Iterable[Held], memories: Mapping[str, Memory]) -> list[Held]:
    """Return the entries that wait for review: those held back of which nobody has said what they are."""
    known = {key for memory in memories.values() for key in memory.keys}
    return [entry for entry in entries if f"text:{entry.texts[0]}" not in known]
