"""What a map of the archive is drawn from: papers in the order in which they came, or how many have the same tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from regesta.archive.archive import Archive


class Arrival(NamedTuple):
    """A paper as a map needs it.

    Attributes:
        id: the paper's.
        tags: its tags.
        day: on which it was added, "" if unknown.
    """

    id: str
    tags: tuple[str, ...]
    day: str


def arrivals(archive: Archive) -> list[Arrival]:
    """Return all papers in the order in which they were added; of one day, in an order that depends on their ids alone."""
    rows = archive.memory.rows("SELECT id, tags, substr(arrival, 1, 10) FROM paper ORDER BY arrival, id")
    return [Arrival(paper_id, tuple(tags.split()), day) for paper_id, tags, day in rows]


def tag_sets(archive: Archive) -> dict[tuple[str, ...], int]:
    """Return how many papers have the same tags, in the same order."""
    rows = archive.memory.rows("SELECT tags, count(*) FROM paper GROUP BY tags ORDER BY tags")
    return {tuple(tags.split()): papers for tags, papers in rows}
