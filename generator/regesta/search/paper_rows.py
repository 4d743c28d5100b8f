"""The papers of the index as rows: in which layer each stands, under which date, and a hash of all it is indexed from.

A row that the files of a layer are made from stays until these are made anew. So a changed paper has two rows: one goes,
one comes. What changed in a layer is read from them (`difference`).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.layering import BASE, RECENT, last_day_of_base
from regesta.text.batches import batches
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.memory import Memory

#: What happens to a row when its layer is made: nothing; it is dropped; it stays from then on.
STAYS, GOES, COMES = range(3)

#: The tables of this module, for `Memory.recall`. The keys put papers in the order of their numbers (`numbered_keys`),
#: find them by id, and count those of each day.
TABLES = {
    "indexed": (
        "(layer, date, id, state, added, print, kinds, PRIMARY KEY (layer, date, id DESC, state),"
        " UNIQUE (id, state, layer, date), UNIQUE (state, added, id, layer, date)) WITHOUT ROWID"
    ),
}

_MANY = 100  # papers that are written at once
#: Rows of today's papers that stand in the wrong layer, if the base ends with a day.
_MISPLACED = f"state != {GOES} AND layer != CASE WHEN added > ? THEN '{RECENT}' ELSE '{BASE}' END"


class PaperRow(NamedTuple):
    """A paper in the index.

    Attributes:
        id: of the paper.
        date: under which the archive lists it; "" if unknown.
        added: the day on which it entered the archive.
        print: a hash of all that it is indexed from, except the labels of names.
        kinds: of its links and files (`code`, `pdf`), sorted, with spaces between.
    """

    id: str
    date: str
    added: str
    print: str
    kinds: str


class PaperRows:
    """The rows of all papers, in the memory of a build."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def fill(self, rows: Iterable[PaperRow]) -> None:
        """Take all papers, if none is known yet; no layer is remembered then, so that all are made anew."""
        new = ((BASE, row.date, row.id, STAYS, row.added, row.print, row.kinds) for row in rows)
        for some in batches(new, _MANY):
            self._memory.write("INSERT INTO indexed VALUES (?, ?, ?, ?, ?, ?, ?)", some)

    def put(self, paper_id: str, row: PaperRow | None) -> None:
        """Take a paper as it is now; None if it is gone."""
        query = "SELECT layer, state, date, added, print, kinds FROM indexed WHERE id = ? AND state != ?"
        known = self._memory.rows(query, paper_id, GOES)
        if known and row and known[0][2:] == row[1:]:
            return
        if known:
            self._take_out(paper_id, known[0][1])
        if row:
            layer = known[0][0] if known else BASE  # `move` may change it
            new = layer, row.date, row.id, COMES, row.added, row.print, row.kinds
            self._memory.write("INSERT INTO indexed VALUES (?, ?, ?, ?, ?, ?, ?)", [new])

    def _take_out(self, paper_id: str, state: int) -> None:
        """Let a row go that the files of its layer are made from, and drop one that they are not yet made from."""
        if state == COMES:
            self._memory.write("DELETE FROM indexed WHERE id = ? AND state = ?", [(paper_id, COMES)])
        else:
            change = "UPDATE indexed SET state = ? WHERE id = ? AND state = ?"
            self._memory.write(change, [(GOES, paper_id, STAYS)])

    def count(self) -> int:
        """Return the number of papers."""
        number: int = self._memory.rows("SELECT count(*) FROM indexed WHERE state != ?", GOES)[0][0]
        return number

    def ids(self) -> Iterator[str]:
        """Yield the id of each paper, in no particular order."""
        query = "SELECT id FROM indexed WHERE state != ?"
        return (paper_id for (paper_id,) in self._memory.each(query, GOES))

    def move(self) -> None:
        """Let each paper stand in the layer to which the day of its addition belongs."""
        days = Counter[str]()
        for added, papers in self._memory.each(
            "SELECT added, count(*) FROM indexed WHERE state != ? GROUP BY state, added", GOES
        ):
            days[added] += papers
        last = [last_day_of_base(sorted(days.items()))]
        if not self._memory.rows(f"SELECT 1 FROM indexed WHERE {_MISPLACED} LIMIT 1", *last):  # noqa: S608 - ours
            return
        other = f"CASE layer WHEN '{BASE}' THEN '{RECENT}' ELSE '{BASE}' END"
        columns = f"{other}, date, id, {COMES}, added, print, kinds"
        for statement in (
            f"INSERT INTO indexed SELECT {columns} FROM indexed WHERE {_MISPLACED}",  # noqa: S608 - ours
            f"DELETE FROM indexed WHERE {_MISPLACED} AND state = {COMES}",  # noqa: S608 - ours
            f"UPDATE indexed SET state = {GOES} WHERE {_MISPLACED}",  # noqa: S608 - ours
        ):
            self._memory.write(statement, [last])

    def prints(self, layer: str) -> str:
        """Return a hash of the prints of all papers of a layer; "" if it has none."""
        query = (
            "SELECT group_concat(print, '') FROM"
            " (SELECT print FROM indexed WHERE layer = ? AND state != ? ORDER BY date, id DESC)"
        )
        joined = self._memory.rows(query, layer, GOES)[0][0]
        return digest(joined) if joined else ""

    def kinds(self) -> set[str]:
        """Return the kinds of links and files that papers have."""
        rows = self._memory.rows("SELECT DISTINCT kinds FROM indexed WHERE state != ?", GOES)
        return {kind for (kinds,) in rows for kind in kinds.split()}

    def layers_in_order(self) -> Iterator[str]:
        """Yield the layer of each paper, in the order of their dates and ids (`numbered_keys`)."""
        one = "SELECT layer, date, id FROM indexed WHERE layer = ? AND state != ?"
        query = f"{one} UNION ALL {one} ORDER BY date, id DESC"
        return (layer for layer, _, _ in self._memory.each(query, BASE, GOES, RECENT, GOES))
