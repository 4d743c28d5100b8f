"""The inverted index: for each term, the papers that have it, how often, and where in their texts."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from regesta.search.digits import digits, steps
from regesta.search.documents import FIELDS
from regesta.search.entry import length_digits
from regesta.search.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.search.entry import Entry


class Postings:
    """The papers that have a term in one field, as digits.

    Attributes:
        count: the number of papers.
        latest: the number of the last paper.
        papers: for each paper, a posting (`posting`).
        places: for each paper, the position of the first occurrence, then the steps to the others.
    """

    __slots__ = ("count", "latest", "papers", "places")

    def __init__(self) -> None:
        self.count, self.latest, self.papers, self.places = 0, 0, bytearray(), bytearray()


class Inverted:
    """The terms and names of some papers.

    Attributes:
        postings: for each field, the postings of each term.
        lengths: for each field, the number of terms in all papers together.
        names: for each name (`tag/x`, folded as in queries), its papers, as steps from one number to the next.
        pieces: in how many papers each piece of text is.
    """

    def __init__(self) -> None:
        self.postings = tuple(defaultdict[str, Postings](Postings) for _ in FIELDS)
        self.lengths = [0] * len(FIELDS)
        self.names = defaultdict[str, Postings](Postings)
        self.pieces = Counter[str]()

    def add(self, number: int, entry: Entry) -> None:
        """Add a paper; its number must be higher than those of all papers before."""
        for field, places in enumerate(entry.fields):
            self._post(number, field, places)
        for name in entry.names:
            posted = self.names[name]
            posted.papers += digits(number - posted.latest)
            posted.latest = number
            posted.count += 1
        self.pieces.update(entry.pieces)

    def _post(self, number: int, field: int, places: Mapping[str, Sequence[int]]) -> None:
        terms = sum(map(len, places.values()))
        self.lengths[field] += terms
        length, postings = length_digits(field, terms), self.postings[field]
        for term, own in places.items():
            posted = postings[term]
            step = number - posted.latest
            posted.latest = number
            posted.count += 1
            if len(own) == 1:  # as in most cases
                posted.papers += digits(2 * step) + length
                posted.places += digits(own[0])
            else:
                posted.papers += posting(step, len(own), length)
                posted.places += steps(own)

    def spelled(self) -> Counter[str]:
        """Return the words that may correct a misspelt one, with the number of pieces of papers that have each."""
        found = Counter[str]()
        for piece, papers in self.pieces.items():
            for word in spelled(piece):
                found[word] += papers
        return found


def posting(step: int, count: int, length: bytes) -> bytes:
    """Return a posting as digits.

    It is the step times two, plus one if the term occurs more than once; how often, if it does; and, except in
    abstracts, the number of terms in the field.

    Args:
        step: from the number of the previous paper; for the first one, from 0.
        count: how often the term occurs in the paper's field.
        length: the number of terms there, as digits; empty for abstracts.
    """
    if count == 1:
        return digits(2 * step) + length
    return digits(2 * step + 1) + digits(count) + length
