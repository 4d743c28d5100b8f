"""Recognize entries: which are copies of each other, which the archive has, and which it may have."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from regesta.importing.grouping import EntryGroup, grouped
from regesta.importing.likeness import features, judge, text_hash

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.content.imports_lock import ImportMemory
    from regesta.content.paper import Origin, Paper
    from regesta.importing.known_papers import KnownPapers


def text_name(paper: Paper) -> str:
    """Return the name under which the import remembers the text of a record."""
    return f"text:{text_hash(paper)}"


def names_of(paper: Paper) -> set[str]:
    """Return the names under which the import remembers a paper: its ids, its title and its text."""
    known = features(paper)
    ids = {f"{kind}:{value}" for kind, value in (("arxiv", known.arxiv), ("doi", known.doi)) if value}
    return ids | {f"title:{key}" for key in known.titles} | {text_name(paper)}


def recognize(
    entries: Iterable[Paper],
    papers: KnownPapers,
    memories: Mapping[str, ImportMemory],
    settled: Mapping[str, str] | None = None,
) -> list[EntryGroup]:
    """Return the entries in groups, one for each paper. The order of the entries does not matter.

    Args:
        entries: what was read.
        papers: the archive's.
        memories: what earlier imports remember, by id, also of papers whose files are gone.
        settled: what people decided about entries, by `text_hash`: the id of its paper, "" for a new one.
    """
    settled = settled or {}
    homes = _Homes(papers, memories)
    known: dict[str, list[Paper]] = defaultdict(list)
    strangers: dict[str, list[Paper]] = defaultdict(list)
    in_order = sorted(
        ((paper.origin, text_hash(paper), paper) for paper in entries), key=lambda entry: entry[:2]
    )
    for _, text, paper in in_order:
        home = settled.get(text) or homes.of(paper, text)
        (known[home] if home else strangers[text]).append(paper)
    found = {home: EntryGroup(copies, home) for home, copies in known.items()}
    new = [EntryGroup(strangers.pop(text)) for text in sorted(strangers.keys() & settled.keys())]
    for group in grouped(strangers.values(), papers, memories, known.keys()):
        if group.home in found:
            found[group.home].copies += group.copies
        elif group.home:
            found[group.home] = group
        else:
            new.append(_unless_gone(group, homes))
    return [*found.values(), *map(_without_chains, new)]


def _unless_gone(group: EntryGroup, homes: _Homes) -> EntryGroup:
    """Return a new group; if a person deleted a paper with its title, it is marked as perhaps that paper."""
    gone = next(filter(None, map(homes.once_titled, group.copies)), "")
    if gone and group.like is None:
        group.like, group.why = gone, "titles equal, and that paper was deleted"
    return group


def _without_chains(group: EntryGroup) -> EntryGroup:
    """Return a new group; if it may be the same as another group that waits, both wait for the same paper."""
    if isinstance(group.like, EntryGroup) and group.like.like:
        group.like, group.why = group.like.like, f"{group.why}, with another entry that may be that paper"
    return group


class _Homes:
    """Finds the paper of the archive that an entry surely is: made of it by a person, or known already."""

    def __init__(self, papers: KnownPapers, memories: Mapping[str, ImportMemory]) -> None:
        self._memories, self._papers = memories, papers
        self._texts = {
            name: paper_id
            for paper_id, memory in memories.items()
            for name in memory.keys
            if name.startswith("text:")
        }
        self._places: dict[Origin, str] = {}
        if by_hand := papers.keys() - memories.keys():
            self._texts |= {f"text:{one.text}": one.id for one in papers.traits() if one.id in by_hand}
            homes = (paper_id for paper_id in papers.with_field("origin") if paper_id in by_hand)
            self._places = {place: home for home in homes for place in papers[home].origin}
        self._gone = {
            name: paper_id
            for paper_id, memory in memories.items()
            if paper_id not in papers
            for name in memory.keys
            if not name.startswith("text:")
        }

    def of(self, paper: Paper, text: str) -> str:
        """Return the id of the paper that an entry is, "" if that is not sure; text is its `text_hash`."""
        return self._split(paper) or self._texts.get(f"text:{text}") or self._once(paper)

    def _split(self, paper: Paper) -> str:
        """Return the id of a paper that a person made of an entry: same origin, similar text."""
        home = self._places.get(paper.origin[0]) if paper.origin else None
        return home if home and judge(features(paper), features(self._papers[home])).verdict else ""

    def _once(self, paper: Paper) -> str:
        """Return the id of a deleted paper that has the entry's arXiv id, DOI or text."""
        names = (
            sorted(name for name in names_of(paper) if not name.startswith("title:")) if self._gone else ()
        )
        return next((self._gone[name] for name in names if name in self._gone), "")

    def once_titled(self, paper: Paper) -> str:
        """Return the id of a deleted paper that has the entry's title, and no other arXiv id or DOI."""
        homes = (self._gone.get(name, "") for name in names_of(paper) if name.startswith("title:"))
        return next((home for home in homes if home and self._agree(paper, home)), "")

    def _agree(self, paper: Paper, home: str) -> bool:
        ids = {name.partition(":")[0]: name for name in names_of(paper)}
        others = {name.partition(":")[0]: name for name in self._memories[home].keys}
        return all(ids[kind] == others[kind] for kind in ("arxiv", "doi") if kind in ids and kind in others)
