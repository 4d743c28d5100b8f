"""Pages that there is one of, beside home: search, the curator's own pages, and the page for unknown addresses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.home import example_searches, largest_tags
from regesta.pages.page import Draft, Link, Page, page_draft, ready_draft
from regesta.text.markdown import page_html, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.content.own_pages import OwnPage
    from regesta.pages.site import Site


_TAGS = 24  # that the page for unknown addresses offers
_NAMES = 200  # tags that the search knows by their labels before it reads the index
_DESCRIPTION = 200  # characters of a page's text that search engines and previews show


def plan(site: Site, own: Mapping[str, OwnPage]) -> Iterator[Draft]:
    """Yield search and 404, and a page for each text in `content/pages`."""
    t = site.t
    data = {"examples": example_searches(site), "names": _names(site)}
    yield ready_draft(Page("/search/", "search.html", t("search"), data, t("search_description")))
    tags = {"tags": largest_tags(site, _TAGS)}
    yield ready_draft(Page("/404.html", "404.html", t("not_found"), tags, listed=False))
    for page in own.values():
        yield page_draft(f"/{page.name}/", (page,), partial(_own, page))


def _names(site: Site) -> list[tuple[Link, str]]:
    """Return links to lists that the search offers by name, the largest first, each with the string that counts its papers."""
    tags = [(link, "tag_n") for link in largest_tags(site, _NAMES)]
    return [*tags, *((row["link"], "collection_n") for row in site.collection_rows())]


def _own(page: OwnPage) -> Page:
    description = page.description or plain_text(page.body)[:_DESCRIPTION]
    return Page(f"/{page.name}/", "own.html", page.title, {"body": page_html(page.body)}, description)
