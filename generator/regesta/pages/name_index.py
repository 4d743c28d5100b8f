"""An index of names by their first letters, on one page or, of many names, on a page for each letter."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.letters import by_letter
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.text.names import first_letter
from regesta.text.strings import PLAIN_LETTERS, ascii_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.pages.site import Site

_WHOLE = 300  # names that an index on one page has
_LARGEST = 30  # names with most papers, which an index that is cut shows
_SIGNS = re.compile(r"[^\w\s]")


class Row(NamedTuple):
    """A name in an index: how it is sorted, and the link."""

    key: tuple[str, ...]
    link: Link

    @property
    def is_lettered(self) -> bool:
        """Whether the name begins with a letter; names that do not come last."""
        return bool(first_letter(self.key[0]))


class Names(NamedTuple):
    """The names that begin with a letter.

    Attributes:
        letter: its name.
        anchor: its name in addresses.
        links: to the pages of these names.
    """

    letter: str
    anchor: str
    links: tuple[Link, ...]


def sort_key(text: str) -> str:
    """Return the form by which a name is sorted: without accents and signs, é as e, ø as o."""
    return _SIGNS.sub("", ascii_letters(text.lower().translate(PLAIN_LETTERS))).strip()


def name_index(site: Site, kind: str, rows: Iterable[Row]) -> Iterator[Draft]:
    """Yield the index of names of a kind (`authors`), described in the catalogue by `<kind>_description`."""
    ordered = sorted(rows, key=lambda row: (not row.is_lettered, first_letter(row.key[0]), row))
    letters = [
        Names(*letter, tuple(row.link for row in some))
        for letter, some in by_letter(site.t, ordered, lambda row: row.key[0])
    ]
    if len(ordered) <= _WHOLE:
        ways = [Link(names.letter, f"/{kind}/#letter-{names.anchor}") for names in letters]
        yield from [_page(site, kind, "", letters, ways)] if ordered else ()
        return
    ways = [Link(names.letter, f"/{kind}/by/{names.anchor}/", len(names.links)) for names in letters]
    yield _page(site, kind, "", [], ways, [row.link for row in ordered])
    for names, way in zip(letters, ways, strict=True):
        yield _page(site, kind, way.address, [names], [link._replace(papers=None) for link in ways])


def _page(
    site: Site,
    kind: str,
    address: str,
    letters: Sequence[Names],
    ways: Sequence[Link],
    every: Sequence[Link] = (),
) -> Draft:
    """Return a page of an index; the one at no address shows those with most papers of every name."""
    title, names = site.t(kind), len(every) or sum(len(one.links) for one in letters)
    largest = sorted(every, key=lambda link: (-(link.papers or 0), link.address))[:_LARGEST]
    page = Page(
        address or f"/{kind}/",
        "names.html",
        f"{title}: {letters[0].letter}" if address else title,
        {"letters": letters, "ways_by_letter": ways, "largest": largest},
        site.t(f"{kind}_description", n=names),
        (Link(title, f"/{kind}/"),) if address else (),
        lastmod=site.archive.lastmod(kind),
    )
    return ready_draft(page)
