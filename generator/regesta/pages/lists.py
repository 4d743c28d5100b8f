"""Other lists of papers: by organization, author and venue, and by the day on which papers were added."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.content.paper import Author
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.text.strings import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.archive.lists import Index, Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index and the pages of each of these kinds that the archive has."""
    archive = site.archive
    yield from _authors(site, touched)
    named = (
        ("organizations", archive.organizations, site.organizations),
        ("venues", archive.venues, site.venues),
    )
    for kind, index, addresses in named:
        yield "", _index(site, kind, index, addresses)
        for name in touched.names(kind, index):
            yield f"{kind}/{name}", _named_list(site, kind, addresses[name], name, index[name])
    for day in touched.names("added", archive.added):
        title = site.t("added_on", date=site.t.date(day))
        yield f"added/{day}", _plain_list(site, f"/added/{day}/", title, archive.added[day], feed="/feed.xml")


def _index(site: Site, kind: str, index: Index, addresses: Mapping[str, str]) -> Iterator[Draft]:
    """Yield the index of one kind of names, described in the catalogue by `<kind>_description`."""
    links = [Link(name, addresses[name], len(papers)) for name, papers in index.items()]
    if links:
        rows = [{"link": link, "description": ""} for link in links]
        description = site.t(f"{kind}_description", n=len(rows))
        yield ready_draft(Page(f"/{kind}/", "index.html", site.t(kind), {"rows": rows}, description))


def _authors(site: Site, touched: Touched) -> Iterator[Unit]:
    """Yield the index of authors and the pages of each, with the papers under all spellings of the name."""
    index = site.archive.authors
    yield "", chain(_index(site, "authors", index, site.authors), _former_addresses(site))
    for label in touched.names("authors", index):
        yield f"authors/{label}", _author(site, label)


def _author(site: Site, label: str) -> Iterator[Draft]:
    papers, person = site.archive.authors[label], site.archive.register.person(label)
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
    )
    return list_pages(site, listed)


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


def _named_list(site: Site, kind: str, address: str, name: str, papers: Papers) -> Iterator[Draft]:
    """Return the pages of an organization or a venue."""
    crumbs, feed = (Link(site.t(kind), f"/{kind}/"),), f"{address}feed.xml"
    feeds = (Link(site.t("feed_of", title=name), feed),)
    return _plain_list(site, address, name, papers, crumbs=crumbs, feeds=feeds, feed=feed)


def _plain_list(
    site: Site,
    address: str,
    title: str,
    papers: Papers,
    *,
    crumbs: tuple[Link, ...] = (),
    feeds: tuple[Link, ...] = (),
    feed: str = "",
) -> Iterator[Draft]:
    """Return the pages of a list without any text by the curator."""
    description = site.t("list_description", n=len(papers), title=title)
    data, opening = {"description": "", "feed": feed}, {"introduction": ""}
    listed = PaperList(
        address, "list.html", title, papers.entries, description, crumbs, feeds, data=data, opening=opening
    )
    return list_pages(site, listed)
