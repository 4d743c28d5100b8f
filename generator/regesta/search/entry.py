"""What one paper brings into the index: its terms with their positions, its names, its words as written."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.conditions import folded_name
from regesta.search.digits import digits
from regesta.search.fields import ABSTRACT, STOP_WORDS, TITLE, WITH_FORMS
from regesta.search.tokens import joined, pieces, placed_in, stop_word_terms, terms_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence


class Entry(NamedTuple):
    """What one paper brings into the index; its number is not part of it.

    Attributes:
        fields: for each of FIELDS, the positions of each term, in words; a stop word has a space before it.
        names: `tag/x`, folded as in queries, and forms of words (`forms_in`); whether the title has them.
        pieces: the pieces of its texts (`tokens.pieces`).
    """

    fields: Sequence[Mapping[str, Sequence[int]]]
    names: Mapping[str, bool]
    pieces: Sequence[str]

    def lengths(self) -> list[int]:
        """Return the number of terms in each field, as often as they occur."""
        return [*map(length_of, self.fields)]


def entry_of(
    items: Iterable[Sequence[str]], names: Iterable[str], known: Collection[int] = frozenset()
) -> Entry:
    """Return what a paper brings into the index.

    Args:
        items: the texts in each of FIELDS; no phrase runs from one text into the next.
        names: `tag/x` and the like.
        known: fields whose terms are not asked for.
    """
    own = [pieces(joined(texts)) for texts in items]
    places = [{} if number in known else _places(number, parts) for number, parts in enumerate(own)]
    all_names = dict.fromkeys(map(folded_name, names), False) | forms_in(own)
    return Entry(places, all_names, [piece for parts in own for piece in parts])


def terms_and_forms(items: Iterable[Sequence[str]]) -> tuple[set[str], set[str]]:
    """Return the terms of a paper and the forms of its words, from the texts in each of FIELDS."""
    own = [pieces(joined(texts)) for texts in items]
    terms = {term for parts in own for piece in {*parts} for _, term, _ in terms_in(piece)[1]}
    stop_words = {word for number, parts in enumerate(own) for _, word in _stop_words(number, parts)}
    return terms | stop_words, {*forms_in(own)}


def forms_in(own: Sequence[Sequence[str]]) -> dict[str, bool]:
    """Return the forms of a paper's words, and whether its title has them.

    A form is a term, a space, and the ending that makes it another word (`stems.Word`). The word without such an ending is a form,
    too, if the paper has another one; otherwise it need not be said which word the paper has.

    Args:
        own: the pieces of the texts in each of FIELDS.
    """
    endings = {
        number: {(term, ending) for piece in {*own[number]} for _, term, ending in terms_in(piece)[1]}
        for number in WITH_FORMS
    }
    several = {term for forms in endings.values() for term, ending in forms if ending}
    found = dict[str, bool]()
    for number, forms in endings.items():
        for term, ending in forms:
            if term in several:
                key = form_key(term, ending)
                found[key] = found.get(key, False) or number == TITLE
    return found


def form_key(term: str, ending: str) -> str:
    """Return how the index names a form of a word."""
    return f"{term} {ending or '='}"


def name_key(name: str) -> str:
    """Return the word of a line that has the papers of a name: forms of words as they are, others after a colon."""
    return name if " " in name else f":{name}"


def is_name(word: str) -> bool:
    """Tell whether a line has the papers of a name, by its word; before a stop word is a space."""
    return word.startswith(":") or " " in word[1:]


def length_of(places: Mapping[str, Sequence[int]]) -> int:
    """Return the number of terms in a field, as often as they occur, stop words not counted."""
    return sum(len(own) for term, own in places.items() if term[0] != " ")


def length_digits(field: int, length: int) -> bytes:
    """Return the number of terms in a paper's field as postings have it: not for abstracts."""
    return b"" if field == ABSTRACT else digits(length)


def _stop_words(field: int, parts: Sequence[str]) -> list[tuple[int, str]]:
    """Return the stop words of a field that are found as phrases, as terms with their positions."""
    least = STOP_WORDS.get(field)
    return stop_word_terms(parts, least) if least else []


def _places(field: int, parts: Sequence[str]) -> Mapping[str, Sequence[int]]:
    """Return the positions of each term of a field, in words, from the pieces of its texts."""
    places = defaultdict[str, list[int]](list)
    for place, term in [*placed_in(parts), *_stop_words(field, parts)]:
        places[term].append(place)
    return places
