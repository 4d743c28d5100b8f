"""Recognize what is imported: which entries are copies of each other, which the archive has already, which it may have."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from regesta.likeness import Judgement, Lookup, Verdict, contradiction, features, judge, text_hash
from regesta.lock import value_hash
from regesta.merge import richness

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterable, Mapping, Sequence

    from regesta.likeness import Features
    from regesta.lock import Memory
    from regesta.paper import Origin, Paper


@dataclass(slots=True)
class Found:
    """Entries that are one paper.

    Attributes:
        copies: the entries, at least one.
        home: the id of the paper of the archive that they are, "" if it has none.
        like: the paper that they may be, and nobody knows: its id, or what was found of it in the same run; None if there is no doubt.
        why: what speaks for it and against it, in words.
    """

    copies: list[Paper]
    home: str = ""
    like: str | Found | None = None
    why: str = ""


def text_name(paper: Paper) -> str:
    """Return the name by which a record is remembered that is told from every other by its `text_hash`."""
    return f"text:{text_hash(paper)}"


def names_of(paper: Paper) -> set[str]:
    """Return what a paper is remembered by: its ids, its title, and what tells this very record from every other."""
    known = features(paper)
    ids = {f"{kind}:{value}" for kind, value in (("arxiv", known.arxiv), ("doi", known.doi)) if value}
    return ids | {f"title:{key}" for key in known.titles} | {text_name(paper)}


def recognize(
    entries: Iterable[Paper],
    files: Mapping[str, Paper],
    memories: Mapping[str, Memory],
    settled: Mapping[str, str] | None = None,
) -> list[Found]:
    """Return the entries, those that are one paper together. The order of the entries does not matter.

    Args:
        entries: what was read.
        files: the archive's papers, by id.
        memories: what earlier imports remember, by id, also of papers whose files are gone.
        settled: what people decided of an entry, by its `text_hash`: the id of the paper that it is, "" if it is a new one.
    """
    settled = settled or {}
    homes = _Homes(files, memories)
    known: dict[str, list[Paper]] = defaultdict(list)
    strangers: dict[str, list[Paper]] = defaultdict(list)
    in_order = sorted(
        ((paper.origin, text_hash(paper), paper) for paper in entries), key=lambda entry: entry[:2]
    )
    for _, text, paper in in_order:
        home = settled.get(text) or homes.of(paper, text)
        (known[home] if home else strangers[text]).append(paper)
    found = {home: Found(copies, home) for home, copies in known.items()}
    new = [Found(strangers.pop(text)) for text in sorted(strangers.keys() & settled.keys())]
    for group in _grouped(strangers.values(), files, memories, known.keys()):
        if group.home in found:
            found[group.home].copies += group.copies
        elif group.home:
            found[group.home] = group
        else:
            new.append(_unless_gone(group, homes))
    return [*found.values(), *map(_without_chains, new)]


def _unless_gone(group: Found, homes: _Homes) -> Found:
    """Return new entries, with a doubt if a paper of their title was taken out of the archive."""
    gone = next(filter(None, map(homes.once_titled, group.copies)), "")
    if gone and group.like is None:
        group.like, group.why = gone, "titles equal, and that paper was deleted"
    return group


def _without_chains(group: Found) -> Found:
    """Return new entries; if they may be others that wait themselves, they wait for the same paper."""
    if isinstance(group.like, Found) and group.like.like:
        group.like, group.why = group.like.like, f"{group.why}, with another entry that may be that paper"
    return group


class _Homes:
    """Which paper of the archive an entry surely is: the one that a person gave it, or the one that it was before."""

    def __init__(self, files: Mapping[str, Paper], memories: Mapping[str, Memory]) -> None:
        self._memories, self._files = memories, files
        by_hand = {paper_id: paper for paper_id, paper in files.items() if paper_id not in memories}
        self._texts = {
            name: paper_id
            for paper_id, memory in memories.items()
            for name in memory.keys
            if name.startswith("text:")
        }
        self._texts |= {text_name(paper): paper_id for paper_id, paper in by_hand.items()}
        self._places: dict[Origin, str] = {
            place: paper_id for paper_id, paper in by_hand.items() for place in paper.origin
        }
        self._gone = {
            name: paper_id
            for paper_id, memory in memories.items()
            if paper_id not in files
            for name in memory.keys
            if not name.startswith("text:")
        }

    def of(self, paper: Paper, text: str) -> str:
        """Return the id of the paper that an entry is, "" if that is not known for sure; text is the entry's `text_hash`."""
        return self._split(paper) or self._texts.get(f"text:{text}") or self._once(paper)

    def _split(self, paper: Paper) -> str:
        """Return the id of a paper that a person made of an entry: it has the entry's place of origin, and something of its text."""
        home = self._places.get(paper.origin[0]) if paper.origin else None
        return home if home and judge(features(paper), features(self._files[home])).verdict else ""

    def _once(self, paper: Paper) -> str:
        """Return the id of a paper that a person took out of the archive."""
        names = (
            sorted(name for name in names_of(paper) if not name.startswith("title:")) if self._gone else ()
        )
        return next((self._gone[name] for name in names if name in self._gone), "")

    def once_titled(self, paper: Paper) -> str:
        """Return the id of a paper of one title that a person took out; one with other ids is another paper."""
        homes = (self._gone.get(name, "") for name in names_of(paper) if name.startswith("title:"))
        return next((home for home in homes if home and self._agree(paper, home)), "")

    def _agree(self, paper: Paper, home: str) -> bool:
        ids = {name.partition(":")[0]: name for name in names_of(paper)}
        others = {name.partition(":")[0]: name for name in self._memories[home].keys}
        return all(ids[kind] == others[kind] for kind in ("arxiv", "doi") if kind in ids and kind in others)


