"""Lists of papers, cut into pages that stay unchanged when papers are added."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from itertools import accumulate, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.pages.letters import by_letter
from regesta.pages.list_item import list_entry, list_groups
from regesta.pages.metadata import breadcrumbs, item_list
from regesta.pages.page import Draft, Link, Page, page_draft
from regesta.pages.site import lastmod, plain_title
from regesta.pages.takeaway_files import takeaways
from regesta.text.dates import DAY, MONTH
from regesta.text.strings import ascii_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from regesta.archive.lists import Entry
    from regesta.pages.site import Site

_LETTERS = 3  # of a title that a page's label shows
_TELLING = ("date", "title")  # orders in which dates or titles tell the pages of a list apart


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
        order: of the papers: `date` (that of the archive), `title` (they stand below their first letters), `discussed`, or
            `own`.
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
    order: str = "date"


def list_pages(site: Site, papers: PaperList) -> Iterator[Draft]:
    """Return the pages of a list of papers."""
    shared = (papers.template, papers.title, papers.description, papers.crumbs, papers.feeds, papers.data)
    for leaf in _leaves(site, papers):
        keys, opening = [*map(site.key, leaf.papers)], papers.opening if leaf.is_first else None
        inputs = (shared, opening, leaf.pager, leaf.total, leaf.undated, keys)
        yield page_draft(leaf.address, inputs, partial(_page, site, papers, leaf), lastmod(leaf.papers))


def _page(site: Site, papers: PaperList, leaf: _Leaf) -> Page:
    title, way = papers.title, (*papers.crumbs, Link(papers.title, papers.address))
    opening = papers.opening if leaf.is_first else {}
    shown = {
        "groups": _groups(site, papers, leaf),
        "count": leaf.total,
        "pager": leaf.pager,
        "order": _order(papers),
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


def _order(papers: PaperList) -> str:
    """Return the order of a list that is to be told, "" if there is nothing to tell."""
    is_undated = papers.order == "date" and not (papers.papers and papers.papers[0].date)
    return "" if is_undated else papers.order


def _numbered_title(site: Site, title: str, leaf: _Leaf) -> str:
    return site.t("page_of_list", title=title, number=leaf.number, here=leaf.pager["here"])


def _groups(site: Site, papers: PaperList, leaf: _Leaf) -> list[dict[str, Any]]:
    """Return the entries of a page below their headings: first letters, or none for the dated and one for the others."""
    if papers.order == "date":
        return list_groups(site, leaf.papers, leaf.undated, papers.behind())
    if papers.order != "title":
        items = [list_entry(site, paper) for paper in leaf.papers]
        return [{"heading": "", "anchor": "", "items": items}] if items else []
    return [
        {"heading": letter.name, "anchor": letter.anchor, "items": [list_entry(site, one) for one in some]}
        for letter, some in by_letter(site.t, leaf.papers, _sorted_by)
    ]


def _sorted_by(paper: Entry) -> str:
    return ascii_letters(paper.title)


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
    links = [*map(Link, _labels(site, papers, parts), addresses)]
    for i, (link, part) in enumerate(zip(links, parts, strict=True)):
        number = numbered + 1 - i if i else 0
        pager = {
            "all": _told_apart(site, links, parts) if i == 0 and numbered else [],
            "letters": _letters(site, addresses, parts) if i == 0 and papers.order == "title" else [],
            "first": f"{address}#pages" if i else "",
            "before": links[i - 1].address if i else "",
            "after": links[i + 1].address if i < numbered else "",
            "number": number,
            "here": link.label,
        }
        undated = 0 if i else sum(not paper.date for paper in listed)
        yield _Leaf(number, link.address, part, pager, 0 if i else len(listed), undated)


def _letters(site: Site, addresses: Sequence[str], parts: Sequence[Sequence[Entry]]) -> list[Link]:
    """Return a link to the first paper of each letter."""
    found: dict[str, Link] = {}
    for address, part in zip(addresses, parts, strict=True):
        for letter, _ in by_letter(site.t, part, _sorted_by):
            found.setdefault(letter.name, Link(letter.name, f"{address}#letter-{letter.anchor}"))
    return [*found.values()]


def _labels(site: Site, papers: PaperList, parts: Sequence[Sequence[Entry]]) -> list[str]:
    """Return what each page of a list spans; of a list in an order of its own, the places of its papers."""
    if papers.order in _TELLING:
        return [_range_label(site, part) for part in parts]
    return _places(site, parts)


def _told_apart(site: Site, links: Sequence[Link], parts: Sequence[Sequence[Entry]]) -> Sequence[Link]:
    """Return links to all pages of a list, labelled by the places of their papers if two would be called the same."""
    if len({link.label for link in links}) == len(links):
        return links
    return [link._replace(label=label) for link, label in zip(links, _places(site, parts), strict=True)]


def _places(site: Site, parts: Sequence[Sequence[Entry]]) -> list[str]:
    ends = [*accumulate(map(len, parts))]
    return [
        site.t("places", first=site.t.number(end - len(part) + 1), last=site.t.number(end))
        for end, part in zip(ends, parts, strict=True)
    ]


def _range_label(site: Site, papers: Sequence[Entry]) -> str:
    """Return what a page of a list spans, which nothing that is added elsewhere changes.

    It is dates (`Oct 2025 – Jun 2025`, `3–17 Oct 2025`), or titles (`Acc – Bri`), or, within a day or a month whose days
    are unknown, both (`Oct 2025, Acc – Bri`).
    """
    if not papers:
        return ""
    first, last = papers[0], papers[-1]
    if not first.date:
        return _span(site, _first_letters(first), _first_letters(last))
    if not last.date:
        return _span(site, site.t.month_of_year(first.date), site.t("undated"))
    months = [site.t.month_of_year(paper.date) for paper in (first, last)]
    if months[0] != months[1]:
        return _span(site, *months)
    days = sorted(int(paper.date[MONTH + 1 :]) for paper in (first, last) if len(paper.date) == DAY)
    if len({*days}) > 1:
        return site.t("days_of_month", first=days[0], last=days[1], month=months[0])
    titles = _span(site, _first_letters(first), _first_letters(last))
    return site.t("date_and_titles", date=site.t.date(first.date), titles=titles)


def _span(site: Site, first: str, last: str) -> str:
    return first if first == last else site.t("span", first=first, last=last)


def _first_letters(paper: Entry) -> str:
    letters = islice(filter(str.isalnum, plain_title(paper)), _LETTERS)
    return "".join(letters).capitalize() or "#"
