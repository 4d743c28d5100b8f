"""The papers that match each saved search; only new or changed papers and queries are evaluated."""

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


class MatchesNote(NamedTuple):
    """The result of `matches`, plain data that makes the next call faster.

    Attributes:
        keys: a hash of all that a query reads of a paper, by its id.
        ids: the ids of the papers that match, by a hash of the query.
    """

    keys: Mapping[str, str]
    ids: Mapping[str, Sequence[str]]


def recall_matches(note: Any) -> MatchesNote:
    """Return a note that was stored as JSON; an empty one if there is none, or none that can be read."""
    try:
        keys, ids = note
        return MatchesNote(dict(keys), {query: [*map(str, found)] for query, found in ids.items()})
    except (AttributeError, TypeError, ValueError):
        return MatchesNote({}, {})


class PaperData(NamedTuple):
    """What the archive does not hold of its papers.

    Attributes:
        keys: a hash of each paper's file, by the paper's id.
        abstract_of: returns a paper's abstract as plain text; called only where a paper or a query is new.
        files: the kinds of the files beside each paper's page, by the paper's id.
    """

    keys: Mapping[str, str]
    abstract_of: Callable[[Paper], str]
    files: Mapping[str, Sequence[str]]


def matches(
    searches: Iterable[SavedSearch], archive: Archive, data: PaperData, before: MatchesNote
) -> tuple[Index, MatchesNote]:
    """Return the papers that match each saved search, by its name, and the note for the next call.

    Args:
        searches: the curator's saved searches.
        archive: all papers; matches are in its order.
        data: what the archive does not hold of its papers.
        before: the note of an earlier call, for any papers and searches: with it, the result is the same.
    """
    names = known_names(archive)
    by_name = {search.name: Query(search.query, names) for search in searches}
    queries = {_key(query): query for query in by_name.values()}
    if not queries:
        return {}, MatchesNote({}, {})
    keys = _paper_keys(archive, data)
    unchanged = {paper_id for paper_id, key in keys.items() if before.keys.get(paper_id) == key}
    known = {key: unchanged.intersection(before.ids[key]) for key in queries if key in before.ids}
    new = {key: query for key, query in queries.items() if key not in known}
    ids = {key: known.get(key, set()) for key in queries}
    for paper in archive.papers:
        for key in _matching(paper, new if paper.id in unchanged else queries, archive, data):
            ids[key].add(paper.id)
    in_order = {key: tuple(paper for paper in archive.papers if paper.id in ids[key]) for key in queries}
    note = MatchesNote(keys, {key: [paper.id for paper in papers] for key, papers in in_order.items()})
    return {name: in_order[_key(query)] for name, query in by_name.items()}, note


def _key(query: Query) -> str:
    """Return a hash of what a query asks for: queries with the same hash match the same papers."""
    return digest(repr(query))


def _paper_keys(archive: Archive, data: PaperData) -> dict[str, str]:
    """Return a hash of all that a query reads of a paper, by its id."""
    return {
        paper.id: digest(repr((data.keys[paper.id], _searchable(paper, "", archive, data))))
        for paper in archive.papers
    }


def _matching(paper: Paper, queries: Mapping[str, Query], archive: Archive, data: PaperData) -> list[str]:
    """Return the hashes of the queries that a paper matches."""
    if not queries:
        return []  # its abstract need not be read
    terms = _searchable(paper, data.abstract_of(paper), archive, data).terms()
    return [key for key, query in queries.items() if query.matches(terms)]


def _searchable(paper: Paper, abstract: str, archive: Archive, data: PaperData) -> Searchable:
    return searchable(archive, paper, abstract, data.files.get(paper.id, ()))
