"""The numbers behind the charts: how many papers each month, day or year has, and how large its mark is."""

from __future__ import annotations

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
_WRITTEN = 5  # papers from which a mark says how many, if there is room
_ROUND_NUMBER, _DIGIT = 4.5, 1.5  # radius around no digit, and more for each
_LEAST_BAR = 2  # of 100, so that one paper is seen
LARGEST = 10  # radius of the largest mark, in units of a 24 by 24 cell


class Cell(NamedTuple):
    """A month in the grid of all.

    Attributes:
        words: its date in words.
        papers: how many papers it has.
        radius: of its mark.
        address: of its page, "" if it has no papers.
        number: of papers as it is written in the mark, "" if it has no room there.
    """

    words: str
    papers: int
    radius: float
    address: str
    number: str


class Month(NamedTuple):
    """A month with a bar for each of its days.

    Attributes:
        name, short: of the month.
        address: of its page, "" if it has no papers.
        papers: how many it has.
        bars: the day of the month, and a height from 0 to 100, for each day with papers.
    """

    name: str
    short: str
    address: str
    papers: int
    bars: Sequence[tuple[int, int]]


class Day(NamedTuple):
    """A day in a strip of days.

    Attributes:
        number: the day of the month.
        column: the day of the week, 1 for Monday.
        weekday: its short name.
        words: the date in words.
        address: of its page, "" if it has no papers.
    """

    number: int
    column: int
    weekday: str
    words: str
    address: str


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
    size, number = radius(count, most), str(count)
    has_room = count >= _WRITTEN and size >= _ROUND_NUMBER + _DIGIT * len(number)
    return Cell(site.t.date(date), count, size, address_of(date) if count else "", number if has_room else "")


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
            [(day, max(round(100 * size / most), 1)) for day, size in sizes.items()],
        )
        for month, sizes in days.items()
    ]
    return months if any(month.papers for month in months) else []


def _sizes_of_days(site: Site, month: str) -> dict[int, int]:
    """Return how many papers each day of a month has, without those that have none."""
    sizes = {day: site.archive.days.size(f"{month}-{day:02}") for day in range(1, 32)}
    return {day: size for day, size in sizes.items() if size}


def day_strip(site: Site, days: Iterable[str]) -> list[Day]:
    """Return some days in a row, without numbers of papers, which would change with every paper; none if all are empty."""
    strip = [_day(site, day) for day in days]
    return strip if any(day.address for day in strip) else []


def _day(site: Site, day: str) -> Day:
    column = dt.date.fromisoformat(day).isoweekday()
    weekday = site.t.strings["weekdays"][column - 1]
    return Day(
        int(day[8:]), column, weekday, site.t.date(day), address_of(day) if day in site.archive.days else ""
    )


def weeks_of(site: Site, days: Iterable[str]) -> list[Link]:
    """Return links to the weeks in which some days have papers."""
    names = dict.fromkeys(week(day) for day in days if day in site.archive.days)
    return [Link(week_title(site, name), address_of(name)) for name in names]


def week_title(site: Site, name: str) -> str:
    """Return the title of an ISO week's page."""
    return site.t("week", number=int(name[6:]), year=name[:4])


class Bar(NamedTuple):
    """A bar of a chart by year.

    Attributes:
        label: the year, or what stands for several.
        papers: how many papers it has.
        width: from 2 to 100, which is the width of the year with most papers; others are not wider.
        address: of the year's page; "" for several years.
        is_year: whether it is of one year; others are not measured by the scale, so they stand in outline.
    """

    label: str
    papers: int
    width: int
    address: str
    is_year: bool


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
    most = max(known[year] for year in shown)
    return [
        Bar(label, papers, _share(papers, most), address, place < len(shown))
        for place, (label, papers, address) in enumerate(rows)
    ]


def _share(papers: int, most: int) -> int:
    return min(max(round(100 * papers / most), _LEAST_BAR), 100)


def sparkline(known: Counter[str], years: Sequence[str], most: int) -> list[dict[str, Any]]:
    """Return a bar for each of the years that has papers: its place, and a height from 0 to 100 for `most` papers.

    Heights grow with the square root, as few papers of a small tag are to be seen beside many of a large one.
    """
    return [
        {"year": year, "height": round(100 * math.sqrt(known[year] / most)), "place": place}
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
