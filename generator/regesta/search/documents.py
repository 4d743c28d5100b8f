"""A paper as the index holds it: its searchable text, what a result shows, and its number."""

from __future__ import annotations

import sys
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from regesta.search.searchable import with_initials

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.search.searchable import Searchable

#: Up to this many papers: after one in so many, the next number is a multiple of the other, which is one of a shard's size.
#: In a layer of n papers, an edit that changes the numbers up to there moves some `run`, and one in `group` moves n / 2.
_GAPS = ((2048, 32, 8), (sys.maxsize, 256, 64))


class SearchDocument(NamedTuple):
    """A paper as the index holds it.

    Attributes:
        id: of the paper.
        date: the date under which the archive lists it, as precise as known; "" if unknown.
        text: its searchable text.
        shown: what a result shows: title, year ("[2025]" if inferred), day ("2 Jun"), people, tags, status,
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
            with_initials(text.authors),
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


class Numbers:
    """Gives numbers to papers, in order: they grow, and some are left out.

    After a paper that a hash of its id chooses, the numbers up to the next multiple of `group` are left out.
    So a paper more or less mostly changes the numbers up to there, and not those of all later papers. One
    number in nine is left out, for which a query fetches some 1.5 % more bytes.

    Args:
        every: how many papers are to get one.

    Attributes:
        papers: how many have got one.
        group: see above.
    """

    def __init__(self, every: int) -> None:
        self._run, self.group = next((run, group) for most, run, group in _GAPS if every <= most)
        self.papers, self._next = 0, 0
        self._cuts: list[int] = []  # after how many papers numbers are left out

    def take(self, paper_id: str) -> int:
        """Return the number of the next paper."""
        number, self._next = self._next, self._next + 1
        self.papers += 1
        if crc32(paper_id.encode()) % self._run == 0 and self._next % self.group:
            self._next += -self._next % self.group
            self._cuts.append(self.papers)
        return number

    def runs(self) -> list[int]:
        """Return how many numbers follow one another each time, before some are left out."""
        return [end - start for start, end in pairwise([0, *self._cuts, self.papers]) if end > start]
