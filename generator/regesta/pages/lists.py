"""The other ways in: collections, organizations, authors and venues, and the papers added on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.draft import Draft, made
from regesta.listing import collection_summary, name_addresses
from regesta.markdown import page_html
from regesta.page import Link, Page
from regesta.paging import PaperList, list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive import Index
    from regesta.listing import Site
    from regesta.paper import Paper


def plan(site: Site) -> Iterator[Draft]:
    """Return the index and the pages of each way in that the archive has."""
    archive = site.archive
    yield from _collections(site)
    for kind, index in (("organizations", archive.organizations), ("authors", archive.authors), ("venues", archive.venues)):
        yield from _named(site, kind, index)
    for day, papers in archive.added.items():
        title = site.t("added_on", date=site.t.date(day))
        yield from _plain_list(site, f"/added/{day}/", title, papers, feed="/feed.xml")


def _collections(site: Site) -> Iterator[Draft]:
    t, rows = site.t, site.collection_rows()
    if not rows:
        return
    yield made(Page("/collections/", "index.html", t("collections"), {"rows": rows}, t("collections_description", n=len(rows))))
    for name, papers in site.archive.collected.items():
        collection = site.archive.collection(name)
        address, title = f"/collections/{name}/", collection.title
        feed = f"{address}feed.xml"
        listed = PaperList(
            address,
            "list.html",
            title,
            papers,
            description=collection_summary(collection),
            crumbs=(Link(t("collections"), "/collections/"),),
            feeds=(Link(t("feed_of", title=title), feed),),
            data={"description": collection.description, "feed": feed},
            opening={"introduction": page_html(collection.introduction)},
        )
        yield from list_pages(site, listed)


def _named(site: Site, kind: str, index: Index) -> Iterator[Draft]:
    """Return the pages of one kind of name; the catalogue has its words under `<kind>` and `<kind>_description`."""
    if not index:
        return
    addresses = name_addresses(kind, index)
    rows = [{"link": Link(name, addresses[name], len(papers)), "description": ""} for name, papers in index.items()]
    title = site.t(kind)
    yield made(Page(f"/{kind}/", "index.html", title, {"rows": rows}, site.t(f"{kind}_description", n=len(rows))))
    for name, papers in index.items():
        yield from _plain_list(site, addresses[name], name, papers, crumbs=(Link(title, f"/{kind}/"),))


def _plain_list(
    site: Site, address: str, title: str, papers: Sequence[Paper], *, crumbs: tuple[Link, ...] = (), feed: str = ""
) -> Iterator[Draft]:
    """Return the pages of a list of which no curator wrote anything."""
    description = site.t("list_description", n=len(papers), title=title)
    data, opening = {"description": "", "feed": feed}, {"introduction": ""}
    yield from list_pages(site, PaperList(address, "list.html", title, papers, description, crumbs, data=data, opening=opening))
