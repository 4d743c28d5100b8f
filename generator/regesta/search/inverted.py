"""Papers turned inside out: for each term the papers that have it, how often, and where in their texts."""

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


class Posted:
    """The papers that have a term in one field, written as digits.

    Attributes:
        count: how many there are.
        latest: the number of the last of them.
        papers: for each, the step from the paper before (at first from 0) times two, plus one if the term occurs more than once; then how
            often, if so; then how many terms the field has, but in the abstract.
        places: for each, where the term stands first, then the steps to where it stands again.
    """

    __slots__ = ("count", "latest", "papers", "places")

    def __init__(self) -> None:
        self.count, self.latest, self.papers, self.places = 0, 0, bytearray(), bytearray()


class Inverted:
    """What an index says of some papers, which are known by their numbers.

    Attributes:
        postings: for each field, the papers of each term.
        lengths: for each field, how many terms each paper has in it.
        names: the numbers of the papers of each name (`tag/x`, folded as in queries), as digits of the steps between them.
        pieces: all that stood between blanks, but in names.
    """

    def __init__(self, documents: Iterable[SearchDocument]) -> None:
        self.postings = tuple(defaultdict[str, Posted](Posted) for _ in FIELDS)
        self.lengths: tuple[list[int], ...] = tuple([] for _ in FIELDS)
        self.names: dict[str, bytearray] = defaultdict(bytearray)
        self.pieces: set[str] = set()
        latest: dict[str, int] = {}
        for number, document in enumerate(documents):
            for field, items in enumerate(document.items):
                self._post(number, field, self._places(items))
            for name in dict.fromkeys(map(folded_name, document.text.names)):
                self.names[name] += digits(number - latest.get(name, 0))
                latest[name] = number

    def _post(self, number: int, field: int, places: Mapping[str, Sequence[int]]) -> None:
        """Add where the terms of a field stand in a paper, of a higher number than those before."""
        length = sum(map(len, places.values()))
        self.lengths[field].append(length)
        shown = b"" if field == ABSTRACT else digits(length)
        postings = self.postings[field]
        for term, found in places.items():
            posted = postings[term]
            step = 2 * (number - posted.latest)
            posted.latest = number
            posted.count += 1
            if len(found) == 1:
                posted.papers += digits(step) + shown
                posted.places += digits(found[0])
                continue
            posted.papers += digits(step + 1) + digits(len(found)) + shown
            before = 0
            for place in found:
                posted.places += digits(place - before)
                before = place

    def _places(self, items: Sequence[str]) -> Mapping[str, Sequence[int]]:
        """Return where each term of a field stands: counted in words, with one between two items."""
        places, start = defaultdict[str, list[int]](list), 0
        for item in items:
            parts = pieces(item)
            self.pieces.update(parts)
            for part in parts:
                known = PIECES[part]
                if isinstance(known, str):  # one word, as most are
                    if known:
                        places[known].append(start)
                    start += 1
                else:
                    for offset, term in known[1]:
                        places[term].append(start + offset)
                    start += known[0]
            start += 1
        return places
