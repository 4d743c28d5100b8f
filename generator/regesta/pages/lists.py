"""Other lists of papers: by organization and venue, and by the day on which papers were added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.pages.authors import sort_key
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.archive.lists import Index, Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index and the pages of each of these kinds that the archive has."""
    archive = site.archive
    named = (
        ("organizations", archive.organizations, site.organizations),
        ("venues", archive.venues, site.venues),
    )
    for kind, index, addresses in named:
        yield "", _index(site, kind, index, addresses)
        for name, papers in index.each(touched):
            yield f"{kind}/{name}", _named_list(site, kind, addresses[name], name, papers)
    for day, papers in archive.added.each(touched):
        title = site.t("added_on", date=site.t.date(day))
        yield f"added/{day}", _plain_list(site, f"/added/{day}/", title, papers, feed="/feed.xml")


def _index(site: Site, kind: str, index: Index, addresses: Mapping[str, str]) -> Iterator[Draft]:
    """Yield the index of one kind of names, described in the catalogue by `<kind>_description`."""
    links = sorted(
        [Link(name, addresses[name], len(papers)) for name, papers in index.items()],
        key=lambda link: sort_key(link.label),
    )
    if links:
        rows = [{"link": link, "description": ""} for link in links]
        description = site.t(f"{kind}_description", n=len(rows))
        lastmod = site.archive.lastmod(kind)
        yield ready_draft(
            Page(f"/{kind}/", "index.html", site.t(kind), {"rows": rows}, description, lastmod=lastmod)
        )


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
