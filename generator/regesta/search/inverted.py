"""The inverted index: for each term, the papers that have it, how often, and where in their texts.

Some hundred papers at a time are inverted by the pieces of their texts, which the interpreter's own loops do; then the
pieces become terms, and the numbers digits.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING, TypeVar

from regesta.search.conditions import folded_name
from regesta.search.digits import digits
from regesta.search.entry import form_key, name_key
from regesta.search.fields import ABSTRACT, FIELDS, STOP_WORDS, TITLE, WITH_FORMS
from regesta.search.spelling import may_correct, spelled
from regesta.search.stems import Word
from regesta.search.tokens import (
    PIECES,
    STOP_MARK,
    joined,
    pieces,
    stop_runs,
    stop_word_term,
    terms_in,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    _T = TypeVar("_T")
    #: Words or pieces of text, with the places of each.
    Places = Sequence[tuple[_T, list[int]]]
    #: The places of each term, by the term and the ending of its word (`stems.Word`): a list for each word or piece.
    Forms = Mapping[tuple[str, str], list[list[int]]]

_MANY = 256  # papers whose numbers become digits at once
#: A place is one number: that of the paper, then the position in words, in so many bits.
_BITS = 32
_WORDS = (1 << _BITS) - 1


class Postings:
    """The papers that have a term in one field, or a name, as digits.

    Attributes:
        count: the number of papers.
        latest: the number of the last paper.
        papers: for each paper, a posting (`posting`); for a name, a step (`named_steps`).
        places: for each paper, the position of the first occurrence, then the steps to the others.
    """

    __slots__ = ("count", "latest", "papers", "places")

    def __init__(self) -> None:
        self.count, self.latest, self.papers, self.places = 0, 0, bytearray(), bytearray()

    def add(self, places: Iterable[int], lengths: Mapping[int, bytes] | None) -> None:
        """Add the places of a term in a field of some papers, all of which follow those that are there.

        Args:
            places: in order.
            lengths: the number of terms in the field of each paper, as digits; None for abstracts.
        """
        papers: list[bytes] = []
        positions: list[bytes] = []
        latest, step, times, length, before = self.latest, 0, 0, b"", 0
        for place in places:
            number = place >> _BITS
            if number == latest and times:
                times += 1
                positions.append(digits(place - before))
            else:
                if times > 1:
                    papers[-1] = posting(step, times, length)
                step, latest, times = number - latest, number, 1
                if lengths is not None:
                    length = lengths[number]
                papers.append(digits(2 * step) + length)
                positions.append(digits(place & _WORDS))
            before = place
        if times > 1:
            papers[-1] = posting(step, times, length)
        self.count, self.latest = self.count + len(papers), latest
        self.papers += b"".join(papers)
        self.places += b"".join(positions)

    def add_name(self, papers: Iterable[int]) -> None:
        """Add papers that have a name; each is its number times two, plus one if its title has it (`named_steps`)."""
        in_titles = {paper >> 1: paper for paper in sorted(papers)}  # the title's comes last
        latest = self.latest
        for number, paper in in_titles.items():
            self.papers += digits(paper - 2 * latest)
            latest = number
        self.count, self.latest = self.count + len(in_titles), latest


class _Field(dict[str, list[int]]):
    """The places of each piece of text in one field of some papers, in order; pieces that are the same word share them.

    Args:
        least: how many stop words must stand side by side to be found as a phrase; None if none are.

    Attributes:
        stop_words: the places of those that are found as phrases, by their terms.
    """

    def __init__(self, least: int | None) -> None:
        self._words = defaultdict[Word, list[int]](list)
        self._others: dict[str, list[int]] = {}  # of pieces with terms that are not one word
        self.stop_words = defaultdict[str, list[int]](list)
        self._widths: dict[str, int] = {}  # of pieces that are not one word
        self._marks: dict[str, str] = {}  # of pieces that are a stop word
        self._dropped: list[int] = []  # the places of pieces without terms
        self._least = least

    def __missing__(self, piece: str) -> list[int]:
        found = PIECES[piece]
        if not isinstance(found, Word):
            self._widths[piece], terms = found
            places = self._others.setdefault(piece, []) if terms else self._dropped
        elif found.term:
            places = self._words[found]
        else:
            self._marks[piece] = STOP_MARK
            places = self._dropped
        self[piece] = places
        return places

    def add(self, number: int, texts: Iterable[str]) -> None:
        """Add a paper's texts; no phrase runs from one into the next."""
        parts = pieces(joined(texts))
        own = [*map(self.__getitem__, parts)]
        places = [*accumulate(map(self._widths.get, parts, repeat(1)), initial=number << _BITS)]
        deque(map(list.append, own, places), maxlen=0)
        self._dropped.clear()
        if self._least:
            for at in stop_runs("".join(map(self._marks.get, parts, repeat("x"))), self._least):
                self.stop_words[stop_word_term(parts[at])].append(places[at])

    def take(self) -> tuple[Places[Word], Places[str]]:
        """Return the places of each word, and of each piece that is not one; both begin anew."""
        return _taken(self._words), _taken(self._others)


def _taken(places: Mapping[_T, list[int]]) -> Places[_T]:
    taken = [(key, own.copy()) for key, own in places.items() if own]
    for own in filter(None, places.values()):
        own.clear()
    return taken


def _forms(words: Places[Word], others: Places[str]) -> Forms:
    """Return the places of each term, by the endings of its words."""
    found = defaultdict[tuple[str, str], list[list[int]]](list)
    for (term, ending, _), own in words:
        found[term, ending].append(own)
    for piece, own in others:
        for offset, term, ending in terms_in(piece)[1]:
            found[term, ending].append([place + offset for place in own])
    return found


