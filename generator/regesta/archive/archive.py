"""The archive: all papers in one order, and the ways in to them (tag, date, collection, organization, author, venue)."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.archive.publication import dated, proceedings
from regesta.archive.register import Register
from regesta.content.collections import Collection, Listed
from regesta.content.taxonomy import Tag
from regesta.text.dates import DAY, MONTH, YEAR, week
from regesta.text.strings import ascii_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.publication import Standing
    from regesta.content.authors import Person
    from regesta.content.paper import Paper

Index = dict[str, "tuple[Paper, ...]"]
Listings = dict[str, "tuple[tuple[Paper, Listed], ...]"]


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
        register: tells which person each author is.
        tags, collected, organizations, authors, venues: papers by tag, collection and the names of the others.
        shelves: the names of the collections in which each paper stands, by its id.
        listings: the papers of each collection in its own order, with what is true of each there; one may stand there twice.
        proceedings: those in which each paper was published, by its id, with what is true of it there.
        years, months, days, weeks: papers by `2025`, `2025-06`, `2025-06-02` and `2025-W23` where known so precisely.
        added: papers by the day on which they entered the archive.
        undated: papers without any date.
        searches: papers that answer each of the curator's saved searches, by its name.
    """

    papers: tuple[Paper, ...]
    taxonomy: dict[str, Tag]
    collections: dict[str, Collection]
    register: Register
    shelves: dict[str, tuple[str, ...]]
    listings: Listings
    proceedings: dict[str, Standing]
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
    searches: Index = field(default_factory=dict)

    @property
    def newest_day(self) -> str:
        """The archive's today: the newest day in its content, whatever the clock says; "" if it holds none."""
        days = (
            date for p in self.papers for date in (p.added, p.featured, p.updated, p.register_day) if date
        )
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


def make_archive(
    papers: Iterable[Paper],
    taxonomy: dict[str, Tag],
    collections: dict[str, Collection],
    people: Iterable[Person] = (),
) -> Archive:
    """Sort papers into every index; each step is linear in the number of papers.

    Args:
        papers: all papers.
        taxonomy: what is known of tags.
        collections: what is known of collections.
        people: what the curator says of authors.
    """
    read = [*_renamed(papers, taxonomy)]
    there = proceedings(collections, _listings(read, collections))
    ordered = in_order(dated(paper, there.get(paper.id)) for paper in read)
    register = Register(people, (author for paper in ordered for author in paper.authors))
    listings = _listings(ordered, collections)
    books = {
        collections[name].title for name in listings if name in collections
    }  # whose pages say more than a venue's would

    def index(names: Callable[[Paper], Iterable[str]]) -> Index:
        return _index(ordered, names)

    return Archive(
        papers=ordered,
        taxonomy=taxonomy,
        collections=collections,
        register=register,
        shelves=_shelves(listings),
        listings=listings,
        proceedings=there,
        tags=index(lambda p: p.tags),
        collected={
            name: tuple({paper.id: paper for paper, _ in pairs}.values()) for name, pairs in listings.items()
        },
        organizations=index(lambda p: [p.organization.name] if p.organization else []),
        authors=index(lambda p: dict.fromkeys(map(register.label, p.authors))),
        venues=index(lambda p: {p.venue or (there[p.id][0].venue if p.id in there else "")} - books),
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


def _listings(papers: Sequence[Paper], collections: dict[str, Collection]) -> Listings:
    """Return the papers of each collection: those it lists, in its order, then those that name it."""
    by_id = {name: paper for paper in papers for name in (*paper.aliases, paper.id)}
    naming = _index(papers, lambda p: p.collections)
    found: Listings = {}
    for name in sorted({*collections, *naming}):
        entries = collections[name].papers if name in collections else ()
        listed = [(by_id[entry.id], entry) for entry in entries if entry.id in by_id]
        known = {paper.id for paper, _ in listed}
        found[name] = (
            *listed,
            *((paper, Listed(paper.id)) for paper in naming.get(name, ()) if paper.id not in known),
        )
    return found


def _shelves(listings: Listings) -> dict[str, tuple[str, ...]]:
    """Return the collections in which each paper stands, by its id; it may stand twice in one."""
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for name, pairs in listings.items():
        for paper, _ in pairs:
            found[paper.id][name] = None
    return {paper_id: tuple(names) for paper_id, names in found.items()}
