"""What other pages say of a paper in a line: its title, its year, its first tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.memory import Memory


class Glance(NamedTuple):
    """A paper at a glance.

    Attributes:
        id, title: as in the paper.
        date: under which it is listed.
        is_inferred: whether that date was inferred.
        tag: its first, "" if it has none.
    """

    id: str
    title: str
    date: str
    is_inferred: bool
    tag: str


def glances(memory: Memory, ids: Iterable[str]) -> dict[str, Glance]:
    """Return some papers at a glance, by their ids; unknown ids are left out."""
    rows = memory.rows_of("SELECT id, title, date, inferred, tags FROM paper WHERE id IN ({})", ids)
    return {
        paper_id: Glance(paper_id, title, date, bool(inferred), tags.partition(" ")[0])
        for paper_id, title, date, inferred, tags in rows
    }
