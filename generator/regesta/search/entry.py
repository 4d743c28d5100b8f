"""What one paper brings into the index: its terms with their positions, its names, its words as written."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.conditions import folded_name
from regesta.search.digits import digits
from regesta.search.documents import ABSTRACT
from regesta.search.tokens import joined, pieces, placed_terms, terms_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Entry(NamedTuple):
    """What one paper brings into the index; its number is not part of it.

    Attributes:
        fields: for each of FIELDS, the positions of each term, in words.
        names: `tag/x`, folded as in queries.
        pieces: the pieces of its texts (`tokens.pieces`).
    """

    fields: Sequence[Mapping[str, Sequence[int]]]
    names: Sequence[str]
    pieces: Sequence[str]

    def lengths(self) -> list[int]:
        """Return the number of terms in each field, as often as they occur."""
        return [sum(map(len, places.values())) for places in self.fields]


def entry_of(
    items: Iterable[Sequence[str]], names: Iterable[str], known: Collection[int] = frozenset()
) -> Entry:
    """Return what a paper brings into the index.

    Args:
        items: the texts in each of FIELDS; no phrase runs from one text into the next.
        names: `tag/x` and the like.
        known: fields whose terms are not asked for.
    """
    texts = [*map(joined, items)]
    every = [piece for text in texts for piece in pieces(text)]
    places = [{} if number in known else _places(text) for number, text in enumerate(texts)]
    return Entry(places, [*dict.fromkeys(map(folded_name, names))], every)


def terms_of(items: Iterable[Sequence[str]]) -> set[str]:
    """Return the terms of a paper, from the texts in each of FIELDS."""
    every = {piece for texts in items for piece in pieces(joined(texts))}
    return {term for piece in every for _, term in terms_in(piece)[1]}


def length_digits(field: int, length: int) -> bytes:
    """Return the number of terms in a paper's field as postings have it: not for abstracts."""
    return b"" if field == ABSTRACT else digits(length)


def _places(text: str) -> Mapping[str, Sequence[int]]:
    """Return the positions of each term, in words."""
    places = defaultdict[str, list[int]](list)
    for place, term in placed_terms(text):
        places[term].append(place)
    return places
