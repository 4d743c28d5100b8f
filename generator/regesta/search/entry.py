"""What one paper brings into the index: its terms with their positions, its names, its words as written."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.digits import digits
from regesta.search.documents import ABSTRACT
from regesta.search.query import folded_name
from regesta.search.spelling import spelled
from regesta.search.tokens import PIECES, pieces

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Entry(NamedTuple):
    """What one paper brings into the index; its number is not part of it.

    Attributes:
        fields: for each of FIELDS, the positions of each term, in words.
        names: `tag/x`, folded as in queries.
        pieces: the pieces of its texts (`tokens.pieces`), each once.
    """

    fields: Sequence[Mapping[str, Sequence[int]]]
    names: Sequence[str]
    pieces: Sequence[str]

    def lengths(self) -> list[int]:
        """Return the number of terms in each field, as often as they occur."""
        return [sum(map(len, places.values())) for places in self.fields]

    def terms(self) -> set[str]:
        """Return the terms of all fields."""
        return set().union(*self.fields)

    def spelled(self) -> Counter[str]:
        """Return the words that may correct a misspelt one, with the number of pieces that have each."""
        return Counter(word for piece in self.pieces for word in spelled(piece))


def entry_of(
    items: Iterable[Sequence[str]], names: Iterable[str], known: Collection[int] = frozenset()
) -> Entry:
    """Return what a paper brings into the index.

    Args:
        items: the texts in each of FIELDS; no phrase runs from one text into the next.
        names: `tag/x` and the like.
        known: fields whose terms are not asked for.
    """
    fields = [[pieces(item) for item in texts] for texts in items]
    every = set[str]().union(*(parts for field in fields for parts in field))
    folded = dict.fromkeys(map(folded_name, names))
    places = [{} if number in known else _places(field) for number, field in enumerate(fields)]
    return Entry(places, [*folded], [*every])


def terms_of(items: Iterable[Sequence[str]]) -> set[str]:
    """Return the terms of a paper, from the texts in each of FIELDS."""
    every = set[str]().union(*(pieces(item) for texts in items for item in texts))
    found = set[str]()
    for piece in map(PIECES.__getitem__, every):
        found.update((piece,) if isinstance(piece, str) else (term for _, term in piece[1]))
    return found - {""}


def length_digits(field: int, length: int) -> bytes:
    """Return the number of terms in a paper's field as postings have it: not for abstracts."""
    return b"" if field == ABSTRACT else digits(length)


def _places(texts: Sequence[Sequence[str]]) -> Mapping[str, Sequence[int]]:
    """Return the positions of each term, in words; between two texts, one position stays empty."""
    places, start = defaultdict[str, list[int]](list), 0
    for parts in texts:
        for piece in map(PIECES.__getitem__, parts):
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
