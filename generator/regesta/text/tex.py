r"""TeX in titles and abstracts: restore what is certain, leave the rest unchanged.

Web pages show abstracts as plain text: `\%` keeps its backslash, quotes stay ``like this'', and where a scraper
dropped `$` and `\`, `2\times` reads `2times`. Only forms that cannot be words are restored.
"""

from __future__ import annotations

import unicodedata
from operator import attrgetter
from typing import TYPE_CHECKING

from regesta.text.formulas import convert
from regesta.text.patterns import pattern

if TYPE_CHECKING:
    import re

#: TeX's accent commands and the combining marks they stand for.
_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
}  # fmt: skip
_LETTERS = {
    "ss": "ß", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "aa": "å", "AA": "Å",
}  # fmt: skip
_ACCENT = pattern(r"\\(?:([`'^~=.\"])\s*|([uvHrcdk])(?=\s*\{|\s+))\s*(?:\{\\?([A-Za-z])\}|\\?([A-Za-z]))")
_LETTER = pattern(r"\\(ss|ae|AE|oe|OE|aa|AA|[oOlL])(?:\{\}|\s+|(?![A-Za-z]))")
#: Replacements for TeX: a sign that the pattern needs (most texts have none), the pattern, the characters.
_SYMBOLS = (
    # commands for faces, with their backslash or without it: the words that they set
    ("{", pattern(r"(?:\\|(?<![A-Za-z\\]))(?:emph|text(?:it|bf|tt|sc|rm|sf|sl|up))\{([^{}]*)\}"), r"\1"),
    ("\\", pattern(r"\\([%&#_$])"), r"\1"),
    ("\\", pattern(r"\\,"), "\u2009"),
    ("\\", pattern(r"\\textless(?:\{\}| |(?![A-Za-z]))"), "<"),
    ("\\", pattern(r"\\textgreater(?:\{\}| |(?![A-Za-z]))"), ">"),
    ("``", pattern(r"``([^`]+?)(?:''|\")"), "“\\1”"),
    # dashes between words, with spaces on both sides or on neither: `--flag` is an option of a command
    ("---", pattern(r"(?<=\w)---(?=\w)|(?<= )---(?= )"), "—"),
    ("--", pattern(r"(?<=\w)--(?=\w)|(?<= )--(?= )"), "–"),
    # a tie binds two words; before a number `~` means "about", between numbers "to"
    ("~", pattern(r"(?<=[A-Za-z)])~(?=[A-Za-z(\[])"), "\u00a0"),
    # commands that lost their dollar signs and backslash in scraping, where they cannot be words
    ("times", pattern(r"times(?<=\dtimes)(?![a-z])"), "×"),
    ("sim", pattern(r"sim(?<![A-Za-z]sim) ?(?=\d)"), "∼"),
    ("leq", pattern(r"leq(?<![A-Za-z]leq) ?(?=\d)"), "≤"),
    ("rightarrow", pattern(r"(?<!\\)rightarrow"), "→"),
    ("infty", pattern(r"(?<![A-Za-z\\])infty(?![A-Za-z])"), "∞"),
)
_GREEK = pattern(r"\{\\([A-Za-z]+)\}|\\([A-Za-z]+)(?![A-Za-z{])")
#: A symbol with a braced super- or subscript, a form that only mathematics has: W^{res}, KD^{3}.
_SYMBOL_SCRIPT = pattern(r"(?<![\w\\$}^])([A-Za-z][_^]\{[^{}$\n]{1,40}\})(?![\w$^{])")
_WORD_SCRIPT = pattern(r"(?<=[A-Za-z]{2})((?:\^\{[^{}$\n]{1,8}\})|\^\d(?=[A-Z]))(?![$^_{])")


def restore(text: str) -> str:
    """Return text with TeX replaced by its characters, and scripts marked as `$mathematics$`.

    Formulas stay as written.
    """
    return convert(text, _restore_prose, attrgetter("source"))


def _restore_prose(text: str) -> str:
    if "\\" in text:
        text = _LETTER.sub(lambda m: _LETTERS[m[1]], _ACCENT.sub(_accented, text))
    for sign, form, character in _SYMBOLS:
        if sign in text:
            text = form.sub(character, text)
    if "\\" in text:
        text = _GREEK.sub(_greek, text)
    if "{" in text:
        text = _SYMBOL_SCRIPT.sub(r"$\1$", text)
    return _WORD_SCRIPT.sub(r"$\1$", text) if "^" in text else text


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


def _greek(match: re.Match[str]) -> str:
    r"""Return the Greek letter that a command names (`{\Psi}`), or the command if it names none."""
    name = match[1] or match[2]
    case = "CAPITAL" if name[0].isupper() else "SMALL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}")
    except KeyError:
        return match[0]
