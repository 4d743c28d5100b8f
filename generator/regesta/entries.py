"""What an entry of other people's JSON, XML or tables says, in the types of a paper: what does not fit is unknown."""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from regesta.bibliography import date_in
from regesta.dates import DAY, date_of
from regesta.documents import DocumentError, read_items
from regesta.fields import is_address
from regesta.text import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.reading import Dump, Reading

_OBJECT = re.compile(r"\s*(?:\[\s*)?(?=\{)")
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?)?", re.ASCII)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s]*)?")
#: Where one object ends and another begins without a comma between: nowhere in a JSON text, whose strings hold no line end.
_BETWEEN_LINES = re.compile(r"\}[ \t]*\n(?=\s*\{)")
_DIGITS = 9  # of the largest count
_LARGEST_TIME = 1e14  # milliseconds, far beyond the year 3000

#: What is wrong with an entry, and what to do about it.
NO_TITLE = ("has no title", "add one to the dump, or leave the entry out")
NO_OBJECT = ("is no object of keys and values", "mend the dump; this entry was left out")
NO_PAPER = ("lists no paper", "fetch it again, or leave the file out")


def read_objects(text: str) -> list[tuple[int, Any]]:
    """Return the items of a JSON array, or an object alone, or several on a line each, every one with its line from 1.

    Raises:
        DocumentError: it is nothing of these.
    """
    if not text.lstrip().startswith("{"):
        return read_items(text)
    return read_items("[" + _BETWEEN_LINES.sub("},\n", text) + "]")


def first_object(dump: Dump) -> dict[str, Any]:
    """Return the JSON object with which a text begins, alone or as the first of a list; an empty one if it begins with none."""
    start = _OBJECT.match(dump.head)
    try:
        first: dict[str, Any] = json.JSONDecoder().raw_decode(dump.text, start.end())[0] if start else {}
    except (ValueError, RecursionError):
        return {}
    return first


def found_in(
    dump: Dump, reading: Reading, read: Callable[[], list[tuple[int, Any]]]
) -> list[tuple[int, Any]]:
    """Return the entries that a reader finds, each with its line; if it finds none, or cannot read the document, that is a problem."""
    try:
        found = read()
    except DocumentError as error:
        reading.problems.append(dump.problem(error.line, str(error), "fetch it again"))
        return []
    if not found:
        reading.problems.append(dump.problem(1, *NO_PAPER))
    return found


def line(value: Any) -> str:
    """Return what a text or a number says on one line; "" for anything else."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value % 1 == 0 else str(value)


def lines(value: Any) -> tuple[str, ...]:
    """Return the words of a list, or of a text that separates them by semicolons or else by commas; none twice."""
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    words = map(line, value if isinstance(value, list) else [])
    return tuple(dict.fromkeys(filter(None, words)))


def count(value: Any) -> int | None:
    """Return a count, None if the value is none."""
    text = line(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def date(value: Any) -> str:
    """Return the date that a text names (`2025`, `2025/6/2`, `2025-06-02T10:00:00Z`, `12 October 2015`); "" if none."""
    return _date(line(value).removesuffix(".0"))


@lru_cache(maxsize=4096)
def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    return date_of(match[1], match[2] or "", match[3] or "") if match else date_in(text)


def day(value: Any) -> str:
    """Return the day with which a text begins, "" if it names none."""
    found = date(value)
    return found if len(found) == DAY else ""


def day_of_time(milliseconds: Any) -> str:
    """Return the day (UTC) of a time in milliseconds since 1970; "" if it is none."""
    if (
        isinstance(milliseconds, bool)
        or not isinstance(milliseconds, int | float)
        or not 0 < milliseconds < _LARGEST_TIME
    ):
        return ""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date().isoformat()


def address(value: Any) -> str:
    """Return a web address, also one that was written without `https://`; "" if it is none."""
    text = line(value)
    url = f"https://{text}" if _BARE.fullmatch(text) else text
    return url if is_address(url) else ""


def links(pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return address by kind of those pairs whose second half is an address."""
    return {kind: url for kind, value in pairs if (url := address(value))}
