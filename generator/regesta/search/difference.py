"""What changed in the papers of a layer of the index since it was made."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.digits import steps
from regesta.search.documents import numbered_keys, numbers
from regesta.search.entry import entry_of, length_digits, terms_of
from regesta.search.line_change import Renumbering
from regesta.search.query import folded_name
from regesta.search.tokens import term_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from regesta.search.documents import SearchDocument
    from regesta.search.remembered import LayerMemory

#: If more than one in so many papers changed, a whole rebuild is faster.
_SHARE = 8


class Arrival(NamedTuple):
    """A term in a field of a paper that comes.

    Attributes:
        number: of the paper.
        times: how often it has the term there.
        length: the number of terms in the field, as digits; empty for abstracts.
        places: the positions of the term, as digits.
    """

    number: int
    times: int
    length: bytes
    places: bytes


class Difference:
    """What changed in the papers of a layer.

    Args:
        memory: of the layer.
        papers: date and print of each paper, by its id.
        document: returns a paper as the index holds it, by its id.

    Attributes:
        before, after: the number of each paper, by its id.
        out, come: the entries of papers that go, and of those that come, by id; those that change are in both.
        documents: the papers that come.
        renumbering: how the numbers change.

    Raises:
        OSError, ValueError, LookupError: the memory cannot be read, or too much has changed.
    """

    def __init__(
        self,
        memory: LayerMemory,
        papers: Mapping[str, tuple[str, str]],
        document: Callable[[str], SearchDocument],
    ) -> None:
        known = memory.papers()
        self.before, self.after = _numbers(known), _numbers(papers)
        gone = [paper_id for paper_id, paper in known.items() if papers.get(paper_id) != paper]
        come = [paper_id for paper_id, paper in papers.items() if known.get(paper_id) != paper]
        if _SHARE * max(len(gone), len(come)) > len(papers):
            raise LookupError("too much has changed")
        self.documents = {paper_id: document(paper_id) for paper_id in come}
        self.out = {paper_id: entry_of(*memory.said(paper_id)) for paper_id in gone}
        self.come = {
            paper_id: entry_of(paper.items, paper.text.names) for paper_id, paper in self.documents.items()
        }
        self.moved = [
            paper_id
            for paper_id, number in self.before.items()
            if paper_id not in self.out and self.after[paper_id] != number
        ]
        self.renumbering = self._renumbering()
        self._memory = memory

    def _renumbering(self) -> Renumbering:
        moved = {self.before[paper_id]: self.after[paper_id] for paper_id in self.moved}
        gone = frozenset(self.before[paper_id] for paper_id in self.out)
        every = {*gone, *moved, *moved.values(), *(self.after[paper_id] for paper_id in self.come)}
        stay = [(number, self.after[i] - number) for i, number in self.before.items() if i in self.after]
        shifts = [shift for before, shift in pairwise([(0, 0), *stay]) if before[1] != shift[1]]
        return Renumbering(gone, moved, shifts, min(every, default=0), max(every, default=0))

    def arrivals(self) -> dict[tuple[str, int], list[Arrival]]:
        """Return the terms of the papers that come, by term and field."""
        found = defaultdict[tuple[str, int], list[Arrival]](list)
        for paper_id, entry in self.come.items():
            for field, (places, terms) in enumerate(zip(entry.fields, entry.lengths(), strict=True)):
                length = length_digits(field, terms)
                for term, own in places.items():
                    arrival = Arrival(self.after[paper_id], len(own), length, steps(own))
                    found[term, field].append(arrival)
        return found

    def new_terms(self) -> set[str]:
        """Return the terms whose postings, positions or words may change, because papers go and come."""
        return {term for paper_id in {*self.out, *self.come} for term in self._new_terms(paper_id)}

    def _new_terms(self, paper_id: str) -> set[str]:
        out, come = self.out.get(paper_id), self.come.get(paper_id)
        if self.moved or not (out and come and self.before[paper_id] == self.after[paper_id]):
            return {term for entry in (out, come) if entry for term in entry.terms()}
        words = {term_of(word) for word in out.spelled().keys() ^ come.spelled().keys()}
        pairs = zip(out.fields, come.fields, out.lengths(), come.lengths(), strict=True)
        return words.union(*(_changed_terms(field, *pair) for field, pair in enumerate(pairs)))

    def joins(self) -> dict[str, list[int]]:
        """Return the numbers of the papers that come, by their names."""
        found = defaultdict[str, list[int]](list)
        for paper_id, entry in self.come.items():
            for name in entry.names:
                found[name].append(self.after[paper_id])
        return found

    def new_names(self) -> set[str]:
        """Return the names whose papers may change, because papers go and come."""
        return {name for paper_id in {*self.out, *self.come} for name in self._new_names(paper_id)}

    def _new_names(self, paper_id: str) -> set[str]:
        out, come = self.out.get(paper_id), self.come.get(paper_id)
        names = [{*entry.names} for entry in (out, come) if entry]
        if out and come and self.before[paper_id] == self.after[paper_id]:
            return names[0] ^ names[1]
        return set().union(*names)

    def changed_shards(self, size: int) -> set[int]:
        """Return the shards, of so many numbers each, that lose, gain or show anew a paper."""
        moved = self.renumbering.moved
        out = {self.before[paper_id] for paper_id in self.out}
        come = {self.after[paper_id] for paper_id in self.come}
        return {number // size for number in {*moved, *moved.values(), *out, *come}}

    def moved_terms_and_names(self) -> tuple[set[str], set[str]]:
        """Return the terms and the names of the papers that only get other numbers.

        Raises:
            OSError, LookupError, ValueError: the memory cannot be read.
        """
        terms, names = set[str](), set[str]()
        for items, own in map(self._memory.said, self.moved):
            terms |= terms_of(items)
            names.update(map(folded_name, own))
        return terms, names

    def remember(self) -> None:
        """Note in the memory which papers went and came."""
        self._memory.remove(self.out)
        for document in self.documents.values():
            self._memory.add(document)

    def spelled(self) -> Counter[str]:
        """Return how many pieces of papers more have each word that may correct a misspelt one."""
        found = Counter[str]()
        for entry in self.come.values():
            found.update(entry.spelled())
        for entry in self.out.values():
            found.subtract(entry.spelled())
        return Counter({word: count for word, count in found.items() if count})

    def lengths(self, before: Sequence[int]) -> list[int]:
        """Return for each field the number of terms in all papers, from what it was."""
        more = [entry.lengths() for entry in self.come.values()]
        less = [[-length for length in entry.lengths()] for entry in self.out.values()]
        return [sum(lengths) for lengths in zip(before, *more, *less, strict=True)]


def _numbers(papers: Mapping[str, tuple[str, str]]) -> dict[str, int]:
    """Return the number of each paper by its id."""
    ids = [paper_id for _, paper_id in numbered_keys((date, i) for i, (date, _) in papers.items())]
    return dict(zip(ids, numbers(ids), strict=True))


def _changed_terms(
    field: int, out: Mapping[str, Sequence[int]], come: Mapping[str, Sequence[int]], *lengths: int
) -> set[str]:
    """Return the terms with other postings or positions in one of two versions of a paper's field.

    Args:
        field: which it is.
        out: the positions of each term in the old version.
        come: those in the new one.
        lengths: the number of terms of each.
    """
    before, after = (length_digits(field, length) for length in lengths)
    return {term for term in {*out, *come} if before != after or out.get(term) != come.get(term)}
