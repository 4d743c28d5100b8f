"""The date indexes: all dates at a glance, years, months, days and weeks, and the undated."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.charts import address_of, month_calendar, week_title, year_grid
from regesta.dates import MONTH, week_days
from regesta.page import Link, Page
from regesta.paging import list_pages

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive import Index
    from regesta.listing import Site
    from regesta.paper import Paper


def plan(site: Site) -> Iterator[Page]:
    """Return the pages of all dates that some paper bears, and that of the papers without one."""
    t, archive = site.t, site.archive
    yield Page("/dates/", "dates.html", t("dates"), {"grid": year_grid(site)}, t("dates_description"))
    yield from _periods(site, archive.years)
    yield from _periods(site, archive.months)
    yield from _periods(site, archive.days)
    yield from _weeks(site)
    yield from _undated(site)


def _periods(site: Site, index: Index) -> Iterator[Page]:
    """Return the pages of all years, of all months or of all days; neighbours skip those without papers."""
    dates = sorted(index)
    for position, date in enumerate(dates):
        months = [m for m in site.archive.months if m.startswith(date)] if len(date) <= MONTH else []
        around: dict[str, Any] = {
            "before": _link(site, dates[position - 1]) if position else None,
            "after": _link(site, dates[position + 1]) if position + 1 < len(dates) else None,
            "calendars": [month_calendar(site, month) for month in months],
            "standfirst": "",
        }
        yield from _list(site, address_of(date), site.t.date(date), _way(site, date), index[date], around)


def _weeks(site: Site) -> Iterator[Page]:
    links = [Link(week_title(site, name), address_of(name)) for name in sorted(site.archive.weeks)]
    for position, (name, link) in enumerate(zip(sorted(site.archive.weeks), links, strict=True)):
        monday, sunday = (site.t.date(day) for day in week_days(name))
        around: dict[str, Any] = {
            "before": links[position - 1] if position else None,
            "after": links[position + 1] if position + 1 < len(links) else None,
            "calendars": [],
            "standfirst": site.t("week_days", monday=monday, sunday=sunday),
        }
        year = (_link(site, name[:4]),) if name[:4] in site.archive.years else ()
        crumbs = (Link(site.t("dates"), "/dates/"), *year)
        yield from _list(site, link.address, link.label, crumbs, site.archive.weeks[name], around)


def _undated(site: Site) -> Iterator[Page]:
    crumbs = (Link(site.t("dates"), "/dates/"),)
    around: dict[str, Any] = {"before": None, "after": None, "calendars": [], "standfirst": site.t("undated_text")}
    if site.archive.undated:
        yield from _list(site, "/undated/", site.t("undated"), crumbs, site.archive.undated, around)


def _list(
    site: Site, address: str, title: str, crumbs: tuple[Link, ...], papers: Sequence[Paper], around: dict[str, Any]
) -> Iterator[Page]:
    description = site.t("list_description", n=len(papers), title=title)
    return list_pages(site, address, "date.html", title, papers, description=description, crumbs=crumbs, data=around)


def _link(site: Site, date: str) -> Link:
    return Link(site.t.date(date), address_of(date))


def _way(site: Site, date: str) -> tuple[Link, ...]:
    """Return the way to a date: all dates, its year, its month."""
    parents = [date[:length] for length in (4, 7) if length < len(date)]
    return (Link(site.t("dates"), "/dates/"), *(_link(site, parent) for parent in parents))
