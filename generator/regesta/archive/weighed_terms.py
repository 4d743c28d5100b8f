"""The terms of all papers, and those that stand for each with their weights, as rows in the memory of a build.

What a term weighs depends on the number of papers that have it. An edit reads and changes only the rows of the papers
that it touches: those whose terms are others, and those with a term that became more or less rare.
"""

from __future__ import annotations

from itertools import chain, count, repeat
from sys import intern
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.neighbours import Weighed, most_bearers, rarity, weights_of
from regesta.archive.paper_sets import COLUMNS, NUMBER, PaperSets

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.archive.neighbours import TermCounts, Weights
    from regesta.memory import Memory

    Changed = Iterable[tuple[str, TermCounts | None]]
    Moved = Mapping[int, tuple[Weights, Weights]]

#: The tables of terms, for `Memory.recall`. A paper has a number in them; its terms are one text, with a comma between
#: two, and a byte for each. `counted_in` has the papers that have a term, `weighed_in` those for which it stands.
TABLES = {
    "counted": "(paper INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, terms TEXT NOT NULL, times BLOB NOT NULL)",
    "weighed": "(paper INTEGER PRIMARY KEY, terms TEXT NOT NULL, weights BLOB NOT NULL)",
    "counted_in": COLUMNS,
    "weighed_in": COLUMNS,
}
_BYTE = 255  # occurrences of a term that are remembered: fewer would do


class Edit(NamedTuple):
    """The terms of a paper before and now; None where there is no such paper."""

    paper: int
    id: str
    before: TermCounts | None
    now: TermCounts | None


