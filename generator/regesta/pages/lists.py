"""The other ways in: collections, organizations, authors and venues, and the papers added on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.listing import name_addresses
from regesta.markdown import page_html, plain_text
from regesta.page import Link, Page
from regesta.paging import list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.archive import Index
    from regesta.collection import Collection
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
    t, archive = site.t, site.archive
    known = {name: archive.collections.get(name) for name in archive.collected}
    if not known:
        return
    titles = {name: collection.title if collection else name for name, collection in known.items()}
    rows = [
        {
            "link": Link(titles[name], f"/collections/{name}/", len(papers)),
            "description": collection.description if (collection := known[name]) else "",
        }
        for name, papers in archive.collected.items()
    ]
    yield Page("/collections/", "index.html", t("collections"), {"rows": rows}, t("collections_description", n=len(rows)))
    for name, papers in archive.collected.items():
        address, description = f"/collections/{name}/", _description(known[name])
        feed = f"{address}feed.xml"
        collection = known[name]
        introduction = page_html(collection.introduction) if collection else ""
        yield from list_pages(
            site,
            address,
            "list.html",
            titles[name],
            papers,
            description=description,
            crumbs=(Link(t("collections"), "/collections/"),),
            feeds=(Link(t("feed_of", title=titles[name]), feed),),
            data={"introduction": introduction, "description": collection.description if collection else "", "feed": feed},
        )


def _description(collection: Collection | None) -> str:
    return (collection.description or plain_text(collection.introduction)) if collection else ""


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
