"""Queries: `"forest of trees" author:example year:2024..2025 -survey`. A paper must satisfy all parts.

The search page, saved searches and `regesta tag add` read them alike.

word           the word, in any of its forms, in any text of the paper
word*          also longer words that begin with it
"two words"    the words side by side in one text; “…”, „…“ and «…» are quotes, too
the who        a query of words that are too common to be searched: side by side in a title
field:word     the word in that field: title, abstract, author, org, venue, keyword
tag:name       the tag; if there is no such tag, the words in the paper's tags and keywords
collection:x   the collection
year:2025      the year; also 2024..2025, 2024.., ..2025, or with a dash
has:code       such a link or file; also has:abstract, has:date, has:authors, has:tags
-…             any of these, which the paper must not have; + changes nothing, since all parts are required
NOT …          the same as -…
… OR …         one of these parts is enough
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.conditions import AnyOf, Name, PaperTerms, Word, Words, Years, folded_name
from regesta.search.stems import term_of
from regesta.search.tokens import placed_terms, spots, whole_term, words
from regesta.search.typed import as_query
from regesta.search.variants import variant
from regesta.text.patterns import pattern

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

    #: What a part of a query asks for.
    _Asked = Words | AnyOf | Name | Years

LONGEST, MOST_WORDS = 2000, 32  # characters and words of a query that are read
_SHORTEST = 2  # letters before a star
_COMPOUND = 2  # words that may also be written as one
_MOST_NAMES = 12  # in a message
_WITH_STOP_WORDS = ("title", "abstract")
_TEXTS = ("title", "abstract", "authors", "organization", "tags", "venue", "year")
#: The texts that each field searches for words.
_FIELDS: Mapping[str, Sequence[str]] = {
    "title": ("title",), "abstract": ("abstract",), "author": ("authors",), "authors": ("authors",), "org": ("organization",),
    "organization": ("organization",), "venue": ("venue",), "tag": ("tags",), "tags": ("tags",), "keyword": ("tags",), "keywords": ("tags",),
    "year": _TEXTS, "years": _TEXTS, "collection": _TEXTS, "collections": _TEXTS, "has": _TEXTS,
}  # fmt: skip
#: The kind of name that each field asks for.
_NAMED: Mapping[str, str] = {
    "tag": "tag",
    "tags": "tag",
    "collection": "collection",
    "collections": "collection",
    "has": "has",
}
_YEAR = ("year", "years")
_SHOWN = "title, abstract, author, org, venue, tag, keyword, collection, year and has"
#: What `has:` may ask of any paper: fields, then kinds of links and files.
KINDS = frozenset(
    "abstract date authors tags arxiv doi pdf code project data model discussion page slides poster supplement video".split()
)

_QUOTES = '"“”„«»'
_PART = pattern(
    rf"([+-]|NOT\s+(?=\S))?(?:([A-Za-z]+):\s*(?=\S))?(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|(\S+))"
)
_OR = "OR"
_INITIAL = pattern(r"([a-z])(?:\.[a-z])*")
_INITIAL_WRITTEN = pattern(r"[AI]\.,?")  # too common a word, unless written so
_LETTERS_ONLY = pattern("[a-z]{2,}")
_ELIDED = pattern("[dlo]")  # O'Brien
_HANGUL = pattern("[\uac00-\ud7a3]{2,}")  # a noun and its particles are one word: 언어 finds 언어모델의
_SYNTAX = pattern(rf"[-+:{_QUOTES}]")
_YEARS = pattern(r"([0-9]{4})?(\.\.|-|–)?([0-9]{4})?")


class Mistake(NamedTuple):
    """A mistake in a query: what is wrong, and what to do about it."""

    what: str
    remedy: str


class _Part(NamedTuple):
    """A part of a query, as typed.

    Attributes:
        is_not: whether the paper must not have it.
        field: in lower case; "" if none is named.
        value: what follows the field, without quotes.
        is_quoted: whether the value is in quotes.
        typed: the whole part.
        joined: the terms of the word with the one before and behind it, each pair written as one: fine tuning, finetuning.
    """

    is_not: bool
    field: str
    value: str
    is_quoted: bool
    typed: str
    joined: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether the field exists."""
        return not self.field or self.field in _FIELDS

    def asks(self, known: Container[str], *, is_one: bool = False) -> Words | Name | Years | None:
        """Return what the part asks for, None if for nothing.

        Args:
            known: the folded names of papers.
            is_one: whether several words in it are a phrase.
        """
        if self.field in _YEAR and (years := _years(self.value)):
            return years
        if not (self.field in _NAMED and words(self.value)):
            return self._words(is_one=is_one)
        name = folded_name(f"{_NAMED[self.field]}/{self.value}")
        is_words = name.startswith("tag/") and name not in known
        return (self._words(is_one=is_one) if is_words else None) or Name(name)

    def _words(self, *, is_one: bool) -> Words | None:
        """Return the words that the part asks for; None if all are too common."""
        text = self.value if self.is_known else f"{self.field} {self.value}"
        texts = _FIELDS.get(self.field, _TEXTS)
        every = [spot for word in words(text) for spot in spots(word)]
        terms = [(place, term_of(spot[0])) for place, spot in enumerate(every)]
        phrase = tuple(Word(place, (term,)) for place, term in terms if term)
        if self.is_quoted and every and not phrase:
            return _stop_words(texts, every)
        if (self.is_quoted or self.is_not or is_one) and len(phrase) > 1:
            return Words(texts, phrase, is_phrase=True)
        wanted = tuple(_wanted(text, self.joined, may_be_initial=not self.is_not and "authors" in texts))
        return Words(texts, wanted, is_phrase=False) if wanted else None

    @property
    def plain_word(self) -> str:
        """The only word, if nothing else is typed; otherwise ""."""
        if self.is_not or self.field or self.is_quoted or self.typed[0] == "+" or self.value.endswith("*"):
            return ""
        own = words(self.value)
        return own[0] if len(own) == 1 else ""


