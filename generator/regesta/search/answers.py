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
    from regesta.search.searchable import Searchable


class AnswersNote(NamedTuple):
    """What a call of `answers` leaves for the next, as plain data.

    Attributes:
        keys: what stood for each paper, by its id.
        found: the ids of the papers that were found, by a hash of what was asked.
    """

    keys: Mapping[str, str]
    found: Mapping[str, Sequence[str]]


def recall(note: Any) -> AnswersNote:
    """Return a memory that was noted as JSON; an empty one if there is none that can be read."""
    try:
        keys, found = note
        return AnswersNote(dict(keys), {name: [*map(str, ids)] for name, ids in found.items()})
    except (AttributeError, TypeError, ValueError):
        return AnswersNote({}, {})


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
    searches: Iterable[SavedSearch], archive: Archive, texts: Texts, before: AnswersNote
) -> tuple[Index, AnswersNote]:
    """Return the papers that answer each saved search, by its name and in the archive's order, and what to remember."""
    names = known_names(archive)
    queries = {search.name: Query(search.query, names) for search in searches}
    asked = {digest(repr(query)): query for query in queries.values()}
    if not asked:
        return {}, AnswersNote({}, {})
    answered = {name: frozenset(before.found[name]) for name in asked if name in before.found}
    new = {name: query for name, query in asked.items() if name not in answered}
    found: dict[str, list[str]] = {name: [] for name in asked}
    keys = _keys(archive, texts)
    for paper in archive.papers:
        is_as_it_was = before.keys.get(paper.id) == keys[paper.id]
        hits = [name for name, ids in answered.items() if is_as_it_was and paper.id in ids]
        hits += _finding(paper, new if is_as_it_was else asked, archive, texts)
        for name in hits:
            found[name].append(paper.id)
    papers = {paper.id: paper for paper in archive.papers}
    by_search = {
        name: tuple(papers[i] for i in found[digest(repr(query))]) for name, query in queries.items()
    }
    return by_search, AnswersNote(keys, found)


def _keys(archive: Archive, texts: Texts) -> dict[str, str]:
    """Return for each paper, by id, what changes whenever anything does by which a query finds it."""
    return {
        paper.id: digest(repr((texts.keys[paper.id], _searchable(paper, "", archive, texts))))
        for paper in archive.papers
    }


def _finding(paper: Paper, queries: Mapping[str, Query], archive: Archive, texts: Texts) -> list[str]:
    """Return the names of the queries that find a paper."""
    if not queries:
        return []  # its abstract need not be read
    terms = _searchable(paper, texts.abstract_of(paper), archive, texts).terms()
    return [name for name, query in queries.items() if query.finds(terms)]


def _searchable(paper: Paper, abstract: str, archive: Archive, texts: Texts) -> Searchable:
    return searchable(archive, paper, abstract, texts.files.get(paper.id, ()))
