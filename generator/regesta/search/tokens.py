"""From text to search terms: what the index holds and what a query looks up.

This is lunr's pipeline (split, trim, stop words, stem), made aware of more than ASCII. The search page repeats
it in JavaScript (`themes/default/js/search/tokens.js` and `stem.js`), so every rule is written as explicit
ranges of characters: what a regular expression takes for a letter or a blank differs between languages, and between
versions of Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    #: What stands between two blanks: if that is one word, its term, "" for a stop word;
    #: else the number of words, and their terms, each with the place of its word.
    Piece = str | tuple[int, tuple[tuple[int, str], ...]]

LANGUAGE = "en"

# Marks on letters (é is found as e), variation selectors, and characters that have no width.
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")

# Letters that normalization leaves whole but a reader may type otherwise, and the shapes of an apostrophe.
_FOLDED = str.maketrans(
    {
        "ß": "ss",
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ı": "i",
        "ς": "σ",
        "‘": "'",
        "’": "'",
        "ʼ": "'",
    }
)

# Han, kana and emoji are written without spaces: each character is a word.
_ALONE = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
_BLANKS = "\\x00-\x20\x7f-\xa0\u2028\u2029"
_DASHES = "\\-\u2010-\u2015\u2212"
_PIECE = re.compile(f"[^{_BLANKS}]+")
_WORD = re.compile(f"[{_ALONE}]|[^{_ALONE}{_BLANKS}/:{_DASHES}]+")

# Punctuation and symbols, of which a word keeps those inside ("4.5", "l'oréal") and loses those around.
_SYMBOLS = "\\x00-/:-@\\[-^`{-\xbf\xd7\xf7\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\uff00-\uffef\ufffd"
_CORE = re.compile(f"[^{_SYMBOLS}](?:.*[^{_SYMBOLS}])?", re.DOTALL)

_AROUND = ".,;:()'\""
# Two words with a hyphen between them, which others write as one: pre-training, GPT-4; not 10-12.
_COMPOUND = re.compile(f"[^{_ALONE}{_BLANKS}/:{_DASHES}]+[\\-\u2010\u2011][^{_ALONE}{_BLANKS}/:{_DASHES}]+")
_NUMBER = re.compile("[0-9.,]+")

# How words end whose stems are shorter; a word that is typed in part may end within one of these.
_ENDINGS = (
    "ational ations ative ators ances ancy ences ency ings ed es ively ivity ivities ization izers izing ized ability ables ibly ally ments ness "
    "ously ers ions ically ity ies"
).split()
_SHORTEST_CUT = 3

_MOST_PIECES, _MOST_WORDS = 1 << 17, 1 << 16  # that are remembered, whatever the number of papers


def terms(text: str) -> list[str]:
    """Return the search terms of a plain text, in reading order, repeated as often as they occur."""
    return [term for _, term in placed(text)]


def placed(text: str) -> list[tuple[int, str]]:
    """Return the same terms, each with the place of its word; stop words have a place as well."""
    found, start = list[tuple[int, str]](), 0
    for part in pieces(text):
        width, there = (
            known if isinstance(known := PIECES[part], tuple) else (1, ((0, known),) if known else ())
        )
        found += [(start + offset, term) for offset, term in there]
        start += width
    return found


def words(text: str) -> list[str]:
    """Return a text folded to lower case without marks, split at blanks, dashes, slashes and colons, and trimmed; not stemmed."""
    return [word for part in _WORD.findall(_folded(text)) if (word := _bare(part))]


def pieces(text: str) -> list[str]:
    """Return what stands between blanks in a text."""
    return _PIECE.findall(text.lower() if text.isascii() else text)


class _Pieces(dict[str, "Piece"]):
    """What each text without blanks is, worked out when it is first met; when they are too many, all are forgotten.

    A dictionary, because every word of every paper is looked up here.
    """

    def __missing__(self, text: str) -> Piece:
        if len(self) >= _MOST_PIECES:
            self.clear()
        found = self[text] = _piece(text)
        return found


PIECES = _Pieces()


def _piece(text: str) -> Piece:
    if (plain := text.strip(_AROUND)).isascii() and plain.isalnum():  # as most are
        return term_of(plain.lower())
    bare = words(text)
    if len(bare) == 1:
        return term_of(bare[0])
    found = [(place, term) for place, word in enumerate(bare) if (term := term_of(word))]
    joined = "".join(bare)
    if len(found) == len(bare) == 2 and _COMPOUND.fullmatch(_folded(text)) and not _NUMBER.fullmatch(joined):  # noqa: PLR2004 - two halves
        found.append((1, term_of(joined)))
    return len(bare), tuple(found)


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    letters = _DROPPED.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", letters).lower().translate(_FOLDED)


def _bare(word: str) -> str:
    core = _CORE.search(word)
    return core[0].removesuffix("'s") if core else ""


@lru_cache(maxsize=_MOST_WORDS)
def term_of(word: str) -> str:
    """Return the term of one of `words`, stemmed; "" for a stop word."""
    stop_words, stem = _english()
    return "" if word in stop_words else stem(word)


@lru_cache(maxsize=1024)
def cut_terms(beginning: str) -> frozenset[str]:
    """Return the stems of the words that start with `beginning`, where the stem is shorter than it: `generati` has `gener`, that of generation; `minin` has `mine`, that of mining."""
    terms_of_words = {
        term_of(beginning + rest) for ending in _ENDINGS for rest in (ending[i:] for i in range(len(ending)))
    }
    return frozenset(
        term
        for term in terms_of_words
        if len(term) >= _SHORTEST_CUT and beginning.startswith(term.removesuffix("e"))
    )


@cache
def _english() -> tuple[frozenset[str], Callable[[str], str]]:
    """Load the stop words and the stemmer of lunr, when the first word is met."""
    from lunr.stemmer import PorterStemmer
    from lunr.stop_word_filter import WORDS

    class Stemmer(PorterStemmer):  # type: ignore[misc]
        """The stemmer of lunr.js, which differs from that of lunr for Python in one step."""

        b: str

        def step1c(self) -> None:
            """Write an i for a final y behind a consonant: fly, flies."""
            if self.ends("y") and self.j > 0 and self.b[self.j] not in "aeiou":
                self.b = self.b[: self.k] + "i" + self.b[self.k + 1 :]

    return frozenset(WORDS), Stemmer().stem


def stop_words() -> list[str]:
    """Return the words too common to be searched, sorted."""
    return sorted(_english()[0])