#: Why an entry may be a paper of which a person has rewritten the abstract since.
_AS_IMPORTED = Judgement(Verdict.DOUBTFUL, 1, "its abstract is the one that was imported there")


@dataclass(slots=True, eq=False)
class _Record:
    """A paper of the archive, or entries that nobody has met before and that say the same.

    Attributes:
        number: its place among all records, the archive's first; decides where all else is equal.
        features: what it is recognized by.
        group: the records that are one paper with it.
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
        arxiv, doi: the ids of all of them.
        home: the id of the paper of the archive among them, "" if there is none.
        records: they themselves.
    """

    arxiv: frozenset[str]
    doi: frozenset[str]
    home: str = ""
    records: list[_Record] = field(default_factory=list)

    def contradicts(self, other: _Group) -> bool:
        """Tell whether two groups have different ids, or a paper of the archive each."""
        both_known = bool(self.home and other.home)
        return both_known or len(self.arxiv | other.arxiv) > 1 or len(self.doi | other.doi) > 1

    def take_in(self, other: _Group) -> None:
        """Make the records of another group this group's."""
        self.arxiv, self.doi = self.arxiv | other.arxiv, self.doi | other.doi
        self.home = self.home or other.home
        self.records += other.records
        for record in other.records:
            record.group = self


class _Edge(NamedTuple):
    """An entry, and a record before it that is, or may be, the same paper.

    Attributes:
        judgement: whether they are one, and why.
        entry: the entry.
        other: the paper of the archive, or the other entry.
        is_as_imported: whether the entry's abstract is the one that was imported to that paper.
    """

    judgement: Judgement
    entry: _Record
    other: _Record
    is_as_imported: bool = False

    @property
    def may_correct(self) -> bool:
        """Whether both come from one file, and have one title or the abstract that was imported."""
        entry, other = self.entry.features, self.other.features
        matches = self.is_as_imported or not entry.titles.isdisjoint(other.titles)
        return matches and not entry.files.isdisjoint(other.files)


