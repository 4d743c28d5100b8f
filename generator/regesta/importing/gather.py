"""Bring papers into the archive: name new ones, update known ones, keep edits, hold back doubtful ones."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.changes import Change
from regesta.content.imports_lock import ImportMemory
from regesta.content.paper import FIELDS, KINDS, Paper, value_of
from regesta.errors import fail
from regesta.importing.grouping import EntryGroup
from regesta.importing.import_memory import Settled, follow_people, learned, with_settled
from regesta.importing.likeness import text_hash
from regesta.importing.merge import better, grown, merge
from regesta.importing.naming import name_new
from regesta.importing.recognize import recognize, text_name
from regesta.importing.review import Held
from regesta.importing.summary import WRITTEN, Decision, ImportSummary

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from regesta.archive.tags.suggestions import Tagger
    from regesta.importing.known_papers import KnownPapers

#: Fields that the archive itself decides, once.
_DECIDED = ("id", "added")
_IMPORTED = tuple(name for name in (*KINDS, "abstract") if name in FIELDS and name not in _DECIDED)
#: What the summary counts a paper with a new file as.
_NEW = "new"


@dataclass(frozen=True, slots=True)
class Run:
    """What a run of the import works with.

    Attributes:
        papers: the archive's.
        folder: where new papers go.
        stems: names of all files there, without extension.
        unreadable: ids of files that cannot be parsed.
        tagger: suggests tags.
        today: the day on which new papers are added.
        restore: whether deleted papers come back.
    """

    papers: KnownPapers
    folder: Path
    stems: Collection[str]
    unreadable: Collection[str]
    tagger: Tagger
    today: str
    restore: bool = False


class Gathered(NamedTuple):
    """The result of a run.

    Attributes:
        changes: the files to write, in the order of their papers' ids.
        held: the doubtful entries.
        memories: what to remember of each paper, by id.
        summary: what became of every entry.
    """

    changes: list[Change]
    held: list[Held]
    memories: dict[str, ImportMemory]
    summary: ImportSummary


def gather(
    run: Run,
    entries: Sequence[Paper],
    memories: Mapping[str, ImportMemory],
    decided: Iterable[tuple[Held, bool]] = (),
) -> Gathered:
    """Return the changes that bring entries into the archive. They do not depend on the order of the entries.

    Args:
        run: the archive, and how to change it.
        entries: what was read.
        memories: what earlier runs remember, by id; `import_memory.py` lists the steps that they take.
        decided: the entries that were held back, each with whether it is the paper that it may be.

    Raises:
        RegestaError: a person called an entry the same as a paper that does not exist.
    """
    papers = run.papers
    followed = follow_people(memories, papers)
    settled = _settled(run, followed, decided)
    current = with_settled(followed, settled)
    homes = {text: one.home for one in settled for text in one.texts}
    groups = recognize(entries, papers, current, homes)
    merged = [(group, _merged(group, papers, current)) for group in groups]
    name_new(merged, {*papers, *current, *run.stems})
    held = [_held(group, paper) for group, paper in merged if group.like is not None]
    sure = [(group, paper) for group, paper in merged if group.like is None]
    outcomes, current = _outcomes(run, sure, current, settled)
    changes = [outcome.change for outcome in outcomes if outcome.change]
    summary = _summary(outcomes, merged=len(entries) - len(groups), review=len(held))
    return Gathered(sorted(changes, key=lambda change: change.paper.id), held, current, summary)


def _settled(
    run: Run, memories: Mapping[str, ImportMemory], decided: Iterable[tuple[Held, bool]]
) -> list[Settled]:
    """Return what people decided about entries that were held back.

    Raises:
        RegestaError: a person called one the same as a paper that does not exist.
    """
    settled = []
    for entry, is_same in decided:
        home = run.papers.owners.get(entry.like, entry.like)
        if is_same and home not in run.papers and home not in memories:
            what = f"may be {entry.like}, which is no longer a paper's id"
            raise fail(entry.name, what, "settle it with --new")
        settled.append(Settled((*entry.texts, text_hash(entry.paper)), home, is_same))
    return settled


def _merged(group: EntryGroup, papers: Mapping[str, Paper], memories: Mapping[str, ImportMemory]) -> Paper:
    """Return one paper made of all copies; copies that a person joined to it only add to the others."""
    joined = memories[group.home].joined if group.home in memories else set()
    others = [copy for copy in group.copies if joined and text_name(copy) in joined]
    own = [copy for copy in group.copies if copy not in others]
    if not own and group.home in papers:
        own = [papers[group.home]]
    return better(merge(own), merge(others)) if own and others else merge(group.copies)


def _held(group: EntryGroup, paper: Paper) -> Held:
    """Return a doubtful paper as an entry for review."""
    like = group.like.new_id if isinstance(group.like, EntryGroup) else group.like or ""
    return Held(tuple(dict.fromkeys(map(text_hash, group.copies))), like, group.why, paper)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What becomes of a paper that was found.

    Attributes:
        count: what the summary counts it as.
        paper: the paper as the import would have it.
        written: the fields that hold what the import writes now, or wrote in an interrupted run.
        change: the file to write, if any.
        decisions: what was decided about each field that differs from the entries.
        note: what was left alone, and why, in words.
    """

    count: str
    paper: Paper
    written: Sequence[str] = ()
    change: Change | None = None
    decisions: Sequence[Decision] = ()
    note: str = ""


