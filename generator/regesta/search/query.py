"""Queries for papers: `"forest of trees" author:example year:2024..2025 -survey`; all of it must hold.

They mean what they mean on the search page, for `regesta tag add` and for saved searches alike.

word           a text of the paper holds it, in any of its forms
word*          or a word that begins so
"two words"    they stand side by side in one text; “…”, „…“ and «…» are quotes, too
field:word     that field holds it: title, abstract, author, org, venue, keyword
tag:name       it bears that tag; where there is none of that name, its tags and keywords hold the words
collection:x   it stands in that collection
year:2025      also 2024..2025, 2024.., ..2025, or with a dash
has:code       it has such a link; also has:abstract, has:date, has:authors, has:tags
-…             any of these, and the paper must not have it; + changes nothing, since all must hold
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.tokens import cut_terms, placed, term_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence

LONGEST, MOST_WORDS = 2000, 32  # characters and words that are read
_SHORTEST = 2  # letters before a star
_COMPOUND = 2  # words that may also be written as one
_NAMED_AT_ONCE = 12  # of the names that there are
_TEXTS = ("title", "abstract", "authors", "organization", "tags", "venue", "year")
#: The texts in which each field looks for words.
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
#: What a paper may have that is no link; and the links and files that any paper could have.
KINDS = frozenset(
    "abstract date authors tags arxiv doi pdf code project data model discussion page slides poster supplement video".split()
)

_QUOTES = '"“”„«»'
_PART = re.compile(rf"([+-]?)(?:([A-Za-z]+):\s*(?=\S))?(?:[{_QUOTES}]([^{_QUOTES}]*)[{_QUOTES}]|(\S+))")
_YEARS = re.compile(r"([0-9]{4})?(\.\.|-|–)?([0-9]{4})?")


class Mistake(NamedTuple):
    """What a curator should know of a query: what is wrong, and what to do about it."""

    what: str
    remedy: str


class PaperTerms:
    """A paper as queries see it: each of its texts as terms, made when it is first asked for.

    Args:
        items_of: returns the items of a text by its name (`title`, `authors` …): no phrase runs from one to the next.
        names: what the paper is called and has (`tag/x`, `collection/x`, `year/2025`, `has/code`).
    """

    def __init__(self, items_of: Callable[[str], Sequence[str]], names: Iterable[str]) -> None:
        self._items_of, self.names = items_of, frozenset(map(folded_name, names))
        self._placed: dict[str, list[list[tuple[int, str]]]] = {}
        self._terms: dict[str, frozenset[str]] = {}

    def placed(self, text: str) -> list[list[tuple[int, str]]]:
        """Return the terms of each item of a text, with their positions."""
        if text not in self._placed:
            self._placed[text] = [placed(item) for item in self._items_of(text)]
        return self._placed[text]

    def terms(self, text: str) -> frozenset[str]:
        """Return the terms of a text."""
        if text not in self._terms:
            self._terms[text] = frozenset(term for item in self.placed(text) for _, term in item)
        return self._terms[text]


@lru_cache(maxsize=1 << 14)
def folded_name(name: str) -> str:
    """Return a name (`tag/x`) as it is compared: without regard to case, marks and the kind of dash."""
    kind, _, rest = name.partition("/")
    return f"{kind}/{'-'.join(words(rest))}"


class _Word(NamedTuple):
    """A word that is looked for: its place, its terms of which any will do, and how a longer word may begin ("" if none will do)."""

    place: int
    terms: tuple[str, ...]
    start: str = ""

    def is_in(self, terms: frozenset[str]) -> bool:
        return not terms.isdisjoint(self.terms) or (bool(self.start) and self._begins(terms))

    def _begins(self, terms: frozenset[str]) -> bool:
        return any(term.startswith(self.start) for term in terms) or not terms.isdisjoint(
            cut_terms(self.start)
        )


class _Words(NamedTuple):
    """Words that some texts hold: each in any of them, or all side by side in one item."""

    texts: Sequence[str]
    wanted: tuple[_Word, ...]
    is_phrase: bool

    def hold(self, paper: PaperTerms) -> bool:
        if self.is_phrase:
            return any(self._stand_in(item) for text in self.texts for item in paper.placed(text))
        return all(any(word.is_in(paper.terms(text)) for text in self.texts) for word in self.wanted)

    def _stand_in(self, item: Sequence[tuple[int, str]]) -> bool:
        there, first = {*item}, self.wanted[0]
        steps = [(word.place - first.place, word.terms[0]) for word in self.wanted]
        return any(
            all((place + step, term) in there for step, term in steps)
            for place, term in item
            if term == first.terms[0]
        )


class _Name(NamedTuple):
    """A name that the paper has."""

    name: str

    def hold(self, paper: PaperTerms) -> bool:
        return self.name in paper.names


class _Years(NamedTuple):
    """The years of which one is the paper's, first and last."""

    first: str
    last: str

    def hold(self, paper: PaperTerms) -> bool:
        return any(
            self.first <= name.removeprefix("year/") <= self.last
            for name in paper.names
            if name.startswith("year/")
        )


