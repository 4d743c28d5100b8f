"""Make one paper of its several copies: the richest of each field, every place of origin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from regesta.paper import FIELDS, Paper, value_of
from regesta.text import title_key

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Fields that grow: a copy adds to them, none takes away.
GROWING = ("collections", "aliases", "origin")


def keys(paper: Paper) -> set[str]:
    """Return what a paper is recognized by: its arXiv id and DOI if known, and its title."""
    known = {f"title:{title_key(paper.title)}"}
    for kind in ("arxiv", "doi"):
        if url := paper.links.get(kind):
            known.add(f"{kind}:{url.rstrip('/').rpartition('/' if kind == 'arxiv' else 'doi.org/')[2].lower()}")
    return known


def group(papers: Iterable[Paper]) -> list[list[Paper]]:
    """Return the copies of each paper together, in the order in which the papers first occur.

    A copy that is known by two names brings together all that bear either of them.
    """
    found: dict[str, list[Paper]] = {}
    for paper in papers:
        names = keys(paper)
        homes = {id(home): home for name in names if (home := found.get(name))}.values()
        together = [*(copy for home in homes for copy in home), paper]
        found |= dict.fromkeys((name for copy in together for name in keys(copy)), together)
    return list({id(home): home for home in found.values()}.values())


def merge(copies: list[Paper]) -> Paper:
    """Return one paper of its copies: each field from the copy that knows most, lists of places united."""
    best = sorted(copies, key=lambda paper: (-_richness(paper), paper.origin))
    merged = best[0]
    for other in best[1:]:
        merged = fill(merged, other)
    return merged


def fill(paper: Paper, other: Paper) -> Paper:
    """Return paper with what it lacks taken from other: empty fields, missing links, further places of origin."""
    changes: dict[str, Any] = {name: _union(getattr(paper, name), getattr(other, name)) for name in GROWING}
    changes["links"] = dict(other.links) | dict(paper.links)
    for name in FIELDS:
        if name not in changes and value_of(paper, name) is None:
            changes[name] = getattr(other, name)
    if paper.published:
        changes["inferred"] = paper.inferred
    return replace(paper, **changes)


def _union(ours: tuple[Any, ...], theirs: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(sorted({*ours, *theirs}))


def certainty(paper: Paper) -> int:
    """Return how well it is known when a paper came out: by the precision of its date, then read before inferred."""
    return 2 * len(paper.published) - ("published" in paper.inferred)


def _richness(paper: Paper) -> int:
    """Return how much a copy knows: its date above all, then its filled fields."""
    return certainty(paper) * 100 + sum(value_of(paper, name) is not None for name in FIELDS)
