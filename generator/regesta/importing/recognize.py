"""Recognize what is imported: which entries are copies of each other, which the archive has already, which it may have."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.imports_lock import value_hash
from regesta.importing.likeness import Judgement, Lookup, Verdict, contradiction, features, judge, text_hash
from regesta.importing.merge import richness

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping, Sequence

    from regesta.content.imports_lock import Memory
    from regesta.content.paper import Origin, Paper
    from regesta.importing.likeness import Features


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
    for group in _grouped([*strangers.values()], files, memories, known.keys()):
        if group.home in found:
            found[group.home].copies += group.copies
        elif group.home:
            found[group.home] = group
        else:
            new.append(_unless_gone(group, homes))
    return [*found.values(), *new]


def _unless_gone(group: Found, homes: _Homes) -> Found:
    """Return new entries, with a doubt if a paper of their title was taken out of the archive."""
    gone = next(filter(None, map(homes.once_titled, group.copies)), "")
    if gone and group.like is None:
        group.like, group.why = gone, "titles equal, and that paper was deleted"
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


#: A person wrote another abstract since; the entry has the one that was imported.
_AS_IMPORTED = Judgement(Verdict.DOUBTFUL, 1, "its abstract is the one that was imported there")


class _Edge(NamedTuple):
    """Two records that are, or may be, one paper."""

    judgement: Judgement
    one: int
    two: int


def _grouped(
    strangers: Sequence[list[Paper]],
    files: Mapping[str, Paper],
    memories: Mapping[str, Memory],
    seen: Container[str],
) -> list[Found]:
    """Return entries that nobody has met before: with the paper that they are, as a new one, or with a doubt.

    Of the papers of the archive, those that were seen in this run have their own entry still: none of these corrects it.
    """
    if not strangers:
        return []
    lookup, ids = Lookup(), [*files]
    records = [_features(paper_id, files[paper_id], memories) for paper_id in ids]
    records += [features(copies[0]) for copies in strangers]
    for record in records:
        lookup.add(record)
    edges = []
    written = {
        memories[paper_id].wrote.get("abstract", ""): place
        for place, paper_id in enumerate(ids)
        if paper_id in memories
    }
    for number in range(len(ids), len(records)):
        likes = [_Edge(judgement, number, other) for other, judgement in lookup.like(number)]
        known = (
            written.get(value_hash(strangers[number - len(ids)][0], "abstract"))
            if records[number].abstract
            else None
        )
        if known is not None and known not in {edge.two for edge in likes}:
            likes.append(_Edge(_AS_IMPORTED, number, known))
        missed = {other for _, _, other in likes if other < len(ids) and ids[other] not in seen}
        edges += _corrected(likes, records, missed)
    edges.sort(key=lambda edge: (-edge.judgement.verdict, -edge.judgement.strength, edge.one, edge.two))
    groups = _Groups(records, len(ids))
    doubts = [edge for edge in edges if not groups.join(edge)]
    members = groups.members()
    found = {
        root: Found(
            [paper for number in numbers for paper in strangers[number - len(ids)]],
            ids[root] if root < len(ids) else "",
        )
        for root, numbers in members.items()
    }
    _doubt(
        found,
        [(_doubtful(edge.judgement), groups.root(edge.one), groups.root(edge.two)) for edge in doubts],
        ids,
    )
    return [*found.values()]


def _corrected(likes: list[_Edge], records: Sequence[Features], missed: Container[int]) -> list[_Edge]:
    """Return what a record is like; if in one file one title, or an abstract as it was, names one paper only, not met otherwise, it was corrected."""
    mine = [
        place
        for place, (why, one, two) in enumerate(likes)
        if two in missed
        and (why is _AS_IMPORTED or not records[one].titles.isdisjoint(records[two].titles))
        and not records[one].files.isdisjoint(records[two].files)
    ]
    if len(mine) == 1 and not contradiction(records[likes[mine[0]].one], records[likes[mine[0]].two]):
        edge = likes[mine[0]]
        likes[mine[0]] = edge._replace(judgement=edge.judgement._replace(verdict=Verdict.SAME))
    return likes


def _features(paper_id: str, paper: Paper, memories: Mapping[str, Memory]) -> Features:
    """Return what a paper of the archive is recognized by, also by titles that it bore before a person changed them."""
    remembered = memories[paper_id].keys if paper_id in memories else ()
    return features(paper, *(name.removeprefix("title:") for name in remembered if name.startswith("title:")))


class _Groups:
    """Records that are one paper, each group known by its smallest number; the archive's papers have the first numbers, and never join."""

    def __init__(self, records: Sequence[Features], known: int) -> None:
        self._known = known
        self._root = list(range(len(records)))
        self._ids = [({record.arxiv} - {""}, {record.doi} - {""}) for record in records]

    def root(self, number: int) -> int:
        """Return the smallest number of a record's group."""
        while self._root[number] != number:
            number = self._root[number]
        return number

    def join(self, edge: _Edge) -> bool:
        """Make one group of two, if the two records are one paper and nothing forbids it; return whether they are one now."""
        small, large = sorted((self.root(edge.one), self.root(edge.two)))
        if small == large:
            return True
        ids = [mine | yours for mine, yours in zip(self._ids[small], self._ids[large], strict=True)]
        contradicts = large < self._known or any(len(kind) > 1 for kind in ids)
        if edge.judgement.verdict is not Verdict.SAME or (contradicts and edge.judgement.strength < _CERTAIN):
            return False
        if large < self._known:
            return True  # two papers of the archive that a third calls one: `regesta check` names them
        self._root[large], self._ids[small] = small, (ids[0], ids[1])
        return True

    def members(self) -> dict[int, list[int]]:
        """Return the numbers of the new records of each group that has any, by the group's smallest number."""
        members = defaultdict(list)
        for number in range(self._known, len(self._root)):
            members[self.root(number)].append(number)
        return members


_CERTAIN = 2  # the strength of a shared id


def _doubt(found: Mapping[int, Found], doubts: Iterable[tuple[str, int, int]], ids: Sequence[str]) -> None:
    """Note what each new paper may be: one of the archive's, or one that is newer here and richer."""
    may_be: dict[int, list[tuple[str, int]]] = defaultdict(list)
    for why, one, two in doubts:
        may_be[one].append((why, two))
        may_be[two].append((why, one))
    settled = {*range(len(ids)), *(root for root in found if root not in may_be)}
    for root in sorted(
        (root for root in may_be if root in found and not found[root].home),
        key=lambda root: _rank(found[root]),
    ):
        why, other = next(((why, other) for why, other in may_be[root] if other in settled), ("", -1))
        if why:
            found[root].like, found[root].why = ids[other] if other < len(ids) else found[other], why
        else:
            settled.add(root)


def _doubtful(judgement: Judgement) -> str:
    return (
        f"{judgement.why}; but others that are one with them have other ids"
        if judgement.verdict is Verdict.SAME
        else judgement.why
    )


def _rank(group: Found) -> tuple[int, Sequence[Origin], str]:
    best = max(group.copies, key=richness)
    return -richness(best), best.origin, best.title
