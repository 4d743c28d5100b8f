"""The ways to a paper: which lists it is in, but those of its authors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.content.paper import link_kind
from regesta.text.dates import DAY, MONTH, YEAR, week
from regesta.text.names import first_letter
from regesta.text.strings import ascii_letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from regesta.archive.listings import Listings
    from regesta.archive.touched import List
    from regesta.content.paper import Paper

#: The list of the papers whose titles begin with no letter; the others have the letter's name.
OTHER = "other"


def lists_of(paper: Paper, listings: Listings, titles: Collection[str]) -> Iterator[List]:
    """Yield the kind and the name of each list that a paper is in; "" where it is in none of a kind.

    Args:
        paper: the paper.
        listings: which collections list it.
        titles: of all collections; a venue of that name has no list of its own, for the collection's says more.
    """
    date, standing = paper.date, listings.standing(paper)
    venue = paper.venue or (standing[0].venue if standing else "")
    yield from (("tags", tag) for tag in paper.tags)
    yield from (("collections", name) for name in listings.of(paper))
    yield from (("links", link_kind(kind)) for kind in paper.links)
    yield "organizations", paper.organization.name if paper.organization else ""
    yield "venues", venue if venue not in titles else ""
    yield "years", date[:YEAR]
    yield "months", date[:MONTH] if len(date) >= MONTH else ""
    yield "days", date if len(date) == DAY else ""
    yield "weeks", week(date) if len(date) == DAY else ""
    yield "added", paper.added
    yield "updated", paper.updated if paper.updated > paper.added else ""
    yield "titles", first_letter(ascii_letters(paper.title)) or OTHER
    yield "undated", "" if date else "undated"
