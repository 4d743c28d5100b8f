"""The page of the papers that a reader saved: an empty frame, which a script fills from what the browser keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.pages.page import Page, ready_draft

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.page import Draft
    from regesta.pages.site import Site


def plan(site: Site) -> Iterator[Draft]:
    """Yield the page, unless the curator has turned it off. Search engines have no use for it."""
    if site.config.saved:
        t = site.t
        yield ready_draft(
            Page("/saved/", "saved.html", t("saved_papers"), {}, t("saved_description"), listed=False)
        )
