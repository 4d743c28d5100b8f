"""The kinds of files to take away: what they are called, and how the texts of papers become one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.page import Link
from regesta.pages.site import tag_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.archive.lists import Index
    from regesta.pages.site import Site


class Kind(NamedTuple):
    """A kind of file.

    Attributes:
        label: its name for readers.
        column: of the rows that have the texts of papers.
        before, between, after: what stands around these texts.
        line_end: of each line.
    """

    label: str
    column: str
    before: str
    between: str
    after: str
    line_end: str = "\n"


#: By the ending of the file's name.
CITATIONS = {
    "bib": Kind("BibTeX", "bibtex", "", "\n\n", "\n"),
    "ris": Kind("RIS", "ris", "", "\n\n", "\n", "\r\n"),
    "csl.json": Kind("CSL-JSON", "csl", "[\n", ",\n", "\n]\n"),
}
RECORDS = {"jsonl": Kind("JSON Lines", "record", "", "\n", "\n")}
NAME = "papers"


def joined(kind: Kind, texts: Iterable[str]) -> bytes:
    """Return a file of some papers."""
    text = f"{kind.before}{kind.between.join(texts)}{kind.after}"
    return (text if kind.line_end == "\n" else text.replace("\n", kind.line_end)).encode()


def takeaways(address: str) -> list[Link]:
    """Return links to the bibliographies of the list whose page has an address."""
    return [Link(kind.label, f"{address}{NAME}.{ending}") for ending, kind in CITATIONS.items()]


def lists(site: Site, *, with_authors: bool = False) -> dict[str, Index]:
    """Return the lists that can be taken away, by their kind."""
    archive = site.archive
    found = {
        "tags": archive.tags,
        "collections": archive.collected,
        "searches": archive.searches,
        "organizations": archive.organizations,
        "venues": archive.venues,
    }
    return found | ({"authors": archive.authors} if with_authors else {})


def address_of_list(site: Site, kind: str, name: str) -> str:
    """Return the address of a list's page."""
    if kind == "tags":
        return tag_address(name)
    if kind in ("collections", "searches"):
        return f"/{kind}/{name}/"
    addresses: dict[str, str] = getattr(site, kind)
    return addresses[name]


def label_of_list(site: Site, kind: str, name: str) -> str:
    """Return what a list is called."""
    if kind == "tags":
        return site.archive.label(name)
    if kind == "collections":
        return site.archive.collection(name).title
    if kind == "searches":
        return next(search.title for search in site.config.searches if search.name == name)
    return name
