"""Strings: cleaned, printed safely, converted to names."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import nasty_texts
from regesta.content.paper import ID_PATTERN
from regesta.text.strings import ascii_letters, clean, digest, one_line, shows, slug, title_key, visible


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("a\r\nb\rc", "a\nb\nc"),
        ("bell\x07 and escape\x1b[31m", "bell and escape[31m"),
        ("\ufeffmark", "mark"),
        ("read \u202eme\u202c backwards", "read me backwards"),
        ("e\u0301", "é"),
        ("tab\tand newline\n stay", "tab\tand newline\n stay"),
        ("lone \ud800 surrogate", "lone  surrogate"),
        ("next\x85line", "nextline"),
    ],
)
def test_clean_leaves_what_can_be_printed_and_stored(raw, cleaned):
    assert clean(raw) == cleaned


def test_a_character_is_judged_alone_as_in_company():
    odd = [
        *range(0x3100),
        *range(0xD700, 0x10000),
        *range(0x1FF00, 0x20000),
        *range(0xE0000, 0xE0200),
        0x1F600,
        0x10FFFF,
    ]
    assert [hex(code) for code in odd if clean(chr(code)) + "\t" != clean(f"{chr(code)}\t")] == []


@given(nasty_texts())
def test_cleaning_twice_is_cleaning_once(text):
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert unicodedata.is_normalized("NFC", cleaned)
    assert one_line(one_line(text)) == one_line(text)


def test_one_line_knows_every_white_space():
    assert one_line("  a\n\tb\u2028c\u00a0d  ") == "a b c d"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("\x1b[31mred", "\\u001b[31mred"),
        ("\u202eevil", "\\u202eevil"),
        ("\x85", "\\u0085"),
    ],
)
def test_visible_cannot_drive_a_terminal(text, shown):
    assert visible(text) == shown


def test_letters_lose_accents_and_greek_is_spelt_out():
    assert ascii_letters("Élan TÜLU Α-α ∞") == "elan tulu alpha-alpha infinity"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Angles Don't Lie: Unlocking RL", "angles-dont-lie-unlocking-rl"),
        ("It’s “Quoted”", "its-quoted"),
        ("PanGu-$α$", "pangu-alpha"),
        ("Adapt-∞", "adapt-infinity"),
        ("Überraschung à la carte", "uberraschung-a-la-carte"),
        ("--- 2 OLMo 2 ---", "2-olmo-2"),
        ("Łukasz Kaiser, Đorđe and Øyvind", "lukasz-kaiser-dorde-and-oyvind"),
        ("Æthelred Weißbrod, Þóra Guðmundsdóttir", "aethelred-weissbrod-thora-gudmundsdottir"),
        ("Işık Œuvre", "isik-oeuvre"),
        ("β-VAE and αβ-CROWN", "beta-vae-and-alphabeta-crown"),
        ("Γ. Παπαδόπουλος", ""),
        ("Γιώργος Σεφέρης", ""),
        ("Иван Петров", ""),
        ("日本語だけ", ""),
        ("???", ""),
        ("CON", "con-"),
        ("nul", "nul-"),
        ("COM1", "com1-"),
        ("Console", "console"),
        ("Con artists", "con-artists"),
    ],
)
def test_slug_is_a_readable_name(title, name):
    assert slug(title) == name


def test_a_long_slug_is_cut_at_a_word():
    title = (
        "A practical two-stage recipe for mathematical language models that maximizes accuracy and efficiency"
    )
    name = slug(title)
    assert name == "a-practical-two-stage-recipe-for-mathematical-language-models-that-maximizes"
    assert slug(title, 20) == "a-practical-two"
    assert len(slug("x" * 200)) == 80


def test_a_slug_that_just_fits_is_whole():
    assert slug("a" * 40 + " " + "b" * 39) == "a" * 40 + "-" + "b" * 39


@given(nasty_texts() | st.text())
def test_a_slug_is_empty_or_an_id(text):
    name = slug(text)
    assert not name or ID_PATTERN.fullmatch(name)


def test_digest_has_the_size_asked_for_and_depends_on_the_text_alone():
    assert re.fullmatch(r"[0-9a-f]{8}", digest("a", 8))
    assert digest("a") == digest(b"a") != digest("b")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("TÜLU 3: Pushing Frontiers", "Tulu 3 – pushing frontiers"),
        ("PanGu-$α$", "PanGu-α"),
        ("PanGu-$\\alpha$", "PanGu-α"),
        ("Met$^2$Net", "Met^2Net"),
        ("\\textbf{Bold} claims", "Bold claims"),
        ("Caf\u00e9", "Cafe\u0301"),
    ],
)
def test_spellings_of_one_title_are_recognized(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("基于 BERT 的分类", "利用 BERT 的翻译"),
        ("日本語", "中文"),
        ("On $\\alpha$-fairness", "On $\\beta$-fairness"),
        ("Обучение GPT", "Анализ GPT"),
        ("???", "!!!"),
    ],
)
def test_different_titles_are_not_taken_for_one(one, other):
    assert title_key(one) != title_key(other)


def test_marks_are_not_piled_up_without_end():
    assert clean("a" + "\u0301\u0323" * 100_000 + "b") == clean("a" + "\u0301\u0323" * 8 + "b")
    assert clean("e\u0301\u0323 \U0001f469\u200d\U0001f52c") == "\u1eb9\u0301 \U0001f469\u200d\U0001f52c"


def test_what_cannot_be_seen_and_means_nothing_is_taken_out():
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "hidden words")
    assert clean(f"a{hidden}b\U0001fffec\U0010ffffd\ufffae") == "abcde"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("a", True),
        ("?", True),
        ("🙂", True),
        ("$", True),
        ("", False),
        (" \u200b", False),
        ("\u0301", False),
        ("\u3164\u2800", False),
    ],
)
def test_what_shows_anything(text, seen):
    assert shows(text) is seen


def test_what_is_printed_stays_on_its_line():
    assert visible("a\nb.md:7: fake\u2028\x1b[31m") == "a\\u000ab.md:7: fake\\u2028\\u001b[31m"
