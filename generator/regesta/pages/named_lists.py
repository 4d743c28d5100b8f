"""Lists that have a name, and a feed and bibliographies of their own: their kinds, addresses and labels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.site import tag_address

if TYPE_CHECKING:
    from regesta.archive.lists import Index
    from regesta.pages.site import Site


def named_lists(site: Site, *, with_authors: bool = False) -> dict[str, Index]:
    """Return these lists by their kind."""
    archive = site.archive
    found = {
        "tags": archive.tags,
        "collections": archive.collected,
        "searches": archive.searches,
        "organizations": archive.organizations,
        "venues": archive.venues,
    }
    return found | ({"authors": archive.authors} if with_authors else {})


def address_of_list(site: Site, kind: str, name: str) -> str:
    """Return the address of a list's page."""
    if kind == "tags":
        return tag_address(name)
    if kind in ("collections", "searches"):
        return f"/{kind}/{name}/"
    addresses: dict[str, str] = getattr(site, kind)
    return addresses[name]


def label_of_list(site: Site, kind: str, name: str) -> str:
    """Return what a list is called."""
    if kind == "tags":
        return site.archive.label(name)
    if kind == "collections":
        return site.archive.collection(name).title
    if kind == "searches":
        return next(search.title for search in site.config.searches if search.name == name)
    return name
