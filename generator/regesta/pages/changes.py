"""What changed in the archive, day by day: papers that were added, updated, withdrawn or retracted; a page a month, and a feed."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.overviews import added_on, titled, with_status
from regesta.archive.touched import EVERYTHING
from regesta.pages.feed_formats import FORMATS, Document
from regesta.pages.feed_items import Item
from regesta.pages.feeds import RSS
from regesta.pages.page import Draft, Link, Page, draft_of, ready_draft
from regesta.pages.site import CHANGES, paper_address
from regesta.text.dates import MONTH, moment_of_day
from regesta.text.formulas import plain, title_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.glances import Glance
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_DAYS = 20  # on the page without a month, and in the feed
_ADDED, _OTHERS = 12, 200  # papers that are named of one kind on one day; more that were added have a page


class Group(NamedTuple):
    """Papers to which the same happened on a day.

    Attributes:
        what: the key of the catalogue for it: `added_n`, `updated_n`, `withdrawn_n`, `retracted_n`.
        total: how many there are.
        papers: the title as HTML and the address of those that are named.
        titles: theirs, as plain text.
        address: of a page that lists all, "" if there is none.
    """

    what: str
    total: int
    papers: Sequence[Link]
    titles: Sequence[str]
    address: str


class Day(NamedTuple):
    """What happened on a day.

    Attributes:
        day: `2026-11-21`.
        words: in words.
        groups: by what happened.
    """

    day: str
    words: str
    groups: Sequence[Group]


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the page of the latest changes, the feed, and the pages of the months; nothing if no day is known."""
    days = sorted({*site.archive.added, *site.archive.updated}, reverse=True)
    months = dict.fromkeys(day[:MONTH] for day in days)
    undated = with_status(site.archive)
    if not days:
        return
    latest = [_day(site, day) for day in days[:_DAYS]]
    links = [Link(site.t.date(month), _address(month)) for month in months]
    data = {"days": latest, "months": links, "undated": _by_status(undated), "feed": f"{CHANGES}{RSS}"}
    yield "", [_page(site, CHANGES, site.t("changes"), data), _feed(site, latest)]
    for month in touched.names("changes", months):
        own = [_day(site, day) for day in days if day.startswith(month)]
        title = site.t("changes_in", date=site.t.date(month))
        data = {"days": own, "months": links, "undated": [], "feed": f"{CHANGES}{RSS}"}
        yield f"changes/{month}", [_page(site, _address(month), title, data)]


def _address(month: str) -> str:
    return f"{CHANGES}{month.replace('-', '/')}/"


def _page(site: Site, address: str, title: str, data: dict[str, Any]) -> Draft:
    crumbs = (Link(site.t("changes"), CHANGES),) if address != CHANGES else ()
    feeds = (Link(site.t("feed_of_changes"), data["feed"]),)
    lastmod = data["days"][0].day if data["days"] else ""
    description = site.t("changes_description", title=site.config.title)
    return ready_draft(
        Page(address, "changes.html", title, data, description, crumbs, feeds, lastmod=lastmod)
    )


def _day(site: Site, day: str) -> Day:
    groups, added = [], site.archive.added.size(day)
    if added:
        groups.append(_group("added_n", added, added_on(site.archive, day, _ADDED), f"/added/{day}/"))
    updated = titled(site.archive, "updated", day) if day in site.archive.updated else []
    plain_updates = [paper for paper in updated if not paper.status]
    groups += [_group("updated_n", len(plain_updates), plain_updates)] if plain_updates else []
    return Day(day, site.t.date(day), [*groups, *_by_status([paper for paper in updated if paper.status])])


def _by_status(papers: Sequence[Glance]) -> list[Group]:
    """Return the papers that were withdrawn, and those that were retracted."""
    found: dict[str, list[Glance]] = {}
    for paper in papers:
        found.setdefault(paper.status, []).append(paper)
    return [_group(f"{status}_n", len(some), some) for status, some in sorted(found.items(), reverse=True)]


def _group(what: str, total: int, papers: Sequence[Glance], address: str = "") -> Group:
    """Return a group; none of its papers are named if there are so many that only a page of their own lists them."""
    named = papers[:_OTHERS] if not address else papers if total <= _ADDED else []
    links = [Link(title_html(paper.title), paper_address(paper)) for paper in named]
    return Group(what, total, links, [plain(paper.title) for paper in named], address)


def _feed(site: Site, days: Sequence[Day]) -> Draft:
    path = f"{CHANGES}{RSS}".lstrip("/")
    return draft_of(path, (days,), lambda: _document(site, days))


def _document(site: Site, days: Sequence[Day]) -> bytes:
    config, written = site.config, FORMATS[RSS]
    own = f"{CHANGES}{RSS}"
    document = Document(
        config.permanent(own),
        f"{site.t('changes')} · {config.title}",
        site.t("changes_description", title=config.title),
        config.title,
        config.language,
        config.absolute(CHANGES),
        config.absolute(own),
        moment_of_day(days[0].day, days[0].day) if days else None,
    )
    return written.document(document, [written.item(_item(site, day)) for day in days])


def _item(site: Site, day: Day) -> Item:
    """Return the item of a day: what happened, with the papers' titles as links."""
    moment, at = moment_of_day(day.day, day.day), f"{_address(day.day[:MONTH])}#d{day.day}"
    words = [site.t(group.what, n=group.total) for group in day.groups]
    return Item(
        site.config.permanent(at),
        site.config.absolute(at),
        site.t("changes_on", date=day.words),
        "; ".join(words),
        moment,
        moment,
        more="".join(map(_html, [site] * len(words), words, day.groups)),
    )


def _html(site: Site, words: str, group: Group) -> str:
    """Return what happened as HTML: in words, which are a link if a page lists all papers, and those that are named."""
    rows = (
        f'<li dir="auto">{_link(site, link.address, title)}</li>'
        for link, title in zip(group.papers, group.titles, strict=True)
    )
    said = _link(site, group.address, words) if group.address else escape(words, quote=False)
    return f'<p dir="auto">{said}</p>' + (f"<ul>{''.join(rows)}</ul>" if group.papers else "")


def _link(site: Site, address: str, text: str) -> str:
    return f'<a href="{escape(site.config.absolute(address))}">{escape(text, quote=False)}</a>'
