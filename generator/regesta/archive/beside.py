"""The papers before and after a paper, in the order of each collection that lists it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.archive import Archive
    from regesta.archive.lists import Entry


def beside(archive: Archive, names: tuple[str, ...]) -> Iterator[tuple[str, Entry | None, Entry | None]]:
    """Yield each collection that lists a paper, with the papers before and after it there, None where there is none.

    Args:
        archive: all papers.
        names: the paper's id and its aliases.
    """
    for collection, before, after in archive.listings.beside(names):
        yield collection, _first_other(archive, names, before), _first_other(archive, names, after)


def _first_other(archive: Archive, own: tuple[str, ...], listed: Iterable[str]) -> Entry | None:
    """Return the first known paper of those listed, by id or alias, that is not the paper itself."""
    found = (archive.entry(name) or archive.entry(archive.owners([name]).get(name, "")) for name in listed)
    return next((entry for entry in found if entry and entry.id not in own), None)
