"""How a paper was published, by its own file and, for what that lacks, by the proceedings that list it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.collections import Collection, Listed
from regesta.text.references import page_range

if TYPE_CHECKING:
    from regesta.content.paper import Author, Paper

    #: The proceedings in which a paper was published, and its entry there.
    Standing = tuple[Collection, Listed]

#: BibTeX's entry types; a paper with another type, or without one, gets one by its other metadata.
_KINDS = frozenset(
    "article book booklet inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport thesis unpublished".split()
)
#: Other words for them.
_ALSO = {
    "conference": "inproceedings",
    "chapter": "incollection",
    "dissertation": "thesis",
    "report": "techreport",
}
_PREPRINT = ("preprint", "posted-content")
#: Servers of preprints, which bibliographies name as journals.
_PREPRINTS = re.compile(r"(?i)\w*rxiv\b|corr\Z|ssrn\b|research square\b|preprints?\b")
#: Types of papers that proceedings can contain, and types whose entry names the book.
_IN_PROCEEDINGS = ("", "inproceedings", "incollection", "inbook")
_IN_BOOK = ("inproceedings", "incollection", "inbook")
_NOTHING = Collection("", "")


class Publication(NamedTuple):
    """How a paper was published; what is unknown is "".

    Attributes:
        kind: BibTeX's entry type.
        is_preprint: whether it was published by a server of preprints only.
        journal, book: the title of the journal or the book that contains the paper.
        school: the institution that awarded the degree or published the report.
        venue: the short name of the journal or the meeting.
        editors, publisher, place, series, volume, number, isbn: of the book or the journal.
        session, pages, award: of the paper in it.
    """

    kind: str
    is_preprint: bool
    journal: str
    book: str
    school: str
    venue: str
    editors: tuple[Author, ...]
    publisher: str
    place: str
    series: str
    volume: str
    number: str
    isbn: str
    session: str
    pages: str
    award: str

    @property
    def container(self) -> str:
        """The title of the journal or the book that contains the paper."""
        return self.journal or self.book


def dated_by_proceedings(paper: Paper, standing: Standing | None) -> Paper:
    """Return a paper with the date of its proceedings, if that is the paper's own date but more precise."""
    date = standing[0].published if standing else ""
    if not date.startswith(paper.published) or date == paper.published:
        return paper
    inferred = tuple(name for name in paper.inferred if name != "published")
    return replace(paper, published=date, inferred=inferred)


def may_be_published_in(collection: Collection, paper: Paper) -> bool:
    """Tell whether proceedings that list a paper may have published it: its file does not contradict that."""
    kind, venues = _kind(paper.type), [text.casefold() for text in (collection.venue, collection.title)]
    is_elsewhere = paper.venue and collection.venue and paper.venue.casefold() not in venues
    is_preprint = kind == "article" and not paper.venue  # bibliographies call preprints articles
    return (kind in _IN_PROCEEDINGS or is_preprint) and not is_elsewhere


def _kind(text: str) -> str:
    """Return the BibTeX entry type that a text names, "" if it names none."""
    kind = _ALSO.get(text.lower(), text.lower())
    return kind if kind in _KINDS else ""


def publication(paper: Paper, there: Standing | None) -> Publication:
    """Return how a paper was published.

    Args:
        paper: what it says itself counts first.
        there: the proceedings in which it stands, and what is true of it there.
    """
    book, listed = there or (_NOTHING, Listed(paper.id))
    kind = _kind_of(paper, is_in_proceedings=there is not None)
    title = book.title or paper.venue
    return Publication(
        kind=kind,
        is_preprint=_is_preprint(paper, kind),
        journal=title if kind == "article" else "",
        book=title if kind in _IN_BOOK else "",
        school=_school(paper) if kind.endswith(("thesis", "report")) else "",
        venue=paper.venue or book.venue,
        editors=book.editors,
        publisher=paper.publisher or book.publisher,
        place=book.place,
        series=book.series,
        volume=paper.volume or book.volume,
        number=paper.number,
        isbn=book.isbn,
        session=paper.session or listed.session,
        pages=page_range(paper.pages or listed.pages),
        award=paper.award or listed.award,
    )


def _kind_of(paper: Paper, *, is_in_proceedings: bool) -> str:
    """Return the kind of a paper: what it says itself, unless that is nothing or `article`, which preprints are called, too."""
    kind = _kind(paper.type)
    if kind not in ("", "article"):
        return kind
    if is_in_proceedings:
        return "inproceedings"
    if not kind and _says_preprint(paper):
        return "misc"
    return (kind or "inproceedings") if paper.venue else "misc"


def _is_preprint(paper: Paper, kind: str) -> bool:
    if kind not in ("article", "misc", "unpublished"):
        return False
    return _says_preprint(paper) or (kind != "article" and "arxiv" in paper.links)


def _says_preprint(paper: Paper) -> bool:
    """Tell whether a paper says that it is a preprint, by its type or its venue."""
    return paper.type.lower() in _PREPRINT or bool(_PREPRINTS.match(paper.venue))


def _school(paper: Paper) -> str:
    return paper.organization.name if paper.organization else paper.publisher or paper.venue


def bare_key(citekey: str) -> str:
    """Return a citekey without the characters that would end it in BibTeX."""
    return re.sub(r"[^\w:.+/-]", "", citekey)
