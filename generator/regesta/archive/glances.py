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
        status: withdrawn, retracted or "".
    """

    id: str
    title: str
    date: str
    is_inferred: bool
    tag: str
    status: str


#: What makes a glance, from `paper p`.
GLANCE = "SELECT p.id, p.title, p.date, p.inferred, p.tags, p.status"


def glance(row: tuple[str, str, str, int, str, str]) -> Glance:
    """Return the paper of a row of `GLANCE` at a glance."""
    paper_id, title, date, inferred, tags, status = row
    return Glance(paper_id, title, date, bool(inferred), tags.partition(" ")[0], status)


def glances(memory: Memory, ids: Iterable[str]) -> dict[str, Glance]:
    """Return some papers at a glance, by their ids; unknown ids are left out."""
    rows = memory.rows_of(f"{GLANCE} FROM paper p WHERE p.id IN ({{}})", ids)
    return {row[0]: glance(row) for row in rows}
