"""The other ways in: collections, organizations, authors and venues, and the papers added on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.listing import collection_summary, name_addresses
from regesta.markdown import page_html
from regesta.page import Link, Page
from regesta.paging import list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.archive import Index
    from regesta.listing import Site


def plan(site: Site) -> Iterator[Page]:
    """Return the index and the pages of each way in that the archive has."""
    archive = site.archive
    yield from _collections(site)
    for kind, index in (("organizations", archive.organizations), ("authors", archive.authors), ("venues", archive.venues)):
        yield from _named(site, kind, index)
    for day, papers in archive.added.items():
        title = site.t("added_on", date=site.t.date(day))
        data = {"introduction": "", "description": "", "feed": "/feed.xml"}
        description = site.t("list_description", n=len(papers), title=title)
        yield from list_pages(site, f"/added/{day}/", "list.html", title, papers, description=description, data=data)


def _collections(site: Site) -> Iterator[Page]:
    t, rows = site.t, site.collection_rows()
    if not rows:
        return
    yield Page("/collections/", "index.html", t("collections"), {"rows": rows}, t("collections_description", n=len(rows)))
    for name, papers in site.archive.collected.items():
        collection = site.archive.collection(name)
        address, title = f"/collections/{name}/", collection.title
        feed = f"{address}feed.xml"
        yield from list_pages(
            site,
            address,
            "list.html",
            title,
            papers,
            description=collection_summary(collection),
            crumbs=(Link(t("collections"), "/collections/"),),
            feeds=(Link(t("feed_of", title=title), feed),),
            data={"introduction": page_html(collection.introduction), "description": collection.description, "feed": feed},
        )


def _named(site: Site, kind: str, index: Index) -> Iterator[Page]:
    """Return the pages of one kind of name; the catalogue has its words under `<kind>` and `<kind>_description`."""
    if not index:
        return
    addresses = name_addresses(kind, index)
    rows = [{"link": Link(name, addresses[name], len(papers)), "description": ""} for name, papers in index.items()]
    title = site.t(kind)
    yield Page(f"/{kind}/", "index.html", title, {"rows": rows}, site.t(f"{kind}_description", n=len(rows)))
    for name, papers in index.items():
        data = {"introduction": "", "description": "", "feed": ""}
        crumbs = (Link(title, f"/{kind}/"),)
        description = site.t("list_description", n=len(papers), title=name)
        yield from list_pages(site, addresses[name], "list.html", name, papers, description=description, crumbs=crumbs, data=data)
