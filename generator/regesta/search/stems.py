"""From a word to its term: lunr's stop words and stemmer, and what tells words with the same stem apart."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

# Endings that stemming removes or shortens; a word that is typed in part may break off within one of them.
_ENDINGS = (
    "ational ations ative ators ances ancy ences ency ings ed es ively ivity ivities ization izers izing ized ability ables ibly ally ments ness "
    "ously ers ions ically ity ies"
).split()
_INFLECTIONS = frozenset(("", "s", "e", "es", "ed", "ing"))
_INFLECTED = ("s", "ed", "ing")
_SHORTEST_CUT = 3

_NO_PLURALS = frozenset(("news", "means", "goods", "arms"))  # of new, mean, good, arm

_MOST_WORDS = 1 << 16  # that are cached, whatever the number of papers


class Word(NamedTuple):
    """A word of a text.

    Attributes:
        term: its stem; "" for a stop word.
        ending: what makes it another word than others with its term: general, generic; "" if nothing does.
        text: as `tokens.words` has it.
    """

    term: str
    ending: str
    text: str


def term_of(word: str) -> str:
    """Return the term of one of `words`, stemmed; "" for a stop word."""
    return word_of(word).term


@lru_cache(maxsize=_MOST_WORDS)
def word_of(text: str) -> Word:
    """Return one of `words` with its term and ending."""
    stop_words, stem, _ = _english()
    if text in stop_words:
        return Word("", "", text)
    term = stem(text)
    return Word(term, "" if text == term else _ending(text, term), text)


def _ending(word: str, term: str) -> str:
    """Return what makes a word another one than others with its term: general, generic; "" if nothing does.

    That is the end of the word without its inflection.
    """
    if word[len(term) :] in _INFLECTIONS and word.startswith(term):
        return "s" if word in _NO_PLURALS else ""
    light = _english()[2](word) if word.endswith(_INFLECTED) else word
    shared = 0
    while shared < len(term) and term[shared] == light[shared]:
        shared += 1
    is_adverb = light.endswith("ly") and len(light) > shared + 1
    ending = light[shared:-2] if is_adverb else light[shared:-1] if light[-1] in "iy" else light[shared:]
    return "" if ending in ("e", term[-1]) else ending  # modelling: British spelling doubles the l


@lru_cache(maxsize=1024)
def cut_terms(beginning: str) -> frozenset[str]:
    """Return the stems of the words that start with `beginning`, where the stem is shorter than it.

    `generati` has `gener`, the stem of generation; `minin` has `mine`, the stem of mining.
    """
    rests = {ending[start:] for ending in _ENDINGS for start in range(len(ending))}
    stems = {term_of(beginning + rest) for rest in rests}
    shorter = {stem for stem in stems if beginning.startswith(stem.removesuffix("e"))}
    return frozenset(stem for stem in shorter if len(stem) >= _SHORTEST_CUT)


@cache
def _english() -> tuple[frozenset[str], Callable[[str], str], Callable[[str], str]]:
    """Return lunr's stop words, its stemmer and the first step of it; they are loaded at the first use."""
    from lunr.stemmer import PorterStemmer
    from lunr.stop_word_filter import WORDS

    vowel_and_consonant = re.compile("[aeiou][^aeiou]")

    class Stemmer(PorterStemmer):  # type: ignore[misc]
        """Porter's stemmer as in lunr.js; lunr for Python differs in one step."""

        b: str

        def cons(self, i: int) -> bool:
            """Tell whether a letter is a consonant, as lunr does, but faster."""
            letter = self.b[i]
            if letter == "y":
                return i == self.k0 or not self.cons(i - 1)
            return letter not in "aeiou"

        def m(self) -> int:
            """Return how often a consonant follows a vowel, as lunr does, but faster."""
            beginning = self.b[: self.j + 1]
            if "y" in beginning:
                measure: int = super().m()
                return measure
            return len(vowel_and_consonant.findall(beginning))

        def step1c(self) -> None:
            """Replace a final y after a consonant by i (fly, flies), but not in words of two letters."""
            if self.ends("y") and self.j > 0 and self.b[self.j] not in "aeiou":
                self.b = self.b[: self.k] + "i" + self.b[self.k + 1 :]

        def without_inflection(self, word: str) -> str:
            """Return a word without the ending of a plural or a participle."""
            self.b, self.k, self.k0 = word, len(word) - 1, 0
            self.step1ab()
            return self.b[: self.k + 1]

    stemmer = Stemmer()
    return frozenset(WORDS), stemmer.stem, stemmer.without_inflection


def stop_words() -> list[str]:
    """Return the words that are too common to be searched, sorted."""
    return sorted(_english()[0])
