"""The inverted index: for each term, the papers that have it, how often, and where in their texts.

Some hundred papers at a time are inverted by the pieces of their texts, which the interpreter's own loops do; then the
pieces become terms, and the numbers digits.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from itertools import accumulate, chain, repeat
from typing import TYPE_CHECKING

from regesta.search.conditions import folded_name
from regesta.search.digits import digits
from regesta.search.entry import form_key
from regesta.search.fields import ABSTRACT, FIELDS, STOP_WORDS, TITLE, WITH_FORMS
from regesta.search.spelling import spelled
from regesta.search.tokens import (
    PIECES,
    STOP_MARK,
    base_terms,
    forms_of,
    joined,
    pieces,
    stop_runs,
    stop_word_term,
    terms_in,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from regesta.search.tokens import Forms

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


class _Field(dict[str, list[int]]):
    """The places of each piece of text in one field, in order, until they become postings.

    Args:
        least: how many stop words must stand side by side to be found as a phrase; None if none are.

    Attributes:
        postings: of each term.
        length: the number of terms in all papers together.
    """

    def __init__(self, least: int | None) -> None:
        self.postings = defaultdict[str, Postings](Postings)
        self.length = 0
        self._widths: dict[str, int] = {}  # of pieces that are not one word
        self._marks: dict[str, str] = {}  # of pieces that are a stop word
        self._dropped: list[int] = []  # the places of pieces without terms
        self._stop_words = defaultdict[str, list[int]](list)  # the places of those that are found as phrases
        self._least = least

    def __missing__(self, piece: str) -> list[int]:
        width, terms = terms_in(piece)
        if width != 1:
            self._widths[piece] = width
        elif not terms:
            self._marks[piece] = STOP_MARK
        places = self[piece] = [] if terms else self._dropped
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
                self._stop_words[stop_word_term(parts[at])].append(places[at])

    def forms(self) -> list[tuple[list[int], Forms]]:
        """Return the places of each piece that has words with an ending of their own, and these."""
        return [(own, forms) for piece, own in self.items() if own and (forms := forms_of(piece))]

    def base_terms(self, several: Container[str]) -> Iterator[tuple[list[int], str]]:
        """Yield the places of the pieces that have one of some terms as a word without such an ending."""
        for piece, own in self.items():
            if not own:
                continue
            if isinstance(term := PIECES[piece], str):  # a single word, as in most cases
                if term in several and not forms_of(piece):
                    yield own, term
            else:
                yield from ((own, one) for one in base_terms(piece, several))

    def post(self, *, has_lengths: bool) -> None:
        """Let the places become postings."""
        found = self._by_term()
        lengths = _lengths(found.values()) if has_lengths else None
        for term, own in found.items():
            places = own[0] if len(own) == 1 else sorted(chain.from_iterable(own))
            self.postings[term].add(places, lengths)
            self.length += len(places)
            for some in own:
                some.clear()
        for word, places in self._stop_words.items():
            self.postings[word].add(places, lengths)
        self._stop_words.clear()

    def _by_term(self) -> dict[str, list[list[int]]]:
        """Return the places of each term, in one list for each piece that has it."""
        found = defaultdict[str, list[list[int]]](list)
        for piece, own in self.items():
            if not own:
                continue
            if isinstance(terms := PIECES[piece], str):  # a single word, as in most cases
                found[terms].append(own)
            else:
                for offset, term in terms[1]:
                    found[term].append([place + offset for place in own])
                own.clear()
        return found


def _lengths(terms: Iterable[Iterable[list[int]]]) -> dict[int, bytes]:
    """Return the number of terms in a field of each paper, as digits, from the places of each term."""
    counts = Counter(place >> _BITS for own in terms for places in own for place in places)
    none = defaultdict[int, bytes](lambda: digits(0))  # for a title of stop words
    none.update((number, digits(count)) for number, count in counts.items())
    return none


class Inverted:
    """The terms and names of some papers.

    Attributes:
        names: for each name (`tag/x`, folded as in queries; or the form of a word), its papers.
    """

    def __init__(self) -> None:
        self.names = defaultdict[str, Postings](Postings)
        self._fields = [_Field(STOP_WORDS.get(number)) for number, _ in enumerate(FIELDS)]
        self._pieces = Counter[str]()  # how often each piece of text occurs
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
        for name in {*map(folded_name, names)}:
            self._name(name, [(number, False)])
        self._papers += 1
        if self._papers % _MANY == 0:
            self.post()

    def _name(self, name: str, papers: Sequence[tuple[int, bool]]) -> None:
        """Add papers that have a name, in order, and whether their titles have it."""
        posted = self.names[name]
        posted.papers += named_steps(papers, posted.latest)
        posted.latest = papers[-1][0]
        posted.count += len(papers)

    def _name_forms(self) -> None:
        """Add the forms of words in the papers that are not yet postings, as `entry.forms_in` has them."""
        found = defaultdict[tuple[str, str], set[int]](set)  # papers: numbers times two, plus one for titles
        several = defaultdict[str, set[int]](set)  # papers with a form of a term that is not just the term
        for field in WITH_FORMS:
            in_title = field == TITLE
            for own, forms in self._fields[field].forms():
                numbers = {place >> _BITS for place in own}
                for form in forms:
                    several[form[0]] |= numbers
                    found[form].update([2 * number + in_title for number in numbers])
        for field in WITH_FORMS:
            in_title = field == TITLE
            for own, term in self._fields[field].base_terms(several):
                numbers = several[term].intersection([place >> _BITS for place in own])
                if numbers:
                    found[term, ""].update([2 * number + in_title for number in numbers])
        for form, papers in found.items():
            in_titles = {paper >> 1: paper % 2 > 0 for paper in sorted(papers)}  # the title's comes last
            self._name(form_key(*form), [*in_titles.items()])

    def post(self) -> None:
        """Let the papers that were added become postings."""
        self._name_forms()
        for number, field in enumerate(self._fields):
            for piece, own in field.items():
                if own:
                    self._pieces[piece] += len(own)
            field.post(has_lengths=number != ABSTRACT)

    def lengths(self) -> list[int]:
        """Return for each field the number of terms in all papers together."""
        return [field.length for field in self._fields]

    def postings(self) -> Iterator[tuple[int, str, Postings]]:
        """Yield the postings of each term in each field, after the number of the field and the term; nothing can follow."""
        for field in self._fields:
            field.clear()  # which makes room for what becomes of the postings
        for number, field in enumerate(self._fields):
            yield from ((number, term, posted) for term, posted in field.postings.items())

    def spelled(self) -> Counter[str]:
        """Return the words that may correct a misspelt one, with the number of pieces that have each."""
        found = Counter[str]()
        for piece, times in self._pieces.items():
            for word in spelled(piece):
                found[word] += times
        return found


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