def _parts(text: str) -> list[_Part]:
    """Return the parts of a query; only the beginning of a long text is read."""
    return [part for group in _groups(text) for part in group]


def _groups(text: str) -> list[list[_Part]]:
    """Return the parts of a query; of those with OR between them, which are in one list, one is enough."""
    found, joins = list[list[_Part]](), False
    for part in map(_part, _PART.finditer(as_query(text[:LONGEST]))):
        if part.typed == _OR:
            joins = True
            continue
        if joins and found:
            found[-1].append(part)
        else:
            found.append([part])
        joins = False
    return found


def _part(match: re.Match[str]) -> _Part:
    typed, sign, field, quoted, bare = match.group(0, 1, 2, 3, 4)
    return _Part(
        sign not in (None, "+"), (field or "").lower(), quoted or bare or "", quoted is not None, typed
    )


def _wanted(text: str, others: Sequence[str], *, may_be_initial: bool) -> Iterator[Word]:
    """Yield the words of a text; for each of two words with a hyphen, the joined form will do as well.

    Args:
        text: without quotes.
        others: terms that will do as well.
        may_be_initial: whether a letter may be that of a name.
    """
    own = words(text)
    joined = (*(_joined_terms(text, own) if len(own) == _COMPOUND else ()), *others)
    for place, word in enumerate(own):
        if text.endswith("*") and place == len(own) - 1 and len(word) >= _SHORTEST:
            yield Word(place, (*filter(None, [term_of(word)]), *joined), word)
        else:
            initial = _INITIAL.fullmatch(word) if may_be_initial else None
            is_meant = initial and (term_of(word) or _INITIAL_WRITTEN.fullmatch(text))
            yield from _words_of(word, place, joined, initial[1] if initial and is_meant else "")


def _stop_words(texts: Sequence[str], every: Sequence[Sequence[str]]) -> Words | None:
    """Return stop words side by side, in those of some texts where they are looked up; None if these are others."""
    own = [text for text in texts if text in _WITH_STOP_WORDS]
    wanted = tuple(Word(place, (f" {spot[0]}",)) for place, spot in enumerate(every))
    return Words(own, wanted, is_phrase=True) if own else None


