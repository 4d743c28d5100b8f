"""The curator's entries as rows: tags, collections and people, so that an edit of one touches only its papers."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.authors import Person
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.content.collections import Collection
    from regesta.content.taxonomy import Tag
    from regesta.memory import Memory

TABLES = {"curated": "(kind, name, entry, PRIMARY KEY (kind, name)) WITHOUT ROWID"}


class Curated(NamedTuple):
    """The curator's entries.

    Attributes:
        taxonomy, collections: by name.
        people: in their order.
    """

    taxonomy: dict[str, Tag]
    collections: dict[str, Collection]
    people: list[Person]


class CuratedChanges(NamedTuple):
    """Which entries are other than at the last build.

    Attributes:
        tags: the names of tags whose entries are, with all their old names.
        collections: the names of collections.
        titles: titles that only then or only now are those of a collection.
        people: the entries of people then.
    """

    tags: set[str]
    collections: set[str]
    titles: set[str]
    people: list[Person]


def look(memory: Memory, now: Curated) -> CuratedChanges:
    """Compare the curator's entries with the rows, and bring the rows up to date."""
    known = memory.rows("SELECT kind, name, entry FROM curated ORDER BY kind, name")
    before: dict[str, dict[str, Any]] = {"tag": {}, "collection": {}, "person": {}}
    for kind, name, entry in known:
        before[kind][name] = json.loads(entry)
    tags = {name: [digest(repr(tag)), *tag.aliases] for name, tag in now.taxonomy.items()}
    collections = {name: [digest(repr(one)), one.title] for name, one in now.collections.items()}
    people = {f"{place:06}": person._asdict() for place, person in enumerate(now.people)}
    entries: dict[str, dict[str, Any]] = {"tag": tags, "collection": collections, "person": people}
    rows = sorted(
        (kind, name, json.dumps(entry)) for kind, own in entries.items() for name, entry in own.items()
    )
    if rows != known:
        memory.rows("DELETE FROM curated")
        memory.write("INSERT INTO curated VALUES (?, ?, ?)", rows)
    other_tags = _other(before["tag"], tags)
    names = {
        alias for name in other_tags for state in (before["tag"], tags) for alias in state.get(name, [])[1:]
    }
    titles = {one[1] for one in before["collection"].values()} ^ {one[1] for one in collections.values()}
    then = [Person(**entry | {"aliases": tuple(entry["aliases"])}) for entry in before["person"].values()]
    return CuratedChanges(other_tags | names, _other(before["collection"], collections), titles, then)


def _other(before: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}
