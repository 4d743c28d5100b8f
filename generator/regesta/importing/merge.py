"""Merge the copies of a paper: each field from the copy with the best value, and all places of origin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regesta.content.paper import FIELDS, Paper, value_of
from regesta.sources.common.files import PIPED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Fields that only grow: each copy adds to them.
GROWING = ("collections", "aliases", "origin")
_NOTHING: Mapping[str, Any] = dict.fromkeys(
    GROWING, ()
)  # of them: they are joined once, however many copies there are

_MOST_PLACES = 10_000  # of origin: a paper file has room for them


def merge(copies: list[Paper]) -> Paper:
    """Return one paper made of copies: the richest of them, with what the others add or have better."""
    if len(copies) == 1:
        return copies[0]
    best = sorted(copies, key=lambda paper: (-richness(paper), paper.origin))
    lists: dict[str, Any] = {name: _union(*(getattr(copy, name) for copy in copies)) for name in GROWING}
    lists["origin"] = lists["origin"][:_MOST_PLACES]
    merged, *others = (replace(copy, **_NOTHING) for copy in best)
    for other in others:
        merged = better(merged, other)
    return replace(merged, **lists)


def fill(paper: Paper, other: Paper) -> Paper:
    """Return paper with what it lacks taken from other: empty fields, missing links, places of origin."""
    changes: dict[str, Any] = {name: _union(getattr(paper, name), getattr(other, name)) for name in GROWING}
    changes["links"] = dict(other.links) | dict(paper.links)
    for name in FIELDS:
        if name not in changes and value_of(paper, name) is None:
            changes[name] = getattr(other, name)
    if paper.published:
        changes["inferred"] = paper.inferred
    return replace(paper, **changes)


def better(paper: Paper, other: Paper) -> Paper:
    """Return paper with what it lacks, or what other clearly has better, taken from other; the rest stays."""
    filled = fill(paper, other)
    changes: dict[str, Any] = {
        name: getattr(other, name) for name, worth in _WORTH.items() if worth(other) > worth(filled)
    }
    if certainty(other) > certainty(paper):
        changes |= {"published": other.published, "inferred": other.inferred}
    return replace(filled, **changes)


def grown(current: Paper, incoming: Paper) -> Paper:
    """Return the current paper as the import would have it: updated by the incoming one, nothing lost."""
    read = {origin.file for origin in incoming.origin} - {PIPED}  # standard input may differ each time
    # the lines of a file that was read again may have moved
    elsewhere = tuple(origin for origin in current.origin if origin.file not in read)
    rest = replace(current, origin=elsewhere)
    fresh = replace(incoming, id=current.id, added=current.added)
    if elsewhere:
        paper = better(rest, fresh)  # a value from several sources is not changed by one of them
    elif all("/" in name for name in read):
        paper = fill(fresh, rest)
    else:
        paper = better(fresh, rest)  # outside of content/, two files may have the same name
    if certainty(current) > certainty(incoming):
        paper = replace(paper, published=current.published, inferred=current.inferred)
    return _in_the_order_of(current, paper)


def _in_the_order_of(current: Paper, paper: Paper) -> Paper:
    """Return paper with the current order of each list whose content has not changed."""
    unchanged = {
        name: getattr(current, name)
        for name in GROWING
        if set(getattr(paper, name)) == set(getattr(current, name))
    }
    return replace(paper, **unchanged)


def _union(*values: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted(set().union(*values)))


def certainty(paper: Paper) -> int:
    """Return how certain a paper's date is: the more precise the better, then read rather than inferred."""
    return 2 * len(paper.published) - ("published" in paper.inferred)


def _people(paper: Paper) -> tuple[int, int, int]:
    """Return how complete the authors are: their number, their parts and ids, the length of their names."""
    parts = sum(bool(part) for author in paper.authors for part in (author.family, author.orcid, author.id))
    return len(paper.authors), parts, sum(len(author.name) for author in paper.authors)


#: How good a copy's value of a field is, where that shows: a cut abstract is shorter, and counts only grow.
_WORTH: Mapping[str, Callable[[Paper], Any]] = {
    "abstract": lambda paper: len(paper.abstract),
    "authors": _people,
    "comments": lambda paper: -1 if paper.comments is None else paper.comments,
    "upvotes": lambda paper: -1 if paper.upvotes is None else paper.upvotes,
    "updated": lambda paper: paper.updated,
}


def richness(paper: Paper) -> int:
    """Return how rich a copy is: the certainty of its date first, then the number of its filled fields."""
    return certainty(paper) * 100 + sum(value_of(paper, name) is not None for name in FIELDS)
