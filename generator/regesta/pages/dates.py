"""The date indexes: all dates at a glance, years, months, days and weeks, and the undated."""

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
    """Return the pages of all dates that some paper bears, and that of the papers without one."""
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
    """Return the pages of all years, of all months or of all days; neighbours skip those without papers."""
    dates = sorted(index)
    for position, date in enumerate(dates):
        around: dict[str, Any] = {
            "before": _link(site, dates[position - 1]) if position else None,
            "after": _link(site, dates[position + 1]) if position + 1 < len(dates) else None,
            "standfirst": "",
        }
        shown = (
            [calendar for month, calendar in calendars.items() if month.startswith(date)]
            if len(date) <= MONTH
            else []
        )
        yield from _list(
            site, address_of(date), site.t.date(date), _way(site, date), index[date], around, shown
        )


def _weeks(site: Site) -> Iterator[Draft]:
    links = [Link(week_title(site, name), address_of(name)) for name in sorted(site.archive.weeks)]
    for position, (name, link) in enumerate(zip(sorted(site.archive.weeks), links, strict=True)):
        monday, sunday = (site.t.date(day) for day in week_days(name))
        around: dict[str, Any] = {
            "before": links[position - 1] if position else None,
            "after": links[position + 1] if position + 1 < len(links) else None,
            "standfirst": site.t("week_days", monday=monday, sunday=sunday),
        }
        year = (_link(site, name[:4]),) if name[:4] in site.archive.years else ()
        crumbs = (Link(site.t("dates"), "/dates/"), *year)
        yield from _list(site, link.address, link.label, crumbs, site.archive.weeks[name], around)


def _undated(site: Site) -> Iterator[Draft]:
    crumbs = (Link(site.t("dates"), "/dates/"),)
    around: dict[str, Any] = {"before": None, "after": None, "standfirst": site.t("undated_text")}
    if site.archive.undated:
        yield from _list(site, "/undated/", site.t("undated"), crumbs, site.archive.undated, around)


def _list(
    site: Site,
    address: str,
    title: str,
    crumbs: tuple[Link, ...],
    papers: Sequence[Paper],
    around: Mapping[str, Any],
    calendars: Sequence[Month] = (),
) -> Iterator[Draft]:
    description = site.t("list_description", n=len(papers), title=title)
    opening = {"calendars": calendars}
    return list_pages(
        site,
        PaperList(address, "date.html", title, papers, description, crumbs, data=around, opening=opening),
    )


def _link(site: Site, date: str) -> Link:
    return Link(site.t.date(date), address_of(date))


def _way(site: Site, date: str) -> tuple[Link, ...]:
    """Return the way to a date: all dates, its year, its month."""
    parents = [date[:length] for length in (4, 7) if length < len(date)]
    return (Link(site.t("dates"), "/dates/"), *(_link(site, parent) for parent in parents))
