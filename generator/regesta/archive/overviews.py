"""What pages show of many papers at once, as the rows tell it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regesta.archive.glances import GLANCE, glance
from regesta.archive.lists import Entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.archive.archive import Archive
    from regesta.archive.glances import Glance


_DISCUSSED = "p.comments > 0 OR p.upvotes > 0"


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
    query = f"""SELECT p.id, ifnull(p.comments, 0), ifnull(p.upvotes, 0) FROM way w JOIN paper p USING (no)
        WHERE w.kind = ? AND w.name = ? AND ({_DISCUSSED})"""
    return {paper: (comments, upvotes) for paper, comments, upvotes in archive.memory.rows(query, kind, name)}


def most_discussed(archive: Archive, most: int) -> list[tuple[Entry, int]]:
    """Return the papers with most comments, or upvotes, each with its comments; equal ones in the order of the archive."""
    query = f"""SELECT p.id, p.key, p.date, p.lastmod, p.title, ifnull(p.comments, 0) FROM paper p WHERE {_DISCUSSED}
        ORDER BY p.comments DESC, p.upvotes DESC, p.place LIMIT ?"""
    return [(Entry._make(row[:-1]), row[-1]) for row in archive.memory.rows(query, most)]


def is_discussed(archive: Archive) -> bool:
    """Tell whether any paper has comments or upvotes."""
    return bool(archive.memory.rows(f"SELECT 1 FROM paper p WHERE {_DISCUSSED} LIMIT 1"))


def known_counts(archive: Archive) -> int:
    """Return of how many papers the number of comments or upvotes is known, also if it is 0."""
    query = "SELECT count(*) FROM paper WHERE comments NOT NULL OR upvotes NOT NULL"
    return int(archive.memory.rows(query)[0][0])


def titled(archive: Archive, kind: str, name: str) -> list[Glance]:
    """Return the papers of a list at a glance, in the order of their ids."""
    query = f"{GLANCE} FROM way w JOIN paper p USING (no) WHERE w.kind = ? AND w.name = ? ORDER BY p.id"
    return [*map(glance, archive.memory.rows(query, kind, name))]


def added_on(archive: Archive, day: str, most: int) -> list[Glance]:
    """Return the first papers that were added on a day, the latest first, as feeds have them."""
    query = f"{GLANCE} FROM paper p WHERE p.arrival > ? AND p.arrival < ? ORDER BY p.arrival DESC LIMIT ?"
    return [*map(glance, archive.memory.rows(query, day, f"{day}~", most))]


def with_status(archive: Archive) -> list[Glance]:
    """Return the papers that were withdrawn or retracted while no day is known, in the order of the archive."""
    query = f"""{GLANCE} FROM paper p WHERE p.status != '' AND NOT EXISTS
        (SELECT 1 FROM way w WHERE w.no = p.no AND w.kind = 'updated') ORDER BY p.place"""
    return [*map(glance, archive.memory.rows(query))]


def has_changes(archive: Archive) -> bool:
    """Tell whether any day is known on which papers were added or updated."""
    return bool(archive.added or archive.updated)
