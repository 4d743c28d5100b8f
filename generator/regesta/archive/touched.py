"""What an edit touches: the papers and lists that may be other than at the last build."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    List = tuple[str, str]  # kind and name


@dataclass(slots=True)
class Touched:
    """What may be other than at the last build.

    Attributes:
        everything: whether anything may be; then the others say nothing.
        papers: the ids of papers whose pages may be other; some are gone.
        texts: the ids of papers that are new, edited or gone, or whose authors have other names.
        lists: the kind and the name of each list that may be other; some are gone.
    """

    everything: bool = False
    papers: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    lists: set[List] = field(default_factory=set)

    def units(self) -> Iterator[str]:
        """Yield the names of the units that may be other."""
        yield from (f"papers/{paper_id}" for paper_id in self.papers)
        yield from (f"{kind}/{name}" for kind, name in self.lists)

    def has(self, kind: str, name: str) -> bool:
        """Tell whether a list may be other."""
        return self.everything or (kind, name) in self.lists

    def names(self, kind: str, known: Collection[str]) -> Iterable[str]:
        """Return the lists of a kind that may be other, of those that are known, in their order."""
        if self.everything:
            return known
        return sorted(name for other, name in self.lists if other == kind and name in known)


#: Everything may be other, or nothing is known of the last build.
EVERYTHING = Touched(everything=True)
