"""The index of authors by family name, and a page for each of them."""

from __future__ import annotations

import re
from functools import partial
from itertools import chain, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.touched import EVERYTHING
from regesta.content.paper import Author
from regesta.pages.list_item import PEOPLE
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.text.names import is_east_asian
from regesta.text.strings import PLAIN_LETTERS, ascii_letters, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_WHOLE = 2000  # names that an index on one page has
_SIGNS = re.compile(r"[^\w\s]")


class _Row(NamedTuple):
    """An author in the index: how the name is sorted, and the link."""

    key: tuple[str, str]
    link: Link

    @property
    def letter(self) -> str:
        """The first letter of the family name, without an accent; "" if it has none, or Chinese characters or kana."""
        first = self.key[0][:1].upper()[:1]
        return first if first.isalpha() and not is_east_asian(first) else ""


class _Letter(NamedTuple):
    """The authors whose family names begin with a letter.

    Attributes:
        name: of the letter.
        anchor: its name in addresses.
        address: of a page of its own, if the index is cut.
        people: how many authors there are.
        links: to their pages; none in an index that is cut.
    """

    name: str
    anchor: str
    address: str
    people: int
    links: tuple[Link, ...]


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index of authors and the pages of each, with the papers under all spellings of the name."""
    index = site.archive.authors
    yield "", chain(_index(site), _former_addresses(site))
    for label, papers in index.each(touched):
        yield f"authors/{label}", _author(site, label, papers)


def sort_key(text: str) -> str:
    """Return the form by which a name is sorted: without accents and signs, é as e, ø as o."""
    return _SIGNS.sub("", ascii_letters(text.lower().translate(PLAIN_LETTERS))).strip()


def _index(site: Site) -> Iterator[Draft]:
    """Yield the index of authors by letters: on one page or, of many authors, on a page for each letter."""
    rows, title = _rows(site), site.t("authors")
    letters = [
        _letter(site, letter, [row.link for row in some])
        for letter, some in groupby(rows, attrgetter("letter"))
    ]
    is_whole, page = len(rows) <= _WHOLE, partial(_page, site, site.archive.lastmod("authors"))
    if rows:
        shown = letters if is_whole else [one._replace(links=()) for one in letters]
        yield page("/authors/", title, shown)
    for letter in () if is_whole else letters:
        yield page(letter.address, f"{title}: {letter.name}", [letter], (Link(title, "/authors/"),))


def _letter(site: Site, letter: str, links: Sequence[Link]) -> _Letter:
    anchor = (slug(letter) or f"u{ord(letter):x}") if letter else "other"
    return _Letter(letter or site.t("other_letters"), anchor, f"/authors/by/{anchor}/", len(links), (*links,))


def _page(
    site: Site,
    lastmod: str,
    address: str,
    title: str,
    letters: Sequence[_Letter],
    crumbs: tuple[Link, ...] = (),
) -> Draft:
    description = site.t("authors_description", n=sum(letter.people for letter in letters))
    data = {"letters": letters}
    return ready_draft(Page(address, "authors.html", title, data, description, crumbs, lastmod=lastmod))


def _rows(site: Site) -> list[_Row]:
    """Return the rows of the index in their order; what begins with no letter comes last."""
    index, rows = site.archive.authors, []
    for label, name in site.archive.names().items():
        shown = name.family_first
        if (person := site.archive.register.person(label)).name != label:
            shown += label.removeprefix(person.name)  # the id in brackets
        link = Link(shown, site.authors[label], len(index[label]))
        rows.append(_Row((sort_key(name.family), sort_key(name.given)), link))
    return sorted(rows, key=lambda row: (not row.letter, row.letter, row))


def _author(site: Site, label: str, papers: Papers) -> Iterator[Draft]:
    person = site.archive.register.person(label)
    feed = f"{site.authors[label]}feed.xml" if site.config.feed_authors else ""
    listed = PaperList(
        site.authors[label],
        "author.html",
        label,
        papers.entries,
        site.t("list_description", n=len(papers), title=label),
        crumbs=(Link(site.t("authors"), "/authors/"),),
        feeds=(Link(site.t("feed_of", title=label), feed),) if feed else (),
        data={"feed": feed},
        opening={"aliases": person.spellings[1:], "orcid": person.orcid},
        behind=partial(site.archive.behind, label, PEOPLE),
    )
    return list_pages(site, listed)


def _former_addresses(site: Site) -> Iterator[Draft]:
    """Yield redirects to authors from the addresses that their other spellings would have.

    A spelling that could mean two people gets none.
    """
    register, taken = site.archive.register, {"/authors//", *site.authors.values()}
    for label, person in sorted(register.people.items()):
        if not site.authors.get(label):
            continue
        address = site.authors[label]
        for spelling in person.spellings if person.id or person.aliases else ():
            former = f"/authors/{slug(spelling)}/"
            if former not in taken and register.label(Author(spelling)) == label:
                taken.add(former)
                yield ready_draft(Page(former, "redirect.html", label, {"target": address}, listed=False))
