"""The date indexes: all dates at a glance, years, months, days, weeks, and undated papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.pages.charts import address_of, month_calendar, week_title, year_grid
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.text.dates import MONTH, week_days

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.archive.archive import Index
    from regesta.content.paper import Paper
    from regesta.pages.charts import Month
    from regesta.pages.site import Site


def plan(site: Site) -> Iterator[Draft]:
    """Yield the pages of all dates that have papers, and of the papers without a date."""
    t, archive = site.t, site.archive
    calendars = {month: month_calendar(site, month) for month in archive.months}
    yield ready_draft(
        Page("/dates/", "dates.html", t("dates"), {"grid": year_grid(site)}, t("dates_description"))
    )
    yield from _periods(site, archive.years, calendars)
    yield from _periods(site, archive.months, calendars)
    yield from _periods(site, archive.days, calendars)
    yield from _weeks(site)
    yield from _undated(site)


def _periods(site: Site, index: Index, calendars: Mapping[str, Month]) -> Iterator[Draft]:
    """Yield the pages of all years, months or days; links to neighbours skip dates without papers."""
    dates = sorted(index)
    links = [_link(site, date) for date in dates]
    for position, (date, link) in enumerate(zip(dates, links, strict=True)):
        data, shown = _data(links, position), _calendars_of(date, calendars)
        yield from _list(site, link, _crumbs(site, date), index[date], data, shown)


def _calendars_of(date: str, calendars: Mapping[str, Month]) -> list[Month]:
    """Return the calendars of a year's or a month's months."""
    if len(date) > MONTH:
        return []
    return [calendar for month, calendar in calendars.items() if month.startswith(date)]


def _weeks(site: Site) -> Iterator[Draft]:
    names = sorted(site.archive.weeks)
    links = [Link(week_title(site, name), address_of(name)) for name in names]
    for position, (name, link) in enumerate(zip(names, links, strict=True)):
        monday, sunday = (site.t.date(day) for day in week_days(name))
        data = _data(links, position, site.t("week_days", monday=monday, sunday=sunday))
        year = (_link(site, name[:4]),) if name[:4] in site.archive.years else ()
        crumbs = (Link(site.t("dates"), "/dates/"), *year)
        yield from _list(site, link, crumbs, site.archive.weeks[name], data)


def _undated(site: Site) -> Iterator[Draft]:
    link, crumbs = Link(site.t("undated"), "/undated/"), (Link(site.t("dates"), "/dates/"),)
    if site.archive.undated:
        data = _data([link], 0, site.t("undated_text"))
        yield from _list(site, link, crumbs, site.archive.undated, data)


def _data(links: Sequence[Link], position: int, standfirst: str = "") -> dict[str, Any]:
    """Return what a date's page shows besides its papers; links lead to all dates of its kind, in order."""
    before = links[position - 1] if position else None
    after = links[position + 1] if position + 1 < len(links) else None
    return {"before": before, "after": after, "standfirst": standfirst}


def _list(
    site: Site,
    link: Link,
    crumbs: tuple[Link, ...],
    papers: Sequence[Paper],
    data: Mapping[str, Any],
    calendars: Sequence[Month] = (),
) -> Iterator[Draft]:
    """Return the pages of a list of papers at the address of a link."""
    title, address, _ = link
    description = site.t("list_description", n=len(papers), title=title)
    opening = {"calendars": calendars}
    listed = PaperList(address, "date.html", title, papers, description, crumbs, data=data, opening=opening)
    return list_pages(site, listed)


def _link(site: Site, date: str) -> Link:
    return Link(site.t.date(date), address_of(date))


def _crumbs(site: Site, date: str) -> tuple[Link, ...]:
    """Return the way to a date: all dates, its year, its month."""
    parents = [date[:length] for length in (4, 7) if length < len(date)]
    return (Link(site.t("dates"), "/dates/"), *(_link(site, parent) for parent in parents))
