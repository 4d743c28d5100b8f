"""The numbers behind the charts: how many papers in each month, day or year, and how large each mark is."""

from __future__ import annotations

import calendar
import math
from typing import TYPE_CHECKING, Any

from regesta.dates import DAY, MONTH, YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.listing import Site
    from regesta.paper import Paper

LEVELS = 6  # sizes of a mark; its area grows with the count


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
        cells = [_cell(site, f"{year}-{month:02}", len(archive.months.get(f"{year}-{month:02}", ())), most) for month in range(1, 13)]
        coarse = sum(len(paper.date) == YEAR for paper in archive.years[year])
        rows.append(
            {"year": year, "address": address_of(year), "count": len(archive.years[year]), "cells": cells, "coarse": coarse}
        )
    names = [site.t.month(n, short=True) for n in range(1, 13)]
    return {"months": names, "rows": rows, "undated": len(archive.undated), "coarse": any(row["coarse"] for row in rows)}


def _cell(site: Site, date: str, count: int, most: int) -> dict[str, Any]:
    return {"words": site.t.date(date), "count": count, "level": level(count, most), "address": address_of(date) if count else ""}


def month_calendar(site: Site, month: str) -> dict[str, Any]:
    """Return the weeks of a month (Monday first, 0 for a day of another month) with a cell for each day."""
    days = site.archive.days
    most = max((len(papers) for papers in days.values()), default=1)
    weeks = []
    for week in calendar.Calendar().monthdayscalendar(int(month[:4]), int(month[5:])):
        dates = [f"{month}-{day:02}" if day else "" for day in week]
        weeks.append([_cell(site, date, len(days.get(date, ())), most) | {"day": int(date[8:])} if date else None for date in dates])
    return {
        "name": site.t.month(int(month[5:])),
        "address": address_of(month),
        "count": len(site.archive.months[month]),
        "weeks": weeks,
    }


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


def has_days(papers: Sequence[Paper]) -> bool:
    """Tell whether the day of any of the papers is known."""
    return any(len(paper.date) == DAY for paper in papers)


def has_months(papers: Sequence[Paper]) -> bool:
    """Tell whether the month of any of the papers is known."""
    return any(len(paper.date) >= MONTH for paper in papers)