def _in_title(text: str) -> Words | None:
    """Return words that are too common to be searched, side by side in a title; None if there are others, or syntax."""
    every = [spot for word in words(text) for spot in spots(word)][:MOST_WORDS]
    are_too_common = every and not _SYNTAX.search(text) and not any(term_of(spot[0]) for spot in every)
    return _stop_words(_WITH_STOP_WORDS[:1], every) if are_too_common else None


def _words_of(word: str, place: int, joined: Iterable[str], initial: str) -> Iterator[Word]:
    """Yield a word, or its parts, for each of which the whole word will do as well."""
    parts = spots(word)
    for spot in parts:
        forms = [*spot, *map(variant, spot)]
        terms = (*filter(None, map(term_of, forms)), *filter(None, [whole_term(parts, word)]), *joined)
        if terms or initial:
            yield Word(place, terms, word if _HANGUL.fullmatch(word) else "", initial)


def _joined_terms(text: str, own: Sequence[str]) -> frozenset[str]:
    """Return the terms of a text that are not those of its single words: two words with a hyphen, joined."""
    single = {term for word in own for _, term in placed_terms(word)}
    return frozenset(term for _, term in placed_terms(text)).difference(single)


def _years(text: str) -> Years | None:
    """Return the years that a text means, None if it means none."""
    match = _YEARS.fullmatch(text)
    first, dots, last = match.groups() if match else (None, None, None)
    if not (first or last) or (first and last and not dots):
        return None
    return Years(first or "", last or ("9999" if dots else first or ""))


def _joining(groups: Sequence[list[_Part]]) -> list[list[_Part]]:
    """Return the parts of a query, each word with what it may be written as together with the words beside it."""
    plain = [group[0].plain_word if len(group) == 1 else "" for group in groups]
    pairs = ["", *(_joined_term(*pair) for pair in pairwise(plain)), ""]
    return [
        [group[0]._replace(joined=tuple(filter(None, two)))] if any(two) else group
        for group, two in zip(groups, pairwise(pairs), strict=False)
    ]


def _joined_term(before: str, after: str) -> str:
    if _ELIDED.fullmatch(before) and _LETTERS_ONLY.fullmatch(after):
        return term_of(f"{before}'{after}")
    are_words = all(_LETTERS_ONLY.fullmatch(word) and term_of(word) for word in (before, after))
    return term_of(before + after) if are_words else ""


def _with_names(asked: Sequence[tuple[_Asked, bool]]) -> list[tuple[_Asked, bool]]:
    """Return what is asked for, with initials knowing the words beside which they count.

    If there are none, A and I are no initials but words that are too common.
    """
    plain = [one for one, is_not in asked if isinstance(one, Words) and not (one.is_phrase or is_not)]
    names = tuple(word for one in plain for word in one.wanted if not word.initial)
    return [(made, is_not) for one, is_not in asked if (made := _with_those(names, one))]


def _with_those(names: tuple[Word, ...], asked: _Asked) -> _Asked | None:
    if not isinstance(asked, Words) or not any(word.initial for word in asked.wanted):
        return asked
    wanted = tuple(word for word in asked.wanted if names or word.terms)
    return asked._replace(wanted=wanted, names=names) if wanted else None


def _asked(group: Sequence[_Part], known: Container[str]) -> _Asked | None:
    """Return what parts ask for that have OR between them; None if for nothing."""
    if len(group) == 1:
        return group[0].asks(known)
    parts = tuple(asked for part in group if (asked := part.asks(known, is_one=True)))
    return AnyOf(parts) if parts else None


