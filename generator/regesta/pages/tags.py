"""The tag index, and the pages of each tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.archive.touched import EVERYTHING
from regesta.pages.charts import all_years, sparkline
from regesta.pages.map.page import tag_dots
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import tag_address

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_NEIGHBOURS = 8
_LEAST_DATED = 5  # with fewer dated papers, a chart by year tells more about missing dates than about the tag


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index of tags and every tag's pages; nothing if no paper has a tag."""
    if site.archive.tags:
        years = all_years(site)
        yield "", _index(site, years)
        for tag, papers in site.archive.tags.each(touched):
            yield f"tags/{tag}", _tag(site, tag, papers, years)


def _index(site: Site, years: Sequence[str]) -> Iterator[Draft]:
    archive, dated = site.archive, site.archive.years_of_tags()
    rows: list[dict[str, Any]] = [
        {
            "link": Link(archive.label(tag), tag_address(tag), len(papers)),
            "description": archive.tag(tag).description,
            "bars": _bars(dated[tag], years),
        }
        for tag, papers in archive.tags.items()
    ]
    rows.sort(key=lambda row: row["link"].label.lower())
    description = site.t("tags_description", n=len(rows))
    yield ready_draft(
        Page(
            "/tags/",
            "tags.html",
            site.t("tags"),
            {"rows": rows},
            description,
            lastmod=site.archive.lastmod("tags"),
        )
    )


def _bars(known: Counter[str], years: Sequence[str]) -> list[dict[str, Any]]:
    """Return the bars of a tag's chart; none if too few of its papers are dated."""
    return sparkline(known, years) if known.total() - known[""] >= _LEAST_DATED else []


def _tag(site: Site, tag: str, papers: Papers, years: list[str]) -> Iterator[Draft]:
    """Yield the pages of a tag, and redirects from its old names."""
    archive, address = site.archive, tag_address(tag)
    label, description = archive.label(tag), archive.tag(tag).description
    neighbours = [
        Link(archive.label(other), tag_address(other), n) for other, n in archive.neighbours(tag, _NEIGHBOURS)
    ]
    opening: dict[str, Any] = {
        "neighbours": neighbours,
        "bars": _bars(papers.years, years),
        "undated": papers.years[""],
        "map": tag_dots(site, tag, papers.entries),
    }
    listed = PaperList(
        address,
        "tag.html",
        label,
        papers.entries,
        description,
        crumbs=(Link(site.t("tags"), "/tags/"),),
        feeds=(Link(site.t("feed_of", title=label), f"{address}feed.xml"),),
        data={"description": description, "feed": f"{address}feed.xml"},
        opening=opening,
    )
    yield from list_pages(site, listed)
    for alias in archive.tag(tag).aliases:
        yield ready_draft(Page(tag_address(alias), "redirect.html", label, {"target": address}, listed=False))
