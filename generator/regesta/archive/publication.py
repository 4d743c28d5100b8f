"""How a paper was published: what its own file says and, where that is silent, the proceedings that list it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from regesta.content.collections import Collection, Listed
from regesta.text.references import page_range

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.content.paper import Author, Paper

    #: Proceedings, and what is true there of a paper.
    Standing = tuple[Collection, Listed]

#: BibTeX's kinds of publication; a paper of another type, or of none, gets one by what is known of it.
_KINDS = frozenset(
    "article book booklet inbook incollection inproceedings manual mastersthesis misc phdthesis proceedings techreport unpublished".split()
)
#: Kinds that can stand in proceedings, and those that name a journal or a book in which they stand.
_IN_PROCEEDINGS = ("", "inproceedings", "incollection", "inbook")
_IN_BOOK = ("inproceedings", "incollection", "inbook")
_NOTHING = Collection("", "")


@dataclass(frozen=True, slots=True)
class Publication:
    """How a paper was published; what is unknown is "".

    Attributes:
        kind: in BibTeX's words.
        journal, book: the title of the journal or of the book in which it stands.
        school: who awarded the degree, or published the report.
        venue: the short name of the journal or the meeting.
        editors, publisher, place, series, volume, number, isbn: of the book or the journal.
        session, pages, award: of the paper there.
    """

    kind: str
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
        """The title of what the paper stands in."""
        return self.journal or self.book


def proceedings(
    collections: Mapping[str, Collection], listings: Mapping[str, Sequence[tuple[Paper, Listed]]]
) -> dict[str, Standing]:
    """Return the proceedings in which each paper stands, by its id; the first by name, where several list it.

    Args:
        collections: what is known of each collection, by name.
        listings: the papers of each, with what is true of each there.
    """
    found: dict[str, Standing] = {}
    for name, pairs in listings.items():
        collection = collections.get(name, _NOTHING)
        for paper, listed in pairs if collection.is_proceedings else ():
            if paper.id not in found and _can_stand_in(paper, collection):
                found[paper.id] = (collection, listed)
    return found


def dated(paper: Paper, there: Standing | None) -> Paper:
    """Return a paper with the date of the proceedings in which it stands, if they know it more precisely than the paper's own file."""
    date = there[0].published if there else ""
    if not date.startswith(paper.published) or date == paper.published:
        return paper
    return replace(
        paper, published=date, inferred=tuple(name for name in paper.inferred if name != "published")
    )


def _can_stand_in(paper: Paper, collection: Collection) -> bool:
    """Tell whether a paper may have been published in proceedings that list it: it does not say that it was elsewhere."""
    venues = [text.casefold() for text in (collection.venue, collection.title)]
    elsewhere = paper.venue and collection.venue and paper.venue.casefold() not in venues
    is_unpublished = (
        _kind(paper.type) == "article" and not paper.venue
    )  # a preprint, as bibliographies call it
    return (_kind(paper.type) in _IN_PROCEEDINGS or is_unpublished) and not elsewhere


def _kind(text: str) -> str:
    """Return a kind of publication by BibTeX's word for it, "" for any other."""
    kind = {"conference": "inproceedings"}.get(text.lower(), text.lower())
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
        journal=title if kind == "article" else "",
        book=title if kind in _IN_BOOK else "",
        school=_school(paper) if kind in ("phdthesis", "mastersthesis", "techreport") else "",
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
    return (kind or "inproceedings") if paper.venue else "misc"


def _school(paper: Paper) -> str:
    return paper.organization.name if paper.organization else paper.publisher or paper.venue


def bare_key(citekey: str) -> str:
    """Return a key without characters that would end it in BibTeX."""
    return re.sub(r"[^\w:.+/-]", "", citekey)


def citekeys(papers: Sequence[Paper]) -> dict[str, str]:
    """Return what each paper is cited by, by its id: its citekey, or its id where there is none or another paper has it, too.

    Case makes no difference to what is one key.
    """
    wanted = {paper.id: bare_key(paper.citekey) for paper in papers}
    bearers = Counter(key.lower() for key in wanted.values())
    free = {
        name: key
        for name, key in wanted.items()
        if key and bearers[key.lower()] == 1 and (key.lower() not in wanted or key == name)
    }
    return {name: free.get(name, name) for name in wanted}