class Query:
    """A query. No text is an error: what is not valid syntax is read as words.

    Args:
        text: as typed.
        known: the names that the archive's papers have (`tag/x`); an unknown tag is read as words.
    """

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        names, count = frozenset(map(folded_name, known)), 0
        self._asked: list[tuple[_Asked, bool]] = []
        for group in _joining(_groups(text)):
            asked = _asked(group, names)
            count += len(asked.wanted) if isinstance(asked, Words | AnyOf) else 1
            if asked and count <= MOST_WORDS:
                self._asked.append((asked, group[0].is_not))
        self._asked = _with_names(self._asked)
        if not self._asked and (asked := _in_title(as_query(text[:LONGEST]))):
            self._asked.append((asked, False))

    def matches(self, paper: PaperTerms) -> bool:
        """Tell whether a paper matches; an empty query matches none."""
        return bool(self._asked) and all(asked.hold_for(paper) != is_not for asked, is_not in self._asked)

    def __repr__(self) -> str:
        """Return all that decides which papers match: queries with the same text match the same papers."""
        return repr(self._asked)


def mistakes(text: str) -> list[Mistake]:
    """Return what is wrong with a query in any archive: unknown fields, impossible years, empty parts."""
    parts = _parts(text)
    wrong = [mistake for part in parts if (mistake := _mistake(part))]
    if len(text) > LONGEST or sum(len(words(part.value)) for part in parts) > MOST_WORDS:
        wrong.append(Mistake("is too long", f"write at most {LONGEST} characters and {MOST_WORDS} words"))
    if not wrong and not any(part.asks(()) for part in parts):
        wrong.append(Mistake("asks for nothing", "write words that are not too common, or field:word"))
    return wrong


def _mistake(part: _Part) -> Mistake | None:
    """Return what is wrong with a part, None if nothing is.

    A word that is too common is a mistake only if it has a field, quotes or a sign.
    """
    asked = part.asks(())
    if not part.is_known:
        return Mistake(f"has the unknown field `{part.field}:`", f"fields are {_SHOWN}; in quotes it is text")
    if part.value.lower().removesuffix(":") in _FIELDS and part.value.endswith(":") and not part.is_quoted:
        return Mistake(f"asks for nothing with `{part.typed}`", "write a word after it")
    if not asked and (part.field or part.is_quoted or part.typed[0] in "+-"):
        return Mistake(f"asks for nothing with `{part.typed}`", "write words, or field:word")
    if part.field in _YEAR and (not isinstance(asked, Years) or asked.first > asked.last):
        return Mistake(f"cannot read the years `{part.value}`", "write 2025, 2024..2025, 2024.. or ..2025")
    return None


def name_mistakes(
    text: str, known: Iterable[str], renamed: Mapping[str, str], papers: Callable[[], Iterable[PaperTerms]]
) -> list[Mistake]:
    """Return a mistake for each unknown name in a query.

    Args:
        text: the query.
        known: the names that the archive has (`tag/x`).
        renamed: the present name for each former one.
        papers: returns the archive's papers: an unknown tag is not a mistake if one of them has its words.
    """
    names = {folded_name(name): name for name in (*known, *(f"has/{kind}" for kind in KINDS))}
    wrong = []
    for part in (part for part in _parts(text) if part.field in _NAMED):
        asked, kind = part.asks(names), _NAMED[part.field]
        is_known = asked.name in names if isinstance(asked, Name) else _have_it(papers, asked)
        if not is_known:
            now = renamed.get(folded_name(f"{kind}/{part.value}"), "").replace("/", ":", 1)
            remedy = f"it is `{now}` now" if now else _suggestion(kind, part.value, names.values())
            wrong.append(Mistake(f"asks for `{kind}:{part.value}`, which no paper has", remedy))
    return wrong


def _have_it(papers: Callable[[], Iterable[PaperTerms]], asked: Words | Years | None) -> bool:
    """Tell whether some paper has what is asked for; to ask for nothing is not a mistake here."""
    return not asked or any(map(asked.hold_for, papers()))


def _suggestion(kind: str, value: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown name: the known name that is most like it, or the first of all."""
    import difflib

    names = sorted(name.removeprefix(f"{kind}/") for name in known if name.startswith(f"{kind}/"))
    if near := difflib.get_close_matches(value.lower(), names, 1):
        return f"did you mean `{kind}:{near[0]}`?"
    more = ", …" if len(names) > _MOST_NAMES else ""
    return f"there are {', '.join(names[:_MOST_NAMES])}{more}" if names else "leave it out"
