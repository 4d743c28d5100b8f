"""The tag index, and the pages of each tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.pages.charts import all_years, sparkline
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import tag_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.content.paper import Paper
    from regesta.pages.site import Site

_NEIGHBOURS = 8
_LEAST_DATED = 5  # with fewer dated papers, a chart by year tells more about missing dates than about the tag


def plan(site: Site) -> Iterator[Draft]:
    """Yield the index of tags and every tag's pages; nothing if no paper has a tag."""
    t, archive = site.t, site.archive
    if not archive.tags:
        return
    years = all_years(site)
    rows: list[dict[str, Any]] = [
        {
            "link": Link(archive.label(tag), tag_address(tag), len(papers)),
            "description": archive.tag(tag).description,
            "bars": _bars(papers, years),
        }
        for tag, papers in archive.tags.items()
    ]
    rows.sort(key=lambda row: row["link"].label.lower())
    description = t("tags_description", n=len(rows))
    yield ready_draft(Page("/tags/", "tags.html", t("tags"), {"rows": rows}, description))
    for tag in archive.tags:
        yield from _tag(site, tag, years)
        label, data = archive.label(tag), {"target": tag_address(tag)}
        for alias in archive.tag(tag).aliases:
            yield ready_draft(Page(tag_address(alias), "redirect.html", label, data, listed=False))


def _bars(papers: Sequence[Paper], years: Sequence[str]) -> list[dict[str, Any]]:
    """Return the bars of a tag's chart; none if too few of its papers are dated."""
    return sparkline(papers, years) if sum(bool(paper.date) for paper in papers) >= _LEAST_DATED else []


def _tag(site: Site, tag: str, years: list[str]) -> Iterator[Draft]:
    archive, address = site.archive, tag_address(tag)
    label, papers = archive.label(tag), archive.tags[tag]
    description = archive.tag(tag).description
    neighbours = [
        Link(archive.label(other), tag_address(other), n) for other, n in archive.neighbours(tag, _NEIGHBOURS)
    ]
    opening: dict[str, Any] = {
        "neighbours": neighbours,
        "bars": _bars(papers, years),
        "undated": sum(not paper.date for paper in papers),
    }
    listed = PaperList(
        address,
        "tag.html",
        label,
        papers,
        description,
        crumbs=(Link(site.t("tags"), "/tags/"),),
        feeds=(Link(site.t("feed_of", title=label), f"{address}feed.xml"),),
        data={"description": description, "feed": f"{address}feed.xml"},
        opening=opening,
    )
    return list_pages(site, listed)
