"""Pages that there is one of, beside home: search, the curator's own pages, and the page for unknown addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.home import example_searches
from regesta.pages.page import Draft, Page, page_draft, ready_draft
from regesta.text.markdown import page_html, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.content.own_pages import OwnPage
    from regesta.pages.site import Site


_DESCRIPTION = 200  # characters of a page's text that search engines and previews show


def plan(site: Site, own: Mapping[str, OwnPage]) -> Iterator[Draft]:
    """Yield search and 404, and a page for each text in `content/pages`."""
    t, examples = site.t, {"examples": example_searches(site)}
    yield ready_draft(Page("/search/", "search.html", t("search"), examples, t("search_description")))
    yield ready_draft(Page("/404.html", "404.html", t("not_found"), listed=False))
    for page in own.values():
        yield page_draft(f"/{page.name}/", (page,), partial(_own, page))


def _own(page: OwnPage) -> Page:
    description = page.description or plain_text(page.body)[:_DESCRIPTION]
    return Page(f"/{page.name}/", "own.html", page.title, {"body": page_html(page.body)}, description)
