"""The import in its stages: read the sources, gather their papers, write changes, remember what was written.

Before it writes the first file, a run notes in `.regesta/` what it will remember. If it is interrupted, the next
run finds by that note which files were written.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.tags.suggestions import Tagger
from regesta.content.changes import check_writable, commit, remembered
from regesta.content.collections import Collection, Listed
from regesta.content.taxonomy import load_tags
from regesta.content.text_files import TextFileError, read_text
from regesta.errors import RegestaError
from regesta.importing import unchanged
from regesta.importing.gather import Run, gather
from regesta.importing.known_papers import with_known_papers
from regesta.importing.recognize import text_name
from regesta.importing.review import REVIEW_FILE, load_review, save_review
from regesta.importing.summary import listed
from regesta.sources.common.dump import Reading
from regesta.sources.common.files import ReadOptions, check_encoding
from regesta.sources.common.find import can_be_read_again, find_dumps
from regesta.sources.registry import read_dumps
from regesta.text.dates import today
from regesta.text.strings import some

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from regesta.content.changes import Change
    from regesta.content.imports_lock import ImportMemory
    from regesta.errors import Problem
    from regesta.importing.gather import Gathered
    from regesta.importing.known_papers import KnownPapers
    from regesta.importing.review import Held
    from regesta.importing.summary import ImportSummary
    from regesta.sources.common.find import Found

_ID = re.compile(r"^id: *[\"']?([a-z0-9._-]+)", re.MULTILINE)


class Import(NamedTuple):
    """The settings of a run.

    Attributes:
        content: the archive's content folder.
        home: the folder for notes, `.regesta/`.
        read: how to read the files.
        restore: whether to bring back papers that were deleted by hand.
        dry_run: whether to write nothing, and only find out what would happen.
        progress: wraps the list of changes while they are written.
    """

    content: Path
    home: Path
    read: ReadOptions = ReadOptions()
    restore: bool = False
    dry_run: bool = False
    progress: Callable[[Sequence[Change]], Iterable[Change]] = iter


def import_papers(job: Import, paths: Iterable[str | Path]) -> ImportSummary:
    """Bring the papers of files and folders into the archive; return the summary.

    Raises:
        RegestaError: the archive cannot be imported into, a path does not exist, or the source is unknown.
    """
    check_encoding(job.read.encoding)
    found = find_dumps(paths, job.content)
    if job.dry_run or job.restore or not all(map(can_be_read_again, found.files)):
        return _gather_and_write(job, _read(job, found))
    return with_known_papers(job.content, job.home, partial(_import_what_changed, job, found))


def _import_what_changed(job: Import, found: Found, papers: KnownPapers) -> ImportSummary:
    """Return the summary of the last import if nothing has changed since, else import the files that were found."""
    inputs = unchanged.find_inputs(job.content, found, job.read, papers)
    if summary := unchanged.recall(job.home, inputs.state()):
        return summary
    changes, summary = _with_papers(job, _read(job, found), (), papers)
    after = inputs.after(change.path for change in changes)
    unchanged.remember(job.home, after.state(), summary)
    return summary


def _read(job: Import, found: Found) -> Reading:
    """Return what the sources read in the files that were found, and why others are left out."""
    reading = read_dumps(found.files, job.content, job.read)
    reading.problems += found.problems
    return reading


def settle(job: Import, entries: Sequence[Held], *, are_same: bool) -> ImportSummary:
    """Bring entries that were held back into the archive; return the summary.

    Args:
        job: the settings of the run.
        entries: the entries that a person settled.
        are_same: whether each is the paper that it may be; if not, it is a new one.

    Raises:
        RegestaError: the archive cannot be imported into.
    """
    decided = [(entry, are_same) for entry in entries]
    return _gather_and_write(job, Reading([entry.paper for entry in entries]), decided)


def _gather_and_write(
    job: Import, reading: Reading, decided: Sequence[tuple[Held, bool]] = ()
) -> ImportSummary:
    """Gather what was read, write it and remember it; return the summary.

    Args:
        job: the settings of the run.
        reading: the papers, and what was refused.
        decided: the papers that were held back, each with whether it is the paper that it may be.

    Raises:
        RegestaError: the archive cannot be imported into.
    """
    return with_known_papers(job.content, job.home, partial(_with_papers, job, reading, decided))[1]


def _with_papers(
    job: Import, reading: Reading, decided: Sequence[tuple[Held, bool]], papers: KnownPapers
) -> tuple[list[Change], ImportSummary]:
    """Do what `_gather_and_write` does, given the archive's papers; return also what was written."""
    content, broken = job.content, papers.problems
    _refuse_unread_folders(content, broken)
    memories = remembered(content, job.home, papers)
    waiting = load_review(content)
    gathered = gather(_run(job, papers), reading.papers, memories, decided)
    if not job.dry_run:
        _write(job, gathered, reading, waiting)
    summary = replace(
        gathered.summary,
        names={name: name for name in gathered.memories} | papers.owners,
        refused=len(reading.problems),
        problems=[problem.below(content) for problem in listed((*broken, *reading.problems))],
        notes=[*gathered.summary.notes, *_left_out(reading)],
    )
    return gathered.changes, summary