class _Part(NamedTuple):
    """A part of a query as it was typed: whether it must not be, its field ("" for any), what it asks for, whether in quotes."""

    is_not: bool
    field: str
    value: str
    is_quoted: bool
    typed: str

    @property
    def is_known(self) -> bool:
        """Whether there is such a field."""
        return not self.field or self.field in _FIELDS

    def asks(self, known: Container[str]) -> _Words | _Name | _Years | None:
        """Return what the part asks for, given the folded names that papers have; None if for nothing."""
        if self.field in _YEAR and (years := _years(self.value)):
            return years
        name = (
            folded_name(f"{_NAMED[self.field]}/{self.value}")
            if self.field in _NAMED and words(self.value)
            else ""
        )
        if name and (name in known or not name.startswith("tag/")):
            return _Name(name)
        return self._words() or (_Name(name) if name else None)

    def _words(self) -> _Words | None:
        """Return the words that the part asks for; None if all are too common."""
        text, texts = (
            self.value if self.is_known else f"{self.field} {self.value}",
            _FIELDS.get(self.field, _TEXTS),
        )
        side_by_side = tuple(
            _Word(place, (term,)) for place, word in enumerate(words(text)) if (term := term_of(word))
        )
        if (self.is_quoted or self.is_not) and len(side_by_side) > 1:
            return _Words(texts, side_by_side, is_phrase=True)
        wanted = tuple(_wanted(text))
        return _Words(texts, wanted, is_phrase=False) if wanted else None


def _parts(text: str) -> list[_Part]:
    """Return the parts of a query; of a long text only the beginning is read."""
    found = _PART.finditer(text[:LONGEST])
    return [
        _Part(part[1] == "-", (part[2] or "").lower(), part[3] or part[4] or "", part[3] is not None, part[0])
        for part in found
    ]


def _wanted(text: str) -> Iterator[_Word]:
    """Yield the words of a text, none of which need stand beside another; what two are with no dash between will do for each."""
    found = words(text)
    joined = (
        {term for _, term in placed(text)}.difference(map(term_of, found)) if len(found) == _COMPOUND else ()
    )
    for place, word in enumerate(found):
        start = word if text.endswith("*") and place == len(found) - 1 and len(word) >= _SHORTEST else ""
        terms = tuple(filter(None, (term_of(word), *joined)))
        if terms or start:
            yield _Word(place, terms, start)


def _years(text: str) -> _Years | None:
    """Return the years that a text means; None if it means none."""
    found = _YEARS.fullmatch(text)
    first, dots, last = found.groups() if found else (None, None, None)
    if not (first or last) or (first and last and not dots):
        return None
    return _Years(first or "", last or ("9999" if dots else first or ""))


