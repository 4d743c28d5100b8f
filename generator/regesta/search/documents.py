"""A paper as the index holds it: its searchable text, what a result shows, and its number."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.search.searchable import Searchable

#: The fields of the index; elsewhere a field is a position in this list.
FIELDS = ("title", "abstract", "authors", "organization", "tags", "venue", "year")
ABSTRACT = FIELDS.index("abstract")

#: After one paper in so many, the next number is a multiple of the other; a multiple of the size of a shard.
_RUN, GROUP = 256, 64


class SearchDocument(NamedTuple):
    """A paper as the index holds it.

    Attributes:
        id: of the paper.
        date: the date under which the archive lists it, as precise as known; "" if unknown.
        text: its searchable text.
        shown: what a result shows: title, year ("[2025]" if inferred), day ("2 June"), people, tags, status,
            and the beginning of the abstract.
    """

    id: str
    date: str
    text: Searchable
    shown: tuple[str | tuple[str, ...], ...]

    @property
    def items(self) -> tuple[tuple[str, ...], ...]:
        """The texts in each of FIELDS; no phrase runs from one text into the next."""
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
    """Return documents in the order of their numbers: the undated first, then from the oldest to the newest.

    So a new paper, which mostly is the newest, takes the next number. Of two equal results, the one with the
    higher number comes first: the newer paper or, on one date, the one whose id comes first in the alphabet.
    """
    by_key = {(document.date, document.id): document for document in documents}
    return [by_key[key] for key in numbered_keys(by_key)]


def numbered_keys(keys: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return pairs of date and id in the order of the papers' numbers."""
    return sorted(sorted(keys, key=lambda key: key[1], reverse=True), key=lambda key: key[0])


def numbers(ids: Iterable[str]) -> list[int]:
    """Return the numbers of papers, whose ids are given in order: they grow, and some are left out.

    After a paper that a hash of its id chooses, the numbers up to the next multiple of `GROUP` are left out.
    So a paper more or less mostly changes the numbers up to there, and not those of all later papers. One
    number in nine is left out, for which a query fetches some 1.5 % more bytes.
    """
    found, number = list[int](), 0
    for paper_id in ids:
        found.append(number)
        number += 1
        if crc32(paper_id.encode()) % _RUN == 0:
            number += -number % GROUP
    return found


def runs(found: Sequence[int]) -> list[int]:
    """Return how many numbers follow one another each time, before some are left out."""
    starts = [place for place, number in enumerate(found) if not place or number != found[place - 1] + 1]
    return [end - start for start, end in pairwise([*starts, len(found)])]
