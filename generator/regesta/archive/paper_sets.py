"""Sets of papers by a text, as rows in the memory of a build: of a term, the papers that have it.

A set is one row, so that all sets are written fast, and one that is large costs little.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.memory import Memory

#: The columns of a table of sets, for `Memory.recall`. A paper is a number of four bytes; no set is empty.
COLUMNS = "(name TEXT PRIMARY KEY, papers BLOB NOT NULL) WITHOUT ROWID"
#: The number of papers of a set.
NUMBER = "length(papers) / 4"


class PaperSets(dict[str, "array[int]"]):
    """The sets of a table by name; each is read when it is needed, and not again.

    Args:
        memory: of the build.
        table: its name; it has these `COLUMNS`.
    """

    def __init__(self, memory: Memory, table: str) -> None:
        super().__init__()
        self._memory, self._table = memory, table

    def __missing__(self, name: str) -> array[int]:
        found = self[name] = array("I")
        for (papers,) in self._memory.rows(f"SELECT papers FROM {self._table} WHERE name = ?", name):
            found.frombytes(papers)
        return found

    def fill(self, sets: Mapping[str, Sequence[int]]) -> None:
        """Put sets in place of all that are in the table; they are not held."""
        self.clear()
        self._memory.rows(f"DELETE FROM {self._table}")
        self._insert(sets)

    def toggle(self, sets: Mapping[str, Sequence[int]]) -> None:
        """Take papers out of the sets that they are in, and put them into those that they are not in."""
        if not self._memory.rows(f"SELECT 1 FROM {self._table} LIMIT 1"):
            self._insert(sets)
            return
        now = {name: sorted({*self[name]}.symmetric_difference(papers)) for name, papers in sets.items()}
        self.clear()
        self._memory.write(f"DELETE FROM {self._table} WHERE name = ?", ((name,) for name in now))
        self._insert(now)

    def _insert(self, sets: Mapping[str, Sequence[int]]) -> None:
        rows = ((name, array("I", papers).tobytes()) for name, papers in sorted(sets.items()) if papers)
        self._memory.write(f"INSERT INTO {self._table} VALUES (?, ?)", rows)
