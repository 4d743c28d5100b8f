"""The catalogue of UI strings: all words on pages that come neither from a paper nor from the curator."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.errors import fail
from regesta.text.dates import DAY, MONTH
from regesta.text.strings import size

if TYPE_CHECKING:
    from collections.abc import Mapping


_MONTHS = 12


class Catalogue:
    """The strings of one language; templates call it `t`.

    Args:
        strings: text by key; a text that depends on a number is a mapping with the keys `one` and `other`.

    Raises:
        RegestaError: the names of the months are missing.
    """

    def __init__(self, strings: Mapping[str, Any]) -> None:
        self.strings = dict(strings)
        self._months, self._short_months = self._month_names("months"), self._month_names("short_months")
        #: Texts in which nothing is to be filled in, nor escaped by double braces.
        self._plain = {key: s for key, s in self.strings.items() if isinstance(s, str) and not {*s} & {*"{}"}}
        self._thousands = self("thousands")
        self._dates: dict[str, str] = {}
        self._months_of_years: dict[str, str] = {}

    def _month_names(self, key: str) -> list[str]:
        """Return the names of the months under a key."""
        names = self.strings.get(key)
        if not isinstance(names, list) or len(names) != _MONTHS:
            what, remedy = f"does not have twelve names in {key!r}", "see the default theme's strings/en.yaml"
            raise fail("strings", what, remedy, status=3)
        return [*map(str, names)]

    def __call__(self, key: str, n: int | None = None, **values: object) -> str:
        """Return the string of a key with `{n}` and other values filled in.

        Raises:
            RegestaError: the key is unknown, or its string needs another value: a mistake in the theme.
        """
        if key in self._plain:
            return self._plain[key]
        if key not in self.strings:
            what, remedy = f"has no text for {key!r}", "add it to the theme's strings/<language>.yaml"
            raise fail("strings", what, remedy, status=3)
        text = self.strings[key]
        number = self.number(n) if n is not None else ""
        try:
            form = text["one" if n == 1 else "other"] if isinstance(text, dict) else text
            return str(form).format(n=number, **values)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            what, remedy = f"{key!r} cannot be filled in ({error})", "see the default theme's strings/en.yaml"
            raise fail("strings", what, remedy, status=3) from error

    def number(self, n: int) -> str:
        """Return a number with a mark between thousands, as the language has it: `12,345`."""
        return f"{n:,}".replace(",", self._thousands)

    def size(self, count: int) -> str:
        """Return a number of bytes as people write it: `980 bytes`, `13.4 MB`."""
        return size(count).replace(".", self("decimal")).replace("bytes", self("bytes"))

    def date(self, date: str) -> str:
        """Return a date in words, as precisely as it is known: `2 June 2025`, `June 2025`, `2025`."""
        if date not in self._dates:
            self._dates[date] = self._in_words(date)
        return self._dates[date]

    def _in_words(self, date: str) -> str:
        if len(date) < MONTH:
            return date
        month = self._months[int(date[5:7]) - 1]
        if len(date) < DAY:
            return self("month_of_year", month=month, year=date[:4])
        return self("day_of_month", day=int(date[8:]), month=month, year=date[:4])

    def day(self, date: str, *, short: bool = False) -> str:
        """Return the day and month of a date (`2 June`), or its month, or "" if it is only a year."""
        if len(date) < MONTH:
            return ""
        month = self.month(int(date[5:7]), short=short)
        return self("day_of_year", day=int(date[8:]), month=month) if len(date) == DAY else str(month)

    def month_of_year(self, date: str) -> str:
        """Return the short month and the year of a date (`Jun 2025`), or its year if it is only a year."""
        if len(date) < MONTH:
            return date
        key = date[:MONTH]
        if key not in self._months_of_years:
            month = self.month(int(key[5:]), short=True)
            self._months_of_years[key] = self("month_of_year", month=month, year=key[:4])
        return self._months_of_years[key]

    def month(self, number: int, *, short: bool = False) -> str:
        """Return the name of a month, from 1."""
        return str((self._short_months if short else self._months)[number - 1])