def _refuse_unread_folders(content: Path, broken: Iterable[Problem]) -> None:
    """Make sure that every folder of papers could be read: those in others would count as deleted.

    Raises:
        RegestaError: some could not.
    """
    unread = [problem for problem in broken if "cannot be read" in problem.what]
    folders = [problem.below(content) for problem in unread if not problem.file.endswith(".md")]
    if folders:
        raise RegestaError(folders, 3)


def _run(job: Import, papers: KnownPapers) -> Run:
    """Return what a run works with."""
    of_files = papers.stems()
    stems = of_files | {PurePath(problem.file).stem for problem in papers.problems}
    unreadable = {*_ids(papers.problems, job.content), *stems} - of_files
    tagger = Tagger([*load_tags(job.content).values()])
    return Run(papers, job.content / "papers", stems, unreadable, tagger, today(), job.restore)


def _write(job: Import, gathered: Gathered, reading: Reading, waiting: Sequence[Held]) -> None:
    """Write what was gathered; `waiting` are the entries that earlier runs held back."""
    changes, held, memories, _ = gathered
    entries, collections = (*waiting, *held), _collections(changes, reading, memories)
    left = _still_waiting(entries, memories)
    others = [job.content / REVIEW_FILE] if held or left != [*waiting] else []
    check_writable(job.content, job.home, changes, collections, others)
    save_review(job.content, entries)  # before the papers, so that none is lost if this run is interrupted
    commit(job.content, job.home, changes, memories, collections, job.progress)
    save_review(job.content, left)


def _ids(broken: Iterable[Problem], content: Path) -> Iterator[str]:
    """Return the ids of files that cannot be parsed: such a paper is not missing."""
    for name in {problem.file for problem in broken}:
        try:
            text = read_text(content / name, name)
        except TextFileError:
            continue
        yield from _ID.findall(text)


def _left_out(reading: Reading) -> list[str]:
    """Return a sentence about the fields that were left out, if there are any."""
    fields = some(f"{name} ({count})" for name, count in sorted(reading.unread.items()))
    why = "left out, having no place in a paper file, being private or not understood"
    return [f"{why}: {fields}"] if fields else []


def _collections(
    changes: Iterable[Change], reading: Reading, memories: Mapping[str, ImportMemory]
) -> list[Collection]:
    """Return the collections of changed papers: each as its source describes it, with its papers in order."""
    described = {collection.name: collection for collection in reading.collections}
    names = {name for change in changes for name in change.paper.collections}
    ids = {key: paper_id for paper_id, memory in memories.items() for key in memory.keys} if described else {}
    order = {
        name: [ids.get(text_name(paper), "") for paper in reading.papers if name in paper.collections]
        for name in described
    }
    return [
        described[name]._replace(papers=tuple(map(Listed, filter(None, dict.fromkeys(order[name])))))
        if name in described
        else Collection(name, name.replace("-", " ").capitalize())
        for name in sorted(names)
    ]


def _still_waiting(entries: Iterable[Held], memories: Mapping[str, ImportMemory]) -> list[Held]:
    """Return the entries that still wait for review: no memory has their texts."""
    known = {key for memory in memories.values() for key in memory.keys}
    return [entry for entry in entries if f"text:{entry.texts[0]}" not in known]