class Inverted:
    """The terms and names of some papers.

    Attributes:
        names: for each name (`tag/x`, folded as in queries; or the form of a word), its papers.
        spelled: the words that may correct a misspelt one, with the number of pieces of papers that have each.
        lengths: for each field the number of terms in all papers together.
    """

    def __init__(self) -> None:
        self.names = defaultdict[str, Postings](Postings)
        self.spelled = Counter[str]()
        self.lengths = [0] * len(FIELDS)
        self._fields = [_Field(STOP_WORDS.get(number)) for number, _ in enumerate(FIELDS)]
        self._named = defaultdict[str, set[int]](set)  # papers: numbers times two, plus one for titles
        self._postings = [defaultdict[str, Postings](Postings) for _ in FIELDS]
        self._papers = 0

    def add(self, number: int, items: Iterable[Iterable[str]], names: Iterable[str]) -> None:
        """Add a paper; its number must be higher than those of all papers before.

        Args:
            number: of the paper.
            items: the texts in each of FIELDS; no phrase runs from one text into the next.
            names: `tag/x` and the like.
        """
        for field, texts in zip(self._fields, items, strict=True):
            field.add(number, texts)
        for name in map(folded_name, names):
            self._named[name].add(2 * number)
        self._papers += 1
        if self._papers % _MANY == 0:
            self.post()

    def post(self) -> None:
        """Let the papers that were added become postings."""
        taken = [field.take() for field in self._fields]
        forms = [_forms(*places) for places in taken]
        self._name_forms(forms)
        for name, papers in self._named.items():
            self.names[name].add_name(papers)
        self._named.clear()
        for number, field in enumerate(self._fields):
            self._post(number, forms[number], field.stop_words)
            field.stop_words.clear()
            self._spell(*taken[number])

    def _name_forms(self, forms: Sequence[Forms]) -> None:
        """Add the forms of words in the papers, as `entry.forms_in` has them."""
        several = defaultdict[str, set[int]](set)  # papers with a form of a term that is not just the term
        for field in WITH_FORMS:
            for (term, ending), own in forms[field].items():
                if ending:
                    numbers = {place >> _BITS for places in own for place in places}
                    several[term] |= numbers
                    self._name_form(field, term, ending, numbers)
        for field in WITH_FORMS:
            for term, papers in several.items():
                places = chain.from_iterable(forms[field].get((term, ""), ()))
                self._name_form(field, term, "", papers.intersection([place >> _BITS for place in places]))

    def _name_form(self, field: int, term: str, ending: str, numbers: Iterable[int]) -> None:
        in_title = field == TITLE
        if numbers:
            self._named[form_key(term, ending)].update([2 * number + in_title for number in numbers])

    def _post(self, field: int, forms: Forms, stop_words: Mapping[str, list[int]]) -> None:
        """Let the places of the terms in a field become postings."""
        found: dict[str, list[list[int]]] = {}
        for (term, _), own in forms.items():
            found[term] = found[term] + own if term in found else own
        lengths = None if field == ABSTRACT else _lengths(found.values())
        for term, own in found.items():
            places = own[0] if len(own) == 1 else sorted(chain.from_iterable(own))
            self._postings[field][term].add(places, lengths)
            self.lengths[field] += len(places)
        for term, places in stop_words.items():
            self._postings[field][term].add(places, lengths)

    def _spell(self, words: Places[Word], others: Places[str]) -> None:
        """Count the words that may correct a misspelt one."""
        for (term, _, word), own in words:
            if may_correct(word, term):
                self.spelled[word] += len(own)
        for piece, own in others:
            for word in spelled(piece):
                self.spelled[word] += len(own)

    def fields(self) -> dict[str, list[tuple[int, Postings]]]:
        """Return the postings of each term in the fields that have it, and of each name (`name_key`) in the first.

        Nothing can follow.
        """
        self._fields.clear()  # which makes room for what becomes of the postings
        found = defaultdict[str, list[tuple[int, Postings]]](list)
        for field, postings in enumerate(self._postings):
            for term, own in postings.items():
                found[term].append((field, own))
        return found | {name_key(name): [(0, own)] for name, own in self.names.items()}


def _lengths(terms: Iterable[Iterable[list[int]]]) -> dict[int, bytes]:
    """Return the number of terms in a field of each paper, as digits, from the places of each term."""
    counts = Counter(place >> _BITS for own in terms for places in own for place in places)
    none = defaultdict[int, bytes](lambda: digits(0))  # for a title of stop words
    none.update((number, digits(count)) for number, count in counts.items())
    return none


def named_steps(papers: Iterable[tuple[int, bool]], latest: int) -> bytes:
    """Return the papers of a name as digits: for each, the step from the one before, times two, plus one if its title has the name.

    Args:
        papers: their numbers, in order, and whether the title of each has it.
        latest: the number of the paper before; 0 if there is none.
    """
    made = bytearray()
    for number, is_in_title in papers:
        made += digits(2 * (number - latest) + is_in_title)
        latest = number
    return bytes(made)


def posting(step: int, count: int, length: bytes) -> bytes:
    """Return a posting as digits.

    It is the step times two, plus one if the term occurs more than once; how often, if it does; and, except in
    abstracts, the number of terms in the field.

    Args:
        step: from the number of the previous paper; for the first one, from 0.
        count: how often the term occurs in the paper's field.
        length: the number of terms there, as digits; empty for abstracts.
    """
    if count == 1:
        return digits(2 * step) + length
    return digits(2 * step + 1) + digits(count) + length
