"""The papers that match each saved search; only papers that are new or other, or all for new queries, are evaluated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.search.query import Query
from regesta.search.searchable import known_names, searchable
from regesta.text.markdown import plain_text
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.touched import Touched
    from regesta.content.paper import Paper
    from regesta.content.saved_searches import SavedSearch
    from regesta.memory import Memory


def update_matches(
    archive: Archive,
    searches: Sequence[SavedSearch],
    files: Mapping[str, Sequence[str]],
    touched: Touched,
    valid_for: str,
) -> None:
    """Bring the lists of papers that match the curator's saved searches up to date.

    Args:
        archive: all papers.
        searches: the saved searches.
        files: the kinds of the files beside each paper's page, by the paper's id.
        touched: whose texts may be other; the lists that change are added.
        valid_for: a hash of the code that decides which papers match.
    """
    names = known_names(archive) if searches else ()
    queries = {search.name: Query(search.query, names) for search in searches}
    is_valid = archive.memory.recall("matches", digest(repr((valid_for, queries))), {})
    if is_valid and not touched.everything:
        ids = sorted(touched.texts)
        papers = filter(None, map(archive.paper, ids)) if queries else iter(())
        changed = archive.put_in_searches(queries, _matching(papers, queries, archive, files), ids)
    else:
        papers = iter(archive.papers if queries else ())
        archive.put_in_searches(queries, _matching(papers, queries, archive, files))
        changed = {*queries}
    changed |= _other_entries(archive.memory, {search.name: repr(search) for search in searches})
    touched.lists |= {("searches", name) for name in changed}


def _other_entries(memory: Memory, entries: Mapping[str, str]) -> set[str]:
    """Return the names of the saved searches whose entries in the settings are other than before; some are gone."""
    memory.recall("searches", "", {"search": "(name PRIMARY KEY, entry)"})
    before = dict(memory.rows("SELECT name, entry FROM search"))
    memory.rows("DELETE FROM search")
    memory.write("INSERT INTO search VALUES (?, ?)", entries.items())
    return {name for name in before.keys() | entries.keys() if before.get(name) != entries.get(name)}


def _matching(
    papers: Iterator[Paper],
    queries: Mapping[str, Query],
    archive: Archive,
    files: Mapping[str, Sequence[str]],
) -> Iterator[tuple[str, str]]:
    """Yield the name of a search and the id of a paper for each match."""
    for paper in papers:
        terms = searchable(archive, paper, plain_text(paper.abstract), files.get(paper.id, ())).terms()
        yield from ((name, paper.id) for name, query in queries.items() if query.matches(terms))
