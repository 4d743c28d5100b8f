"""Languages as sources write them become BCP 47, or stay unknown."""

import re

import pytest

from regesta.text import languages
from regesta.text.languages import is_right_to_left, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("en", "en"),
        ("eng", "en"),
        ("ENG", "en"),
        (" English ", "en"),
        ("english", "en"),
        ("en_US", "en-US"),
        ("EN-us", "en-US"),
        ("american", "en-US"),
        ("pt_BR", "pt-BR"),
        ("Portuguese (Brazil)", "pt-BR"),
        ("Português", "pt"),
        ("fre", "fr"),
        ("fra", "fr"),
        ("Français", "fr"),
        ("francais", "fr"),
        ("ngerman", "de"),
        ("langgerman", "de"),
        ("chi", "zh"),
        ("cmn", "zh"),
        ("zh-hant-tw", "zh-Hant-TW"),
        ("Chinese (Simplified)", "zh-Hans"),
        ("English (original)", "en"),
        ("中文", "zh"),
        ("Русский", "ru"),
        ("haw", "haw"),
        ("sl-rozaj", "sl-rozaj"),
        ("Spanish; Castilian", "es"),
        ("eng, English", "en"),
        ("http://id.loc.gov/vocabulary/languages/eng", "en"),
    ],
)
def test_codes_and_names_are_read(text, language):
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "",
        "und",
        "mul",
        "zxx",
        "N/A",
        "xx",
        "foo",
        "Klingon",
        "en; fr",
        "Chinese and English",
        "en-",
        "e",
        ";",
        "zh-CHS",
    ],
)
def test_what_names_no_single_known_language_is_unknown(text):
    assert language_of(text) == ""


def test_the_table_names_each_language_once():
    codes = [code for codes, _ in languages._entries() for code in codes] + languages._OTHERS.split()
    assert len(codes) == len({*codes})
    assert all(re.fullmatch("[a-z]{2,3}", code) for code in codes)
    names = [name for _, names in languages._entries() for name in names]
    assert len(names) == len({*names})
    assert all(name == name.lower().strip() and name for name in names)


@pytest.mark.parametrize(
    ("tag", "expected"),
    [
        ("ar", True),
        ("fa-IR", True),
        ("HE", True),
        ("pa-Arab-PK", True),
        ("zh-yue-Hebr", True),
        ("ku-Latn", False),
        ("az", False),
        ("de", False),
        ("en-Latn-US", False),
    ],
)
def test_it_is_known_which_languages_are_written_from_right_to_left(tag, expected):
    assert is_right_to_left(tag) is expected
