"""The inverted index of a layer in runs: some thousand papers at a time are inverted and put away, sorted, then merged.

So the memory that a layer takes does not grow with its papers. The runs lie in a temporary file; a single one does not.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.memory import Memory
from regesta.search.blocks import utf16
from regesta.search.digits import NUMBER, digits, number_of
from regesta.search.entry import name_key
from regesta.search.fields import FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.search.inverted import Inverted


#: The terms of each run, and its names (`name_key`), by their keys in the order of the index (`utf16`).
_TABLES = {"run": "(key, field, number, count, latest, papers, places)"}


class Merged(NamedTuple):
    """A term of all papers, or a name (`name_key`); a name is in the first field.

    Attributes:
        word: the term or name.
        papers: the postings in each of FIELDS, or the steps between the papers of a name (`named_steps`), as digits.
        places: the positions in each field, as digits.
        counts: in each field, how many papers have the term.
    """

    word: str
    papers: list[bytes]
    places: list[bytes]
    counts: list[int]


class Runs:
    """The runs of a layer; `close` removes them.

    Args:
        are_several: whether more than one may have terms.
    """

    def __init__(self, *, are_several: bool) -> None:
        self._memory, self._count = Memory(), 0
        self._single: list[tuple[Any, ...]] = []
        self._are_several = are_several
        if are_several:
            self._memory.recall("runs", "", _TABLES)
        self.close = self._memory.close

    def put(self, inverted: Inverted) -> None:
        """Take a run; the numbers of its papers are higher than those of all runs before."""
        rows = self._rows(inverted)
        if self._are_several:
            self._memory.write("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        else:
            self._single += sorted(rows, key=itemgetter(0, 1))
        self._count += 1

    def _rows(self, inverted: Inverted) -> Iterator[tuple[Any, ...]]:
        for field, term, own in inverted.postings():
            yield utf16(term), field, self._count, own.count, own.latest, own.papers, own.places
        for name, own in inverted.names.items():
            yield utf16(name_key(name)), 0, self._count, own.count, own.latest, own.papers, b""

    def merged(self) -> Iterator[Merged]:
        """Yield all terms and names, in the order of the index."""
        query = "SELECT * FROM run ORDER BY key, field, number"
        found = self._memory.each(query) if self._are_several else iter(self._single)
        for key, rows in groupby(found, itemgetter(0)):
            yield _merge(key.decode("utf-16-be"), rows)


def _merge(word: str, rows: Iterable[tuple[Any, ...]]) -> Merged:
    """Return a term from its rows, in the order of fields and runs."""
    papers, places, counts = [b""] * len(FIELDS), [b""] * len(FIELDS), [0] * len(FIELDS)
    before = 0
    for _, field, _, count, latest, own, own_places in rows:
        papers[field] += _less(own, 2 * before) if counts[field] else own
        places[field] += own_places
        counts[field] += count
        before = latest
    return Merged(word, papers, places, counts)


def _less(text: bytes, value: int) -> bytes:
    """Return digits whose first number is less by a value."""
    first = NUMBER.match(text)
    if not first:
        raise ValueError(text)
    return digits(number_of(first[0]) - value) + text[first.end() :]
