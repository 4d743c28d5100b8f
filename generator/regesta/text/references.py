"""Dates and page ranges as bibliographies write them, in any order and with any dash."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from regesta.text.dates import date_of
from regesta.text.patterns import pattern
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

_LISTED = pattern(r"\s*(\d{4})(?!\d)(?:[-/](\d{1,2})(?!\d)(?:[-/](\d{1,2})(?!\d))?)?")
_MONTH_YEAR = pattern(r"\s*(\d{1,2})/(\d{4})\s*")
_NUMBERS = pattern(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*")
_MONTHS = 12
_YEAR = pattern(r"(?<![\d-])\d{4}(?!\d)")
_MONTH = pattern(r"(?<![^\W\d_])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_DAY = pattern(r"(?<!\d)\d{1,2}(?!\d)")
_DASH = r" ?[-\u2010-\u2015\u2212]+ ?"
#: Dashes that can only mean "to": two hyphens, or a dash that is longer than one.
_TO = pattern(r" ?(?:[-\u2010-\u2015\u2212]{2,}|[\u2013-\u2015]) ?")
#: Words with dashes between them, none left out: `15-27`, `A-12`, `xii-xx`, `12-1--12-8`.
_JOINED = pattern(rf"\b\w+(?:{_DASH}\w+)+")
_NUMBER = pattern(r"\w*\d\w*")
_FIRST_LAST = pattern(r"([\w.:-]+)(?:–([\w.:-]+))?")
_ROMAN = pattern(r"[ivxlc]+", re.IGNORECASE)


def date_in(text: str) -> str:
    """Return the date that a text names, as precisely as it does; "" if it names none.

    It reads `2016-03/2017`, `1948/07//`, `12 October 2012`, `10/2012` and the like. The date of a range is
    its beginning; any other text with two years names no date.
    """
    if listed := _LISTED.match(text):
        return date_of(*(part or "" for part in listed.groups()))
    if swapped := _MONTH_YEAR.fullmatch(text):
        return date_of(swapped[2], swapped[1])
    if numbers := _NUMBERS.fullmatch(text):
        return _numeric_date(*numbers.groups())
    years = set(_YEAR.findall(text))
    return date_of(years.pop(), *month_and_day(text)) if len(years) == 1 else ""


def _numeric_date(one: str, two: str, year: str) -> str:
    """Return the date of two numbers and a year, or the year alone if either number could be the month."""
    day, month = (one, two) if int(one) > _MONTHS else (two, one)
    is_certain = int(day) > _MONTHS or one == two
    return date_of(year, month, day) if is_certain else date_of(year)


def month_and_day(text: str) -> tuple[str, str]:
    """Return the month and the day that a text names (`jan`, `02`, `10 March`), each "" if there is none.

    A number alone is a month.
    """
    month, day = _MONTH.search(text), _DAY.search(text)
    return (month[0], day[0] if day else "") if month else (day[0] if day else "", "")


def most_precise(dates: Iterable[str]) -> str:
    """Return the first known date, or a later one that says the same more precisely."""
    best = ""
    for date in dates:
        best = date if date.startswith(best) else best
    return best


def page_range(text: str) -> str:
    """Return pages with an en dash from the first to the last (`12–23`); the number of an article (`A-12`) stays as it is.

    This is the one rule for all sources, and for what a curator writes.
    """
    pages = one_line(text) if text else ""
    return _JOINED.sub(lambda match: _range(match[0]), pages) if re.search(r"\w", pages) else ""


def _range(joined: str) -> str:
    """Return words joined by dashes as a range, if they are one."""
    if _TO.search(joined):
        return _TO.sub("–", joined)  # hyphens beside it belong to the numbers: 12-1--12-8
    match re.split(_DASH, joined):
        case first, last if any(kind.fullmatch(first) and kind.fullmatch(last) for kind in (_NUMBER, _ROMAN)):
            return f"{first}–{last}"
        case chapter, first, same_chapter, last:
            return f"{chapter}-{first}–{same_chapter}-{last}"
    return joined


def first_and_last(pages: str) -> tuple[str, str]:
    """Return the first and the last page of a range as `page_range` writes it.

    A single page is both; two empty texts are returned for anything else.
    """
    match = _FIRST_LAST.fullmatch(pages)
    return (match[1], match[2] or match[1]) if match else ("", "")
