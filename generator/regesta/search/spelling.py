"""The words that a misspelt one may stand for: all words as they are written, sorted by their beginnings and by their ends.

Of a word with one mistake, what stands before or what stands after the mistake is right, so one of the two orders leads to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.search.documents import ABSTRACT
from regesta.search.tokens import term_of, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.search.inverted import Inverted

_SHORTEST = 4  # letters: of shorter words, too many are one letter apart


def spelled_words(inverted: Inverted) -> Iterator[str]:
    """Yield words that a reader may have meant: not those that stand in one abstract alone, where mistakes are as likely."""
    abstracts = inverted.postings[ABSTRACT]
    elsewhere = set().union(
        *(postings for field, postings in enumerate(inverted.postings) if field != ABSTRACT)
    )
    for word in {word for part in inverted.pieces for word in words(part) if len(word) >= _SHORTEST}:
        term = term_of(word)
        if term in elsewhere or (term in abstracts and abstracts[term].count > 1):
            yield word
