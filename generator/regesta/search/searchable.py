"""The searchable text of a paper, and its names: tags, collections, year, and what it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.publication import bare_key
from regesta.content.paper import link_kind
from regesta.search.conditions import PaperTerms
from regesta.search.query import name_mistakes
from regesta.text.formulas import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.archive import Archive
    from regesta.content.paper import Author, Paper
    from regesta.search.query import Mistake

_ARXIV = re.compile(r"\d{4}\.\d{4,5}")


class Searchable(NamedTuple):
    """The searchable text of one paper, as plain text; no phrase runs from one item of a tuple to the next.

    Attributes:
        title, abstract: as readers see them.
        authors: their names as in the paper, then as in the archive where these differ.
        organization: its name and its id.
        tags: their labels, then the keywords.
        venue: where it was published, by whom and in which volume, then its arXiv number, DOI and key as people paste them.
        year: four digits, "" if unknown.
        names: `tag/x`, `collection/x`, `year/2025`, `has/code` and the like, sorted.
    """

    title: str
    abstract: str
    authors: tuple[str, ...]
    organization: tuple[str, ...]
    tags: tuple[str, ...]
    venue: tuple[str, ...]
    year: str
    names: tuple[str, ...]

    def items(self, text: str) -> tuple[str, ...]:
        """Return the items of a text by its name (`title`, `authors` …)."""
        value: str | tuple[str, ...] = getattr(self, text)
        if text == "authors":
            return with_initials(self.authors)
        return (value,) if isinstance(value, str) else value

    def terms(self) -> PaperTerms:
        """Return the paper as queries see it."""
        return PaperTerms(self.items, self.names)


def with_initials(names: Iterable[str]) -> tuple[str, ...]:
    """Return names, each after its first letter as `initial_term` has it: `J. Smith` then finds John Smith, and no other Smith."""
    return tuple(
        [
            f"{name[0]}.initial {name}" if " " in name and name[0].upper() != name[0].lower() else name
            for name in names
        ]
    )


def searchable(archive: Archive, paper: Paper, abstract: str, files: Iterable[str] = ()) -> Searchable:
    """Return the searchable text of a paper.

    Args:
        archive: gives the labels of its tags, its authors' names, its collections and its proceedings.
        paper: one of the archive's papers.
        abstract: as plain text.
        files: the kinds of the files beside its page (`pdf`, `slides`).
    """
    organization, standing = paper.organization, archive.standing(paper)
    book = standing[0] if standing else None
    venue = paper.venue or (book.venue if book else "")
    publisher = paper.publisher or (book.publisher if book else "")
    volume = paper.volume or (book.volume if book else "")
    return Searchable(
        title=plain(paper.title),
        abstract=abstract,
        authors=_names(archive, paper.authors),
        organization=tuple(filter(None, (organization.name, organization.id))) if organization else (),
        tags=(*map(archive.label, paper.tags), *paper.keywords),
        venue=tuple(filter(None, (venue, publisher, volume and f"volume {volume}", *_identifiers(paper)))),
        year=paper.date[:4],
        names=tuple(sorted(_names_of(archive, paper, abstract, files))),
    )


def _names_of(archive: Archive, paper: Paper, abstract: str, files: Iterable[str]) -> Iterator[str]:
    """Yield the names of a paper: `tag/x`, `collection/x`, `year/2025`, `has/code`."""
    yield from (f"tag/{tag}" for tag in paper.tags)
    yield from (f"collection/{name}" for name in archive.collections_of(paper))
    if paper.date:
        yield f"year/{paper.date[:4]}"
    fields = {"abstract": abstract, "date": paper.date, "authors": paper.authors, "tags": paper.tags}
    filled = {name for name, value in fields.items() if value}
    yield from (f"has/{kind}" for kind in {*filled, *map(link_kind, paper.links), *filter(None, files)})


def known_names(archive: Archive) -> frozenset[str]:
    """Return the names that papers of the archive have, except those of fields and files (`has/abstract`)."""
    tags = {f"tag/{tag}" for tag in archive.tags}
    collections = {f"collection/{name}" for name, papers in archive.collected.items() if len(papers)}
    links = {f"has/{kind}" for kind in archive.kinds()}
    return frozenset(tags | collections | links)


def unknown_names(archive: Archive, names: Iterable[str], query: str) -> list[Mistake]:
    """Return a mistake for each unknown name in a query; tags and collections without papers are known, too.

    Args:
        archive: all papers.
        names: its `known_names`.
        query: as typed.
    """
    tags = {f"tag/{tag}" for tag in archive.taxonomy}
    collections = {f"collection/{name}" for name in archive.collected}
    renamed = {f"tag/{alias}": f"tag/{tag.tag}" for tag in archive.taxonomy.values() for alias in tag.aliases}

    def papers() -> Iterator[PaperTerms]:
        return (searchable(archive, paper, "").terms() for paper in archive.papers)

    return name_mistakes(query, [*names, *tags, *collections], renamed, papers)


def _names(archive: Archive, authors: Iterable[Author]) -> tuple[str, ...]:
    """Return the names of some authors, each once: as in the paper, then as in the archive."""
    register = archive.register
    written = [author.name for author in authors]
    registered = [register.person(register.label(author)).name for author in authors]
    return tuple(dict.fromkeys([*written, *registered]))


def _identifiers(paper: Paper) -> list[str]:
    """Return a paper's arXiv number and DOI, or their URLs, whose words include the identifier, and its key in bibliographies."""
    arxiv = paper.links.get("arxiv") or (paper.id if _ARXIV.fullmatch(paper.id) else "")
    doi = paper.links.get("doi", "")
    return [f"arXiv {arxiv}" if arxiv else "", doi, bare_key(paper.citekey)]
