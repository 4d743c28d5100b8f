"""Corrections of misspelt words: the words as written, sorted by their beginnings and by their endings.

A word with one mistake is correct before or after it, so one of the two orders leads to the intended word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.search.fields import ABSTRACT
from regesta.search.stems import Word, term_of
from regesta.search.tokens import PIECES, words_in

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHORTEST = 4  # letters: too many shorter words differ by one letter only


def spelled(piece: str) -> list[str]:
    """Return the words in a piece of text that may correct a misspelt one: not too short, and no stop words."""
    found = PIECES[piece]
    own = [found.text] if isinstance(found, Word) else words_in(piece)
    return [word for word in own if may_correct(word, term_of(word))]


def may_correct(word: str, term: str) -> bool:
    """Tell whether a word with a term may correct a misspelt one."""
    return len(word) >= _SHORTEST and term != ""


def may_be_meant(holders: Sequence[int]) -> bool:
    """Tell whether a reader may have meant the words of a term: if only one abstract has it, they may be mistakes.

    Args:
        holders: for each field, in how many papers it has the term.
    """
    return holders[ABSTRACT] > 1 or any(count for field, count in enumerate(holders) if field != ABSTRACT)
