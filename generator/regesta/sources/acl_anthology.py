"""The XML of the ACL Anthology: a file holds volumes, and a volume holds papers.

A volume becomes a collection named after it (`2022.acl-long`, `p18-1`), with the data of the book in its `meta`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.content.collections import Collection
from regesta.content.paper import Paper
from regesta.content.schema import is_name
from regesta.sources.common import values
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.text.bounds import limited
from regesta.text.dates import date_of
from regesta.text.identifiers import links_of
from regesta.text.languages import language_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.references import page_range
from regesta.text.strings import one_line, slug
from regesta.text.xml_json import DocumentError, read_elements

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from regesta.content.paper import Author

_SITE = "https://aclanthology.org/"
_ROOT = re.compile(r"<collection\s+id=[\"'][\w.-]+[\"']\s*>")
_READ = frozenset(
    "title author editor pages abstract url bibkey doi award retracted removed issue journal pwccode".split()
)
_WORKSHOPS = "ws"  # stands for many venues
_STATUSES = (("retracted", "retracted"), ("removed", "withdrawn"))


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins like the Anthology's XML."""
    return bool(_ROOT.search(dump.head))


def read(dump: Dump) -> Reading:
    """Return the papers of all volumes, and the volumes as collections; front matter is not a paper."""
    reading = Reading()
    try:
        root, papers = read_elements(dump.text, "paper")
    except DocumentError as error:
        reading.problems.append(dump.problem(error.line, str(error), "fetch it again"))
        return reading
    if not papers:
        reading.problems.append(dump.problem(1, *values.NO_PAPER))
    reading.leave_out(element.tag for element in root.iter() if element.tag in ("frontmatter", "event"))
    found = limited((1, element) for element in root.findall("volume"))
    volumes = {element: _Volume(root, element) for _, element in found}
    reading.collections += [volume.collection for volume in volumes.values() if volume.collection.name]
    homes = {paper: volume for element, volume in volumes.items() for paper in element.iter("paper")}
    outside = _Volume(root, root.makeelement("volume", {}))
    for line, element in papers:
        paper = _paper(dump, line, element, homes.get(element, outside))
        if paper.title:
            reading.papers.append(paper)
            places = _READ | {"language"} if paper.language else _READ
            reading.leave_out({child.tag.lower() for child in element if child.tag not in places})
        else:
            reading.problems.append(dump.problem(line, *values.NO_TITLE))
    return reading


class _Volume:
    """A volume: what it says about itself holds for its papers, too."""

    def __init__(self, root: Element, element: Element) -> None:
        meta = element.find("meta")
        self.meta = root.makeelement("meta", {}) if meta is None else meta
        self.is_journal = element.get("type") == "journal"
        self.booktitle = title_text(_mixed(self.meta, "booktitle"))
        self.collection = self._collection(
            f"{root.get('id', '')}-{element.get('id', '')}" if element.get("id") else ""
        )

    def _collection(self, full_id: str) -> Collection:
        return Collection(
            name=_name(full_id),
            title=self.booktitle or full_id,
            venue=self._venue(),
            editors=_people(self.meta, "editor"),
            publisher=self.line("publisher"),
            place=self.line("address"),
            volume=self.line("journal-volume"),
            isbn=self.line("isbn"),
            published=date_of(self.line("year"), self.line("month")),
            links=links_of(self.line("doi")),
        )

    def _venue(self) -> str:
        """Return the short name of the meeting, such as `ACL 2022`; "" unless the volume has exactly one."""
        venues, year = [one_line(venue.text or "") for venue in self.meta.findall("venue")], self.line("year")
        is_certain = len(venues) == 1 and venues[0].isalpha() and venues[0] != _WORKSHOPS and year
        return f"{venues[0].upper()} {year}" if is_certain and not self.is_journal else ""

    def line(self, name: str) -> str:
        """Return the text of an element of the volume's `meta`."""
        return _line(self.meta, name)


def _name(full_id: str) -> str:
    """Return an id of the Anthology as the name of a collection."""
    return full_id.lower() if is_name(full_id.lower()) else slug(full_id)


def _paper(dump: Dump, line: int, element: Element, volume: _Volume) -> Paper:
    book = volume.collection
    journal = _line(element, "journal") or volume.line("journal-title")
    return Paper(
        title=title_text(_mixed(element, "title")),
        abstract=abstract_markdown(_mixed(element, "abstract")),
        authors=_people(element, "author"),
        type="article" if volume.is_journal else "inproceedings",
        venue=(journal if volume.is_journal else book.venue) or volume.booktitle,
        volume=book.volume if volume.is_journal else "",
        number=(_line(element, "issue") or volume.line("journal-issue")) if volume.is_journal else "",
        publisher=book.publisher,
        published=book.published,
        pages=page_range(_line(element, "pages")),
        award=", ".join(one_line("".join(award.itertext())) for award in element.findall("award")),
        status=next((status for name, status in _STATUSES if element.find(name) is not None), ""),
        collections=(book.name,) if book.name else (),
        links=_links(element),
        citekey=_line(element, "bibkey"),
        language=language_of(_line(element, "language")),
        origin=dump.origin(line),
    )


def _links(element: Element) -> dict[str, str]:
    """Return a paper's links; an address that is only an id leads to the Anthology."""
    url, code = _line(element, "url"), element.find("pwccode")
    local = [("page", f"{_SITE}{url}"), ("pdf", f"{_SITE}{url}.pdf")]
    whole = [("pdf" if url.endswith(".pdf") else "page", url)]
    pairs = (whole if "://" in url else local) if url else []
    return links_of(_line(element, "doi")) | values.links(
        [*pairs, ("code", code.get("url") if code is not None else "")]
    )


def _people(element: Element, role: str) -> tuple[Author, ...]:
    return tuple(author for each in element.findall(role) if (author := _author(each)))


def _author(element: Element) -> Author | None:
    found = person(
        _line(element, "first"),
        _line(element, "last"),
        orcid_id=element.get("orcid") or _line(element, "orcid"),
    )
    return found._replace(id=one_line(element.get("id", ""))) if found and element.get("id") else found


def _line(element: Element, name: str) -> str:
    return one_line(element.findtext(name) or "")


def _mixed(element: Element, name: str) -> str:
    """Return the text of an element with markup: formulas between dollar signs, the rest as plain text."""
    child = element.find(name)
    if child is None:
        return ""
    for formula in child.iter("tex-math"):
        tex = one_line("".join(formula.itertext()))
        del formula[:]  # a formula within a formula is part of it
        formula.text = f"${tex}$" if tex else ""
    return "".join(child.itertext())
