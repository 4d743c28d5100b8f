"""The numbers behind the charts: how many papers in each month, day or year, and how large each mark is."""

from __future__ import annotations

import calendar
import math
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.pages.page import Link
from regesta.text.dates import YEAR, week

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.content.paper import Paper
    from regesta.pages.site import Site

_GAP = 30  # years
LARGEST = 10  # radius of the mark of the largest count, in units of a 24 by 24 cell


class Cell(NamedTuple):
    """A month or a day: its date in words, how many papers, its mark's radius (of months), its address if it has papers; its day."""

    words: str
    papers: int
    radius: float
    address: str
    day: int


class Week(NamedTuple):
    """A row of a month's calendar: seven cells, Monday first, None for a day of another month; its ISO number and page."""

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
    """Return the radius of a mark whose area grows with a count of papers; the largest count is `most`."""
    return max(round(LARGEST * math.sqrt(count / most), 1), 2) if count else 0


def address_of(date: str) -> str:
    """Return the address of a year, month or day."""
    return f"/{date.replace('-', '/')}/"


def year_grid(site: Site) -> dict[str, Any]:
    """Return a row a year, newest first, with a cell for each month; papers known only to the year stand apart.

    Years between in which nothing came out have an empty row: the axis is one of time.
    """
    archive = site.archive
    most = max((len(papers) for papers in archive.months.values()), default=1)
    rows = []
    for year in reversed(all_years(site)):
        papers = archive.years.get(year, ())
        cells = [_month(site, f"{year}-{month:02}", most) for month in range(1, 13)]
        coarse = sum(len(paper.date) == YEAR for paper in papers)
        rows.append(
            {
                "year": year,
                "address": address_of(year),
                "count": len(papers),
                "cells": cells,
                "coarse": coarse,
            }
        )
    names = [site.t.month(n, short=True) for n in range(1, 13)]
    return {
        "months": names,
        "rows": rows,
        "undated": len(archive.undated),
        "coarse": any(row["coarse"] for row in rows),
    }


def _month(site: Site, date: str, most: int) -> Cell:
    count = len(site.archive.months.get(date, ()))
    return Cell(site.t.date(date), count, radius(count, most), address_of(date) if count else "", 0)


def month_calendar(site: Site, month: str) -> Month:
    """Return a month with a cell for each day. Its marks are all of one size: so one day's papers change one month."""
    weeks = [
        _week(site, month, numbers)
        for numbers in calendar.Calendar().monthdayscalendar(int(month[:4]), int(month[5:]))
    ]
    return Month(site.t.month(int(month[5:])), address_of(month), len(site.archive.months[month]), weeks)


def _week(site: Site, month: str, numbers: list[int]) -> Week:
    """Return the part of a week that lies in a month; numbers are the days of the month, 0 for another's."""
    cells = [_day(site, f"{month}-{day:02}") if day else None for day in numbers]
    name = week(f"{month}-{max(numbers):02}")
    link = Link(week_title(site, name), address_of(name)) if name in site.archive.weeks else None
    return Week(cells, int(name[6:]), link)


def _day(site: Site, date: str) -> Cell:
    count = len(site.archive.days.get(date, ()))
    return Cell(site.t.date(date), count, 0, address_of(date) if count else "", int(date[8:]))


def week_title(site: Site, name: str) -> str:
    """Return the title of an ISO week's page."""
    return site.t("week", number=int(name[6:]), year=name[:4])


def sparkline(papers: Sequence[Paper], years: Sequence[str]) -> list[dict[str, Any]]:
    """Return how many of the papers came out in each of the years, with a height of 0 to 100."""
    counts = dict.fromkeys(years, 0)
    for paper in papers:
        if paper.date:
            counts[paper.date[:YEAR]] += 1
    most = max(counts.values(), default=0) or 1
    return [
        {"year": year, "count": count, "height": round(100 * count / most), "place": place}
        for place, (year, count) in enumerate(counts.items())
    ]


def all_years(site: Site) -> list[str]:
    """Return every year from the first to the last in which a paper of the archive came out.

    A gap of more than `_GAP` years is left out: one wrong date must not stretch the axis over millennia.
    """
    known = sorted(map(int, site.archive.years))
    gaps = (range(before + 1, year) for before, year in pairwise(known) if year - before <= _GAP)
    return [str(year) for year in sorted({*known, *chain.from_iterable(gaps)})]
