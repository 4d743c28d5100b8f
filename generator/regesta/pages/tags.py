"""The tag index, and the pages of each tag."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.overviews import tags_of
from regesta.archive.touched import EVERYTHING
from regesta.pages.charts import all_years, by_year, sparkline
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import tag_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_NEIGHBOURS = 8


class _Row(NamedTuple):
    """A tag in the index.

    Attributes:
        link: to it, with its number of papers.
        description, group: as in the taxonomy.
        bars: how many papers it has in each year, on one scale for all tags.
        width: from 0 to 100, of a bar for its number of papers.
    """

    link: Link
    description: str
    group: str
    bars: Sequence[Mapping[str, Any]]
    width: int


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index of tags and every tag's pages; nothing if no paper has a tag."""
    if site.archive.tags:
        years = all_years(site)
        yield "", _index(site, years)
        for tag, papers in site.archive.tags.each(touched):
            yield f"tags/{tag}", _tag(site, tag, papers)


def _index(site: Site, years: Sequence[str]) -> Iterator[Draft]:
    """Yield the index of tags: by group if the taxonomy has groups, by name and by size."""
    rows = sorted(_rows(site, years), key=lambda row: row.link.label.lower())
    sections, by_name = _grouped(site, rows), [("", rows)]
    by_size = [("", sorted(rows, key=lambda row: -(row.link.papers or 0)))]
    views = [("group", sections), ("name", by_name), ("size", by_size)][len(sections) == 1 :]
    ways = [
        Link(site.t(f"by_{view}"), f"/tags/by/{view}/" if place else "/tags/")
        for place, (view, _) in enumerate(views)
    ]
    description, lastmod = site.t("tags_description", n=len(rows)), site.archive.lastmod("tags")
    for (view, shown), (label, address, _) in zip(views, ways, strict=True):
        data = {"sections": shown, "view": view, "views": ways, "years": years}
        is_first, tags = address == "/tags/", site.t("tags")
        title, crumbs = (tags, ()) if is_first else (f"{tags}: {label}", (Link(tags, "/tags/"),))
        yield ready_draft(Page(address, "tags.html", title, data, description, crumbs, lastmod=lastmod))


def _rows(site: Site, years: Sequence[str]) -> list[_Row]:
    archive, dated = site.archive, site.archive.years_of_tags()
    most = max((n for known in dated.values() for year, n in known.items() if year), default=1)
    largest = max(map(len, archive.tags.values()))
    return [
        _Row(
            Link(archive.label(tag), tag_address(tag), len(papers)),
            archive.tag(tag).description,
            archive.tag(tag).group,
            sparkline(dated[tag], years, most),
            round(100 * len(papers) / largest),
        )
        for tag, papers in archive.tags.items()
    ]


def _grouped(site: Site, rows: Sequence[_Row]) -> list[tuple[str, list[_Row]]]:
    """Return tags below the names of their groups, in the order of the taxonomy; those without a group come last."""
    groups = dict.fromkeys([*(tag.group for tag in site.archive.taxonomy.values() if tag.group), ""])
    named = [(group, [row for row in rows if row.group == group]) for group in groups]
    found = [(group, some) for group, some in named if some]
    return [(group or site.t("other_tags") if len(found) > 1 else group, some) for group, some in found]


def _tag(site: Site, tag: str, papers: Papers) -> Iterator[Draft]:
    """Yield the pages of a tag, and redirects from its old names."""
    archive, address = site.archive, tag_address(tag)
    label, description = archive.label(tag), archive.tag(tag).description
    neighbours = site.tag_counts(tags_of(archive, "tags", tag, _NEIGHBOURS))
    opening = {"neighbours": neighbours, "bars": by_year(site, papers.years)}
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
