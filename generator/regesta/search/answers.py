"""Which papers answer the curator's saved searches; what was worked out for a paper that is as it was is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.search.query import Query
from regesta.search.searchable import known_names, searchable
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.archive import Archive, Index
    from regesta.content.paper import Paper
    from regesta.content.saved_searches import SavedSearch


class Memory(NamedTuple):
    """What a call of `answers` leaves for the next, as plain data.

    Attributes:
        keys: what stood for each paper, by its id.
        found: the ids of the papers that were found, by a hash of what was asked.
    """

    keys: Mapping[str, str]
    found: Mapping[str, Sequence[str]]


def recall(note: Any) -> Memory:
    """Return a memory that was noted as JSON; an empty one if there is none that can be read."""
    try:
        keys, found = note
        return Memory(dict(keys), {name: [*map(str, ids)] for name, ids in found.items()})
    except (AttributeError, TypeError, ValueError):
        return Memory({}, {})


class Texts(NamedTuple):
    """What is read of papers to find out which of them answer.

    Attributes:
        keys: for each paper, by id, what changes whenever anything in its file does.
        abstract_of: returns a paper's abstract as plain text; asked only where a paper or a search is new.
        files: the kinds of files beside the page of each paper, by its id.
    """

    keys: Mapping[str, str]
    abstract_of: Callable[[Paper], str]
    files: Mapping[str, Sequence[str]]


def answers(
    searches: Iterable[SavedSearch], archive: Archive, texts: Texts, before: Memory
) -> tuple[Index, Memory]:
    """Return the papers that answer each saved search, by its name and in the archive's order, and what to remember."""
    names = known_names(archive)
    queries = {search.name: Query(search.query, names) for search in searches}
    asked = {digest(repr(query)): query for query in queries.values()}
    held = {name: frozenset(before.found[name]) for name in asked if name in before.found}
    found: dict[str, list[str]] = {name: [] for name in asked}
    keys: dict[str, str] = {}
    for paper in archive.papers if asked else ():
        files = texts.files.get(paper.id, ())
        keys[paper.id] = digest(repr((texts.keys[paper.id], searchable(archive, paper, "", files))))
        answered = held if before.keys.get(paper.id) == keys[paper.id] else {}
        is_new = len(answered) < len(asked)
        terms = searchable(archive, paper, texts.abstract_of(paper), files).terms() if is_new else None
        for name, query in asked.items():
            if paper.id in answered[name] if name in answered else terms and query.finds(terms):
                found[name].append(paper.id)
    papers = {paper.id: paper for paper in archive.papers}
    return {
        name: tuple(papers[i] for i in found[digest(repr(query))]) for name, query in queries.items()
    }, Memory(keys, found)