class Query:
    """What is asked for. No text is an error: what cannot be understood is words.

    Args:
        text: as it was typed.
        known: the names that the archive's papers have (`tag/x`): a tag of another name is words.
    """

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        folded, self._asked, count = (
            frozenset(map(folded_name, known)),
            list[tuple[_Words | _Name | _Years, bool]](),
            0,
        )
        for part in _parts(text):
            asked = part.asks(folded)
            count += len(asked.wanted) if isinstance(asked, _Words) else 1
            if asked and count <= MOST_WORDS:
                self._asked.append((asked, part.is_not))

    def finds(self, paper: PaperTerms) -> bool:
        """Tell whether a paper is what is asked for; none is, if nothing is asked for."""
        return bool(self._asked) and all(asked.hold(paper) != is_not for asked, is_not in self._asked)

    def __repr__(self) -> str:
        """Return all by which papers are judged: queries that look alike find the same."""
        return repr(self._asked)


def mistakes(text: str) -> list[Mistake]:
    """Return what is wrong with a query whatever the archive holds: fields and years that there are not, parts that ask for nothing."""
    parts = _parts(text)
    found = [mistake for part in parts if (mistake := _mistake(part))]
    if len(text) > LONGEST or sum(len(words(part.value)) for part in parts) > MOST_WORDS:
        found.append(Mistake("is too long", f"write at most {LONGEST} characters and {MOST_WORDS} words"))
    if not found and not any(part.asks(()) for part in parts):
        found.append(Mistake("asks for nothing", "write words that are not too common, or field:word"))
    return found


def _mistake(part: _Part) -> Mistake | None:
    """Return what is wrong with a part, if anything is; a word that is too common is not, unless the part is meant to be more than words."""
    asked = part.asks(())
    if not part.is_known:
        return Mistake(f"names no field by `{part.field}:`", f"there are {_SHOWN}; in quotes it is text")
    if part.value.lower().removesuffix(":") in _FIELDS and part.value.endswith(":") and not part.is_quoted:
        return Mistake(f"asks for nothing by `{part.typed}`", "write something behind it")
    if not asked and (part.field or part.is_quoted or part.typed[0] in "+-"):
        return Mistake(f"asks for nothing by `{part.typed}`", "write words, or field:word")
    if part.field in _YEAR and (not isinstance(asked, _Years) or asked.first > asked.last):
        return Mistake(f"cannot read the years `{part.value}`", "write 2025, 2024..2025, 2024.. or ..2025")
    return None


def strangers(
    text: str, known: Iterable[str], renamed: Mapping[str, str], papers: Callable[[], Iterable[PaperTerms]]
) -> list[Mistake]:
    """Return what a query names and the archive does not have.

    Args:
        text: the query.
        known: the names (`tag/x`) that there are.
        renamed: the present names of those that had others.
        papers: returns the archive's papers; a tag that is none may be words of theirs.
    """
    names = {folded_name(name): name for name in (*known, *(f"has/{kind}" for kind in KINDS))}
    found = []
    for part in (part for part in _parts(text) if part.field in _NAMED):
        asked, kind = part.asks(names), _NAMED[part.field]
        is_known = (
            asked.name in names if isinstance(asked, _Name) else not asked or any(map(asked.hold, papers()))
        )
        if not is_known:
            now = renamed.get(folded_name(f"{kind}/{part.value}"), "").replace("/", ":", 1)
            remedy = f"it is `{now}` now" if now else _near(kind, part.value, names.values())
            found.append(Mistake(f"asks for `{kind}:{part.value}`, which no paper has", remedy))
    return found


def _near(kind: str, value: str, known: Iterable[str]) -> str:
    """Return what may have been meant by a name that there is not."""
    import difflib

    names = sorted(name.removeprefix(f"{kind}/") for name in known if name.startswith(f"{kind}/"))
    if near := difflib.get_close_matches(value.lower(), names, 1):
        return f"did you mean `{kind}:{near[0]}`?"
    more = ", …" if len(names) > _NAMED_AT_ONCE else ""
    return f"there are {', '.join(names[:_NAMED_AT_ONCE])}{more}" if names else "leave it out"
