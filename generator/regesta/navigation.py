"""What every page shows beside its own: the ways in that this archive has, and the curator's pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.page import Link

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.archive.archive import Archive
    from regesta.catalogue import Catalogue
    from regesta.content.own_pages import OwnPage


def navigation(archive: Archive, own: Mapping[str, OwnPage], t: Catalogue) -> dict[str, Any]:
    """Return what templates know on every page. No totals: they would change every page."""
    ways = (
        ("tags", "/tags/", archive.tags),
        ("dates", "/dates/", archive.papers),
        ("collections", "/collections/", archive.collected),
        ("organizations", "/organizations/", archive.organizations),
        ("authors", "/authors/", archive.authors),
        ("venues", "/venues/", archive.venues),
        ("searches", "/searches/", archive.searches),
    )
    links = [*(Link(t(key), address) for key, address, index in ways if index), Link(t("search"), "/search/")]
    return {
        "ways": links,
        "way_addresses": [link.address for link in links],
        "own_pages": [Link(page.title, f"/{page.name}/") for page in own.values()],
    }
