"""What changed in the papers of a layer of the index since it was made."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.digits import steps
from regesta.search.documents import Numbers
from regesta.search.entry import entry_of, length_digits, terms_of
from regesta.search.line_change import Renumbering
from regesta.search.paper_rows import GOES, STAYS
from regesta.search.query import folded_name
from regesta.search.tokens import term_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
        document: returns a paper as the index holds it, by its id.

    Attributes:
        old, new: the numbers of all papers, before and now.
        before, after: the number of each paper that goes, comes or gets another number, by its id.
        out, come: the entries of papers that go, and of those that come, by id; those that change are in both.
        documents: the papers that come.
        moved: the papers that only get another number.
        renumbering: how the numbers change.

    Raises:
        OSError, ValueError, LookupError: the memory cannot be read, or too much has changed.
    """

    def __init__(self, memory: LayerMemory, document: Callable[[str], SearchDocument]) -> None:
        scan = _Scan(memory.papers())
        self.old, self.new = scan.old, scan.new
        self.before, self.after, self.moved = scan.before, scan.after, scan.moved
        if _SHARE * max(len(scan.gone), len(scan.come)) > self.new.papers:
            raise LookupError("too much has changed")
        self._memory, self._in_place = memory, scan.in_place
        self.documents = {paper_id: document(paper_id) for paper_id in scan.come}
        self.out = {paper_id: entry_of(*memory.said(paper_id)) for paper_id in scan.gone}
        self.come = {
            paper_id: entry_of(paper.items, paper.text.names) for paper_id, paper in self.documents.items()
        }
        moved = {self.before[paper_id]: self.after[paper_id] for paper_id in self.moved}
        gone = frozenset(self.before[paper_id] for paper_id in self.out)
        every = {*gone, *moved, *moved.values(), *(self.after[paper_id] for paper_id in self.come)}
        low, high = min(every, default=0), max(every, default=0)
        self.renumbering = Renumbering(gone, moved, scan.shifts, low, high)

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
        if self.moved or not out or not come or paper_id not in self._in_place:
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
        if out and come and paper_id in self._in_place:
            return names[0] ^ names[1]
        return set().union(*names)

    def changed_shards(self, size: int) -> dict[int, dict[int, str]]:
        """Return the shards, of so many numbers each, that lose, gain or show anew a paper.

        For each, these are the ids of the papers that it gains or shows anew, by their numbers.
        """
        found: dict[int, dict[int, str]] = {number // size: {} for number in self.before.values()}
        for paper_id, number in self.after.items():
            found.setdefault(number // size, {})[number] = paper_id
        return found

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


class _Scan:
    """One pass over the papers of a layer, in order, that numbers them as they were and as they are.

    Papers that stay with their numbers are not held.

    Args:
        papers: the id of each, and whether it stays, goes or comes (`LayerMemory.papers`).

    Attributes:
        old, new, before, after, moved: as in `Difference`.
        gone, come: the ids of papers that go, and that come.
        in_place: the ids of papers that change and keep their place and number.
        shifts: as in `Renumbering`.
    """

    def __init__(self, papers: Iterable[tuple[str, int]]) -> None:
        self.old, self.new = Numbers(), Numbers()
        self.before: dict[str, int] = {}
        self.after: dict[str, int] = {}
        self.gone: list[str] = []
        self.come: list[str] = []
        self.moved: list[str] = []
        self.in_place: set[str] = set()
        self.shifts: list[tuple[int, int]] = []
        for paper_id, state in papers:
            if state == STAYS:
                self._keep(paper_id)
            elif state == GOES:
                self.gone.append(paper_id)
                self.before[paper_id] = self.old.take(paper_id)
            else:
                self._add(paper_id)

    def _keep(self, paper_id: str) -> None:
        """Take a paper that stays, and give it its numbers."""
        before, after = self.old.take(paper_id), self.new.take(paper_id)
        if before != after:
            self.moved.append(paper_id)
            self.before[paper_id], self.after[paper_id] = before, after
        self._shift(before, after)

    def _add(self, paper_id: str) -> None:
        """Take a paper that comes, and give it its number; it may have gone, to come back with other words."""
        number = self.after[paper_id] = self.new.take(paper_id)
        self.come.append(paper_id)
        last, shift = self.shifts[-1] if self.shifts else (0, 0)
        if self.before.get(paper_id) == number and last <= number and not shift:
            self.in_place.add(paper_id)

    def _shift(self, before: int, after: int) -> None:
        """Note by how much numbers change from an old one on, if that is not what it was."""
        if after - before != (self.shifts[-1][1] if self.shifts else 0):
            self.shifts.append((before, after - before))


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
