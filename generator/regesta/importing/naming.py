"""Name new papers: an id is given once, never changes, and is never given to another paper."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, count
from typing import TYPE_CHECKING

from regesta.importing.likeness import text_hash
from regesta.text.identifiers import arxiv_id
from regesta.text.strings import digest, slug

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

    from regesta.content.paper import Paper
    from regesta.importing.grouping import EntryGroup


def name_new(merged: Iterable[tuple[EntryGroup, Paper]], taken: set[str]) -> None:
    """Give each new paper its id (`new_id`); to ids that would be the same, a hash of the content is added.

    Args:
        merged: the groups of entries, each with the paper made of it.
        taken: ids that are, or were, in use; the new ones are added.
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
    """Return the id of a paper if no other has it: its arXiv id, else the slug of its title."""
    arxiv = arxiv_id(paper.links.get("arxiv", ""))
    return slug(arxiv) if "/" in arxiv else arxiv or slug(paper.title) or f"paper-{_content_hash(paper)}"


def _twin_ids(name: str, paper: Paper, taken: Container[str]) -> Iterator[str]:
    """Yield free ids for a paper whose plain id is taken: with a hash of its content, then a number too."""
    hashed = f"{slug(name, 71)}-{digest(f'{_content_hash(paper)} {text_hash(paper)}', 8)}"
    numbered = (f"{hashed[:76]}-{number}" for number in count(2))
    yield from (own for own in chain([hashed], numbered) if own not in taken)


def _content_hash(paper: Paper) -> str:
    return digest(f"{paper.title}\n{paper.abstract}", 8)