def _grouped(
    strangers: Collection[list[Paper]],
    files: Mapping[str, Paper],
    memories: Mapping[str, Memory],
    seen: Container[str],
) -> list[Found]:
    """Return entries that nobody has met before: with the paper that they are, as a new one, or with a doubt.

    Of the papers of the archive, those that were seen in this run have their own entry still: none of these corrects it.
    """
    if not strangers:
        return []
    papers = [
        _record(number, _features(paper_id, paper, memories), paper_id)
        for number, (paper_id, paper) in enumerate(files.items())
    ]
    entries = [
        _record(number, features(copies[0]), copies=copies)
        for number, copies in enumerate(strangers, len(papers))
    ]
    as_imported = {
        memories[paper.home].wrote.get("abstract", ""): paper for paper in papers if paper.home in memories
    }
    doubts = [edge for edge in _edges(papers, entries, as_imported, seen) if not _joined(edge)]
    found: dict[_Group, Found] = {}
    for entry in entries:
        found.setdefault(entry.group, Found([], entry.group.home)).copies += entry.copies
    _doubt(found, doubts)
    return [*found.values()]


def _record(number: int, known: Features, home: str = "", copies: Sequence[Paper] = ()) -> _Record:
    """Return a record in a group of its own."""
    group = _Group(frozenset({known.arxiv} - {""}), frozenset({known.doi} - {""}), home)
    group.records.append(_Record(number, known, group, home, copies))
    return group.records[0]


def _features(paper_id: str, paper: Paper, memories: Mapping[str, Memory]) -> Features:
    """Return what a paper of the archive is recognized by, also by titles that it bore before a person changed them."""
    remembered = memories[paper_id].keys if paper_id in memories else ()
    return features(paper, *(name.removeprefix("title:") for name in remembered if name.startswith("title:")))


def _edges(
    papers: Sequence[_Record],
    entries: Sequence[_Record],
    as_imported: Mapping[str, _Record],
    seen: Container[str],
) -> list[_Edge]:
    """Return what each entry is, or may be, one paper with: the surest first.

    Args:
        papers: the archive's.
        entries: what nobody has met before.
        as_imported: the archive's papers, by the hash of the abstract that was imported to them.
        seen: the ids of the papers that other entries of this run are.
    """
    lookup, records = Lookup(), [*papers, *entries]
    for record in records:
        lookup.add(record.features)
    edges = []
    for entry in entries:
        likes = [_Edge(judgement, entry, records[other]) for other, judgement in lookup.like(entry.number)]
        paper = as_imported.get(value_hash(entry.copies[0], "abstract")) if entry.features.abstract else None
        if paper and all(edge.other is not paper for edge in likes):
            likes.append(_Edge(_AS_IMPORTED, entry, paper, is_as_imported=True))
        edges += _corrected(likes, seen)
    return sorted(edges, key=_by_certainty)


def _by_certainty(edge: _Edge) -> tuple[float, ...]:
    return -edge.judgement.verdict, -edge.judgement.strength, edge.entry.number, edge.other.number


def _corrected(edges: list[_Edge], seen: Container[str]) -> list[_Edge]:
    """Return what an entry is like, the paper that it corrects as the same.

    An entry that matches exactly one not-yet-seen paper of the same file is a correction of it.
    """
    matches = [edge for edge in edges if edge.other.home and edge.other.home not in seen and edge.may_correct]
    if len(matches) != 1 or contradiction(matches[0].entry.features, matches[0].other.features):
        return edges
    same = matches[0]._replace(judgement=matches[0].judgement._replace(verdict=Verdict.SAME))
    return [same if edge is matches[0] else edge for edge in edges]


_CERTAIN = 2  # the strength of a shared id


def _joined(edge: _Edge) -> bool:
    """Make one group of two records' groups, if they are one paper and nothing forbids it; return whether they are one now.

    Two papers of the archive that a third record calls one are not joined: `regesta check` names them.
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


def _doubt(found: Mapping[_Group, Found], doubts: Iterable[_Edge]) -> None:
    """Note what each new paper may be: one of the archive's, or one that is newer here and richer."""
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
    return (
        f"{judgement.why}; but others that are one with them have other ids"
        if judgement.verdict is Verdict.SAME
        else judgement.why
    )


def _rank(group: Found) -> tuple[int, Sequence[Origin], str]:
    best = max(group.copies, key=richness)
    return -richness(best), best.origin, best.title
