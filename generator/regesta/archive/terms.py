"""The terms that a paper is about: words, and pairs of words, that it says more than once."""

from __future__ import annotations

import re
from collections import Counter
from itertools import chain, compress, count, pairwise

from regesta.text.english import EMPTY_WORDS, singular

_WORD = re.compile(r"[^\W\d_][\w-]+|[.;:!?,()]")
_IN_TITLE = 2  # a term in the title counts as so many more occurrences
_LEAST = 2  # occurrences of a term that a paper is about
_MOST_WORDS = 1 << 16  # words whose folded form is remembered, whatever the number of papers


def term_counts(title: str, abstract: str) -> dict[str, int]:
    """Return the terms that a paper uses often enough to be about them, with their numbers of occurrences.

    They depend on the paper's own text alone, and can be cached as long as the text is the same.

    Args:
        title: as plain text; each of its terms counts as two more.
        abstract: as plain text.
    """
    words = [*[*_words(title), ""] * _IN_TITLE, *_words(abstract)]  # no pair spans two parts
    counts = Counter(words)
    del counts[""]
    often = {word: number for word, number in counts.items() if number >= _LEAST}
    # A pair that is said often has words that are.
    places = [*compress(count(), map(often.__contains__, words))]
    pairs = Counter([f"{words[a]} {words[b]}" for a, b in pairwise(places) if b == a + 1])
    return often | {pair: number for pair, number in pairs.items() if number >= _LEAST}


def _words(text: str) -> list[str]:
    """Return a text's words, folded; "" for each stop word and punctuation mark."""
    return [*chain.from_iterable(map(_FOLDED.__getitem__, text.split()))]


class _Folded(dict[str, "tuple[str, ...]"]):
    """A cache of the words of each piece of text between spaces; when it holds too many, all are dropped."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        if len(self) >= _MOST_WORDS:
            self.clear()
        words = self[piece] = (*map(_fold, _WORD.findall(piece)),)
        return words


_FOLDED = _Folded()


def forget_words() -> None:
    """Empty the cache of words, some MiB, when the terms of all papers have been counted."""
    _FOLDED.clear()


def _fold(word: str) -> str:
    """Return a word as it is compared: lower case, without a plural's s; "" for punctuation and empty words.

    Acronyms keep their capitals.
    """
    if len(word) == 1:
        return ""
    lower = word.lower()
    if lower in EMPTY_WORDS or not word[0].isalpha():
        return ""
    if lower != word and (word.isupper() or (len(word) > 2 and word[:-1].isupper())):  # noqa: PLR2004 - LLM, LLMs, but not To
        return word.rstrip("s")
    if lower[-1] != "s":
        return lower
    one = singular(lower)
    return "" if one in EMPTY_WORDS else one
