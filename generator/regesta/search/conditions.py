"""What a query asks of a paper: words, phrases, names and years, and how each is looked up in the paper's terms."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.fields import FIELDS, STOP_WORDS
from regesta.search.stems import cut_terms, term_of
from regesta.search.tokens import joined, pieces, placed_in, stop_word_terms, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


_AUTHORS = "authors"
#: How many words before a name an initial may stand: the first one, or one that is written in the middle; or directly behind it.
#: O'Brien, typed as two words, is both in one place.
_FIRST, _MIDDLE, _ELIDED = (-1, 1, 2, 3, 4), (-1, 1, 2), (-1, 0, 1, 2)

_STOP_WORDS = {FIELDS[number]: least for number, least in STOP_WORDS.items()}


class PaperTerms:
    """A paper as queries see it: its names, and its texts as terms, each made at its first use.

    Args:
        items_of: returns the items of a text by its name (`title`, `authors` …); no phrase runs from one
            item to the next.
        names: its tags, collections and the like (`tag/x`, `collection/x`, `year/2025`, `has/code`).
    """

    def __init__(self, items_of: Callable[[str], Sequence[str]], names: Iterable[str]) -> None:
        self._items_of, self.names = items_of, frozenset(map(folded_name, names))
        self._placed: dict[str, list[list[tuple[int, str]]]] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def placed_terms(self, text: str) -> list[list[tuple[int, str]]]:
        """Return the terms of each item of a text, with their positions; some stop words are among them."""
        if text not in self._placed:
            least = _STOP_WORDS.get(text)
            self._placed[text] = [
                [*placed_in(parts), *(stop_word_terms(parts, least) if least else ())]
                for parts in map(pieces, self._items_of(text))
            ]
        return self._placed[text]

    def terms(self, text: str) -> frozenset[str]:
        """Return the terms of a text."""
        if text not in self._terms:
            self._terms[text] = frozenset(term for item in self.placed_terms(text) for _, term in item)
        return self._terms[text]

    def has_initial(self, initial: Word, names: Sequence[Word]) -> bool:
        """Tell whether an author with one of some names has an initial."""
        placed = placed_in(pieces(joined(self._items_of(_AUTHORS))))
        steps: dict[str, Sequence[int]] = {
            term: _ELIDED if "'" in term else _MIDDLE for term in initial.terms
        }
        steps[initial_term(initial.initial)] = _FIRST
        letters = [(place, steps[term]) for place, term in placed if term in steps]
        if not letters:
            return False
        found = [place for place, term in placed if any(name.is_in(frozenset((term,))) for name in names)]
        return any(name - at in allowed for at, allowed in letters for name in found)


def initial_term(letter: str) -> str:
    """Return what the index calls the first letter of a name."""
    return term_of(f"{letter}.initial")


@lru_cache(maxsize=1 << 14)
def folded_name(name: str) -> str:
    """Return a name (`tag/x`) as it is compared: without case, diacritics and kinds of dashes."""
    kind, _, rest = name.partition("/")
    return f"{kind}/{'-'.join(words(rest))}"


class Word(NamedTuple):
    """A word of a query.

    Attributes:
        place: its position in the query.
        terms: its terms; one of them is enough.
        start: how a longer word may begin that matches too; "" if only whole words match.
        initial: the first letter, if the word may be the initials of a person.
    """

    place: int
    terms: tuple[str, ...]
    start: str = ""
    initial: str = ""

    def is_in(self, terms: frozenset[str]) -> bool:
        """Tell whether a text with these terms has the word."""
        return not terms.isdisjoint(self.terms) or (bool(self.start) and self._begins(terms))

    def _begins(self, terms: frozenset[str]) -> bool:
        return any(term.startswith(self.start) for term in terms) or not terms.isdisjoint(
            cut_terms(self.start)
        )


class Words(NamedTuple):
    """Words that must occur in some texts: each in any of them or, as a phrase, side by side in one item.

    Attributes:
        texts, wanted, is_phrase: see above.
        names: the other words of the query; among authors, an initial counts only beside one of them. Without any, it is a word.
    """

    texts: Sequence[str]
    wanted: tuple[Word, ...]
    is_phrase: bool
    names: tuple[Word, ...] = ()

    def hold_for(self, paper: PaperTerms) -> bool:
        """Tell whether a paper has what is asked for."""
        if self.is_phrase:
            return any(self._is_phrase_of(item) for text in self.texts for item in paper.placed_terms(text))
        return all(any(self._is_in(paper, word, text) for text in self.texts) for word in self.wanted)

    def _is_in(self, paper: PaperTerms, word: Word, text: str) -> bool:
        if text == _AUTHORS and word.initial and self.names:
            return paper.has_initial(word, self.names)
        return word.is_in(paper.terms(text))

    def _is_phrase_of(self, item: Sequence[tuple[int, str]]) -> bool:
        first, placed = self.wanted[0], frozenset(item)
        steps = [(word.place - first.place, word.terms[0]) for word in self.wanted]
        starts = [place for place, term in item if term == first.terms[0]]
        return any(placed.issuperset((start + step, term) for step, term in steps) for start in starts)


class AnyOf(NamedTuple):
    """Parts of which one is enough."""

    parts: tuple[Words | Name | Years, ...]

    @property
    def wanted(self) -> list[Word]:
        """The words of all parts."""
        return [word for part in self.parts if isinstance(part, Words) for word in part.wanted]

    def hold_for(self, paper: PaperTerms) -> bool:
        """Tell whether a paper has what is asked for."""
        return any(part.hold_for(paper) for part in self.parts)


class Name(NamedTuple):
    """A name that the paper must have."""

    name: str

    def hold_for(self, paper: PaperTerms) -> bool:
        """Tell whether a paper has what is asked for."""
        return self.name in paper.names


class Years(NamedTuple):
    """The first and the last year that the paper may have."""

    first: str
    last: str

    def hold_for(self, paper: PaperTerms) -> bool:
        """Tell whether a paper has what is asked for."""
        years = [name.removeprefix("year/") for name in paper.names if name.startswith("year/")]
        return any(self.first <= year <= self.last for year in years)
