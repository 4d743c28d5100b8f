"""The index of authors by family name, and a page for each of them."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any

from regesta.archive.overviews import together
from regesta.archive.touched import EVERYTHING
from regesta.content.paper import Author
from regesta.pages.charts import by_year
from regesta.pages.list_item import PEOPLE
from regesta.pages.name_index import Row, name_index, sort_key
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.text.strings import slug

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_COAUTHORS, _VENUES = 12, 6


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index of authors and the pages of each, with the papers under all spellings of the name."""
    index = site.archive.authors
    yield "", chain(name_index(site, "authors", _rows(site)), _former_addresses(site))
    for label, papers in index.each(touched):
        yield f"authors/{label}", _author(site, label, papers)


def _rows(site: Site) -> Iterator[Row]:
    """Yield a row of the index for each author."""
    index = site.archive.authors
    for label, name in site.archive.names().items():
        shown = name.family_first
        if (person := site.archive.register.person(label)).name != label:
            shown += label.removeprefix(person.name)  # the id in brackets
        link = Link(shown, site.authors[label], len(index[label]))
        yield Row((sort_key(name.family), sort_key(name.given)), link)


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
        opening={"aliases": person.spellings[1:], "orcid": person.orcid, **_margin(site, label, papers)},
        behind=partial(site.archive.behind, label, PEOPLE),
    )
    return list_pages(site, listed)


def _margin(site: Site, label: str, papers: Papers) -> dict[str, Any]:
    """Return what stands beside an author's papers."""
    also = together(site.archive, "authors", label, ("authors", "venues"))
    return {
        "bars": by_year(site, papers.years),
        "coauthors": [Link(name, site.authors[name], n) for name, n in also["authors"][:_COAUTHORS]],
        "venues": [Link(name, site.venues[name], n) for name, n in also["venues"][:_VENUES]],
    }


def _former_addresses(site: Site) -> Iterator[Draft]:
    """Yield redirects to authors from the addresses that their other spellings would have.

    A spelling that could mean two people gets none.
    """
    register, taken = site.archive.register, {"/authors//", *site.authors.values()}
    for label, person in sorted(register.people.items()):
        if label not in site.authors:
            continue
        address = site.authors[label]
        for spelling in person.spellings if person.id or person.aliases else ():
            former = f"/authors/{slug(spelling)}/"
            if former not in taken and register.label(Author(spelling)) == label:
                taken.add(former)
                yield ready_draft(Page(former, "redirect.html", label, {"target": address}, listed=False))
