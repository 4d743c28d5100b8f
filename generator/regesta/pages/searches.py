"""The curator's saved searches: their index, and the pages of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.pages.page import Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.archive.touched import Touched
    from regesta.content.saved_searches import SavedSearch
    from regesta.pages.page import Unit
    from regesta.pages.site import Site


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index of saved searches and the pages of each; nothing if there are none."""
    searches = site.config.searches
    if searches:
        rows, description = site.search_rows(), site.t("searches_description", n=len(searches))
        index = Page(
            "/searches/",
            "index.html",
            site.t("searches"),
            {"rows": rows},
            description,
            lastmod=site.archive.lastmod("searches"),
        )
        yield "", [ready_draft(index)]
    for search in searches:
        if touched.has("searches", search.name):
            yield f"searches/{search.name}", list_pages(site, _list(site, search))


def _list(site: Site, search: SavedSearch) -> PaperList:
    papers, feed = site.archive.searches[search.name], f"{search.address}feed.xml"
    return PaperList(
        search.address,
        "saved_search.html",
        site.t("saved_search", title=search.title),
        papers.entries,
        search.description or site.t("list_description", n=len(papers), title=search.title),
        crumbs=(Link(site.t("searches"), "/searches/"),),
        feeds=(Link(site.t("feed_of", title=search.title), feed),),
        data={"description": search.description, "query": search.query, "feed": feed},
    )