def _outcomes(
    run: Run,
    sure: Iterable[tuple[EntryGroup, Paper]],
    memories: Mapping[str, ImportMemory],
    settled: Iterable[Settled],
) -> tuple[list[_Outcome], dict[str, ImportMemory]]:
    """Return what becomes of each paper that is not in doubt, and the memories after that."""
    apart = {name: entry for entry in settled if not entry.is_same for name in entry.names}
    current, outcomes = dict(memories), []
    for group, paper in sure:
        tagged = replace(paper, tags=paper.tags or run.tagger.suggest(paper))
        outcome = _outcome(run, group, tagged, current)
        outcomes.append(outcome)
        is_new = outcome.count == _NEW
        current |= learned(current, outcome.paper, outcome.written, group.copies, apart, is_new=is_new)
    return outcomes, current


def _outcome(run: Run, group: EntryGroup, paper: Paper, memories: Mapping[str, ImportMemory]) -> _Outcome:
    """Return what becomes of a paper: it is new, compared with its file, restored or left deleted."""
    if group.new_id:
        return _created(run, paper, group.new_id)
    if group.home in run.papers:
        memory = memories.get(group.home, ImportMemory())
        return _compared(run.papers[group.home], run.papers.path(group.home), paper, memory)
    if group.home not in run.unreadable and run.restore:
        return _created(run, paper, group.home)
    is_unreadable = group.home in run.unreadable
    why = "its file cannot be read" if is_unreadable else "stays deleted (--restore brings it back)"
    return _Outcome("kept", replace(paper, id=group.home), note=f"{group.home}: {why}")


def _created(run: Run, paper: Paper, paper_id: str) -> _Outcome:
    """Return the outcome of a paper that gets a new file."""
    named = replace(paper, id=paper_id, added=run.today)
    return _Outcome(_NEW, named, _filled(named), Change(run.folder / f"{paper_id}.md", named))


def _compared(current: Paper, path: Path, paper: Paper, memory: ImportMemory) -> _Outcome:
    """Return what becomes of a paper with a file: what the import wrote is updated, edits are kept."""
    new = grown(current, paper)
    if not paper.tags and new.tags and memory.is_ours(current, "tags"):
        new = replace(new, tags=())  # the taxonomy may suggest other tags now, or none
    differing = [name for name in _IMPORTED if getattr(new, name) != getattr(current, name)]
    ours = [name for name in differing if memory.is_ours(current, name) and not current.lock]
    edited = [name for name in differing if name not in ours]
    reason = "locked" if current.lock else "kept as edited by hand"
    # an interrupted run wrote all of it, and its note is lost
    was_interrupted = not memory.wrote and not differing
    return _Outcome(
        "updated" if ours else "kept" if edited else "unchanged",
        new,
        _filled(paper) if was_interrupted else ours,
        Change(path, new, tuple(ours)) if ours else None,
        [
            Decision(name, WRITTEN if name in ours else reason, value_of(current, name), value_of(new, name))
            for name in differing
        ],
        f"{current.id}: {reason}: {', '.join(edited)}" if edited else "",
    )


def _summary(outcomes: Sequence[_Outcome], *, merged: int, review: int) -> ImportSummary:
    """Return the summary of a run; `merged` counts copies, `review` the entries that were held back."""
    counts = Counter(outcome.count for outcome in outcomes)
    return ImportSummary(
        new=counts[_NEW],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        kept=counts["kept"],
        merged=merged,
        review=review,
        partly=sum(outcome.count == "updated" and outcome.note != "" for outcome in outcomes),
        notes=[outcome.note for outcome in outcomes if outcome.note],
        created={outcome.paper.id: outcome.paper.title for outcome in outcomes if outcome.count == _NEW},
        decisions={outcome.paper.id: [*outcome.decisions] for outcome in outcomes if outcome.decisions},
    )


def _filled(paper: Paper) -> tuple[str, ...]:
    """Return the imported fields that have a value."""
    return tuple(name for name in _IMPORTED if value_of(paper, name) is not None)
