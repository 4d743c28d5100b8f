"""Dates of day, month or year precision."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import nasty_texts
from regesta.text.dates import is_date, parse_month_day, today, week, week_days


@pytest.mark.parametrize("text", ["2025", "2025-06", "2025-06-02", "2024-02-29", "1000", "9998-12-31"])
def test_dates(text):
    assert is_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "25",
        "0999",
        "9999",
        "2025-6",
        "2025-13",
        "2025-00",
        "2025-02-29",
        "2025-06-31",
        "2025-06-02T00",
        "2025-06-02\n",
        "2025/06/02",
        "June 2025",
    ],
)
def test_no_dates(text):
    assert not is_date(text)


@given(nasty_texts())
def test_whatever_is_a_date_has_a_known_precision(text):
    assert not is_date(text) or len(text) in (4, 7, 10)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2025-10-31", "2025-W44"),
        ("2024-12-30", "2025-W01"),  # the ISO year is not the calendar's
        ("2021-01-03", "2020-W53"),
        ("2025-01-06", "2025-W02"),
    ],
)
def test_iso_weeks(day, name):
    assert week(day) == name
    monday, sunday = week_days(name)
    assert monday <= day <= sunday


@given(st.dates().filter(lambda day: 1000 < day.year < 9998))
def test_a_day_lies_in_its_week(day):
    monday, sunday = week_days(week(day.isoformat()))
    assert monday <= day.isoformat() <= sunday


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("Oct 31", (10, 31)),
        ("Feb 29", (2, 29)),
        ("May 8", (5, 8)),
        ("Feb 30", None),
        ("Oct 32", None),
        ("Oct 0", None),
        ("October 31", None),
        ("oct 31", None),
        ("Okt 31", None),
        ("31 Oct", None),
        ("Oct 31, 2025", None),
        ("", None),
    ],
)
def test_month_and_day(text, parsed):
    assert parse_month_day(text) == parsed


def test_today_is_in_utc_and_can_be_set(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547199")  # a second before midnight
    assert today() == "2025-11-30"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764547200")
    assert today() == "2025-12-01"
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    assert is_date(today())
