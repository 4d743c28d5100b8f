"""The catalogue of UI strings: every word that a page says and no curator wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.dates import DAY, MONTH
from regesta.errors import fail

if TYPE_CHECKING:
    from collections.abc import Mapping


class Catalogue:
    """Looks up strings of one language; in templates it is called `t`.

    Args:
        strings: text by key; a text that depends on a number is a mapping with the keys `one` and `other`.
    """

    def __init__(self, strings: Mapping[str, Any]) -> None:
        self.strings = dict(strings)
        self._months = self.strings["months"]
        self._short_months = self.strings["short_months"]

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the string of a key with `{n}` and other values put in.

        Raises:
            RegestaError: the catalogue has no such key: a mistake in the theme.
        """
        if key not in self.strings:
            raise fail("strings", f"has no text for {key!r}", "add it to the theme's strings/<language>.yaml", status=3)
        text = self.strings[key]
        if isinstance(text, dict):
            text = text["one" if n == 1 else "other"]
        number = f"{n:,}" if n is not None else ""
        try:
            return str(text).format(n=number, **values)
        except (KeyError, IndexError, ValueError) as error:
            raise fail("strings", f"{key!r} cannot be filled in ({error})", "see the default theme's", status=3) from error

    def date(self, date: str) -> str:
        """Return a date in words, as precisely as it is known: `2 June 2025`, `June 2025`, `2025`."""
        if len(date) < MONTH:
            return date
        month = self._months[int(date[5:7]) - 1]
        if len(date) < DAY:
            return self("month_of_year", month=month, year=date[:4])
        return self("day_of_month", day=int(date[8:]), month=month, year=date[:4])

    def day(self, date: str) -> str:
        """Return the day and month of a date (`2 June`), or its month, or "" if only the year is known."""
        if len(date) < MONTH:
            return ""
        month = self._months[int(date[5:7]) - 1]
        return self("day_of_year", day=int(date[8:]), month=month) if len(date) == DAY else str(month)

    def month(self, number: int, *, short: bool = False) -> str:
        """Return the name of a month, from 1."""
        return str((self._short_months if short else self._months)[number - 1])
