"""The inverted index: for each term, the papers that have it, how often, and where in their texts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from regesta.search.digits import digits
from regesta.search.documents import ABSTRACT, FIELDS
from regesta.search.query import folded_name
from regesta.search.tokens import PIECES, pieces

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.search.documents import SearchDocument


class Postings:
    """The papers that have a term in one field, as digits.

    Attributes:
        count: the number of papers.
        latest: the number of the last paper.
        papers: for each paper, the step from the number of the previous one (for the first, from 0) times
            two, plus one if the term occurs more than once; the frequency, if it does; and, except in
            abstracts, the number of terms in the field.
        places: for each paper, the position of the first occurrence, then the steps to the others.
    """

    __slots__ = ("count", "latest", "papers", "places")

    def __init__(self) -> None:
        self.count, self.latest, self.papers, self.places = 0, 0, bytearray(), bytearray()


class Inverted:
    """The terms and names of some papers.

    Args:
        papers: their numbers, which grow, and the papers.

    Attributes:
        postings: for each field, the postings of each term.
        lengths: for each field, the number of terms in all papers together.
        names: for each name (`tag/x`, folded as in queries), the steps between its papers, as digits.
        pieces: every piece of the papers' texts (`tokens.pieces`).
    """

    def __init__(self, papers: Iterable[tuple[int, SearchDocument]]) -> None:
        self.postings = tuple(defaultdict[str, Postings](Postings) for _ in FIELDS)
        self.lengths = [0] * len(FIELDS)
        self.names: dict[str, bytearray] = defaultdict(bytearray)
        self.pieces: set[str] = set()
        latest: dict[str, int] = {}
        for number, document in papers:
            for field, items in enumerate(document.items):
                self._post(number, field, self._places(items))
            for name in dict.fromkeys(map(folded_name, document.text.names)):
                self.names[name] += digits(number - latest.get(name, 0))
                latest[name] = number

    def _post(self, number: int, field: int, places: Mapping[str, Sequence[int]]) -> None:
        """Add the terms of a paper's field, with their positions; papers come in order."""
        length = sum(map(len, places.values()))
        self.lengths[field] += length
        length_digits = b"" if field == ABSTRACT else digits(length)
        postings = self.postings[field]
        for term, own in places.items():
            posted = postings[term]
            step = 2 * (number - posted.latest)
            posted.latest = number
            posted.count += 1
            if len(own) == 1:
                posted.papers += digits(step) + length_digits
                posted.places += digits(own[0])
                continue
            posted.papers += digits(step + 1) + digits(len(own)) + length_digits
            before = 0
            for place in own:
                posted.places += digits(place - before)
                before = place

    def _places(self, items: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Return the positions of each term, in words; between two items, one position stays empty."""
        places, start = defaultdict[str, list[int]](list), 0
        for item in items:
            parts = pieces(item)
            self.pieces.update(parts)
            for part in parts:
                piece = PIECES[part]
                if isinstance(piece, str):  # a single word, as in most cases
                    if piece:
                        places[piece].append(start)
                    start += 1
                else:
                    width, terms = piece
                    for offset, term in terms:
                        places[term].append(start + offset)
                    start += width
            start += 1
        return places
