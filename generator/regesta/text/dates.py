"""Dates with the precision that is known: "2025-06-02", "2025-06", "2025" or "" (unknown)."""

from __future__ import annotations

import calendar
import datetime as dt
import os
import re
from functools import lru_cache

from regesta.text.strings import digest

_PARTIAL = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_FIRST_YEAR, _LAST_YEAR = 1000, 9998
#: Seconds after midnight UTC over which a day's items are spread: they are never in a reader's future.
_SPREAD = 60 * 60
YEAR, MONTH, DAY = 4, 7, 10  # the length of a date of each precision


@lru_cache(maxsize=4096)
def is_date(text: str) -> bool:
    """Tell whether text is a real date of day, month or year precision."""
    match = _PARTIAL.fullmatch(text)
    if not match or not _FIRST_YEAR <= int(match[1]) <= _LAST_YEAR:
        return False
    try:
        dt.date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        return False
    return True


def date_of(year: object, month: object = "", day: object = "") -> str:
    """Return the date of a year, a month and a day, as precise as its parts are valid; "" if the year is not.

    The month is a number or an English name.
    """
    parts = [str(part).strip() for part in (year, month, day)]
    name = parts[1][:3].capitalize()
    parts[1] = str(_MONTHS.index(name) + 1) if name in _MONTHS else parts[1]
    date = ""
    for part, width in zip(parts, (4, 2, 2), strict=True):
        longer = f"{date}-{part.zfill(width)}" if date else part
        if not is_date(longer):
            break
        date = longer
    return date


def week(day: str) -> str:
    """Return the ISO week of a day-precise date, as `2025-W44`."""
    iso = dt.date.fromisoformat(day).isocalendar()
    return f"{iso.year}-W{iso.week:02}"


def week_days(name: str) -> tuple[str, str]:
    """Return the Monday and the Sunday of an ISO week such as `2025-W44`."""
    monday = dt.date.fromisoformat(f"{name}-1")
    return monday.isoformat(), (monday + dt.timedelta(days=6)).isoformat()


def month_days(month: str) -> tuple[str, str]:
    """Return the first and the last day of a month such as `2025-10`."""
    _, last = calendar.monthrange(int(month[:YEAR]), int(month[YEAR + 1 :]))
    return f"{month}-01", f"{month}-{last:02}"


def days_between(first: str, last: str) -> list[str]:
    """Return the days from one to another, both included."""
    start, end = dt.date.fromisoformat(first).toordinal(), dt.date.fromisoformat(last).toordinal()
    return [dt.date.fromordinal(day).isoformat() for day in range(start, end + 1)]


def today() -> str:
    """Return today's date in UTC; SOURCE_DATE_EPOCH (seconds) in the environment overrides the clock."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    now = dt.datetime.fromtimestamp(int(epoch), dt.UTC) if epoch.isdigit() else dt.datetime.now(dt.UTC)
    return now.date().isoformat()


def parse_month_day(text: str) -> tuple[int, int] | None:
    """Return (month, day) of a text such as `Oct 31`, None for any other text; `Feb 29` is a date."""
    match = re.fullmatch(r"([A-Z][a-z]{2}) (\d{1,2})", text)
    if not match or match[1] not in _MONTHS:
        return None
    month, day = _MONTHS.index(match[1]) + 1, int(match[2])
    return (month, day) if is_date(f"2024-{month:02}-{day:02}") else None


_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def moment_of_day(day: str, name: str) -> dt.datetime:
    """Return the second of `second_of_day` as a moment in UTC, with a fraction that makes it differ from others."""
    number = int(digest(name, 12), 16)
    part = dt.timedelta(seconds=number % _SPREAD, microseconds=number // _SPREAD % 1_000_000)
    return dt.datetime.fromisoformat(f"{day}T00:00:00+00:00") + part


def second_of_day(name: str) -> int:
    """Return a second of the first hour of a day that depends on a name alone, to spread what happened on one day."""
    return int(digest(name, 12), 16) % _SPREAD
