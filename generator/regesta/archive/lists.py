"""The lists of papers in the archive: each knows how many it has, and reads them when it is asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, Protocol, overload

from regesta.text.dates import YEAR

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.touched import Touched
    from regesta.content.paper import Paper


class Entry(NamedTuple):
    """What a list is planned from, of each of its papers.

    Attributes:
        id: the paper's.
        key: a hash of all that lists and feeds show of it.
        date: under which it is listed.
        lastmod: the day of its newest change, "" if unknown.
        title: as in the paper.
    """

    id: str
    key: str
    date: str
    lastmod: str
    title: str


class Rows(Protocol):
    """What has the papers: the archive."""

    def entries(self, kind: str, name: str) -> list[Entry]:
        """Return what a list is planned from; all papers, if it has no kind."""

    def each_list(self, kind: str) -> Iterator[tuple[str, list[Entry]]]:
        """Yield the name of each list of a kind, and what it is planned from, in the order of the names."""

    def sizes(self, kind: str) -> dict[str, int]:
        """Return how many papers each list of a kind has, in the order of the names."""

    def of_entry(self, entry: Entry) -> Paper:
        """Return the paper of an entry."""

    def read(self) -> Iterator[Paper]:
        """Yield all papers."""


class Papers(Sequence["Paper"]):
    """The papers of a list, in its order; each is read when it is asked for.

    Args:
        archive: has them.
        kind, name: of the list; "" for all papers.
        size: how many there are.
    """

    def __init__(self, archive: Rows, kind: str, name: str, size: int) -> None:
        self._archive, self._kind, self._name, self._size = archive, kind, name, size

    def __len__(self) -> int:
        """How many there are."""
        return self._size

    def __iter__(self) -> Iterator[Paper]:
        """Read one after the other."""
        return map(self._archive.of_entry, self.entries) if self._kind else self._archive.read()

    @overload
    def __getitem__(self, place: int) -> Paper: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[Paper, ...]: ...
    def __getitem__(self, place: int | slice) -> Paper | tuple[Paper, ...]:
        """Return a paper by its place, or some of them."""
        if isinstance(place, slice):
            return tuple(map(self._archive.of_entry, self.entries[place]))
        return self._archive.of_entry(self.entries[place])

    def __eq__(self, other: object) -> bool:
        """Tell whether other papers are the same."""
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]

    @cached_property
    def entries(self) -> list[Entry]:
        """What the list is planned from."""
        return self._archive.entries(self._kind, self._name)

    @cached_property
    def years(self) -> Counter[str]:
        """How many papers each year has; "" for those without a date."""
        return Counter(entry.date[:YEAR] for entry in self.entries)


class Index(Mapping[str, Papers]):
    """The lists of one kind, in the order of their names.

    Args:
        archive: has the papers.
        kind: of the lists.
        names: of lists that may have no papers.
        least: papers of a list; those with fewer are left out.
    """

    def __init__(self, archive: Rows, kind: str, names: Iterable[str] = (), least: int = 1) -> None:
        self._archive, self._kind, self._more, self._least = archive, kind, names, least

    @cached_property
    def _sizes(self) -> dict[str, int]:
        sizes = self._archive.sizes(self._kind)
        if self._least > 1:
            sizes = {name: size for name, size in sizes.items() if size >= self._least}
        return {name: sizes.get(name, 0) for name in sorted({*sizes, *self._more})} if self._more else sizes

    def each(self, touched: Touched) -> Iterator[tuple[str, Papers]]:
        """Yield the lists that may be other, by their names; if all may be, they are read in one go."""
        if self._more or not touched.everything:
            yield from ((name, self[name]) for name in touched.names(self._kind, self))
            return
        for name, entries in self._archive.each_list(self._kind):
            if name not in self:
                continue
            papers = self[name]
            papers.entries = entries
            yield name, papers

    def __getitem__(self, name: str) -> Papers:
        """Return the list of a name."""
        return Papers(self._archive, self._kind, name, self._sizes[name])

    def size(self, name: str) -> int:
        """Return how many papers a list has; 0 if there is none of that name."""
        return self._sizes.get(name, 0)

    def __contains__(self, name: object) -> bool:
        """Tell whether there is a list of a name."""
        return name in self._sizes

    def __iter__(self) -> Iterator[str]:
        """Go through the names."""
        return iter(self._sizes)

    def __len__(self) -> int:
        """How many lists there are."""
        return len(self._sizes)
