"""The kinds of files to take away: what they are called, and how the texts of papers become one file."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.page import Link

if TYPE_CHECKING:
    from collections.abc import Iterable


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
