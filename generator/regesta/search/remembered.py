"""What the last build knew of each paper when it made a layer of the index, so that the next one can change the layer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from regesta.search.tokens import term_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from regesta.memory import Memory
    from regesta.search.documents import SearchDocument

#: The tables of the index, for `Memory.recall`.
TABLES = {
    "layer": "(name PRIMARY KEY, fingerprint, labels)",
    "indexed": "(layer, id, date, print, PRIMARY KEY (layer, id)) WITHOUT ROWID",
    "said": "(layer, id, text, PRIMARY KEY (layer, id))",
    "spelled": "(layer, term, word, pieces, PRIMARY KEY (layer, term, word)) WITHOUT ROWID",
}

_as_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class LayerMemory:
    """The memory of one layer.

    Args:
        memory: of the build.
        layer: its name.
        prints: a hash of all that each paper of the layer is indexed from now, by its id.
    """

    def __init__(self, memory: Memory, layer: str, prints: Mapping[str, str]) -> None:
        self._memory, self._layer, self._prints = memory, layer, prints

    def recall(self) -> tuple[str, dict[str, str]]:
        """Return the fingerprint of the layer that is remembered, and its labels.

        Raises:
            LookupError: none is.
        """
        rows = self._memory.rows("SELECT fingerprint, labels FROM layer WHERE name = ?", self._layer)
        fingerprint, labels = rows[0]
        return fingerprint, json.loads(labels)

    def papers(self) -> dict[str, tuple[str, str]]:
        """Return date and print of each paper by its id."""
        rows = self._memory.rows("SELECT id, date, print FROM indexed WHERE layer = ?", self._layer)
        return {paper_id: (date, known) for paper_id, date, known in rows}

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

    def spelled(self, term: str) -> dict[str, int]:
        """Return the words of a term as they were written, with the number of pieces of papers that have each."""
        query = "SELECT word, pieces FROM spelled WHERE layer = ? AND term = ?"
        return dict(self._memory.rows(query, self._layer, term))

    def begin(self) -> None:
        """Forget the layer; `add`, `add_spelled` and `end` are to follow."""
        self._memory.write("DELETE FROM layer WHERE name = ?", [(self._layer,)])
        for table in ("indexed", "said", "spelled"):
            self._memory.write(f"DELETE FROM {table} WHERE layer = ?", [(self._layer,)])  # noqa: S608 - ours

    def add(self, document: SearchDocument) -> None:
        """Remember a paper."""
        paper = self._layer, document.id, document.date, self._prints[document.id]
        self._memory.write("INSERT OR REPLACE INTO indexed VALUES (?, ?, ?, ?)", [paper])
        said = self._layer, document.id, _as_text([document.items, document.text.names])
        self._memory.write("INSERT OR REPLACE INTO said VALUES (?, ?, ?)", [said])

    def remove(self, ids: Iterable[str]) -> None:
        """Forget some papers."""
        keys = [(self._layer, paper_id) for paper_id in ids]
        self._memory.write("DELETE FROM indexed WHERE layer = ? AND id = ?", keys)
        self._memory.write("DELETE FROM said WHERE layer = ? AND id = ?", keys)

    def add_spelled(self, pieces: Mapping[str, int]) -> None:
        """Remember how many pieces of papers have each word; a word that none has is forgotten."""
        found = [(self._layer, term_of(word), word, count) for word, count in pieces.items() if count]
        self._memory.write("INSERT OR REPLACE INTO spelled VALUES (?, ?, ?, ?)", found)
        gone = [(self._layer, term_of(word), word) for word, count in pieces.items() if not count]
        self._memory.write("DELETE FROM spelled WHERE layer = ? AND term = ? AND word = ?", gone)

    def end(self, fingerprint: str, labels: Mapping[str, str]) -> None:
        """Remember what the layer was made from; without this, nothing of it is remembered."""
        row = self._layer, fingerprint, json.dumps(labels)
        self._memory.write("INSERT OR REPLACE INTO layer VALUES (?, ?, ?)", [row])
