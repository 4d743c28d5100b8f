"""The languages that come with the default theme say all that English says."""

import re
from pathlib import Path

import pytest
import yaml

from helpers import REPOSITORY
from regesta.building.themes import find_theme
from regesta.pages.catalogue import Catalogue

STRINGS = REPOSITORY / "themes" / "default" / "strings"
OTHERS = sorted(path.stem for path in STRINGS.glob("*.yaml") if path.stem != "en")
NAME = re.compile(r"\{(\w+)\}")


def strings_of(language):
    return find_theme("default", REPOSITORY).strings(language)


def shape(text):
    """Return what a text has to have in every language: its forms, its length as a list, the names to fill in."""
    if isinstance(text, dict):
        return {form: sorted(NAME.findall(one)) for form, one in text.items()}
    return len(text) if isinstance(text, list) else sorted(NAME.findall(text))


@pytest.mark.parametrize("language", OTHERS)
def test_a_language_has_every_text_with_its_forms_and_names(language):
    english, other = strings_of("en"), strings_of(language)
    assert [*other] == [*english]  # in the same order, so that two files can be read side by side
    assert {key: shape(text) for key, text in other.items()} == {
        key: shape(text) for key, text in english.items()
    }


@pytest.mark.parametrize("language", OTHERS)
def test_what_stands_around_links_names_the_date_first(language):
    """The page of a paper splits it in this order."""
    assert NAME.findall(strings_of(language)["published_in_on"]) == ["date", "place"]


def test_german_has_its_own_quotation_marks_dates_and_numbers():
    strings = strings_of("de")
    texts = yaml.safe_dump(strings, allow_unicode=True)
    assert texts.count("„") == texts.count("“") > 0
    assert not re.search(r"[”‚‘«»]|\.\.\.", texts)
    assert not re.search(r"\b([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b", texts)
    t = Catalogue(strings)
    assert [t.date(date) for date in ("2025-06-26", "2025-06", "2025")] == [
        "26. Juni 2025",
        "Juni 2025",
        "2025",
    ]
    assert t.day("2025-09-26", short=True) == "26. Sep."
    assert t("papers_n", n=12345) == "12.345 Publikationen"
    assert [t.size(count) for count in (980, 13_400_000)] == ["980 Bytes", "13,4 MB"]


def test_templates_ask_only_for_texts_that_exist():
    asked = {
        key
        for path in Path(REPOSITORY / "themes").rglob("*.html")
        for key in re.findall(r"[\"'](\w+)[\"'] \| t\b", path.read_text(encoding="utf-8"))
    }
    assert asked - strings_of("en").keys() == set()
