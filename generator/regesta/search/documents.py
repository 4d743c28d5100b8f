"""What search knows of a paper: what is looked for, what a result shows, and where it stands among the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.search.searchable import Searchable

#: The fields of the index; elsewhere a field is a position in this list.
FIELDS = ("title", "abstract", "authors", "organization", "tags", "venue", "year")
ABSTRACT = FIELDS.index("abstract")


class SearchDocument(NamedTuple):
    """What search knows of one paper.

    Attributes:
        id: the paper's.
        date: under which the archive lists it, as precise as known; "" for none.
        text: what is looked for, in plain text.
        shown: what a result shows: title, year ("[2025]" if it was worked out), day ("2 June"), people, tags, status, beginning of the abstract.
    """

    id: str
    date: str
    text: Searchable
    shown: tuple[str | tuple[str, ...], ...]

    @property
    def items(self) -> tuple[tuple[str, ...], ...]:
        """For each of FIELDS, the texts that stand in it; no phrase runs from one into the next."""
        text = self.text
        return (
            (text.title,),
            (text.abstract,),
            text.authors,
            text.organization,
            text.tags,
            text.venue,
            (text.year,),
        )


def numbered(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Return documents in the order of their numbers: the undated, then from the oldest to the newest.

    New papers mostly are the newest, and take the next numbers. Of two equal results, the higher number goes first: the newer paper,
    then the one whose id is first by alphabet.
    """
    by_key = {(document.date, document.id): document for document in documents}
    return [by_key[key] for key in numbered_keys(by_key)]


def numbered_keys(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return dates and ids of papers in the order of their numbers."""
    return sorted(sorted(keys, key=lambda key: key[1], reverse=True), key=lambda key: key[0])
