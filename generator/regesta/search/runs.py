"""The inverted index of a layer in runs: some thousand papers at a time are inverted and put away, sorted, then merged.

So the memory that a layer takes does not grow with its papers. The runs lie in a temporary file; a single one does not.
"""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.memory import Memory
from regesta.search.blocks import in_order, utf16
from regesta.search.digits import NUMBER, digits, number_of
from regesta.search.fields import ABSTRACT, FIELDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.search.inverted import Inverted, Postings

    Fields = Sequence[tuple[int, Postings]]


#: The terms of each run, and its names (`name_key`), by their keys in the order of the index (`utf16`); `latest` has the
#: number of the last paper in each field, as digits after tabs.
_TABLES = {"run": "(key, number, papers, places, latest, meant)"}


class Merged(NamedTuple):
    """A term of all papers, or a name (`name_key`); a name is in the first field.

    Attributes:
        word: the term or name.
        papers: the postings in each of FIELDS, or the steps between the papers of a name (`named_steps`), as digits:
            each after a tab, up to the last field that has the term.
        places: the positions in each field, in the same way.
        is_meant: whether a reader may have meant the words of the term (`spelling.may_be_meant`).
    """

    word: str
    papers: bytes
    places: bytes
    is_meant: bool


class Runs:
    """The runs of a layer; `close` removes them.

    Args:
        are_several: whether more than one may have terms.
    """

    def __init__(self, *, are_several: bool) -> None:
        self._memory, self._count = Memory(), 0
        self._single: dict[str, Fields] = {}
        self._are_several = are_several
        if are_several:
            self._memory.recall("runs", "", _TABLES)
        self.close = self._memory.close

    def put(self, inverted: Inverted) -> None:
        """Take a run; the numbers of its papers are higher than those of all runs before."""
        if self._are_several:
            rows = (self._row(*found) for found in inverted.fields().items())
            self._memory.write("INSERT INTO run VALUES (?, ?, ?, ?, ?, ?)", rows)
        else:
            self._single |= inverted.fields()  # a run without papers may follow
        self._count += 1

    def _row(self, word: str, fields: Fields) -> tuple[Any, ...]:
        _, papers, places, is_meant = _merged(word, fields)
        latest = _tabbed([(field, digits(own.latest)) for field, own in fields])
        return utf16(word), self._count, papers, places, latest, is_meant

    def merged(self) -> Iterator[Merged]:
        """Yield all terms and names, in the order of the index."""
        if not self._are_several:
            yield from (_merged(word, self._single[word]) for word in in_order(self._single))
            return
        found = self._memory.each("SELECT * FROM run ORDER BY key, number")
        for key, rows in groupby(found, itemgetter(0)):
            yield _merge(key.decode("utf-16-be"), [*rows])


def _merged(word: str, fields: Fields) -> Merged:
    """Return a term of one run."""
    field, own = fields[0]
    if len(fields) == 1:  # as in most cases
        tabs = b"\t" * (field + 1)
        return Merged(word, tabs + own.papers, tabs + own.places, field != ABSTRACT or own.count > 1)
    papers, places = ([(field, getattr(own, of)) for field, own in fields] for of in ("papers", "places"))
    return Merged(word, _tabbed(papers), _tabbed(places), is_meant=True)


def _tabbed(fields: Iterable[tuple[int, bytes]]) -> bytes:
    """Return texts of fields, each after as many tabs as there are fields from the one before."""
    made, before = bytearray(), -1
    for field, text in fields:
        made += b"\t" * (field - before)
        made += text
        before = field
    return bytes(made)


def _merge(word: str, rows: Sequence[tuple[Any, ...]]) -> Merged:
    """Return a term from its rows, in the order of the runs."""
    if len(rows) == 1:
        return Merged(word, rows[0][2], rows[0][3], rows[0][5])
    papers, places, latest = ([b""] * len(FIELDS) for _ in range(3))
    for _, _, *texts, _ in rows:
        fields = zip(*(text.split(b"\t")[1:] for text in texts), strict=True)
        for field, (own, own_places, last) in enumerate(fields):
            if last:
                papers[field] += _less(own, 2 * number_of(latest[field]))
                places[field] += own_places
                latest[field] = last
    return Merged(word, _joined(papers), _joined(places), is_meant=True)


def _joined(fields: Sequence[bytes]) -> bytes:
    """Return texts of all fields, each after a tab, up to the last one that is not empty."""
    return b"".join(b"\t" + text for text in fields).rstrip(b"\t")


def _less(text: bytes, value: int) -> bytes:
    """Return digits whose first number is less by a value."""
    first = NUMBER.match(text)
    if not first:
        raise ValueError(text)
    return digits(number_of(first[0]) - value) + text[first.end() :]
