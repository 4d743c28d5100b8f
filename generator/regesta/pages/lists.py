"""Other lists of papers: by organization and venue, and by the day on which papers were added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.archive.overviews import tags_of, together
from regesta.archive.touched import EVERYTHING
from regesta.pages.charts import by_year
from regesta.pages.name_index import Row, name_index, sort_key
from regesta.pages.page import Draft, Link
from regesta.pages.paging import PaperList, list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_OFTEN = 8  # tags and authors beside the papers of an organization or a venue


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index and the pages of each of these kinds that the archive has."""
    archive = site.archive
    named = (
        ("organizations", archive.organizations, site.organizations),
        ("venues", archive.venues, site.venues),
    )
    for kind, index, addresses in named:
        links = [Link(name, addresses[name], len(papers)) for name, papers in index.items()]
        yield "", name_index(site, kind, [Row((sort_key(link.label),), link) for link in links])
        for name, papers in index.each(touched):
            yield f"{kind}/{name}", _named_list(site, kind, addresses[name], name, papers)
    for day, papers in archive.added.each(touched):
        title = site.t("added_on", date=site.t.date(day))
        opening: dict[str, Any] = {"bars": [], "tags": [], "authors": []}
        yield f"added/{day}", _list(site, f"/added/{day}/", title, papers, opening, feed="/feed.xml")


def _named_list(site: Site, kind: str, address: str, name: str, papers: Papers) -> Iterator[Draft]:
    """Return the pages of an organization or a venue."""
    crumbs, feed = (Link(site.t(kind), f"/{kind}/"),), f"{address}feed.xml"
    feeds, opening = (Link(site.t("feed_of", title=name), feed),), _margin(site, kind, name, papers)
    return _list(site, address, name, papers, opening, crumbs=crumbs, feeds=feeds, feed=feed)


def _margin(site: Site, kind: str, name: str, papers: Papers) -> dict[str, Any]:
    """Return what stands beside the papers of an organization or a venue."""
    authors = together(site.archive, kind, name, ("authors",))["authors"][:_OFTEN]
    return {
        "bars": by_year(site, papers.years),
        "tags": site.tag_counts(tags_of(site.archive, kind, name, _OFTEN)),
        "authors": [Link(author, site.authors[author], n) for author, n in authors if n > 1],
    }


def _list(
    site: Site,
    address: str,
    title: str,
    papers: Papers,
    opening: Mapping[str, Any],
    *,
    crumbs: tuple[Link, ...] = (),
    feeds: tuple[Link, ...] = (),
    feed: str = "",
) -> Iterator[Draft]:
    """Return the pages of a list without any text by the curator."""
    description = site.t("list_description", n=len(papers), title=title)
    listed = PaperList(
        address,
        "list.html",
        title,
        papers.entries,
        description,
        crumbs,
        feeds,
        data={"feed": feed},
        opening=opening,
    )
    return list_pages(site, listed)
