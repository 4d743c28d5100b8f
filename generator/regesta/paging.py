"""Lists of papers, cut into pages that stay what they are when papers are added."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.listing import plain_title
from regesta.metadata import breadcrumbs, item_list
from regesta.page import Link, Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.listing import Site
    from regesta.paper import Paper
_LETTERS = 3  # of a title that a page's label shows


def list_pages(
    site: Site,
    address: str,
    template: str,
    title: str,
    papers: Sequence[Paper],
    *,
    description: str,
    crumbs: tuple[Link, ...] = (),
    feeds: tuple[Link, ...] = (),
    data: Mapping[str, Any],
) -> Iterator[Page]:
    """Return the pages of a list of papers.

    Args:
        site: what the page is planned from.
        address: of the unnumbered page.
        template: renders each of them; `data.is_first` tells the unnumbered one.
        title: of the list, plain text.
        papers: in the order in which they are listed.
        description: as of a `Page`.
        crumbs: as of a `Page`.
        feeds: as of a `Page`.
        data: what the template shows beside the list.
    """
    way = (*crumbs, Link(title, address))
    for leaf in _leaves(site, address, papers):
        yield Page(
            address=leaf.address,
            template=template,
            title=title if leaf.is_first else f"{title}, {leaf.data['pager']['here']}",
            data={"title": title, "is_first": leaf.is_first, **leaf.data, **data},
            description=description if leaf.is_first else "",
            crumbs=crumbs if leaf.is_first else way,
            feeds=feeds,
            json_ld=(item_list(title, leaf.address, leaf.papers, site.config), breadcrumbs(way, site.config)),
            lastmod=max((day for paper in leaf.papers for day in (paper.added, paper.featured, paper.updated)), default=""),
        )


@dataclass(frozen=True, slots=True)
class _Leaf:
    """One page of a list: its address, its papers, what it shows of them, and whether it is the unnumbered one."""

    address: str
    papers: Sequence[Paper]
    data: dict[str, Any]
    is_first: bool


def _leaves(site: Site, address: str, papers: Sequence[Paper]) -> Iterator[_Leaf]:
    """Cut a list into pages: page 1 holds the oldest papers for ever, the unnumbered address the newest.

    So one new paper changes the unnumbered page alone, until that holds twice the page size and a page is split off.
    Only the unnumbered page links to all others: the numbered ones link to their neighbours, or each would change then.
    """
    size = site.config.page_size
    numbered = max(len(papers) // size - 1, 0)
    undated = sum(not paper.date for paper in papers)
    newest = len(papers) - numbered * size
    cuts = [(0, newest), *((newest + i * size, newest + (i + 1) * size) for i in range(numbered))]
    links = [
        Link(_range_label(site, papers[start:end]), f"{address}page/{numbered + 1 - i}/" if i else address)
        for i, (start, end) in enumerate(cuts)
    ]
    for i, (start, end) in enumerate(cuts):
        pager = {
            "all": links if i == 0 and numbered else [],
            "first": f"{address}#pages" if i else "",
            "before": links[i - 1].address if i else "",
            "after": links[i + 1].address if i + 1 < len(links) else "",
            "here": links[i].label,
        }
        # numbers of the whole list stand only on the page that every new paper changes anyway
        data = {"groups": site.groups(papers[start:end], 0 if i else undated), "count": 0 if i else len(papers), "pager": pager}
        yield _Leaf(links[i].address, papers[start:end], data, i == 0)


def _range_label(site: Site, papers: Sequence[Paper]) -> str:
    """Return what a page of a list spans: dates (`Oct 2025 – Jun 2025`) or, for the undated, titles (`Acc – Bri`)."""
    if not papers:
        return ""
    first, last = (_place(site, paper) for paper in (papers[0], papers[-1]))
    return first if first == last else f"{first} – {last}"


def _place(site: Site, paper: Paper) -> str:
    if not paper.date:
        letters = [character for character in plain_title(paper) if character.isalnum()]
        return "".join(letters[:_LETTERS]).capitalize() or "#"
    month = int(paper.date[5:7] or 0)
    return site.t("month_of_year", month=site.t.month(month, short=True), year=paper.date[:4]) if month else paper.date
