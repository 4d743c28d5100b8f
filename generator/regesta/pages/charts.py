"""The numbers behind the charts: how many papers each month, day or year has, and how large its mark is."""

from __future__ import annotations

import calendar
import datetime as dt
import math
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.pages.page import Link
from regesta.text.dates import week

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterable, Sequence

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
    """A month: its calendar by weeks, or a bar for each of its days.

    Attributes:
        name, short: of the month.
        address: of its page, "" if it has no papers.
        papers: how many it has.
        weeks: the rows of its calendar.
        bars: the day of the month, and a height from 0 to 100, for each day with papers.
    """

    name: str
    short: str
    address: str
    papers: int
    weeks: Sequence[Week] = ()
    bars: Sequence[tuple[int, int]] = ()


class Day(NamedTuple):
    """A day in a strip of days.

    Attributes:
        number: the day of the month.
        weekday: its short name.
        words: the date in words.
        address: of its page, "" if it has no papers.
        is_here: whether it is the day of the page.
    """

    number: int
    weekday: str
    words: str
    address: str
    is_here: bool


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
    name, size = site.t.date(month), site.archive.months.size(month)
    return Month(name, site.t.month(number, short=True), address_of(month), size, weeks)


def twelve_months(site: Site, year: str) -> list[Month]:
    """Return the months of a year, with a bar for each day on which papers came out; none if no month has any."""
    names = [f"{year}-{number:02}" for number in range(1, 13)]
    days = {month: _sizes_of_days(site, month) for month in names}
    most = max((size for sizes in days.values() for size in sizes.values()), default=1)
    months = [
        Month(
            site.t.date(month),
            site.t.month(int(month[5:]), short=True),
            address_of(month) if site.archive.months.size(month) else "",
            site.archive.months.size(month),
            bars=[(day, max(round(100 * size / most), 1)) for day, size in sizes.items()],
        )
        for month, sizes in days.items()
    ]
    return months if any(month.papers for month in months) else []


def _sizes_of_days(site: Site, month: str) -> dict[int, int]:
    """Return how many papers each day of a month has, without those that have none."""
    sizes = {day: site.archive.days.size(f"{month}-{day:02}") for day in range(1, 32)}
    return {day: size for day, size in sizes.items() if size}


def day_strip(site: Site, days: Iterable[str], here: str = "") -> list[Day]:
    """Return some days in a row, without numbers of papers, which would change with every paper; none if all are empty."""
    strip = [
        Day(
            int(day[8:]),
            site.t.strings["weekdays"][dt.date.fromisoformat(day).weekday()],
            site.t.date(day),
            address_of(day) if day in site.archive.days else "",
            day == here,
        )
        for day in days
    ]
    return strip if any(day.address for day in strip) else []


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
        address: of the year's page; "" for several years.
        is_dated: whether it is of papers with a date.
    """

    label: str
    papers: int
    width: int
    address: str
    is_dated: bool


def by_year(site: Site, known: Counter[str], undated: str = "") -> list[Bar]:
    """Return a bar for each year that some papers are of, the newest first; many old years share one, so do the undated.

    `undated` is the address of the page that lists the undated, "" if there is none. There is no bar for one year, or if too few are dated: then it would tell more about missing dates than about the papers.
    """
    years = sorted(filter(None, known), reverse=True)
    if len(known) == 1 or known.total() - known[""] < _LEAST_DATED:
        return []
    shown, old = (years, []) if len(years) <= _BARS else (years[: _BARS - 1], years[_BARS - 1 :])
    rows = [(year, known[year], address_of(year)) for year in shown]
    rows += [(site.t("up_to_year", year=old[0]), sum(known[year] for year in old), "")] if old else []
    rows += [(site.t("undated"), known[""], undated)] if known[""] else []
    most = max(papers for _, papers, _ in rows)
    last = site.t("undated")
    return [
        Bar(label, papers, round(100 * papers / most), address, label != last)
        for label, papers, address in rows
    ]


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
