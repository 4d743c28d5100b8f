"""From text to search terms: what the index holds and what a query looks up.

This is lunr's pipeline (split, trim, drop stop words, stem), extended beyond ASCII. The search page repeats
it in JavaScript (`themes/default/js/search/tokens.js` and `stem.js`), so every rule names explicit ranges of
characters: what counts as a letter or a space differs between languages and between versions of Unicode.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING

from regesta.search.stems import Word, term_of, word_of
from regesta.text.strings import GREEK

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    #: The terms in a piece of text, each after the position of its word, and before the ending of that (`Word`).
    Placed = tuple[tuple[int, str, str], ...]
    #: A piece of text without spaces: a single word; otherwise the number of its words, and their terms.
    Piece = Word | tuple[int, Placed]

# Diacritics (é is found as e), variation selectors, and characters without width.
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
        "♯": "#",
        "∆": "δ",
        "∑": "σ",
        "∏": "π",
    }
)

# Han, kana and emoji are written without spaces: each character is a word.
_ALONE = "\u3005-\u3007\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U0001f000-\U0001faff\U00020000-\U0003ffff"
_BLANKS = "\\x00-\x20\x7f-\xa0\u2028\u2029"
_DASHES = "\\-\u2010-\u2015\u2212"
_PIECE = re.compile(f"[^{_BLANKS}]+")
_BRACKETS = "()\\[\\]{}"
_WORD = re.compile(f"[{_ALONE}]|[^{_ALONE}{_BLANKS}/:{_BRACKETS}{_DASHES}]+")

# Punctuation and symbols: a word keeps those inside ("4.5", "l'oréal") and loses those around it, except ++ and # (C++, C#).
# What mathematics calls by a sign of its own is a word: ∞, ∀, ∃, ∅, ∇, ∂.
_SYMBOLS = "\\x00-/:-@\\[-`{-\xbf\xd7\xf7\u2000-\u21ff\u2201\u2204\u2206\u2208-\u221d\u221f-\u2bff\u2e00-\u2e7f\u3000-\u3004\u3008-\u303f\ufe10-\ufe6f\uff00-\uffef\ufffd"
_CORE = re.compile(
    f"(?=[^{_SYMBOLS}])(?:.*[A-Za-z](?:\\+\\+|#)(?=[{_SYMBOLS}]*$)|.*[^{_SYMBOLS}])", re.DOTALL
)
# A version of a paper on arXiv, which all have the number: 2506.01234v2.
_VERSION = re.compile("([0-9]{4}\\.[0-9]{4,5})v[0-9]+")
# A name with a number, which others write apart: Qwen2.5, DeBERTaV3. A v before the number may belong to either.
_NUMBERED = re.compile("([a-z]{2,}?)(v?)([0-9].*)", re.DOTALL)

_AROUND = ".,;:()[]{}'\""
_BETWEEN = " the "  # a stop word, which takes a position and is not indexed
# Two words with a hyphen, which others write as one word: pre-training, GPT-4; but not 10-12.
_HYPHEN = re.compile("[\\-\u2010\u2011]")
_NUMBER = re.compile("[0-9.,]+")

_MOST_PIECES, _MOST_WORDS = 1 << 17, 1 << 16  # that are cached, whatever the number of papers


def terms(text: str) -> list[str]:
    """Return the terms of a plain text, in reading order, as often as they occur."""
    return [term for _, term in placed_terms(text)]


def placed_terms(text: str) -> list[tuple[int, str]]:
    """Return the same terms, each with the position of its word; stop words have a position as well."""
    return placed_in(pieces(text))


def placed_in(parts: Iterable[str]) -> list[tuple[int, str]]:
    """Return the terms of the pieces of a text, each with the position of its word."""
    placed, start = list[tuple[int, str]](), 0
    for piece in map(PIECES.__getitem__, parts):
        if isinstance(piece, Word):  # as in most cases
            if piece.term:
                placed.append((start, piece.term))
            start += 1
        else:
            placed += [(start + offset, term) for offset, term, _ in piece[1]]
            start += piece[0]
    return placed


def words(text: str) -> list[str]:
    """Return the words of a text, in lower case, without diacritics, and trimmed, but not stemmed."""
    return [word for part in _WORD.findall(_folded(text)) if (word := _bare(part))]


def joined(texts: Iterable[str]) -> str:
    """Return texts as one, in which no phrase runs from one into the next."""
    return _BETWEEN.join(texts)


def pieces(text: str) -> list[str]:
    """Return the pieces of a text between spaces."""
    if text.isascii():
        text = text.lower()
        if text.isprintable():  # it has no other white space than spaces
            return text.split()
    return _PIECE.findall(text)


def terms_in(piece: str) -> tuple[int, Placed]:
    """Return how many words a piece of text has, and its terms."""
    found = PIECES[piece]
    if isinstance(found, Word):
        return 1, ((0, found.term, found.ending),) if found.term else ()
    return found


def stop_word_terms(parts: Sequence[str], least: int) -> list[tuple[int, str]]:
    """Return the stop words of a text that stand side by side, each with its position, and a space before it.

    Args:
        parts: the pieces of the text; those of more than one word are passed over.
        least: how many there must be in a row.
    """
    marks = "".join("x" if terms_in(part) != (1, ()) else STOP_MARK for part in parts)
    places = [*accumulate((terms_in(part)[0] for part in parts), initial=0)]
    return [(places[at], stop_word_term(parts[at])) for at in stop_runs(marks, least)]


#: Stands for a stop word in the texts that `stop_runs` reads.
STOP_MARK = "s"


def stop_runs(marks: str, least: int) -> Iterator[int]:
    """Yield where at least so many stop words stand in a row; each piece of a text is one character."""
    shortest = STOP_MARK * least
    if shortest in marks:  # which is faster than the expression
        for run in re.finditer(f"{shortest}+", marks):
            yield from range(*run.span())


@lru_cache(maxsize=1024)
def stop_word_term(piece: str) -> str:
    """Return a stop word as it is found in phrases."""
    return f" {words_in(piece)[0]}"


class _Pieces(dict[str, "Piece"]):
    """A cache of the terms of each piece of text; when it holds too many, all are dropped.

    It is a dictionary for speed, because every word of every paper is looked up here.
    """

    def __missing__(self, text: str) -> Piece:
        if len(self) >= _MOST_PIECES:
            self.clear()
        piece = self[text] = _piece(text)
        return piece


PIECES = _Pieces()


def words_in(piece: str) -> list[str]:
    """Return the words of a piece of text."""
    plain = piece if piece.isalnum() else piece.strip(_AROUND)
    if plain.isascii():
        halves = plain.lower().split("-")
        if all(map(str.isalnum, halves)):  # as in most cases
            return halves
    return words(piece)


def _piece(text: str) -> Piece:
    bare = words_in(text)
    if len(bare) == 1 and bare[0].isalpha():  # as in most cases
        return word_of(bare[0])
    if all(map(str.isalpha, bare)):
        width, found = len(bare), [*enumerate(map(word_of, bare))]
    else:
        every = [spot for word in bare for spot in spots(word)]
        width, found = (
            len(every),
            [(place, word_of(word)) for place, spot in enumerate(every) for word in spot],
        )
    if len(found) == 1:
        return found[0][1]
    placed = [(place, word.term, word.ending) for place, word in found if word.term]
    if width > len(bare):
        placed += _wholes(bare)
    if len(bare) == 2 and all(map(term_of, bare)) and _is_compound(text, bare):  # noqa: PLR2004
        placed.append((1, term_of("".join(bare)), ""))
    return width, tuple(placed)


def _wholes(bare: Iterable[str]) -> Iterator[tuple[int, str, str]]:
    """Yield the terms of words that are split, written as one; each stands at the second of its parts."""
    start = 0
    for word in bare:
        parts = spots(word)
        if whole := whole_term(parts, word):
            yield start + 1, whole, ""
        start += len(parts)


def spots(word: str) -> list[tuple[str, ...]]:
    """Return what stands at each position of one of `words`: mostly just the word.

    An identifier is split at `_`, a power at `^`, and a name from its number; there may be two ways to do this.
    """
    if word.isalpha():  # as in most cases
        return [(word,)]
    return [
        spot
        for part in word.replace("^", "_").split("_")
        if (core := _bare(part))
        for spot in _numbered(core)
    ]


def _numbered(word: str) -> list[tuple[str, ...]]:
    match = _NUMBERED.fullmatch(word)
    if not match:
        return [(word,)]
    name, v, number = match.groups()
    return [(name, name + v), (v + number, number)] if v else [(name,), (number,)]


def whole_term(own: Sequence[object], word: str) -> str:
    """Return the term of a word that is split into several `spots`, written as one; "" for any other word."""
    return term_of(word.replace("_", "").replace("^", "")) if len(own) > 1 else ""


def _is_compound(text: str, bare: list[str]) -> bool:
    """Tell whether a piece of text is two words with a hyphen that may be written as one."""
    halves = _HYPHEN.split(_folded(text).strip(_AROUND))
    if halves == bare and text.isascii():  # as in most cases
        return not _NUMBER.fullmatch("".join(bare))
    # Written twice, a half is still one word, unless it is a character that is a word by itself.
    are_two = len(halves) == 2 and all(_WORD.fullmatch(half * 2) for half in halves)  # noqa: PLR2004
    return are_two and not _NUMBER.fullmatch("".join(bare))


def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    letters = _DROPPED.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", letters).lower().translate(_FOLDED)


def _bare(word: str) -> str:
    found = _CORE.search(word)
    core = found[0].removesuffix("'s") if found else ""
    if version := _VERSION.fullmatch(core):
        return version[1]
    return GREEK.get(core, core)  # a Greek letter by itself is found by its name: β-VAE, beta-VAE
