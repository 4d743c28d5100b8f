"""The papers that are most talked about, as far as their sources counted it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.archive.overviews import known_counts, most_discussed
from regesta.pages.all_papers import views
from regesta.pages.page import Link
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import PAPERS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_MOST = 100  # papers; each build plans the whole list


def plan(site: Site) -> Iterator[Unit]:
    """Yield the pages of the list; nothing if no paper was talked about."""
    entries = [entry for entry, _ in most_discussed(site.archive, _MOST)]
    if not entries:
        return
    known, total = map(site.t.number, (known_counts(site.archive), len(site.archive.papers)))
    words = site.t("discussed_known", known=known, total=total)
    listed = PaperList(
        "/discussed/",
        "discussed.html",
        site.t("most_discussed"),
        entries,
        words,
        crumbs=(Link(site.t("papers"), PAPERS),),
        opening={"known": words, "views": views(site)},
        order="discussed",
    )
    yield "", list_pages(site, listed)
