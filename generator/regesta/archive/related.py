"""Related papers: those that share terms, with the terms that they share, as rows in the memory of a build.

An edit compares only the papers that it touches: those whose terms weigh more or less than before, and those to which one
of these is or was alike enough to be shown.
"""

from __future__ import annotations

import json
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from regesta.archive import weighed_terms
from regesta.archive.neighbours import likeness, nearest
from regesta.archive.paper_sets import COLUMNS, PaperSets
from regesta.archive.weighed_terms import WeighedPapers, WeighedTerms
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.archive.neighbours import Bearers, Weighed
    from regesta.archive.weighed_terms import Changed, Moved
    from regesta.memory import Memory

#: The tables of related papers, for `Memory.recall`, besides those of terms. `least` is a likeness to a paper: less alike
#: papers can come and go without changing its neighbours, which are JSON. `shown` leads back from these.
TABLES = weighed_terms.TABLES | {
    "near": "(paper INTEGER PRIMARY KEY, least INT NOT NULL, near TEXT NOT NULL)",
    "shown": COLUMNS,
}
_MANY = 8  # if more than one in so many papers changed, all are compared
_NONE = "[]"

_as_text = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


class RelatedPapers:
    """The papers related to each paper.

    Args:
        memory: of the build.
        valid_for: a hash of the code that finds related papers.
    """

    def __init__(self, memory: Memory, valid_for: str) -> None:
        self._memory = memory
        self._terms, self._shown = WeighedTerms(memory), PaperSets(memory, "shown")
        memory.recall("related", valid_for, TABLES)

    def is_empty(self) -> bool:
        """Tell whether nothing is remembered, so that `update` is to be given all papers."""
        return not self._memory.rows("SELECT 1 FROM counted LIMIT 1")

    def of(self, ids: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
        """Return the ids of the papers related to each of some papers, best first, with the terms that tie the two.

        The terms are one text: "tide, spring flood".
        """
        marks = ", ".join("?" * len(ids))
        query = f"SELECT id, near FROM counted JOIN near USING (paper) WHERE id IN ({marks})"
        found = self._memory.rows(query, *ids)
        return {paper_id: [(other, ties) for other, ties in json.loads(near)] for paper_id, near in found}

    def fingerprint(self) -> str:
        """Return a hash that changes whenever the papers related to any may."""
        rows = self._memory.rows("SELECT near FROM near ORDER BY paper")
        return digest("".join([near for (near,) in rows]))

    def showing(self, ids: Iterable[str]) -> set[str]:
        """Return the ids of the papers to which one of these is related."""
        query = "SELECT id FROM counted WHERE paper = ?"
        numbers = {paper for paper_id in ids for paper in self._shown[paper_id]}
        return {paper_id for paper in numbers for (paper_id,) in self._memory.rows(query, paper)}

    def update(self, changed: Changed) -> set[str]:
        """Find the related papers of all papers after some have changed.

        Args:
            changed: the id and the `term_counts` of each paper that is new or edited, None for one that is gone; an id
                comes once. They are not held in memory if nothing is remembered.

        Returns:
            the ids of the papers that have other neighbours than before, or other terms that tie them.
        """
        if self.is_empty():
            self._terms.add(changed)
            return self._compare_all()
        edits = self._terms.edits(changed)
        gone = {edit.paper for edit in edits if edit.now is None}
        self._forget(gone)
        if len(edits) * _MANY > self._terms.number():
            self._terms.change(edits)
            return self._compare_all()
        moved = self._terms.weigh(edits)
        papers, bearers = WeighedPapers(self._memory), PaperSets(self._memory, "weighed_in")
        return self._compare(sorted(self._stale(moved, papers, bearers) - gone), papers, bearers)

    def _compare_all(self) -> set[str]:
        papers, bearers = self._terms.weigh_all()
        return self._compare(papers, papers, bearers)

    def _stale(self, moved: Moved, papers: Mapping[int, Weighed], bearers: Bearers) -> set[int]:
        """Return the papers whose terms weigh more or less, and those to which one of these is or was alike enough."""
        stale, least = set(moved), cache(self._least)
        for before, now in moved.values():
            terms = {term for term, _ in before.items() ^ now.items()}
            for paper in {*chain.from_iterable(bearers[term] for term in terms)} - stale:
                if max(likeness(weights, papers[paper]) for weights in (before, now)) >= least(paper):
                    stale.add(paper)
        return stale

    def _least(self, paper: int) -> int:
        ((least,),) = self._memory.rows("SELECT least FROM near WHERE paper = ?", paper)
        return int(least)

    def _compare(self, numbers: Iterable[int], papers: Mapping[int, Weighed], bearers: Bearers) -> set[str]:
        """Find the neighbours of papers; return the ids of those that have others than before."""
        changed: set[str] = set()
        shown: dict[str, list[int]] = {}
        near_of = self._near if self._memory.rows("SELECT 1 FROM near LIMIT 1") else lambda _: _NONE

        def rows() -> Iterator[tuple[int, int, str]]:
            for paper in numbers:
                near, least = nearest(paper, papers, bearers)
                now, before = _as_text(near), near_of(paper)
                if now != before:
                    changed.add(papers[paper].id)
                    for other in dict(near).keys() ^ dict(json.loads(before)).keys():
                        shown.setdefault(other, []).append(paper)
                yield paper, least, now

        self._memory.write("INSERT OR REPLACE INTO near VALUES (?, ?, ?)", rows())
        self._shown.toggle(shown)
        return changed

    def _near(self, paper: int) -> str:
        """Return the neighbours of a paper, as they are remembered."""
        return next(
            (near for (near,) in self._memory.rows("SELECT near FROM near WHERE paper = ?", paper)), _NONE
        )

    def _forget(self, gone: Iterable[int]) -> None:
        """Forget the neighbours of papers that are gone."""
        shown: dict[str, list[int]] = {}
        for paper in gone:
            for other, _ in json.loads(self._near(paper)):
                shown.setdefault(other, []).append(paper)
        self._shown.toggle(shown)
        self._memory.write("DELETE FROM near WHERE paper = ?", ((paper,) for paper in gone))
