"""The date indexes: all dates at a glance, years, months, days, weeks, and undated papers."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING, Any

from regesta.archive.touched import EVERYTHING
from regesta.pages.charts import address_of, month_calendar, week_title, year_grid
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import beside
from regesta.text.dates import MONTH, week_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.charts import Month
    from regesta.pages.page import Unit
    from regesta.pages.site import Site


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the pages of all dates that have papers, and of the papers without a date."""
    archive = site.archive
    yield "", _overview(site)
    calendar = cache(partial(month_calendar, site))  # of a month, for its own page and that of its year
    for kind, index in (("years", archive.years), ("months", archive.months), ("days", archive.days)):
        dates = [*index]
        for date, papers in index.each(touched):
            yield f"{kind}/{date}", _period(site, papers, date, dates, calendar)
    weeks = [*archive.weeks]
    for name, papers in archive.weeks.each(touched):
        yield f"weeks/{name}", _week(site, papers, name, weeks)
    if len(archive.undated) and touched.has("undated", "undated"):
        yield "undated/undated", _undated(site)


def _overview(site: Site) -> Iterator[Draft]:
    data, description = {"grid": year_grid(site)}, site.t("dates_description")
    yield ready_draft(
        Page(
            "/dates/", "dates.html", site.t("dates"), data, description, lastmod=site.archive.lastmod("years")
        )
    )


def _period(
    site: Site, papers: Papers, date: str, dates: Sequence[str], calendar: Callable[[str], Month]
) -> Iterator[Draft]:
    """Return the pages of a year, month or day; links to neighbours skip dates without papers."""
    before, after = (_link(site, other) if other else None for other in beside(dates, date))
    data = {"before": before, "after": after, "standfirst": ""}
    months = site.archive.months if len(date) <= MONTH else ()
    shown = [calendar(month) for month in months if month.startswith(date)]
    return _list(site, _link(site, date), _crumbs(site, date), papers, data, shown)


def _week(site: Site, papers: Papers, name: str, weeks: Sequence[str]) -> Iterator[Draft]:
    def link(other: str) -> Link:
        return Link(week_title(site, other), address_of(other))

    monday, sunday = (site.t.date(day) for day in week_days(name))
    before, after = (link(other) if other else None for other in beside(weeks, name))
    words = site.t("week_days", monday=monday, sunday=sunday)
    data = {"before": before, "after": after, "standfirst": words}
    year = (_link(site, name[:4]),) if name[:4] in site.archive.years else ()
    crumbs = (Link(site.t("dates"), "/dates/"), *year)
    return _list(site, link(name), crumbs, papers, data)


def _undated(site: Site) -> Iterator[Draft]:
    link, crumbs = Link(site.t("undated"), "/undated/"), (Link(site.t("dates"), "/dates/"),)
    data = {"before": None, "after": None, "standfirst": site.t("undated_text")}
    return _list(site, link, crumbs, site.archive.undated, data)


def _list(
    site: Site,
    link: Link,
    crumbs: tuple[Link, ...],
    papers: Papers,
    data: Mapping[str, Any],
    calendars: Sequence[Month] = (),
) -> Iterator[Draft]:
    """Return the pages of a list of papers at the address of a link."""
    title, address, _ = link
    description = site.t("list_description", n=len(papers), title=title)
    opening = {"calendars": calendars}
    listed = PaperList(
        address, "date.html", title, papers.entries, description, crumbs, data=data, opening=opening
    )
    return list_pages(site, listed)


def _link(site: Site, date: str) -> Link:
    return Link(site.t.date(date), address_of(date))


def _crumbs(site: Site, date: str) -> tuple[Link, ...]:
    """Return the way to a date: all dates, its year, its month."""
    parents = [date[:length] for length in (4, 7) if length < len(date)]
    return (Link(site.t("dates"), "/dates/"), *(_link(site, parent) for parent in parents))
