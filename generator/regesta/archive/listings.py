"""Which collections list a paper, and which proceedings published it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from regesta.archive.publication import may_be_published_in
from regesta.content.collections import Collection, Listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from regesta.archive.publication import Standing
    from regesta.content.paper import Paper

_NOTHING = Collection("", "")
_NEAR = 20  # entries of a collection in which the one before or after a paper is looked for


class Listings:
    """The entries of all collections, by paper.

    Args:
        collections: the curator's file for each collection, by its name.
    """

    def __init__(self, collections: Mapping[str, Collection]) -> None:
        self._collections = collections
        self._has_proceedings = any(collection.is_proceedings for collection in collections.values())
        #: The place and the entry of each id or alias, by collection; the first, if a collection lists one twice.
        self._entries: defaultdict[str, dict[str, tuple[int, Listed]]] = defaultdict(dict)
        for name, collection in collections.items():
            for place, entry in enumerate(collection.papers):
                self._entries[entry.id].setdefault(name, (place, entry))

    def of(self, paper: Paper) -> list[str]:
        """Return the names of the collections that list a paper or that it names, sorted."""
        if not self._entries:
            return sorted(paper.collections)
        return sorted({*paper.collections, *(name for name, _, _ in self._found(paper))})

    def standing(self, paper: Paper) -> Standing | None:
        """Return the proceedings that published a paper, with its entry there; the first by name, if several list it."""
        for name in self.of(paper) if self._has_proceedings else ():
            collection = self._collections.get(name, _NOTHING)
            if collection.is_proceedings and may_be_published_in(collection, paper):
                own = [(place, entry) for other, place, entry in self._found(paper) if other == name]
                return collection, min(own, key=lambda pair: pair[0])[1] if own else Listed(paper.id)
        return None

    def beside(self, names: Iterable[str]) -> Iterator[tuple[str, Iterator[str], Iterator[str]]]:
        """Yield each collection that lists a paper by its id or an alias, with the ids that stand there before and after it.

        The nearest come first, and only the next few: others of them may be unknown.
        """
        places = dict[str, int]()
        for paper_id in names if self._entries else ():
            for name, (place, _) in self._entries.get(paper_id, {}).items():
                places.setdefault(name, place)
        for name, place in sorted(places.items()):
            listed = self._collections[name].papers
            before, after = (
                reversed(listed[max(place - _NEAR, 0) : place]),
                listed[place + 1 : place + 1 + _NEAR],
            )
            yield name, (one.id for one in before), (one.id for one in after)

    def _found(self, paper: Paper) -> Iterator[tuple[str, int, Listed]]:
        for paper_id in (paper.id, *paper.aliases):
            for name, (place, entry) in self._entries.get(paper_id, {}).items():
                yield name, place, entry
