"""The date indexes: all dates at a glance, years, months, days, weeks, and undated papers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

from regesta.archive.overviews import tags_of, talked_about
from regesta.archive.touched import EVERYTHING
from regesta.pages.charts import (
    address_of,
    day_strip,
    twelve_months,
    week_title,
    weeks_of,
    year_grid,
)
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import beside
from regesta.text.dates import MONTH, YEAR, days_between, month_days, week_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.pages.charts import Day
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

_TAGS = 8  # beside the papers of a date
_FEW = 6  # papers
#: What a date may have above and beside its papers.
_BARE: Mapping[str, Any] = {"standfirst": "", "months": [], "days": [], "weeks": [], "tags": []}


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the pages of all dates that have papers, and of the papers without a date."""
    archive = site.archive
    yield "", _overview(site)
    strip = cache(lambda month: day_strip(site, days_between(*month_days(month))))  # of all days of a month
    for kind, index in (("years", archive.years), ("months", archive.months), ("days", archive.days)):
        dates = [*index]
        for date, papers in index.each(touched):
            yield f"{kind}/{date}", _period(site, papers, kind, date, dates, strip)
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
    site: Site,
    papers: Papers,
    kind: str,
    date: str,
    dates: Sequence[str],
    strip: Callable[[str], list[Day]],
) -> Iterator[Draft]:
    """Return the pages of a year, month or day; links to neighbours skip dates without papers."""
    before, after = (_link(site, other) if other else None for other in beside(dates, date))
    when = "day" if kind != "days" else "position" if len(papers) > 1 else "none"
    data = {"before": before, "after": after, "when": when}
    charts = {
        "months": twelve_months(site, date) if kind == "years" else [],
        "days": strip(date[:MONTH]) if len(date) >= MONTH else [],
        "weeks": weeks_of(site, days_between(*month_days(date))) if kind == "months" else [],
        "tags": _tags(site, papers, kind, date),
    }
    discussed = talked_about(site.archive, kind, date) if kind == "days" and len(papers) > 1 else {}
    entries = sorted(papers.entries, key=lambda one: discussed.get(one.id, (0, 0)), reverse=True)
    listed = PaperList(
        address_of(date),
        "date.html",
        site.t.date(date),
        entries if discussed else papers.entries,
        crumbs=_crumbs(site, date),
        data=data,
        opening=charts,
        order="discussed" if discussed else "date",
    )
    return _pages(site, listed)


def _week(site: Site, papers: Papers, name: str, weeks: Sequence[str]) -> Iterator[Draft]:
    def link(other: str) -> Link:
        return Link(week_title(site, other), address_of(other))

    before, after = (link(other) if other else None for other in beside(weeks, name))
    year = (_link(site, name[:YEAR]),) if name[:YEAR] in site.archive.years else ()
    days = day_strip(site, days_between(*week_days(name)))
    listed = PaperList(
        address_of(name),
        "date.html",
        week_title(site, name),
        papers.entries,
        crumbs=(Link(site.t("dates"), "/dates/"), *year),
        data={"before": before, "after": after, "when": "day"},
        opening={"days": days, "tags": _tags(site, papers, "weeks", name)},
    )
    return _pages(site, listed)


def _undated(site: Site) -> Iterator[Draft]:
    papers = site.archive.undated
    listed = PaperList(
        "/undated/",
        "date.html",
        site.t("undated"),
        papers.entries,
        crumbs=(Link(site.t("dates"), "/dates/"),),
        data={"when": "none"},
        opening={"standfirst": site.t("undated_text"), "tags": _tags(site, papers, "undated", "undated")},
        order="title",
    )
    return _pages(site, listed)


def _pages(site: Site, listed: PaperList) -> Iterator[Draft]:
    """Return the pages of a date; what is not in its data is empty."""
    description = site.t("list_description", n=len(listed.papers), title=listed.title)
    data = {"before": None, "after": None, **listed.data}
    return list_pages(
        site, replace(listed, description=description, data=data, opening={**_BARE, **listed.opening})
    )


def _tags(site: Site, papers: Papers, kind: str, name: str) -> list[Link]:
    """Return the tags that are most often in a list of papers, unless it is so short that the papers say it."""
    return site.tag_counts(tags_of(site.archive, kind, name, _TAGS)) if len(papers) > _FEW else []


def _link(site: Site, date: str) -> Link:
    return Link(site.t.date(date), address_of(date))


def _crumbs(site: Site, date: str) -> tuple[Link, ...]:
    """Return the way to a date: all dates, its year, its month."""
    parents = [date[:length] for length in (4, 7) if length < len(date)]
    return (Link(site.t("dates"), "/dates/"), *(_link(site, parent) for parent in parents))
