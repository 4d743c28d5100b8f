"""From text to search terms: what the index holds and what a query looks up.

This is lunr's pipeline (split, trim, stop words, stem), made aware of more than ASCII. The search page repeats
it in JavaScript (`themes/default/js/search/tokens.js` and `stem.js`), so every rule is written as explicit
ranges of characters: what a regular expression takes for a letter or a blank differs between languages, and between
versions of Unicode.
"""

import re
import unicodedata
from collections.abc import Callable
from functools import cache

LANGUAGE = "en"

# Marks on letters (é is found as e), variation selectors, and characters that have no width.
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufe00-\ufe0f\ufeff]")

# Letters that normalization leaves whole but a reader may type otherwise, and the shapes of an apostrophe.
_FOLDED = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i", "ς": "σ", "‘": "'", "’": "'", "ʼ": "'"}
)

# Han, kana and emoji are written without spaces: each character is a word.
_ALONE = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
_SEPARATORS = "\\x00-\x20\x7f-\xa0/\\-\u2010-\u2015\u2028\u2029\u2212"
_WORD = re.compile(f"[{_ALONE}]|[^{_ALONE}{_SEPARATORS}]+")

# Punctuation and symbols, of which a word keeps those inside ("4.5", "l'oréal") and loses those around.
_SYMBOLS = "\\x00-/:-@\\[-^`{-\xbf\xd7\xf7\u2000-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\uff00-\uffef\ufffd"
_CORE = re.compile(f"[^{_SYMBOLS}](?:.*[^{_SYMBOLS}])?", re.DOTALL)


def terms(text: str) -> list[str]:
    """Return the search terms of a plain text, in reading order, repeated as often as they occur."""
    return [term for word in words(text) if (term := term_of(word))]


def words(text: str) -> list[str]:
    """Return a text folded to lower case without marks, and split at blanks, dashes and slashes; not yet trimmed."""
    return _WORD.findall(text.lower() if text.isascii() else _folded(text))


def _folded(text: str) -> str:
    letters = _DROPPED.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", letters).lower().translate(_FOLDED)


@cache
def term_of(word: str) -> str:
    """Return the term of one of `words`, trimmed and stemmed; "" for punctuation and stop words."""
    core = _CORE.search(word)
    bare = core[0].removesuffix("'s") if core else ""
    stop_words, stem = _english()
    return "" if bare in stop_words else stem(bare)


@cache
def _english() -> tuple[frozenset[str], Callable[[str], str]]:
    """Load the stop words and the stemmer of lunr, when the first word is met."""
    from lunr.stemmer import PorterStemmer
    from lunr.stop_word_filter import WORDS

    return frozenset(WORDS), PorterStemmer().stem


def stop_words() -> list[str]:
    """Return the words too common to be searched, sorted."""
    return sorted(_english()[0])
