"""Lists of papers, cut into pages that stay unchanged when papers are added."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.pages.list_item import list_groups
from regesta.pages.metadata import breadcrumbs, item_list
from regesta.pages.page import Draft, Link, Page, page_draft
from regesta.pages.site import lastmod, plain_title
from regesta.pages.takeaway_files import takeaways

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from regesta.archive.lists import Entry
    from regesta.pages.site import Site

_LETTERS = 3  # of a title that a page's label shows


@dataclass(frozen=True, slots=True)
class PaperList:
    """A list of papers with pages of its own.

    Attributes:
        address: of the unnumbered page.
        template: for each of its pages; `data.is_first` is true on the unnumbered one.
        title: plain text.
        papers: in the order of the list.
        description, crumbs, feeds: as in a `Page`.
        data: what every page shows besides the papers.
        opening: what only the unnumbered page shows.
        behind: returns the name of an author that a paper shows besides the first ones, by the id of the paper.
    """

    address: str
    template: str
    title: str
    papers: Sequence[Entry]
    description: str = ""
    crumbs: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    data: Mapping[str, Any] = field(default_factory=dict)
    opening: Mapping[str, Any] = field(default_factory=dict)
    behind: Callable[[], Mapping[str, str]] = dict


def list_pages(site: Site, papers: PaperList) -> Iterator[Draft]:
    """Return the pages of a list of papers."""
    shared = (papers.template, papers.title, papers.description, papers.crumbs, papers.feeds, papers.data)
    for leaf in _leaves(site, papers):
        keys, opening = [paper.key for paper in leaf.papers], papers.opening if leaf.is_first else None
        inputs = (shared, opening, leaf.pager, leaf.total, leaf.undated, keys)
        yield page_draft(leaf.address, inputs, partial(_page, site, papers, leaf), lastmod(leaf.papers))


def _page(site: Site, papers: PaperList, leaf: _Leaf) -> Page:
    title, way = papers.title, (*papers.crumbs, Link(papers.title, papers.address))
    opening = papers.opening if leaf.is_first else {}
    groups = list_groups(site, leaf.papers, leaf.undated, papers.behind())
    shown = {
        "groups": groups,
        "count": leaf.total,
        "pager": leaf.pager,
        "takeaways": _takeaways(site, papers),
    }
    return Page(
        address=leaf.address,
        template=papers.template,
        title=title if leaf.is_first else _numbered_title(site, title, leaf),
        data={"title": title, "is_first": leaf.is_first, **shown, **papers.data, **opening},
        description=papers.description if leaf.is_first else "",
        crumbs=papers.crumbs if leaf.is_first else way,
        feeds=papers.feeds,
        json_ld=(item_list(title, leaf.address, leaf.papers, site.config), breadcrumbs(way, site.config)),
        lastmod=lastmod(leaf.papers),
    )


def _takeaways(site: Site, papers: PaperList) -> list[Link]:
    """Return links to the bibliographies of a list: those with a feed of their own have some."""
    has_some = papers.data.get("feed") == f"{papers.address}feed.xml" and not site.config.is_lean
    return takeaways(papers.address) if has_some else []


def _numbered_title(site: Site, title: str, leaf: _Leaf) -> str:
    return site.t("page_of_list", title=title, number=leaf.number, here=leaf.pager["here"])


class _Leaf(NamedTuple):
    """One page of a list.

    Attributes:
        number: from 1, or 0 for the unnumbered page.
        address, papers: of this page.
        pager: links to the other pages.
        total, undated: the numbers of all papers and of undated papers in the whole list; 0 on numbered
            pages, which would otherwise change with every new paper.
    """

    number: int
    address: str
    papers: Sequence[Entry]
    pager: Mapping[str, Any]
    total: int
    undated: int

    @property
    def is_first(self) -> bool:
        """Whether it is the unnumbered page."""
        return not self.number


def _leaves(site: Site, papers: PaperList) -> Iterator[_Leaf]:
    """Cut a list into pages: page 1 always holds the oldest papers, the unnumbered page the newest.

    So a new paper changes only the unnumbered page, until that holds twice the page size and a page is split
    off. Only the unnumbered page links to all others. Numbered ones link to their neighbours, or all would
    change then.
    """
    size, listed, address = site.config.page_size, papers.papers, papers.address
    numbered = max(len(listed) // size - 1, 0)
    newest = len(listed) - numbered * size
    parts = [listed[:newest], *(listed[newest + i * size : newest + (i + 1) * size] for i in range(numbered))]
    addresses = [address, *(f"{address}page/{number}/" for number in range(numbered, 0, -1))]
    links = [Link(_range_label(site, part), target) for part, target in zip(parts, addresses, strict=True)]
    for i, (link, part) in enumerate(zip(links, parts, strict=True)):
        pager = {
            "all": links if i == 0 and numbered else [],
            "first": f"{address}#pages" if i else "",
            "before": links[i - 1].address if i else "",
            "after": links[i + 1].address if i < numbered else "",
            "here": link.label,
        }
        undated = 0 if i else sum(not paper.date for paper in listed)
        yield _Leaf(numbered + 1 - i if i else 0, link.address, part, pager, 0 if i else len(listed), undated)


def _range_label(site: Site, papers: Sequence[Entry]) -> str:
    """Return the range of a page of a list: dates (`Oct 2025 – Jun 2025`) or titles (`Acc – Bri`)."""
    if not papers:
        return ""
    first, last = (_short_label(site, paper) for paper in (papers[0], papers[-1]))
    if papers[0].date and not papers[-1].date:
        last = site.t("undated")
    return first if first == last else f"{first} – {last}"


def _short_label(site: Site, paper: Entry) -> str:
    """Return a paper's month, or the first letters of its title if it is undated."""
    if not paper.date:
        letters = islice(filter(str.isalnum, plain_title(paper)), _LETTERS)
        return "".join(letters).capitalize() or "#"
    return site.t.month_of_year(paper.date)
