"""Corrections of misspelt words: the words as written, sorted by their beginnings and by their endings.

A word with one mistake is correct before or after it, so one of the two orders leads to the intended word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.search.documents import ABSTRACT
from regesta.search.tokens import term_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.search.inverted import Inverted

_SHORTEST = 4  # letters: too many shorter words differ by one letter only


def spelled_words(inverted: Inverted) -> Iterator[str]:
    """Yield words that a reader may have meant: not those of only one abstract, which may be mistakes."""
    abstracts = inverted.postings[ABSTRACT]
    others = [postings for field, postings in enumerate(inverted.postings) if field != ABSTRACT]
    elsewhere = frozenset[str]().union(*others)
    for word in {word for piece in inverted.pieces for word in words(piece)}:
        if len(word) < _SHORTEST:
            continue
        term = term_of(word)
        if term in elsewhere or (term in abstracts and abstracts[term].count > 1):
            yield word