class WeighedPapers(dict[int, Weighed]):
    """Papers by number; read when they are needed."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory

    def __missing__(self, paper: int) -> Weighed:
        query = "SELECT id, w.terms, weights FROM weighed w JOIN counted USING (paper) WHERE paper = ?"
        ((paper_id, terms, weights),) = self._memory.rows(query, paper)
        found = self[paper] = Weighed(paper_id, (*_split(terms),), weights)
        return found


class WeighedTerms:
    """The terms of all papers. The tables are those of `TABLES`."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self._counted_in, self._weighed_in = PaperSets(memory, "counted_in"), PaperSets(memory, "weighed_in")

    def number(self) -> int:
        """Return the number of papers."""
        ((number,),) = self._memory.rows("SELECT count(*) FROM counted")
        return int(number)

    def edits(self, changed: Changed) -> list[Edit]:
        """Return the papers that have other terms than before; a new paper gets a number that none has or had."""
        ((last,),) = self._memory.rows("SELECT max(paper) FROM counted")
        numbers = count(last + 1)
        edits = []
        for paper_id, now in changed:
            known = self._memory.rows("SELECT paper, terms, times FROM counted WHERE id = ?", paper_id)
            before = _unpacked(*known[0][1:]) if known else None
            if before != now:
                edits.append(Edit(known[0][0] if known else next(numbers), paper_id, before, now))
        return edits

    def add(self, changed: Changed) -> None:
        """Remember the terms of papers, if those of none are remembered; `weigh_all` is to follow."""
        papers = ((paper_id, *_packed(counts)) for paper_id, counts in changed if counts is not None)
        self._memory.write("INSERT INTO counted (id, terms, times) VALUES (?, ?, ?)", papers)

    def change(self, edits: Sequence[Edit]) -> None:
        """Remember the terms of edited papers; `weigh_all` is to follow."""
        self._memory.write("DELETE FROM counted WHERE paper = ?", [(edit.paper,) for edit in edits])
        kept = ((edit.paper, edit.id, *_packed(edit.now)) for edit in edits if edit.now is not None)
        self._memory.write("INSERT INTO counted VALUES (?, ?, ?, ?)", kept)

    def weigh_all(self) -> tuple[dict[int, Weighed], dict[str, list[int]]]:
        """Find the weights of all terms in all papers; return the papers, and those that each term stands for."""
        rarities = self._rarities_of_all()
        papers: dict[int, Weighed] = {}
        standing: dict[str, list[int]] = {term: [] for term in rarities}
        for paper, paper_id, counts in self._all_counted():
            weights = weights_of(counts, rarities)
            papers[paper] = Weighed(paper_id, (*map(intern, weights),), bytes(weights.values()))
            for term in weights:
                standing[term].append(paper)
        rows = ((paper, ",".join(found.terms), found.weights) for paper, found in papers.items())
        self._memory.rows("DELETE FROM weighed")
        self._memory.write("INSERT INTO weighed VALUES (?, ?, ?)", rows)
        self._weighed_in.fill(standing)
        return papers, standing

    def weigh(self, edits: Sequence[Edit]) -> Moved:
        """Remember the terms of edited papers; return the weights before and now of the papers that have others."""
        moved = {}
        counts = self._counts({edit.paper for edit in edits} | self._having(self._turned(edits)))
        rarities = self._rarities(set(chain.from_iterable(counts.values())))
        for paper in sorted(counts):
            weights = self._weights(paper), weights_of(counts[paper], rarities)
            if weights[0] != weights[1]:
                moved[paper] = weights
        self._move(moved)
        self._memory.write(
            "DELETE FROM weighed WHERE paper = ?", [(edit.paper,) for edit in edits if edit.now is None]
        )
        return moved

    def _turned(self, edits: Sequence[Edit]) -> set[str]:
        """Remember the terms of edited papers; return those that became more or less rare."""
        terms: dict[str, list[int]] = {}
        for edit in edits:
            for term in {*(edit.before or ())} ^ {*(edit.now or ())}:
                terms.setdefault(term, []).append(edit.paper)
        most, before = most_bearers(self.number()), self._rarities(terms)
        self.change(edits)
        self._counted_in.toggle(terms)
        now = self._rarities(terms)
        turned = {term for term in terms if before.get(term) != now.get(term)}
        return turned | self._between(*sorted((most, most_bearers(self.number()))))

    def _between(self, few: int, many: int) -> set[str]:
        """Return the terms that more than a few papers have, and not more than many."""
        query = f"SELECT name FROM counted_in WHERE {NUMBER} > ? AND {NUMBER} <= ?"
        return {term for (term,) in self._memory.rows(query, few, many)} if few < many else set()

    def _having(self, terms: Iterable[str]) -> set[int]:
        """Return the papers that have one of some terms."""
        return {paper for term in terms for paper in self._counted_in[term]}

    def _counts(self, papers: Iterable[int]) -> dict[int, TermCounts]:
        """Return the terms of papers; none of one that is gone."""
        return {
            paper: self._parsed("SELECT terms, times FROM counted WHERE paper = ?", paper) for paper in papers
        }

    def _weights(self, paper: int) -> dict[str, int]:
        """Return the terms that stand for a paper with their weights; none of one that is new."""
        return self._parsed("SELECT terms, weights FROM weighed WHERE paper = ?", paper)

    def _parsed(self, query: str, paper: int) -> dict[str, int]:
        return next((_unpacked(*row) for row in self._memory.rows(query, paper)), {})

    def _rarities(self, terms: Iterable[str]) -> dict[str, int]:
        """Return the rarity of terms that weigh anything."""
        papers, query = self.number(), f"SELECT name, {NUMBER} FROM counted_in WHERE name IN ({{}})"
        found = ((term, rarity(n, papers)) for term, n in self._memory.rows_of(query, terms))
        return {term: weight for term, weight in found if weight}

    def _rarities_of_all(self) -> dict[str, int]:
        """Remember the papers that have each term; return the rarity of those that weigh anything."""
        having: dict[str, list[int]] = {}
        for paper, terms in self._memory.each("SELECT paper, terms FROM counted"):
            for term in _split(terms):
                having.setdefault(term, []).append(paper)
        self._counted_in.fill(having)
        papers = self.number()
        found = ((term, rarity(len(bearers), papers)) for term, bearers in having.items())
        return {intern(term): weight for term, weight in found if weight}

    def _all_counted(self) -> Iterator[tuple[int, str, TermCounts]]:
        for paper, paper_id, *counts in self._memory.each("SELECT paper, id, terms, times FROM counted"):
            yield paper, paper_id, _unpacked(*counts)

    def _move(self, moved: Moved) -> None:
        """Remember other weights of papers."""
        weighed = ((paper, *_packed(now)) for paper, (_, now) in moved.items())
        self._memory.write("INSERT OR REPLACE INTO weighed VALUES (?, ?, ?)", weighed)
        terms: dict[str, list[int]] = {}
        for paper, (was, now) in moved.items():
            for term in was.keys() ^ now.keys():
                terms.setdefault(term, []).append(paper)
        self._weighed_in.toggle(terms)


def _packed(counts: TermCounts) -> tuple[str, bytes]:
    return ",".join(counts), bytes(map(min, counts.values(), repeat(_BYTE)))


def _unpacked(terms: str, numbers: bytes) -> dict[str, int]:
    return dict(zip(_split(terms), numbers, strict=True))


def _split(terms: str) -> list[str]:
    return terms.split(",") if terms else []
