"""What search knows of a paper: the texts in which words are looked for, and the names by which papers are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.search.query import PaperTerms, strangers
from regesta.text.mathml import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.archive.archive import Archive
    from regesta.content.paper import Author, Paper
    from regesta.search.query import Mistake


_ARXIV = re.compile(r"\d{4}\.\d{4,5}")


@dataclass(frozen=True, slots=True)
class Searchable:
    """The searchable text of one paper, all of it plain; no phrase runs from one item of a tuple to the next.

    Attributes:
        title, abstract: as readers see them.
        authors: their names as the paper has them, then those of the archive where these differ.
        organization: its name and its id.
        tags: their labels, then the keywords.
        venue: where it was published, then its identifiers there (arXiv, DOI) as people paste them.
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
        """Return the items of the text of a name (`title`, `authors` …)."""
        value: str | tuple[str, ...] = getattr(self, text)
        return (value,) if isinstance(value, str) else value

    def terms(self) -> PaperTerms:
        """Return the paper as queries see it."""
        return PaperTerms(self.items, self.names)


def searchable(archive: Archive, paper: Paper, abstract: str, files: Iterable[str] = ()) -> Searchable:
    """Return what search knows of a paper.

    Args:
        archive: knows its tags, its authors, its collections and its proceedings.
        paper: one of the archive's.
        abstract: as plain text.
        files: what lies beside its page (`pdf`, `slides`).
    """
    organization, there = paper.organization, archive.proceedings.get(paper.id)
    venue, year = paper.venue or (there[0].venue if there else ""), paper.date[:4]
    known = {"abstract": abstract, "date": paper.date, "authors": paper.authors, "tags": paper.tags}
    has = {*(name for name, value in known.items() if value), *map(_kind, paper.links), *filter(None, files)}
    names = [
        *(f"tag/{tag}" for tag in paper.tags),
        *(f"collection/{name}" for name in archive.collections_of.get(paper.id, ())),
    ]
    names += [*(f"has/{kind}" for kind in has), *([f"year/{year}"] if year else [])]
    return Searchable(
        title=plain(paper.title),
        abstract=abstract,
        authors=_names(archive, paper.authors),
        organization=tuple(filter(None, (organization.name, organization.id))) if organization else (),
        tags=(*map(archive.label, paper.tags), *paper.keywords),
        venue=tuple(filter(None, (venue, *_identifiers(paper)))),
        year=year,
        names=tuple(sorted(names)),
    )


def known_names(archive: Archive) -> frozenset[str]:
    """Return the names that papers of the archive have, but for what any could have (`has/abstract`)."""
    has = {_kind(kind) for paper in archive.papers for kind in paper.links}
    shelves = {name for names in archive.collections_of.values() for name in names}
    return frozenset(
        (
            *(f"tag/{tag}" for tag in archive.tags),
            *(f"collection/{name}" for name in shelves),
            *(f"has/{kind}" for kind in has),
        )
    )


def strange_names(archive: Archive, names: Iterable[str], query: str) -> list[Mistake]:
    """Return what a query names and the archive does not have; a tag or a collection that has no papers yet is none the less known.

    Args:
        archive: all papers.
        names: those that papers have, its `known_names`.
        query: what is asked.
    """
    known = (
        *names,
        *(f"tag/{tag}" for tag in archive.taxonomy),
        *(f"collection/{name}" for name in archive.collected),
    )
    renamed = {f"tag/{alias}": f"tag/{tag.tag}" for tag in archive.taxonomy.values() for alias in tag.aliases}
    return strangers(
        query, known, renamed, lambda: (searchable(archive, paper, "").terms() for paper in archive.papers)
    )


def _names(archive: Archive, authors: Iterable[Author]) -> tuple[str, ...]:
    """Return the names of some authors, each once: as the paper has them, then as the archive calls those people."""
    register = archive.register
    written = [author.name for author in authors]
    return tuple(
        dict.fromkeys((*written, *(register.person(register.label(author)).name for author in authors)))
    )


def _identifiers(paper: Paper) -> list[str]:
    """Return a paper's arXiv number and DOI, each in its address, which holds it alone as well."""
    found = (
        [f"arXiv {paper.links['arxiv']}"]
        if "arxiv" in paper.links
        else [f"arXiv {paper.id}"]
        if _ARXIV.fullmatch(paper.id)
        else []
    )
    return [*found, *([paper.links["doi"]] if "doi" in paper.links else [])]


def _kind(kind: str) -> str:
    """Return what a link is: `code-2` is code, too."""
    name, _, number = kind.rpartition("-") if kind[-1:].isdigit() else ("", "", "")
    return name if name and number.isdigit() else kind
