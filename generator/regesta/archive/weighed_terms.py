"""The terms of all papers, and those that stand for each with their weights, as rows in the memory of a build.

What a term weighs depends on the number of papers that have it. An edit reads and changes only the rows of the papers
that it touches: those whose terms are others, and those with a term that became more or less rare.
"""

from __future__ import annotations

import json
from itertools import chain, count
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.neighbours import most_bearers, rarity, weights_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.archive.neighbours import TermCounts, Weights
    from regesta.memory import Memory

    Changed = Iterable[tuple[str, TermCounts | None]]
    Moved = Mapping[int, tuple[Weights, Weights]]

#: The tables of terms, for `Memory.recall`. A paper has a number in them. `least` is the business of related papers.
TABLES = {
    "counted": "(paper INTEGER PRIMARY KEY, id NOT NULL UNIQUE, counts NOT NULL)",
    "counted_by_term": "(term, paper, PRIMARY KEY (term, paper)) WITHOUT ROWID",
    "weighed": "(paper INTEGER PRIMARY KEY, weights NOT NULL, least NOT NULL)",
    "weighed_by_term": "(term, weight, paper, PRIMARY KEY (term, weight, paper)) WITHOUT ROWID",
}
_TERMS_HELD = 1 << 17  # terms whose bearers are held in memory, whatever the number of papers

_as_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class Edit(NamedTuple):
    """The terms of a paper before and now; None where there is no such paper."""

    paper: int
    id: str
    before: TermCounts | None
    now: TermCounts | None


