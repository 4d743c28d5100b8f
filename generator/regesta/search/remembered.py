"""What the last build knew of each paper when it made a layer of the index, so that the next one can change the layer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.search import paper_rows
from regesta.search.paper_rows import COMES, GOES, STAYS
from regesta.search.stems import term_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regesta.memory import Memory
    from regesta.search.documents import SearchDocument

#: The tables of the index, for `Memory.recall`.
TABLES = {
    **paper_rows.TABLES,
    "layer": "(name PRIMARY KEY, fingerprint, labels)",
    "said": "(layer, id, text, PRIMARY KEY (layer, id))",
    "renamed": "(layer, part, name, first, PRIMARY KEY (layer, part, name)) WITHOUT ROWID",
    "spelled": "(layer, term, word, pieces, PRIMARY KEY (layer, term, word)) WITHOUT ROWID",
}

_MANY = 100  # papers that are written at once

_as_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class LayerMemory:
    """The memory of one layer.

    Args:
        memory: of the build.
        layer: its name.
    """

    def __init__(self, memory: Memory, layer: str) -> None:
        self._memory, self._layer = memory, layer
        self._said: list[tuple[str, str, str]] = []  # that wait to be written

    def recall(self) -> tuple[str, dict[str, str]]:
        """Return the fingerprint of the layer that is remembered, and its labels.

        Raises:
            LookupError: none is.
        """
        rows = self._memory.rows("SELECT fingerprint, labels FROM layer WHERE name = ?", self._layer)
        fingerprint, labels = rows[0]
        return fingerprint, json.loads(labels)

    def papers(self) -> Iterator[tuple[str, int]]:
        """Yield the id of each paper, in the order of their numbers, and whether it stays, goes or comes.

        A paper that changes does both.
        """
        query = "SELECT id, state FROM indexed WHERE layer = ? ORDER BY date, id DESC, state"
        return self._memory.each(query, self._layer)

    def said(self, paper_id: str) -> tuple[list[list[str]], list[str]]:
        """Return the texts of a paper in each field, and its names.

        Raises:
            LookupError, ValueError: they are not there, or damaged.
        """
        query = "SELECT text FROM said WHERE layer = ? AND id = ?"
        try:
            items, names = json.loads(self._memory.rows(query, self._layer, paper_id)[0][0])
            return [[*map(str, texts)] for texts in items], [*map(str, names)]
        except TypeError as error:
            raise ValueError("is not what a paper says") from error

    def spelled(self, terms: Iterable[str]) -> dict[str, dict[str, int]]:
        """Return the words of terms as they were written, with the number of pieces of papers that have each."""
        found: dict[str, dict[str, int]] = {}
        query = "SELECT term, word, pieces FROM spelled WHERE layer = ? AND term IN ({})"
        for term, word, pieces in self._memory.rows_of(query, terms, self._layer):
            found.setdefault(term, {})[word] = pieces
        return found

    def count(self, without: int = GOES) -> int:
        """Return the number of papers as they are now; without those that come, as they were."""
        query = "SELECT count(*) FROM indexed WHERE layer = ? AND state != ?"
        number: int = self._memory.rows(query, self._layer, without)[0][0]
        return number

    def words(self) -> Iterator[tuple[str, str]]:
        """Yield the words as they were written, each after its term."""
        return self._memory.each("SELECT term, word FROM spelled WHERE layer = ?", self._layer)

    def begin(self) -> None:
        """Forget what the layer was made from; `add`, `add_spelled` and `end` are to follow."""
        self._said.clear()
        self._memory.write("DELETE FROM layer WHERE name = ?", [(self._layer,)])
        for table in ("said", "renamed", "spelled"):
            self._memory.write(f"DELETE FROM {table} WHERE layer = ?", [(self._layer,)])  # noqa: S608 - ours

    def add(self, document: SearchDocument) -> None:
        """Remember what a paper says."""
        self._said.append((self._layer, document.id, _as_text([document.items, document.text.names])))
        if len(self._said) == _MANY:
            self._write_said()

    def _write_said(self) -> None:
        self._memory.write("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", self._said)
        self._said.clear()

    def remove(self, ids: Iterable[str]) -> None:
        """Forget what some papers say."""
        keys = ((self._layer, paper_id) for paper_id in ids)
        self._memory.write("DELETE FROM said WHERE layer = ? AND id = ?", keys)

    def add_spelled(self, pieces: Mapping[str, int]) -> None:
        """Remember how many more pieces of papers have each word; a word that none has is forgotten."""
        found = sorted((self._layer, term_of(word), word, count) for word, count in pieces.items())
        more = (
            "INSERT INTO spelled VALUES (?, ?, ?, ?)"
            " ON CONFLICT (layer, term, word) DO UPDATE SET pieces = pieces + excluded.pieces"
        )
        self._memory.write(more, found)
        gone = "DELETE FROM spelled WHERE layer = ? AND term = ? AND word = ? AND pieces = 0"
        self._memory.write(gone, (row[:3] for row in found if row[3] < 0))

    def renamed(self, table: str) -> dict[str, str]:
        """Return the blocks of a table whose name is not the first one for their content, with that one."""
        query = "SELECT name, first FROM renamed WHERE layer = ? AND part = ?"
        return dict(self._memory.rows(query, self._layer, table))

    def rename(self, table: str, blocks: Mapping[str, str]) -> None:
        """Remember such blocks."""
        self._memory.write("DELETE FROM renamed WHERE layer = ? AND part = ?", [(self._layer, table)])
        rows = ((self._layer, table, name, first) for name, first in blocks.items())
        self._memory.write("INSERT INTO renamed VALUES (?, ?, ?, ?)", rows)

    def end(self, fingerprint: str, labels: Mapping[str, str]) -> None:
        """Remember what the layer was made from; without this, nothing of it is remembered."""
        self._write_said()
        self._memory.write("DELETE FROM indexed WHERE state = ? AND layer = ?", [(GOES, self._layer)])
        settle = "UPDATE indexed SET state = ? WHERE state = ? AND layer = ?"
        self._memory.write(settle, [(STAYS, COMES, self._layer)])
        row = self._layer, fingerprint, json.dumps(labels)
        self._memory.write("INSERT OR REPLACE INTO layer VALUES (?, ?, ?)", [row])
