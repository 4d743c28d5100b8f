"""The numbers behind the charts: how many papers each month, day or year has, and how large its mark is."""

from __future__ import annotations

import calendar
import math
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.pages.page import Link
from regesta.text.dates import week

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Sequence

    from regesta.pages.site import Site

_GAP = 30  # years
_LEAST_DATED = 5  # papers, for a chart by year
_BARS = 12  # years with bars of their own
LARGEST = 10  # radius of the largest mark, in units of a 24 by 24 cell


class Cell(NamedTuple):
    """A month or a day in a chart.

    Attributes:
        words: its date in words; "" for a day without papers.
        papers: how many papers it has.
        radius: of a month's mark; 0 for a day.
        address: of its page, "" if it has no papers.
        day: the day of the month; 0 for a month.
    """

    words: str
    papers: int
    radius: float
    address: str
    day: int


class Week(NamedTuple):
    """A row of a month's calendar.

    Attributes:
        days: seven cells, Monday first, None for a day of another month.
        number: the ISO week's.
        link: to the week's page, None if it has no papers.
    """

    days: list[Cell | None]
    number: int
    link: Link | None


class Month(NamedTuple):
    """A month's calendar."""

    name: str
    address: str
    papers: int
    weeks: list[Week]


def radius(count: int, most: int) -> float:
    """Return the radius of the mark for a count of papers, whose area grows with the count up to `most`."""
    return max(round(LARGEST * math.sqrt(count / most), 1), 2) if count else 0


def address_of(date: str) -> str:
    """Return the address of a year, month or day."""
    return f"/{date.replace('-', '/')}/"


def year_grid(site: Site) -> dict[str, Any]:
    """Return a row per year, newest first, with a cell per month; papers with only a year are counted apart.

    A year without papers has a row if others lie around it, as the rows are an axis of time.
    """
    most = max((len(papers) for papers in site.archive.months.values()), default=1)
    coarse = site.archive.coarse()
    rows = [_year(site, year, most, coarse.get(year, 0)) for year in reversed(all_years(site))]
    return {
        "months": [site.t.month(n, short=True) for n in range(1, 13)],
        "rows": rows,
        "undated": len(site.archive.undated),
        "coarse": any(row["coarse"] for row in rows),
    }


def _year(site: Site, year: str, most: int, coarse: int) -> dict[str, Any]:
    return {
        "year": year,
        "address": address_of(year),
        "count": site.archive.years.size(year),
        "cells": [_month(site, f"{year}-{month:02}", most) for month in range(1, 13)],
        "coarse": coarse,
    }


def _month(site: Site, date: str, most: int) -> Cell:
    count = site.archive.months.size(date)
    return Cell(site.t.date(date), count, radius(count, most), address_of(date) if count else "", 0)


def month_calendar(site: Site, month: str) -> Month:
    """Return a month with a cell for each day. All marks have one size: a paper changes one month only."""
    year, number = int(month[:4]), int(month[5:])
    weeks = [_week(site, month, days) for days in calendar.Calendar().monthdayscalendar(year, number)]
    return Month(site.t.month(number), address_of(month), site.archive.months.size(month), weeks)


def _week(site: Site, month: str, numbers: list[int]) -> Week:
    """Return the part of a week in a month; numbers are the days of the month, 0 for days outside it."""
    cells = [_day(site, f"{month}-{day:02}") if day else None for day in numbers]
    name = week(f"{month}-{max(numbers):02}")
    link = Link(week_title(site, name), address_of(name)) if name in site.archive.weeks else None
    return Week(cells, int(name[6:]), link)


def _day(site: Site, date: str) -> Cell:
    count, day = site.archive.days.size(date), int(date[8:])
    return Cell(site.t.date(date), count, 0, address_of(date), day) if count else Cell("", 0, 0, "", day)


def week_title(site: Site, name: str) -> str:
    """Return the title of an ISO week's page."""
    return site.t("week", number=int(name[6:]), year=name[:4])


class Bar(NamedTuple):
    """A bar of a chart by year.

    Attributes:
        label: the year, or what stands for several.
        papers: how many papers it has.
        width: from 0 to 100.
        address: of the year's page; "" for several years, and for papers without a date.
    """

    label: str
    papers: int
    width: int
    address: str


def by_year(site: Site, known: Counter[str]) -> list[Bar]:
    """Return a bar for each year that some papers are of, the newest first; many old years share one, so do the undated.

    There is none for one year, or if too few are dated: then it would tell more about missing dates than about the papers.
    """
    years = sorted(filter(None, known), reverse=True)
    if len(known) == 1 or known.total() - known[""] < _LEAST_DATED:
        return []
    shown, old = (years, []) if len(years) <= _BARS else (years[: _BARS - 1], years[_BARS - 1 :])
    rows = [(year, known[year], address_of(year)) for year in shown]
    rows += [(site.t("up_to_year", year=old[0]), sum(known[year] for year in old), "")] if old else []
    rows += [(site.t("undated"), known[""], "")] if known[""] else []
    most = max(papers for _, papers, _ in rows)
    return [Bar(label, papers, round(100 * papers / most), address) for label, papers, address in rows]


def sparkline(known: Counter[str], years: Sequence[str], most: int) -> list[dict[str, Any]]:
    """Return a bar for each of the years that has papers: their number, and a height from 0 to 100 for `most` papers."""
    return [
        {"year": year, "count": known[year], "height": round(100 * known[year] / most), "place": place}
        for place, year in enumerate(years)
        if known[year]
    ]


def all_years(site: Site) -> list[str]:
    """Return every year from that of the oldest paper to that of the newest.

    A gap of more than `_GAP` years is left out: one wrong date must not stretch the axis over millennia.
    """
    known = sorted(map(int, site.archive.years))
    gaps = (range(before + 1, year) for before, year in pairwise(known) if year - before <= _GAP)
    return [str(year) for year in sorted({*known, *chain.from_iterable(gaps)})]
