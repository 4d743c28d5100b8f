"""The `Reference`: what a citation of a paper says, whatever its format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.who_is_who import written
from regesta.text.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.archive.archive import Archive
    from regesta.archive.publication import Publication
    from regesta.content.paper import Paper
    from regesta.pages.catalogue import Catalogue
    from regesta.text.names import Name

_ABSTRACT = pattern(r"arxiv\.org/abs/([\w.-]+(?:/\d+)?)")


class Reference(NamedTuple):
    """What a citation says; what is unknown is empty. The abstract is no part of it.

    Attributes:
        key: the paper's name in bibliographies, which no other paper of the archive has.
        title: as in the paper, with `$TeX$`.
        authors, editors: their family and given names.
        authors_count: how many authors there are, if some are not named; else 0.
        publication: how it was published.
        published: the date, as precisely as known.
        notes: what whoever cites the paper should know: its status, and whether its year was inferred.
        doi, arxiv: its ids, not as addresses; that of arXiv with the version, if one is given.
        address: where it is published, as `Site.cited_address` tells it.
        language: BCP 47.
        keywords: the labels of its tags, then the keywords from its source.
    """

    key: str
    title: str
    authors: tuple[Name, ...]
    editors: tuple[Name, ...]
    authors_count: int
    publication: Publication
    published: str
    notes: tuple[str, ...]
    doi: str
    arxiv: str
    address: str
    language: str
    keywords: tuple[str, ...]


def reference(
    paper: Paper,
    archive: Archive,
    t: Catalogue,
    known: tuple[Publication, Mapping[str, str], Iterable[str]],
    address: str,
) -> Reference:
    """Return what citations of a paper say.

    Args:
        paper: one of the archive.
        archive: tells its key, and who its authors are.
        t: the catalogue of UI strings.
        known: how it was published, its links, and its keywords.
        address: where it is published.
    """
    (publication, links, keywords), count = known, paper.authors_count or 0
    found = _ABSTRACT.search(links.get("arxiv", ""))
    return Reference(
        key=archive.citekey(paper),
        title=paper.title,
        authors=tuple(map(archive.register.written, paper.authors)),
        editors=tuple(map(written, publication.editors)),
        authors_count=count if count > len(paper.authors) else 0,
        publication=publication,
        published=paper.published,
        notes=tuple(_notes(paper, t)),
        doi=paper.links.get("doi", "").partition("doi.org/")[2],
        arxiv=found[1] if found else "",
        address=address,
        language=paper.language,
        keywords=tuple(keywords),
    )


def _notes(paper: Paper, t: Catalogue) -> list[str]:
    inferred = t("inferred_year") if "published" in paper.inferred else ""
    return [note for note in (t(paper.status) if paper.status else "", inferred) if note]
