"""The archive: all papers in one order, and the ways in to them (tag, date, collection, organization, author, venue)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regesta.collection import Collection
from regesta.dates import DAY, MONTH, YEAR, week
from regesta.taxonomy import Tag
from regesta.text import ascii_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.paper import Paper

Index = dict[str, "tuple[Paper, ...]"]


def in_order(papers: Iterable[Paper]) -> tuple[Paper, ...]:
    """Return papers as every list shows them: the newest first, then the undated by title."""
    by_title = sorted(papers, key=lambda paper: (ascii_letters(paper.title), paper.id))
    dated = sorted((p for p in by_title if p.date), key=lambda paper: paper.date, reverse=True)
    return (*dated, *(p for p in by_title if not p.date))


@dataclass(frozen=True, slots=True)
class Archive:
    """All that the site is planned from. Every index lists its papers `in_order`.

    Attributes:
        papers: all papers, in order.
        taxonomy: what is known of each tag.
        collections: what is known of each collection.
        tags, collected, organizations, authors, venues: papers by tag, collection and the names of the others.
        years, months, days, weeks: papers by `2025`, `2025-06`, `2025-06-02` and `2025-W23` where known so precisely.
        added: papers by the day on which they entered the archive.
        undated: papers without any date.
    """

    papers: tuple[Paper, ...]
    taxonomy: dict[str, Tag]
    collections: dict[str, Collection]
    tags: Index
    collected: Index
    organizations: Index
    authors: Index
    venues: Index
    years: Index
    months: Index
    days: Index
    weeks: Index
    added: Index
    undated: tuple[Paper, ...]

    @property
    def newest_day(self) -> str:
        """The archive's today: the newest day in its content, whatever the clock says; "" if it holds none."""
        days = (date for p in self.papers for date in (p.added, p.featured, p.updated, p.register_day) if date)
        return max(days, default="")

    def tag(self, name: str) -> Tag:
        """Return what is known of a tag: its entry in the taxonomy, else its name alone."""
        return self.taxonomy.get(name) or Tag(name, name.replace("-", " "))

    def collection(self, name: str) -> Collection:
        """Return what is known of a collection: the curator's file, else its name alone."""
        return self.collections.get(name) or Collection(name, name)

    def label(self, tag: str) -> str:
        """Return a tag's name for readers."""
        return self.tag(tag).label

    def neighbours(self, tag: str, most: int) -> list[tuple[str, int]]:
        """Return the tags that most often stand beside a tag, with the number of papers that bear both."""
        counts = Counter(other for paper in self.tags[tag] for other in paper.tags if other != tag)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def make_archive(papers: Iterable[Paper], taxonomy: dict[str, Tag], collections: dict[str, Collection]) -> Archive:
    """Sort papers into every index; each step is linear in the number of papers."""
    ordered = in_order(_renamed(papers, taxonomy))

    def index(names: Callable[[Paper], Iterable[str]]) -> Index:
        return _index(ordered, names)

    return Archive(
        papers=ordered,
        taxonomy=taxonomy,
        collections=collections,
        tags=index(lambda p: p.tags),
        collected=_collected(ordered, collections),
        organizations=index(lambda p: [p.organization.name] if p.organization else []),
        authors=index(lambda p: [author.name for author in p.authors]),
        venues=index(lambda p: [p.venue]),
        years=index(lambda p: [p.date[:YEAR]]),
        months=index(lambda p: [p.date[:MONTH]] if len(p.date) >= MONTH else []),
        days=index(lambda p: [p.date] if len(p.date) == DAY else []),
        weeks=index(lambda p: [week(p.date)] if len(p.date) == DAY else []),
        added=index(lambda p: [p.added]),
        undated=tuple(p for p in ordered if not p.date),
    )


def _renamed(papers: Iterable[Paper], taxonomy: Mapping[str, Tag]) -> Iterable[Paper]:
    """Return papers with the present names of their tags."""
    names = {alias: tag.tag for tag in taxonomy.values() for alias in tag.aliases}
    for paper in papers:
        if names.keys().isdisjoint(paper.tags):
            yield paper
        else:
            yield replace(paper, tags=tuple(dict.fromkeys(names.get(tag, tag) for tag in paper.tags)))


def _index(papers: Sequence[Paper], names: Callable[[Paper], Iterable[str]]) -> Index:
    found = defaultdict(list)
    for paper in papers:
        for name in names(paper):
            if name:
                found[name].append(paper)
    return {name: tuple(found[name]) for name in sorted(found)}


def _collected(papers: Sequence[Paper], collections: dict[str, Collection]) -> Index:
    """Return the papers of each collection: those it lists, in its order, then those that name it."""
    by_id = {name: paper for paper in papers for name in (*paper.aliases, paper.id)}
    naming = _index(papers, lambda p: p.collections)
    found: Index = {}
    for name in sorted({*collections, *naming}):
        listed = [by_id[entry.id] for entry in (collections[name].papers if name in collections else ()) if entry.id in by_id]
        found[name] = tuple({paper.id: paper for paper in (*listed, *naming.get(name, ()))}.values())
    return found
