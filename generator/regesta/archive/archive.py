"""The archive: all papers in one order, and indexes by tag, date, collection, organization, author, venue."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from regesta.archive.publication import dated_by_proceedings, proceedings
from regesta.archive.who_is_who import Register
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
    """All papers, and all indexes of them. Every index lists its papers `in_order`.

    Attributes:
        papers: all papers, in order.
        by_id: all papers by their ids.
        taxonomy: the curator's entry for each tag, by the tag.
        collections: the curator's file for each collection, by its name.
        register: tells which person each author is.
        tags, collected, organizations, authors, venues: papers by tag, by collection, and by name.
        collections_of: the names of the collections that list each paper, by its id.
        listings: each collection's papers in its own order, with its entry for each; a paper may have two.
        proceedings: the proceedings in which each paper was published, with its entry there, by its id.
        years, months, days, weeks: papers by `2025`, `2025-06`, `2025-06-02` and `2025-W23`, as far as known.
        added: papers by the day on which they entered the archive.
        undated: papers without any date.
        searches: the papers that match each of the curator's saved searches, by its name.
    """

    papers: tuple[Paper, ...]
    by_id: dict[str, Paper]
    taxonomy: dict[str, Tag]
    collections: dict[str, Collection]
    register: Register
    collections_of: dict[str, tuple[str, ...]]
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
        """The newest day in the content, which counts as today instead of the clock's; "" if none."""
        days = (day for p in self.papers for day in (p.added, p.featured, p.updated, p.register_day))
        return max(days, default="")

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id; None if there is no such paper."""
        return self.by_id.get(paper_id)

    def tag(self, name: str) -> Tag:
        """Return a tag's entry in the taxonomy, or one with the name alone."""
        return self.taxonomy.get(name) or Tag(name, name.replace("-", " "))

    def collection(self, name: str) -> Collection:
        """Return the curator's file for a collection, or one with the name alone."""
        return self.collections.get(name) or Collection(name, name)

    def label(self, tag: str) -> str:
        """Return a tag's name for readers."""
        return self.tag(tag).label

    def neighbours(self, tag: str, most: int) -> list[tuple[str, int]]:
        """Return the tags most often combined with a tag, with the number of papers that have both."""
        counts = Counter(other for paper in self.tags[tag] for other in paper.tags if other != tag)
        return sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:most]


def make_archive(
    papers: Iterable[Paper],
    taxonomy: dict[str, Tag],
    collections: dict[str, Collection],
    people: Iterable[Person] = (),
) -> Archive:
    """Return the archive of some papers; each step is linear in the number of papers.

    Args:
        papers: all papers.
        taxonomy: the curator's entry for each tag.
        collections: the curator's file for each collection.
        people: the curator's entries for authors.
    """
    renamed = [*_with_present_tags(papers, taxonomy)]
    standings = proceedings(collections, _listings(renamed, collections))
    ordered = in_order(dated_by_proceedings(paper, standings.get(paper.id)) for paper in renamed)
    register = Register(people, (author for paper in ordered for author in paper.authors))
    listings = _listings(ordered, collections)
    # A venue that is a collection gets no page of its own: the collection's says more.
    titles = {collections[name].title for name in listings if name in collections}
    index = partial(_index, ordered)
    return Archive(
        papers=ordered,
        by_id={paper.id: paper for paper in ordered},
        taxonomy=taxonomy,
        collections=collections,
        register=register,
        collections_of=_collections_of(listings),
        listings=listings,
        proceedings=standings,
        tags=index(lambda p: p.tags),
        collected={name: _each_once(pairs) for name, pairs in listings.items()},
        organizations=index(lambda p: [p.organization.name] if p.organization else []),
        authors=index(lambda p: dict.fromkeys(map(register.label, p.authors))),
        venues=index(lambda p: {_venue(p, standings.get(p.id))} - titles),
        years=index(lambda p: [p.date[:YEAR]]),
        months=index(lambda p: [p.date[:MONTH]] if len(p.date) >= MONTH else []),
        days=index(lambda p: [p.date] if len(p.date) == DAY else []),
        weeks=index(lambda p: [week(p.date)] if len(p.date) == DAY else []),
        added=index(lambda p: [p.added]),
        undated=tuple(p for p in ordered if not p.date),
    )


def _with_present_tags(papers: Iterable[Paper], taxonomy: Mapping[str, Tag]) -> Iterable[Paper]:
    """Return papers with the present names of their tags, where they have old ones."""
    names = {alias: tag.tag for tag in taxonomy.values() for alias in tag.aliases}
    for paper in papers:
        if names.keys().isdisjoint(paper.tags):
            yield paper
        else:
            yield replace(paper, tags=tuple(dict.fromkeys(names.get(tag, tag) for tag in paper.tags)))


def _index(papers: Sequence[Paper], names: Callable[[Paper], Iterable[str]]) -> Index:
    """Return papers by their names, in the order of the names; empty names are left out."""
    index = defaultdict(list)
    for paper in papers:
        for name in names(paper):
            if name:
                index[name].append(paper)
    return {name: tuple(index[name]) for name in sorted(index)}


def _listings(papers: Sequence[Paper], collections: dict[str, Collection]) -> Listings:
    """Return each collection's papers: first those that it lists, in its order, then those that name it."""
    by_id = {name: paper for paper in papers for name in (*paper.aliases, paper.id)}
    naming = _index(papers, lambda p: p.collections)
    listings: Listings = {}
    for name in sorted({*collections, *naming}):
        entries = collections[name].papers if name in collections else ()
        listed = [(by_id[entry.id], entry) for entry in entries if entry.id in by_id]
        ids = {paper.id for paper, _ in listed}
        others = [(paper, Listed(paper.id)) for paper in naming.get(name, ()) if paper.id not in ids]
        listings[name] = (*listed, *others)
    return listings


def _each_once(pairs: Iterable[tuple[Paper, Listed]]) -> tuple[Paper, ...]:
    """Return the papers of a listing, which may list one twice."""
    return tuple({paper.id: paper for paper, _ in pairs}.values())


def _collections_of(listings: Listings) -> dict[str, tuple[str, ...]]:
    """Return the names of the collections that list each paper, by its id."""
    names: defaultdict[str, list[str]] = defaultdict(list)
    for name, pairs in listings.items():
        for paper in _each_once(pairs):
            names[paper.id].append(name)
    return {paper_id: tuple(own) for paper_id, own in names.items()}


def _venue(paper: Paper, standing: Standing | None) -> str:
    return paper.venue or (standing[0].venue if standing else "")
