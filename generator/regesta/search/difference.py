"""What changed in the papers of a layer of the index since it was made."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.conditions import folded_name
from regesta.search.digits import steps
from regesta.search.documents import Numbers
from regesta.search.entry import Entry, entry_of, length_digits, length_of, terms_and_forms
from regesta.search.fields import FIELDS
from regesta.search.line_change import Renumbering
from regesta.search.paper_rows import COMES, GOES, STAYS
from regesta.search.spelling import spelled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.search.documents import SearchDocument
    from regesta.search.remembered import LayerMemory

#: If more than one in so many papers changed, a whole rebuild is faster.
_SHARE = 8
#: What a paper brings into the index that is not there.
_NOTHING = Entry([{}] * len(FIELDS), {}, [])


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
        renumberings: the same for each field, where papers stay whose texts in it are the same.
        spelled: how many pieces of papers more have each word that may correct a misspelt one.

    Raises:
        OSError, ValueError, LookupError: the memory cannot be read, or too much has changed.
    """

    def __init__(self, memory: LayerMemory, document: Callable[[str], SearchDocument]) -> None:
        scan = _Scan(memory.papers(), memory.count(COMES), memory.count())
        self.old, self.new = scan.old, scan.new
        self.before, self.after, self.moved = scan.before, scan.after, scan.moved
        if _SHARE * max(len(scan.gone), len(scan.come)) > self.new.papers:
            raise LookupError("too much has changed")
        self._memory, self._in_place = memory, scan.in_place
        self.documents = {paper_id: document(paper_id) for paper_id in scan.come}
        said = {paper_id: memory.said(paper_id) for paper_id in scan.gone}
        same = {
            paper_id: _same(said[paper_id][0], self.documents[paper_id].items) for paper_id in scan.in_place
        }
        self.out = {paper_id: entry_of(*said[paper_id], same.get(paper_id, ())) for paper_id in scan.gone}
        self.come = {
            paper_id: entry_of(paper.items, paper.text.names, same.get(paper_id, ()))
            for paper_id, paper in self.documents.items()
        }
        moved = {self.before[paper_id]: self.after[paper_id] for paper_id in self.moved}
        gone = frozenset(self.before[paper_id] for paper_id in self.out)
        every = {*gone, *moved, *moved.values(), *(self.after[paper_id] for paper_id in self.come)}
        low, high = min(every, default=0), max(every, default=0)
        self.renumbering = Renumbering(gone, moved, scan.shifts, low, high)
        self.renumberings = [
            self.renumbering._replace(gone=gone - {self.before[one] for one in same if field in same[one]})
            for field in range(len(FIELDS))
        ]
        self.spelled = self._spelled()

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

    def new_terms(self) -> dict[str, set[int]]:
        """Return the terms whose postings or positions may change, because papers go and come, and the fields where."""
        found = defaultdict[str, set[int]](set)
        for paper_id in {*self.out, *self.come}:
            entries = self.out.get(paper_id, _NOTHING), self.come.get(paper_id, _NOTHING)
            for field, (before, after) in enumerate(zip(*(entry.fields for entry in entries), strict=True)):
                stays = paper_id in self._in_place and _length(field, before) == _length(field, after)
                for term in before.keys() | after.keys():
                    if not stays or before.get(term) != after.get(term):
                        found[term].add(field)
        return found

    def joins(self) -> dict[str, list[tuple[int, bool]]]:
        """Return the numbers of the papers that come, by their names, and whether their titles have these."""
        found = defaultdict[str, list[tuple[int, bool]]](list)
        for paper_id, entry in self.come.items():
            for name, is_in_title in entry.names.items():
                found[name].append((self.after[paper_id], is_in_title))
        return found

    def new_names(self) -> set[str]:
        """Return the names whose papers may change, because papers go and come."""
        return {name for paper_id in {*self.out, *self.come} for name in self._new_names(paper_id)}

    def _new_names(self, paper_id: str) -> set[str]:
        out, come = self.out.get(paper_id), self.come.get(paper_id)
        names = [{*entry.names.items()} for entry in (out, come) if entry]
        is_in_place = out and come and paper_id in self._in_place
        return {name for name, _ in (names[0] ^ names[1] if is_in_place else set().union(*names))}

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
            own_terms, forms = terms_and_forms(items)
            terms |= own_terms
            names |= forms.union(map(folded_name, own))
        return terms, names

    def remember(self) -> None:
        """Note in the memory which papers went and came."""
        self._memory.remove(self.out)
        for document in self.documents.values():
            self._memory.add(document)

    def _spelled(self) -> dict[str, int]:
        pieces = Counter(piece for entry in self.come.values() for piece in entry.pieces)
        pieces.subtract(piece for entry in self.out.values() for piece in entry.pieces)
        found = Counter[str]()
        for piece, more in pieces.items():
            for word in spelled(piece) if more else ():
                found[word] += more
        return {word: more for word, more in found.items() if more}

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
        before: how many there were.
        after: how many there are.

    Attributes:
        old, new, before, after, moved: as in `Difference`.
        gone, come: the ids of papers that go, and that come.
        in_place: the ids of papers that change and keep their place and number.
        shifts: as in `Renumbering`.
    """

    def __init__(self, papers: Iterable[tuple[str, int]], before: int, after: int) -> None:
        self.old, self.new = Numbers(before), Numbers(after)
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


def _same(before: Sequence[Sequence[str]], after: Sequence[Sequence[str]]) -> frozenset[int]:
    """Return the fields in which a paper has the same texts as before."""
    pairs = enumerate(zip(before, after, strict=True))
    return frozenset(field for field, (old, new) in pairs if [*old] == [*new])


def _length(field: int, places: Mapping[str, Sequence[int]]) -> bytes:
    """Return the number of terms in a paper's field as its postings have it."""
    return length_digits(field, length_of(places))
