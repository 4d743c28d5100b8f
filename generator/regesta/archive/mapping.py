"""What a map of the archive is drawn from: papers in the order in which they came, or how many have the same tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.archive.archive import Archive


def arrivals(archive: Archive) -> list[tuple[str, str, str]]:
    """Return the id, the tags and the day of arrival of all papers, in the order in which they were added.

    Papers of one day are in an order that depends on their ids alone.
    """
    return archive.memory.rows("SELECT id, tags, substr(arrival, 1, 10) FROM paper ORDER BY arrival, id")


def tag_sets(archive: Archive) -> list[tuple[str, int]]:
    """Return how many papers have the same tags, in the same order."""
    return archive.memory.rows("SELECT tags, count(*) FROM paper GROUP BY tags ORDER BY tags")


def tags_of(archive: Archive, ids: Iterable[str]) -> set[str]:
    """Return all tags that some papers have; they may be unknown."""
    found = archive.memory.rows_of("SELECT tags FROM paper WHERE id IN ({})", ids)
    return {tag for (tags,) in found for tag in tags.split()}
