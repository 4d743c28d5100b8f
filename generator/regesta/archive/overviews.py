"""What pages show of many papers at once, as the rows tell it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.archive.archive import Archive


def together(
    archive: Archive, kind: str, name: str, others: Iterable[str]
) -> dict[str, list[tuple[str, int]]]:
    """Return the lists of other kinds that the papers of a list are also in, with the number of these papers.

    Those with most papers come first, equal ones by name; the list itself is left out.
    """
    found = {other: Counter[str]() for other in others}
    marks = ", ".join("?" * len(found))
    # The plus keeps SQLite from looking through all lists of the other kinds; counted here, it takes a third of the time.
    query = f"""SELECT o.kind, o.name FROM way w CROSS JOIN way o USING (no)
        WHERE w.kind = ? AND w.name = ? AND +o.kind IN ({marks})"""
    for other, own in archive.memory.rows(query, kind, name, *found):
        found[other][own] += 1
    found.get(kind, Counter[str]()).pop(name, 0)
    return {
        other: sorted(counts.items(), key=lambda one: (-one[1], one[0])) for other, counts in found.items()
    }


def tags_of(archive: Archive, kind: str, name: str, most: int) -> list[tuple[str, int]]:
    """Return the tags that most papers of a list have, with their number; of a tag's papers, the other ones."""
    rows = archive.memory.rows(
        "SELECT p.tags FROM way w JOIN paper p USING (no) WHERE w.kind = ? AND w.name = ?", kind, name
    )
    counts = Counter(tag for (tags,) in rows for tag in tags.split() if (kind, name) != ("tags", tag))
    return sorted(counts.items(), key=lambda one: (-one[1], one[0]))[:most]


def talked_about(archive: Archive, kind: str, name: str) -> dict[str, tuple[int, int]]:
    """Return the numbers of comments and upvotes of the papers of a list that have any, by the paper's id."""
    query = """SELECT p.id, ifnull(p.comments, 0), ifnull(p.upvotes, 0) FROM way w JOIN paper p USING (no)
        WHERE w.kind = ? AND w.name = ? AND (p.comments > 0 OR p.upvotes > 0)"""
    return {paper: (comments, upvotes) for paper, comments, upvotes in archive.memory.rows(query, kind, name)}
