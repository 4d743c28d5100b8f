"""The pages that there is one of: home, search, the curator's own, and the page for addresses that do not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.pages.charts import year_grid
from regesta.pages.list_item import list_entry
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.site import tag_address
from regesta.text.markdown import page_html, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.content.own_pages import OwnPage
    from regesta.pages.site import Site

_LATEST = 6
_EXAMPLES = 4
_EXAMPLE_WORDS = 2
_TAGS = 30


def plan(site: Site, own: Mapping[str, OwnPage]) -> Iterator[Draft]:
    """Return home, search and 404, and a page for each text in `content/pages`."""
    t = site.t
    yield ready_draft(_home(site))
    yield ready_draft(
        Page("/search/", "search.html", t("search"), {"examples": _examples(site)}, t("search_description"))
    )
    yield ready_draft(Page("/404.html", "404.html", t("not_found"), listed=False))
    for page in own.values():
        data = {"body": page_html(page.body)}
        yield ready_draft(
            Page(
                f"/{page.name}/",
                "own.html",
                page.title,
                data,
                page.description or plain_text(page.body)[:200],
            )
        )


def _home(site: Site) -> Page:
    archive, config = site.archive, site.config
    dated = [paper for paper in archive.papers if paper.date]
    website = {"@context": "https://schema.org", "@type": "WebSite", "name": config.title, "url": config.url}
    return Page(
        address="/",
        template="home.html",
        title=config.title,
        description=config.description,
        data={
            "count": len(archive.papers),
            "dated": len(dated),
            "undated": len(archive.undated),
            "first_year": dated[-1].date[:4] if dated else "",
            "last_year": dated[0].date[:4] if dated else "",
            "latest": [list_entry(site, paper) for paper in (dated or archive.papers)[:_LATEST]],
            "featured_day": _featured_day(site),
            "tags": _largest_tags(site),
            "tags_count": len(archive.tags),
            "collections": site.collection_rows(),
            "searches": site.search_rows(),
            "grid": year_grid(site),
            "examples": _examples(site),
        },
        json_ld=(website,),
        lastmod=archive.newest_day,
    )


def _featured_day(site: Site) -> dict[str, Any] | None:
    """Return the newest day on which a source listed papers; without such days there is no newest day to show."""
    day = max((paper.featured for paper in site.archive.papers), default="")
    if not day:
        return None
    return {
        "words": site.t.date(day),
        "address": f"/{day.replace('-', '/')}/",
        "count": len(site.archive.days[day]),
    }


def _largest_tags(site: Site) -> list[Link]:
    """Return the tags that most papers bear, by their labels."""
    links = [
        Link(site.archive.label(tag), tag_address(tag), len(papers))
        for tag, papers in site.archive.tags.items()
    ]
    links.sort(key=lambda link: (-(link.papers or 0), link.address))
    return sorted(links[:_TAGS], key=lambda link: link.label.lower())


def _examples(site: Site) -> list[str]:
    """Return searches that find something: short labels of the tags that most papers bear."""
    largest = sorted(site.archive.tags.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    labels = [site.archive.label(tag).lower() for tag, _ in largest]
    return [label for label in labels if len(label.split()) <= _EXAMPLE_WORDS][:_EXAMPLES]