class Bearers(dict[str, "dict[int, list[int]]"]):
    """The papers that each term stands for, by its weight in them; read when they are needed."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory

    def __missing__(self, term: str) -> dict[int, list[int]]:
        if len(self) >= _TERMS_HELD:
            self.clear()
        found = self[term] = {}
        for weight, paper in self._memory.rows(
            "SELECT weight, paper FROM weighed_by_term WHERE term = ?", term
        ):
            found.setdefault(weight, []).append(paper)
        return found


class WeighedTerms:
    """The terms of all papers. The tables are those of `TABLES`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    def number(self) -> int:
        """Return the number of papers."""
        ((number,),) = self._memory.rows("SELECT count(*) FROM counted")
        return int(number)

    def weights(self, paper: int) -> dict[str, int]:
        """Return the terms that stand for a paper with their weights, the heaviest first."""
        return self._parsed("SELECT weights FROM weighed WHERE paper = ?", paper)

    def edits(self, changed: Changed) -> list[Edit]:
        """Return the papers that have other terms than before; a new paper gets a number that none has or had."""
        ((last,),) = self._memory.rows("SELECT max(paper) FROM counted")
        numbers = count(last + 1)
        edits = []
        for paper_id, now in changed:
            known = self._memory.rows("SELECT paper, counts FROM counted WHERE id = ?", paper_id)
            before = json.loads(known[0][1]) if known else None
            if before != now:
                edits.append(Edit(known[0][0] if known else next(numbers), paper_id, before, now))
        return edits

    def add(self, changed: Changed) -> None:
        """Remember the terms of papers, if those of none are remembered; `weigh_all` is to follow."""
        papers = ((paper_id, _as_text(counts)) for paper_id, counts in changed if counts is not None)
        self._memory.write("INSERT INTO counted (id, counts) VALUES (?, ?)", papers)

    def change(self, edits: Sequence[Edit]) -> None:
        """Remember the terms of edited papers; `weigh_all` is to follow."""
        self._memory.write("DELETE FROM counted WHERE paper = ?", [(edit.paper,) for edit in edits])
        kept = ((edit.paper, edit.id, _as_text(edit.now)) for edit in edits if edit.now is not None)
        self._memory.write("INSERT INTO counted VALUES (?, ?, ?)", kept)

    def weigh_all(self) -> None:
        """Find the weights of all terms in all papers."""
        for table in ("counted_by_term", "weighed", "weighed_by_term"):
            self._memory.rows(f"DELETE FROM {table}")
        self._memory.rows(
            "INSERT INTO counted_by_term SELECT key, paper FROM counted, json_each(counts) ORDER BY 1, 2"
        )
        rarities = self._rarities_of_all()
        counted = self._memory.each("SELECT paper, counts FROM counted")
        weighed = ((paper, _as_text(weights_of(json.loads(counts), rarities))) for paper, counts in counted)
        self._memory.write("INSERT INTO weighed VALUES (?, ?, 0)", weighed)
        self._memory.rows(
            "INSERT INTO weighed_by_term SELECT key, value, paper FROM weighed, json_each(weights) ORDER BY 1, 2, 3"
        )

    def weigh(self, edits: Sequence[Edit]) -> Moved:
        """Remember the terms of edited papers; return the weights before and now of the papers that have others."""
        moved = {}
        counts = self._counts({edit.paper for edit in edits} | self._bearing(self._turned(edits)))
        rarities = self._rarities(set(chain.from_iterable(counts.values())))
        for paper in sorted(counts):
            weights = self.weights(paper), weights_of(counts[paper], rarities)
            if weights[0] != weights[1]:
                moved[paper] = weights
        self._move(moved)
        self._memory.write(
            "DELETE FROM weighed WHERE paper = ?", [(edit.paper,) for edit in edits if edit.now is None]
        )
        return moved

    def _turned(self, edits: Sequence[Edit]) -> set[str]:
        """Remember the terms of edited papers; return those that became more or less rare."""
        left = sorted((term, edit.paper) for edit in edits for term in _terms(edit.before) - _terms(edit.now))
        joined = sorted(
            (term, edit.paper) for edit in edits for term in _terms(edit.now) - _terms(edit.before)
        )
        terms = {term for term, _ in (*left, *joined)}
        most, before = most_bearers(self.number()), self._rarities(terms)
        self.change(edits)
        self._memory.write("DELETE FROM counted_by_term WHERE term = ? AND paper = ?", left)
        self._memory.write("INSERT INTO counted_by_term VALUES (?, ?)", joined)
        now = self._rarities(terms)
        turned = {term for term in terms if before.get(term) != now.get(term)}
        return turned | self._between(*sorted((most, most_bearers(self.number()))))

    def _between(self, few: int, many: int) -> set[str]:
        """Return the terms that more than a few papers have, and not more than many."""
        query = "SELECT term FROM counted_by_term GROUP BY term HAVING count(*) > ? AND count(*) <= ?"
        return {term for (term,) in self._memory.rows(query, few, many)} if few < many else set()

    def _bearing(self, terms: Iterable[str]) -> set[int]:
        """Return the papers that have one of some terms."""
        query = "SELECT paper FROM counted_by_term WHERE term = ?"
        return {paper for term in terms for (paper,) in self._memory.rows(query, term)}

    def _counts(self, papers: Iterable[int]) -> dict[int, TermCounts]:
        """Return the terms of papers; none of one that is gone."""
        return {paper: self._parsed("SELECT counts FROM counted WHERE paper = ?", paper) for paper in papers}

    def _rarities(self, terms: Iterable[str]) -> dict[str, int]:
        """Return the rarity of terms that weigh anything."""
        papers = self.number()
        query = "SELECT count(*) FROM (SELECT 1 FROM counted_by_term WHERE term = ? LIMIT ?)"
        enough = most_bearers(papers) + 1
        found = ((term, rarity(self._memory.rows(query, term, enough)[0][0], papers)) for term in terms)
        return {term: weight for term, weight in found if weight}

    def _rarities_of_all(self) -> dict[str, int]:
        """Return the rarity of all terms that weigh anything."""
        papers = self.number()
        query = "SELECT term, count(*) FROM counted_by_term GROUP BY term HAVING count(*) BETWEEN 2 AND ?"
        found = self._memory.each(query, most_bearers(papers))
        return {term: rarity(bearers, papers) for term, bearers in found}

    def _move(self, moved: Moved) -> None:
        """Remember other weights of papers."""
        weighed = ((paper, _as_text(now)) for paper, (_, now) in moved.items())
        self._memory.write("INSERT OR REPLACE INTO weighed VALUES (?, ?, 0)", weighed)
        left = sorted(
            (*item, paper) for paper, (was, now) in moved.items() for item in was.items() - now.items()
        )
        joined = sorted(
            (*item, paper) for paper, (was, now) in moved.items() for item in now.items() - was.items()
        )
        self._memory.write("DELETE FROM weighed_by_term WHERE term = ? AND weight = ? AND paper = ?", left)
        self._memory.write("INSERT INTO weighed_by_term VALUES (?, ?, ?)", joined)

    def _parsed(self, query: str, paper: int) -> dict[str, int]:
        rows: list[tuple[Any, ...]] = self._memory.rows(query, paper)
        return json.loads(rows[0][0]) if rows else {}


def _terms(counts: TermCounts | None) -> set[str]:
    return set(counts or ())
