"""Bring papers into the archive: recognize them, name the new ones, change what changed, leave people's edits alone."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.lock import Memory, value_hash
from regesta.merge import GROWING, certainty, fill, group, keys, merge
from regesta.paper import FIELDS, KINDS, Paper, value_of
from regesta.store import PaperFile, dump, read_text, update, write
from regesta.text import digest, slug

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from regesta.errors import Problem
    from regesta.tagging import Tagger

#: Fields that the archive itself decides, once.
_DECIDED = ("id", "added")
_IMPORTED = tuple(name for name in (*KINDS, "abstract") if name in FIELDS and name not in _DECIDED)


@dataclass(slots=True)
class Ledger:
    """What became of every entry found, each counted once.

    Attributes:
        new, updated, unchanged: papers written for the first time, changed, left as they were.
        merged: further copies of a paper in the same run.
        kept: papers that a person edited or deleted, left as that person wants them.
        refused: entries that could not be read.
        notes: one sentence for each paper kept, and for each edit that an update left alone.
        problems: one for each entry refused.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    kept: int = 0
    refused: int = 0
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def found(self) -> int:
        """How many entries there were; the other counts add up to it."""
        return self.new + self.updated + self.unchanged + self.merged + self.kept + self.refused


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write: the paper as it will be, and the fields that change in a file that exists."""

    path: Path
    paper: Paper
    names: tuple[str, ...] = ()

    def apply(self) -> None:
        """Write the file: as a whole if it is new, else only the fields that change."""
        exists = self.path.exists()
        write(self.path, update(read_text(self.path, self.path.name), self.paper, self.names) if exists else dump(self.paper))


class Gatherer:
    """One run of the import over an archive.

    Args:
        files: the papers that the archive holds.
        memories: what earlier imports wrote, by id; brought up to date as papers are put.
        folder: where new papers go.
        tagger: suggests tags.
        today: the day on which new papers are added.
        restore: bring back papers whose files were deleted.
    """

    def __init__(
        self, files: Iterable[PaperFile], memories: dict[str, Memory], folder: Path, tagger: Tagger, today: str, *, restore: bool = False
    ) -> None:
        self._files = {file.paper.id: file for file in files}
        self._memories = memories
        self._folder, self._tagger, self._today, self._restore = folder, tagger, today, restore
        self._file_names = {path.stem for path in folder.rglob("*.md")}
        self._follow_renames()
        self._ids: dict[str, str] = {key: file.paper.id for file in self._files.values() for key in keys(file.paper)}
        self._ids |= {key: paper_id for paper_id, memory in self._memories.items() for key in memory.keys}
        self.ledger = Ledger()

    def _follow_renames(self) -> None:
        """Carry over what is remembered of a paper whose id a person changed: it left an alias, or bears the same title."""
        gone = {key: old for old, memory in self._memories.items() if old not in self._files for key in memory.keys}
        for paper_id, file in self._files.items():
            if paper_id in self._memories:
                continue
            names = (*file.paper.aliases, *(gone[key] for key in sorted(keys(file.paper)) if key in gone))
            old = next((name for name in names if name in self._memories and name not in self._files), None)
            if old:
                self._memories[paper_id] = self._memories.pop(old)

    def gather(self, papers: Iterable[Paper]) -> list[Change]:
        """Return the changes that bring papers into the archive; `ledger` says what became of each.

        The changes do not depend on the order of papers.
        """
        changes = []
        entries = list(papers)
        together: dict[str, list[Paper]] = defaultdict(list)
        for number, copies in enumerate(group(entries)):
            paper = merge(copies)
            together[self._known_id(paper) or f"new {number}"].append(paper)
        merged = [merge(copies) for copies in together.values()]  # two titles may be known as one paper
        self.ledger.merged = len(entries) - len(merged)
        new_ids = self._name([paper for paper in merged if self._known_id(paper) is None])
        for paper in merged:
            known = self._known_id(paper)
            tagged = replace(paper, tags=paper.tags or self._tagger.suggest(paper.title, paper.abstract))
            change = self._put(tagged, known) if known else self._create(tagged, new_ids[id(paper)])
            changes += [change] if change else []
        return sorted(changes, key=lambda change: change.paper.id)

    def _known_id(self, paper: Paper) -> str | None:
        return next((self._ids[key] for key in sorted(keys(paper)) if key in self._ids), None)

    def _name(self, papers: list[Paper]) -> dict[int, str]:
        """Return an id for each new paper (by its `id()`): twins of one slug get a hash of their content."""
        taken = {*self._files, *self._memories, *self._file_names}
        wanted = defaultdict(list)
        for paper in papers:
            wanted[_plain_id(paper)].append(paper)
        ids = {}
        for name, twins in wanted.items():
            for paper in twins:
                clash = len(twins) > 1 or name in taken
                ids[id(paper)] = f"{slug(name, 71)}-{_content_hash(paper)}" if clash else name
        return ids

    def _create(self, paper: Paper, paper_id: str) -> Change:
        paper = replace(paper, id=paper_id, added=self._today)
        self._remember(paper, _filled(paper), paper)
        self.ledger.new += 1
        return Change(self._folder / f"{paper_id}.md", paper)

    def _put(self, paper: Paper, paper_id: str) -> Change | None:
        """Return the change that a known paper needs, if any, and count it."""
        memory = self._memories.setdefault(paper_id, Memory())
        if paper_id not in self._files:
            return self._bring_back(paper, paper_id)
        file = self._files[paper_id]
        new = _grown(file.paper, paper)
        if not paper.tags and memory.is_ours(file.paper, "tags"):
            new = replace(new, tags=())  # the taxonomy may have changed its mind, even to no tag at all
        differing = [name for name in _IMPORTED if value_hash(new, name) != value_hash(file.paper, name)]
        ours = tuple(name for name in differing if memory.is_ours(file.paper, name) and not file.paper.lock)
        edited = [name for name in differing if name not in ours]
        known = memory.wrote
        agreed = [
            name
            for name in _filled(paper)
            if value_hash(paper, name) == value_hash(file.paper, name) and (name not in known or memory.is_ours(file.paper, name))
        ]
        self._remember(file.paper, agreed, paper)
        self._remember(new, ours, paper)
        if edited:
            reason = "locked" if file.paper.lock else "kept as edited by hand"
            self.ledger.notes.append(f"{paper_id}: {reason}: {', '.join(edited)}")
        if ours:
            self.ledger.updated += 1
            return Change(file.path, new, ours)
        self.ledger.kept += bool(edited)
        self.ledger.unchanged += not edited
        return None

    def _bring_back(self, paper: Paper, paper_id: str) -> Change | None:
        unreadable = paper_id in self._file_names
        if self._restore and not unreadable:
            self._memories[paper_id].wrote.clear()  # what the new file lacks was not taken away by hand
            return self._create(paper, paper_id)
        self.ledger.kept += 1
        reason = "its file cannot be read" if unreadable else "stays deleted (--restore brings it back)"
        self.ledger.notes.append(f"{paper_id}: {reason}")
        return None

    def _remember(self, paper: Paper, names: Iterable[str], source: Paper) -> None:
        memory = self._memories.setdefault(paper.id, Memory())
        memory.keys |= keys(source)
        memory.wrote |= {name: value_hash(paper, name) for name in names}


def _grown(current: Paper, incoming: Paper) -> Paper:
    """Return the current paper as the import would have it: what is incoming, nothing shrunk or emptied."""
    read = {origin.file for origin in incoming.origin}
    elsewhere = tuple(origin for origin in current.origin if origin.file not in read)  # lines move when a file is edited
    paper = fill(replace(incoming, id=current.id, added=current.added), replace(current, origin=elsewhere))
    if certainty(current) > certainty(incoming):
        paper = replace(paper, published=current.published, inferred=current.inferred)
    unchanged = {name: getattr(current, name) for name in GROWING if set(getattr(paper, name)) == set(getattr(current, name))}
    return replace(paper, **unchanged)


def _filled(paper: Paper) -> tuple[str, ...]:
    return tuple(name for name in _IMPORTED if value_of(paper, name) is not None)


def _plain_id(paper: Paper) -> str:
    """Return the id that a paper gets if no other wants it: its arXiv id, else the slug of its title."""
    arxiv = next((key.removeprefix("arxiv:") for key in keys(paper) if key.startswith("arxiv:")), "")
    return slug(arxiv) if "/" in arxiv else arxiv or slug(paper.title) or f"paper-{_content_hash(paper)}"


def _content_hash(paper: Paper) -> str:
    return digest(f"{paper.title}\n{paper.abstract}", 8)
