"""Name new papers: an id is given once and never changed, and no other paper ever gets it."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING

from regesta.identifiers import arxiv_id
from regesta.likeness import text_hash
from regesta.text import digest, slug

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from regesta.grouping import Found
    from regesta.paper import Paper


def name_new(merged: Iterable[tuple[Found, Paper]], taken: set[str]) -> None:
    """Give each new paper its id (`new_id`); of those that would have the same, each gets a hash of its content.

    Args:
        merged: what was found, each with the paper that it makes.
        taken: ids that are in use, or were once; the new ones are added.
    """
    wanted = defaultdict(list)
    for group, paper in merged:
        if not group.home and group.like is None:
            wanted[_plain_id(paper)].append((group, paper))
    for name, twins in wanted.items():
        for group, paper in twins:
            clash = len(twins) > 1 or name in taken
            group.new_id = next(_twin_ids(name, paper, taken)) if clash else name
            taken.add(group.new_id)


def _plain_id(paper: Paper) -> str:
    """Return the id that a paper gets if no other wants it: its arXiv id, else the slug of its title."""
    arxiv = arxiv_id(paper.links.get("arxiv", ""))
    return slug(arxiv) if "/" in arxiv else arxiv or slug(paper.title) or f"paper-{_content_hash(paper)}"


def _twin_ids(name: str, paper: Paper, taken: Container[str]) -> Iterator[str]:
    """Return the ids that a paper may have beside others of its name, those that are free: by its content, then by number."""
    hashed = f"{slug(name, 71)}-{digest(f'{_content_hash(paper)} {text_hash(paper)}', 8)}"
    numbered = (f"{hashed[:76]}-{number}" for number in count(2))
    yield from (own for own in chain([hashed], numbered) if own not in taken)


def _content_hash(paper: Paper) -> str:
    return digest(f"{paper.title}\n{paper.abstract}", 8)
