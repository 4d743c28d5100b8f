"""The catalogue of UI strings."""

import re

import pytest

from helpers import REPOSITORY, english
from regesta.errors import RegestaError
from regesta.pages.catalogue import Catalogue

STRINGS = {
    "papers_n": {"one": "{n} paper of {title}", "other": "{n} papers of {title}"},
    "home": "Home",
    "thousands": ",",
    "month_of_year": "{month} {year}",
    "day_of_month": "{day} {month} {year}",
    "months": [f"Month{number}" for number in range(1, 13)],
    "short_months": [f"M{number}" for number in range(1, 13)],
}


@pytest.fixture
def t():
    return Catalogue(STRINGS)


def test_numbers_choose_the_form_and_are_grouped(t):
    assert t("papers_n", n=1, title="all") == "1 paper of all"
    assert t("papers_n", n=0, title="all") == "0 papers of all"
    assert t("papers_n", n=12345, title="all") == "12,345 papers of all"


def test_values_are_put_in_as_they_are(t):
    assert t("papers_n", n=2, title="{n} & <b>") == "2 papers of {n} & <b>"
    assert t("home") == "Home"


def test_a_missing_string_is_a_mistake(t):
    with pytest.raises(RegestaError, match="has no text for 'nonsense'"):
        t("nonsense")


@pytest.mark.parametrize(
    ("date", "words"),
    [("2025-06-02", "2 Month6 2025"), ("2025-12", "Month12 2025"), ("2025", "2025"), ("", "")],
)
def test_dates_are_as_precise_as_known(t, date, words):
    assert t.date(date) == words


def test_months(t):
    assert (t.month(1), t.month(12, short=True)) == ("Month1", "M12")


def test_the_theme_speaks_of_dates_in_english():
    t = english()
    assert (t.date("2025-06-02"), t.date("2025-06"), t.month(9, short=True)) == (
        "2 June 2025",
        "June 2025",
        "Sep",
    )


def test_every_string_that_the_package_asks_for_exists():
    strings = english().strings
    for path in (REPOSITORY / "generator" / "regesta").rglob("*.py"):
        asked = re.findall(r'\bt\("(\w+)"', path.read_text(encoding="utf-8"))
        assert [key for key in asked if key not in strings] == [], path.name
