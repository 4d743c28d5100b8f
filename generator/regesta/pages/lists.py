"""Other lists of papers: by organization and venue, and by the day on which papers were added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import name_addresses

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.archive.lists import Index, Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index and the pages of each of these kinds that the archive has."""
    archive = site.archive
    for kind, index in (("organizations", archive.organizations), ("venues", archive.venues)):
        addresses, crumbs = name_addresses(kind, index), (Link(site.t(kind), f"/{kind}/"),)
        yield "", _index(site, kind, index, addresses)
        for name, papers in index.each(touched):
            yield f"{kind}/{name}", _plain_list(site, addresses[name], name, papers, crumbs=crumbs)
    for day, papers in archive.added.each(touched):
        title = site.t("added_on", date=site.t.date(day))
        yield f"added/{day}", _plain_list(site, f"/added/{day}/", title, papers, feed="/feed.xml")


def _index(site: Site, kind: str, index: Index, addresses: Mapping[str, str]) -> Iterator[Draft]:
    """Yield the index of one kind of names, described in the catalogue by `<kind>_description`."""
    links = [Link(name, addresses[name], len(papers)) for name, papers in index.items()]
    if links:
        rows = [{"link": link, "description": ""} for link in links]
        description = site.t(f"{kind}_description", n=len(rows))
        lastmod = site.archive.lastmod(kind)
        yield ready_draft(
            Page(f"/{kind}/", "index.html", site.t(kind), {"rows": rows}, description, lastmod=lastmod)
        )


def _plain_list(
    site: Site,
    address: str,
    title: str,
    papers: Papers,
    *,
    crumbs: tuple[Link, ...] = (),
    feed: str = "",
) -> Iterator[Draft]:
    """Return the pages of a list without any text by the curator."""
    description = site.t("list_description", n=len(papers), title=title)
    data, opening = {"description": "", "feed": feed}, {"introduction": ""}
    listed = PaperList(
        address, "list.html", title, papers.entries, description, crumbs, data=data, opening=opening
    )
    return list_pages(site, listed)
