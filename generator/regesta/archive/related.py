"""Related papers: those that share terms, with the terms that they share, as rows in the memory of a build.

An edit compares only the papers that it touches: those whose terms weigh more or less than before, and those to which one
of these is or was alike enough to be shown.
"""

from __future__ import annotations

from array import array
from itertools import chain
from typing import TYPE_CHECKING

from regesta.archive import weighed_terms
from regesta.archive.neighbours import likeness, nearest
from regesta.archive.weighed_terms import Bearers, WeighedTerms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.archive.neighbours import Near
    from regesta.archive.weighed_terms import Changed, Moved
    from regesta.memory import Memory

#: The tables of related papers, for `Memory.recall`: those of terms, where `least` is a likeness to a paper: less alike
#: papers can come and go without changing its neighbours.
TABLES = weighed_terms.TABLES | {
    "near": "(paper INT, place INT, other INT, ties, PRIMARY KEY (paper, place), UNIQUE (other, paper)) WITHOUT ROWID",
}
_MANY = 8  # if more than one in so many papers changed, all are compared
_BATCH = 1000  # papers whose neighbours are written at once


class RelatedPapers:
    """The papers related to each paper.

    Args:
        memory: of the build.
        valid_for: a hash of the code that finds related papers.
    """

    def __init__(self, memory: Memory, valid_for: str) -> None:
        self._memory = memory
        self._terms = WeighedTerms(memory)
        memory.recall("related", valid_for, TABLES)

    def is_empty(self) -> bool:
        """Tell whether nothing is remembered, so that `update` is to be given all papers."""
        return not self._memory.rows("SELECT 1 FROM counted LIMIT 1")

    def of(self, paper_id: str) -> Sequence[tuple[str, str]]:
        """Return the ids of the papers related to a paper, best first, each with the terms that tie the two.

        The terms are one text: "tide, spring flood".
        """
        return self._memory.rows(
            "SELECT id, ties FROM near CROSS JOIN counted ON counted.paper = other"
            " WHERE near.paper = (SELECT paper FROM counted WHERE id = ?) ORDER BY place",
            paper_id,
        )

    def showing(self, ids: Iterable[str]) -> set[str]:
        """Return the ids of the papers to which one of these is related."""
        query = (
            "SELECT id FROM near CROSS JOIN counted ON counted.paper = near.paper"
            " WHERE other = (SELECT paper FROM counted WHERE id = ?)"
        )
        return {shown for paper_id in ids for (shown,) in self._memory.rows(query, paper_id)}

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
        self._memory.write(
            "DELETE FROM near WHERE paper = ?", [(edit.paper,) for edit in edits if edit.now is None]
        )
        if len(edits) * _MANY > self._terms.number():
            self._terms.change(edits)
            return self._compare_all()
        moved, bearers = self._terms.weigh(edits), Bearers(self._memory)
        gone = {edit.paper for edit in edits if edit.now is None}
        return self._compare(sorted(self._stale(moved, bearers) - gone), bearers)

    def _compare_all(self) -> set[str]:
        self._terms.weigh_all()
        papers = array("I", chain.from_iterable(self._memory.each("SELECT paper FROM weighed")))
        return self._compare(papers, Bearers(self._memory))

    def _stale(self, moved: Moved, bearers: Bearers) -> set[int]:
        """Return the papers whose terms weigh more or less, and those to which one of these is or was alike enough."""
        stale = set(moved)
        for before, now in moved.values():
            terms = {term for term, _ in before.items() ^ now.items()}
            sharing = {paper for term in terms for paper in chain(*bearers[term].values())} - stale
            alike = [likeness(weights, bearers) for weights in (before, now)] if sharing else []
            stale |= {paper for paper in sharing if max(a.get(paper, 0) for a in alike) >= self._least(paper)}
        return stale

    def _least(self, paper: int) -> int:
        ((least,),) = self._memory.rows("SELECT least FROM weighed WHERE paper = ?", paper)
        return int(least)

    def _compare(self, papers: Sequence[int], bearers: Bearers) -> set[str]:
        """Find the neighbours of papers; return the ids of those that have others than before."""
        ids = _Ids(self._memory)
        changed: set[str] = set()
        for start in range(0, len(papers), _BATCH):
            found = {}
            for paper in papers[start : start + _BATCH]:
                found[paper] = nearest(paper, self._terms.weights(paper), bearers, ids)
            changed.update(ids[paper] for paper in self._keep(found))
        return changed

    def _keep(self, found: Mapping[int, tuple[list[Near], int]]) -> list[int]:
        """Remember what was found for papers; return those that have other neighbours than before."""
        self._memory.write(
            "UPDATE weighed SET least = ? WHERE paper = ?", ((least, i) for i, (_, least) in found.items())
        )
        query = "SELECT other, ties FROM near WHERE paper = ? ORDER BY place"
        changed = [paper for paper, (near, _) in found.items() if self._memory.rows(query, paper) != near]
        self._memory.write("DELETE FROM near WHERE paper = ?", ((paper,) for paper in changed))
        rows = ((paper, place, *near) for paper in changed for place, near in enumerate(found[paper][0]))
        self._memory.write("INSERT INTO near VALUES (?, ?, ?, ?)", rows)
        return changed


class _Ids(dict[int, str]):
    """The ids of papers by their numbers; read when they are needed."""

    def __init__(self, memory: Memory) -> None:
        super().__init__()
        self._memory = memory

    def __missing__(self, paper: int) -> str:
        ((found,),) = self._memory.rows("SELECT id FROM counted WHERE paper = ?", paper)
        self[paper] = str(found)
        return self[paper]
