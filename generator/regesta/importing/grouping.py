"""Group unknown entries that are the same paper as each other, or as a paper of the archive."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.imports_lock import value_hash
from regesta.importing.likeness import Judgement, Lookup, Marks, Verdict, contradiction, features, marks_of
from regesta.importing.merge import richness

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence

    from regesta.content.imports_lock import ImportMemory
    from regesta.content.paper import Origin, Paper
    from regesta.importing.known_papers import KnownPapers
    from regesta.importing.likeness import Features


@dataclass(slots=True)
class EntryGroup:
    """Entries that are one paper.

    Attributes:
        copies: the entries, at least one.
        home: the id of their paper in the archive, "" if they are new.
        like: the paper that they may be: its id, or other entries of the same run; None if there is no doubt.
        why: the reasons for and against that, in words.
        new_id: their id as a new paper; set by `naming`.
    """

    copies: list[Paper]
    home: str = ""
    like: str | EntryGroup | None = None
    why: str = ""
    new_id: str = ""


def grouped(
    strangers: Collection[list[Paper]],
    papers: KnownPapers,
    memories: Mapping[str, ImportMemory],
    seen: Container[str],
) -> list[EntryGroup]:
    """Return unknown entries in groups, one for each paper: in the archive, new, or in doubt.

    Args:
        strangers: the entries; entries with the same text are one item.
        papers: the archive's.
        memories: what earlier imports remember, by id.
        seen: ids of papers whose own entry is in this run: no other entry is a correction of them.
    """
    if not strangers:
        return []
    known = _Papers(papers, memories)
    entries = [
        _record(number, features(copies[0]), copies=copies)
        for number, copies in enumerate(strangers, len(papers))
    ]
    doubts = [edge for edge in _edges(known, entries, seen) if not _joined(edge)]
    found: dict[_Group, EntryGroup] = {}
    for entry in entries:
        found.setdefault(entry.group, EntryGroup([], entry.group.home)).copies += entry.copies
    _doubt(found, doubts)
    return [*found.values()]


#: Why an entry may be a paper whose abstract a person has rewritten since.
_AS_IMPORTED = Judgement(Verdict.DOUBTFUL, 1, "its abstract is the one that was imported there")


@dataclass(slots=True, eq=False)
class _Record:
    """A paper of the archive, or unknown entries with the same text.

    Attributes:
        number: its place among all records, the archive's first; it decides between equals.
        features: what it is recognized by.
        group: the records that are the same paper.
        home: the paper's id; "" for entries.
        copies: the entries; none for a paper.
    """

    number: int
    features: Features
    group: _Group
    home: str = ""
    copies: Sequence[Paper] = ()


@dataclass(slots=True, eq=False)
class _Group:
    """Records that are one paper.

    Attributes:
        arxiv, doi: the ids that they have.
        home: the id of the paper of the archive among them, "" if there is none.
        records: the records.
    """

    arxiv: frozenset[str]
    doi: frozenset[str]
    home: str = ""
    records: list[_Record] = field(default_factory=list)

    def contradicts(self, other: _Group) -> bool:
        """Tell whether two groups have different ids, or two papers of the archive."""
        both_known = bool(self.home and other.home)
        return both_known or len(self.arxiv | other.arxiv) > 1 or len(self.doi | other.doi) > 1

    def take_in(self, other: _Group) -> None:
        """Move the records of another group into this one."""
        self.arxiv, self.doi = self.arxiv | other.arxiv, self.doi | other.doi
        self.home = self.home or other.home
        self.records += other.records
        for record in other.records:
            record.group = self


class _Edge(NamedTuple):
    """An entry, and a record before it that is, or may be, the same paper.

    Attributes:
        judgement: whether they are the same, and why.
        entry: the entry.
        other: the paper of the archive, or the other entry.
        is_as_imported: whether the entry has the abstract that was imported to that paper.
    """

    judgement: Judgement
    entry: _Record
    other: _Record
    is_as_imported: bool = False

    @property
    def has_its_title(self) -> bool:
        """Whether both have a title in common."""
        return not self.entry.features.titles.isdisjoint(self.other.features.titles)

    @property
    def may_correct(self) -> bool:
        """Whether both come from the same file, and have the same title or the abstract that was imported."""
        is_of_file = not self.entry.features.files.isdisjoint(self.other.features.files)
        return is_of_file and (self.is_as_imported or self.has_its_title)


def _record(number: int, known: Features, home: str = "", copies: Sequence[Paper] = ()) -> _Record:
    """Return a record in a group of its own."""
    group = _Group(frozenset({known.arxiv} - {""}), frozenset({known.doi} - {""}), home)
    group.records.append(_Record(number, known, group, home, copies))
    return group.records[0]


class _Papers:
    """The archive's papers as records, each made when an entry is compared with it.

    Args:
        papers: they are numbered in the order of their ids.
        memories: what earlier imports remember, by id.
    """

    def __init__(self, papers: KnownPapers, memories: Mapping[str, ImportMemory]) -> None:
        self._papers, self._memories, self._ids = papers, memories, [*papers]
        self._made: dict[int, _Record] = {}
        self._as_imported = {
            memories[paper_id].wrote.get("abstract", ""): number
            for number, paper_id in enumerate(self._ids)
            if paper_id in memories
        }

    def __getitem__(self, number: int) -> _Record:
        if number not in self._made:
            paper_id = self._ids[number]
            titles = (name.removeprefix("title:") for name in self._titles(paper_id))
            self._made[number] = _record(number, features(self._papers[paper_id], *titles), paper_id)
        return self._made[number]

    def with_abstract(self, entry: _Record) -> _Record | None:
        """Return the paper to which the abstract of an entry was imported; None if there is none."""
        hashed = value_hash(entry.copies[0], "abstract") if entry.features.abstract else None
        return self[self._as_imported[hashed]] if hashed in self._as_imported else None

    def lookup(self, entries: Iterable[_Record]) -> Lookup:
        """Return the papers, then the entries, to look up what is like an entry."""
        lookup, marks = Lookup(), [marks_of(entry.features) for entry in entries]
        names = frozenset[str]().union(*(own.names for own in marks))
        runs = frozenset[str]().union(*(own.runs for own in marks))
        for number, trait in enumerate(self._papers.traits()):
            named = names.intersection([*trait.marks, *self._titles(trait.id)])
            lookup.put(
                Marks(named, runs.intersection(trait.marks)), trait.size, partial(self._features, number)
            )
        for entry in entries:
            lookup.add(entry.features)
        return lookup

    def _titles(self, paper_id: str) -> list[str]:
        """Return the titles that a paper had before people changed them."""
        keys = self._memories[paper_id].keys if paper_id in self._memories else ()
        return [name for name in keys if name.startswith("title:")]

    def _features(self, number: int) -> Features:
        return self[number].features


def _edges(papers: _Papers, entries: Sequence[_Record], seen: Container[str]) -> list[_Edge]:
    """Return the pairs that are, or may be, the same paper, the surest first.

    Args:
        papers: the archive's.
        entries: the unknown ones.
        seen: ids of papers whose own entry is in this run.
    """
    lookup, of_entries = papers.lookup(entries), {entry.number: entry for entry in entries}
    edges = []
    for entry in entries:
        likes = [
            _Edge(judgement, entry, of_entries.get(other) or papers[other])
            for other, judgement in lookup.like(entry.number)
        ]
        paper = papers.with_abstract(entry)
        if paper and not any(edge.other is paper or edge.has_its_title for edge in likes):
            likes.append(_Edge(_AS_IMPORTED, entry, paper, is_as_imported=True))
        edges += _corrected(likes, seen)
    return sorted(edges, key=_by_certainty)


def _by_certainty(edge: _Edge) -> tuple[float, ...]:
    return -edge.judgement.verdict, -edge.judgement.strength, edge.entry.number, edge.other.number


def _corrected(edges: list[_Edge], seen: Container[str]) -> list[_Edge]:
    """Return the pairs of one entry, one of them made sure if the entry is a correction.

    An entry that matches exactly one not-yet-seen paper of the same file is a correction of it.
    """
    matches = [edge for edge in edges if edge.other.home and edge.other.home not in seen and edge.may_correct]
    if len(matches) != 1 or contradiction(matches[0].entry.features, matches[0].other.features):
        return edges
    same = matches[0]._replace(judgement=matches[0].judgement._replace(verdict=Verdict.SAME))
    return [same if edge is matches[0] else edge for edge in edges]


_CERTAIN = 2  # the strength of a shared id


def _joined(edge: _Edge) -> bool:
    """Join the groups of two records if they are surely the same paper; return whether no doubt is left.

    Two papers of the archive are not joined, even if an entry shows that they are the same: `regesta check` reports them.
    """
    one, two = edge.entry.group, edge.other.group
    if one is two:
        return True
    is_certain = edge.judgement.strength >= _CERTAIN
    if edge.judgement.verdict is not Verdict.SAME or (one.contradicts(two) and not is_certain):
        return False
    if not (one.home and two.home):
        small, large = sorted((one, two), key=lambda group: len(group.records))
        large.take_in(small)
    return True


def _doubt(found: Mapping[_Group, EntryGroup], doubts: Iterable[_Edge]) -> None:
    """Set what each new paper may be: one of the archive's, or another new one with more data."""
    may_be: dict[_Group, list[tuple[str, _Group]]] = defaultdict(list)
    for edge in doubts:
        why, one, two = _doubtful(edge.judgement), edge.entry.group, edge.other.group
        may_be[one].append((why, two))
        may_be[two].append((why, one))
    new = sorted((group for group in may_be if not group.home), key=lambda group: _rank(found[group]))
    waiting = {*new}
    for group in new:
        why, other = next(((why, other) for why, other in may_be[group] if other not in waiting), ("", group))
        if why:
            found[group].like, found[group].why = other.home or found[other], why
        else:
            waiting.remove(group)


def _doubtful(judgement: Judgement) -> str:
    """Return why two records may be the same but were not joined."""
    is_same = judgement.verdict is Verdict.SAME
    return f"{judgement.why}; but their other copies have different ids" if is_same else judgement.why


def _rank(group: EntryGroup) -> tuple[int, Sequence[Origin], str]:
    """Return the place of a group in the order of groups, the richest first."""
    best = max(group.copies, key=richness)
    return -richness(best), best.origin, best.title
