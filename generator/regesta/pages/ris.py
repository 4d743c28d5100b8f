"""Citations in RIS, which reference managers read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.text.formulas import plain
from regesta.text.references import first_and_last
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.archive.publication import Publication
    from regesta.content.paper import Paper
    from regesta.pages.reference import Reference
    from regesta.pages.site import Site
    from regesta.text.names import Name

    Fields = Iterator[tuple[str, str]]

#: What RIS calls BibTeX's entry types; all others are `GEN`.
_TYPES = {
    "article": "JOUR", "inproceedings": "CONF", "incollection": "CHAP", "inbook": "CHAP", "book": "BOOK", "proceedings": "BOOK",
    "booklet": "PAMP", "phdthesis": "THES", "mastersthesis": "THES", "thesis": "THES", "techreport": "RPRT", "unpublished": "UNPB",
}  # fmt: skip
#: What a thesis is, in the words by which reference managers tell its kinds.
THESES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}


def ris(paper: Paper, site: Site) -> str:
    """Return a reference in RIS, from `TY` to `ER`; lines end as in Python, and files have CRLF.

    Each value stands on one line, so that none can begin another field.
    """
    values = ((tag, one_line(value)) for tag, value in _fields(site.reference(paper), site) if value)
    return "\n".join([*(f"{tag}  - {value}" for tag, value in values), "ER  - "])


def _fields(cited: Reference, site: Site) -> Fields:
    publication = cited.publication
    yield "TY", _TYPES.get(publication.kind, "GEN")
    yield "ID", cited.key
    yield "TI", plain(cited.title)
    yield from (("AU", _person(name)) for name in cited.authors)
    yield from (("A2", _person(name)) for name in cited.editors)
    yield "PY", cited.published[:4]
    yield "DA", _date(cited.published)
    yield from _where(publication)
    yield "DO", cited.doi
    yield "UR", cited.address
    yield "LA", cited.language
    yield from (("KW", word) for word in cited.keywords)
    yield from (("N1", note) for note in cited.notes)
    yield "N1", site.t("authors_n", n=cited.authors_count) if cited.authors_count else ""


def _where(publication: Publication) -> Fields:
    """Yield where a paper was published."""
    first, last = first_and_last(publication.pages)
    yield "T2", publication.container or ("" if publication.school else publication.venue)
    yield "T3", publication.series
    yield "VL", publication.volume
    yield "IS", publication.number
    yield "SP", first or publication.pages
    yield "EP", last
    yield "PB", publication.school or publication.publisher
    yield "CY", publication.place
    yield "SN", publication.isbn
    yield "M3", THESES.get(publication.kind, "")


def _person(name: Name) -> str:
    """Return a name as `Family, Given`, or the whole; there is no other comma, at which RIS splits."""
    family, given = (part.replace(",", "") for part in name)
    return f"{family}, {given}" if given else family


def _date(date: str) -> str:
    """Return a date with a month as `2025/06/02/` or `2025/06//`; "" for a year, which stands alone."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    return f"{year}/{month}/{day}/" if month else ""
