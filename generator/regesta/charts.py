"""The numbers behind the charts: how many papers in each month, day or year, and how large each mark is."""

from __future__ import annotations

import calendar
import math
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.dates import DAY, YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.archive import Index
    from regesta.listing import Site
    from regesta.paper import Paper

LEVELS = 6  # sizes of a mark; its area grows with the count


class Cell(NamedTuple):
    """A month or a day: its date in words, how many papers, its mark's size, its address if it has papers; its day."""

    words: str
    papers: int
    level: int
    address: str
    day: int


class Month(NamedTuple):
    """A month's calendar: weeks of seven cells, Monday first, None for a day of another month."""

    name: str
    address: str
    papers: int
    weeks: list[list[Cell | None]]


def level(count: int, most: int) -> int:
    """Return the size of a mark, 1 to `LEVELS`, for a count of papers where the largest is `most`; 0 for none."""
    return max(1, math.ceil(LEVELS * math.sqrt(count / most))) if count else 0


def address_of(date: str) -> str:
    """Return the address of a year, month or day."""
    return f"/{date.replace('-', '/')}/"


def year_grid(site: Site) -> dict[str, Any]:
    """Return a row a year, newest first, with a cell for each month; papers known only to the year stand apart."""
    archive = site.archive
    most = max((len(papers) for papers in archive.months.values()), default=1)
    rows = []
    for year in sorted(archive.years, reverse=True):
        cells = [_cell(site, f"{year}-{month:02}", archive.months, most) for month in range(1, 13)]
        coarse = sum(len(paper.date) == YEAR for paper in archive.years[year])
        rows.append(
            {"year": year, "address": address_of(year), "count": len(archive.years[year]), "cells": cells, "coarse": coarse}
        )
    names = [site.t.month(n, short=True) for n in range(1, 13)]
    return {"months": names, "rows": rows, "undated": len(archive.undated), "coarse": any(row["coarse"] for row in rows)}


def _cell(site: Site, date: str, index: Index, most: int) -> Cell:
    count = len(index.get(date, ()))
    day = int(date[8:]) if len(date) == DAY else 0
    return Cell(site.t.date(date), count, level(count, most), address_of(date) if count else "", day)


def month_calendar(site: Site, month: str) -> Month:
    """Return a month with a cell for each day."""
    days = site.archive.days
    most = max((len(papers) for papers in days.values()), default=1)
    weeks = [
        [_cell(site, f"{month}-{day:02}", days, most) if day else None for day in week]
        for week in calendar.Calendar().monthdayscalendar(int(month[:4]), int(month[5:]))
    ]
    return Month(site.t.month(int(month[5:])), address_of(month), len(site.archive.months[month]), weeks)


def sparkline(papers: Sequence[Paper], years: Sequence[str]) -> list[dict[str, Any]]:
    """Return how many of the papers came out in each of the years, with a height of 0 to 100."""
    counts = dict.fromkeys(years, 0)
    for paper in papers:
        if paper.date:
            counts[paper.date[:YEAR]] += 1
    most = max(counts.values(), default=0) or 1
    return [{"year": year, "count": count, "height": round(100 * count / most)} for year, count in counts.items()]


def all_years(site: Site) -> list[str]:
    """Return every year from the first to the last in which a paper of the archive came out."""
    years = [int(year) for year in site.archive.years]
    return [str(year) for year in range(min(years), max(years) + 1)] if years else []
