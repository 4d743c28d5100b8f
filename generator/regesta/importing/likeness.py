"""Are two records one paper? Ids decide if both have them, else titles and abstracts; nothing is guessed.

    C   the share of the three-word sequences of the shorter abstract that the other one has, from 0 to 1
    R   how similar two titles are, from 0 to 1 (the ratio of `difflib.SequenceMatcher`)
    key a title's letters and digits, without case, accents and TeX

The limits were found on pairs with known answers; docs/sources.md has the rule in words.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from enum import IntEnum
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from regesta.text.dates import DAY, YEAR
from regesta.text.identifiers import arxiv_id, doi
from regesta.text.strings import ascii_letters, digest, title_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from regesta.content.paper import Paper

_WORD = re.compile(r"[^\W_]+")
_SAME_TEXT, _SAME_TITLE, _ENOUGH_TEXT = 0.8, 0.6, 0.3
_MUCH_TEXT, _SOME_TEXT, _LIKE_TITLE = 0.5, 0.15, 0.4
_DAYS_APART, _AUTHORS_APART, _YEARS_APART = 2, 2, 1
#: One in `_SAMPLED` of an abstract's word sequences is looked up, unless more than `_COMMON` papers share it.
_SAMPLED, _COMMON = 7, 24
_MANY = 50  # records under one title
_SHARED = 0.1  # of the sequences looked up: two abstracts that share less are not compared
_STEP = 1_000_003


class Verdict(IntEnum):
    """Whether two records are one paper."""

    DIFFERENT = 0
    DOUBTFUL = 1
    SAME = 2


class Judgement(NamedTuple):
    """A verdict, how similar the two are (0 to 3), and the reasons for and against, in words."""

    verdict: Verdict
    strength: float
    why: str


_UNLIKE = Judgement(Verdict.DIFFERENT, 0, "")


@dataclass(frozen=True, slots=True)
class Features:
    """What a record is recognized by.

    Attributes:
        titles: keys of its title and of earlier titles.
        title, abstract: its texts.
        arxiv, doi: its ids, "" if unknown.
        people: family names of its authors, without accents.
        count: how many authors it has, None if unknown.
        published: its date, as precisely as known.
        status: whether it was withdrawn or retracted.
        files: where it was read.
        place: where it was printed, "" if unknown: venue, volume, number, pages, address of its page.
    """

    titles: frozenset[str]
    title: str
    abstract: str
    arxiv: str
    doi: str
    people: frozenset[str]
    count: int | None
    published: str
    status: str
    files: frozenset[str]
    place: tuple[str, ...]


def features(paper: Paper, *titles: str) -> Features:
    """Return what a paper is recognized by; `titles` are keys of further titles."""
    return Features(
        frozenset((title_key(paper.title), *titles)),
        paper.title,
        paper.abstract,
        arxiv_id(paper.links.get("arxiv", "")),
        doi(paper.links.get("doi", "")),
        frozenset(ascii_letters(author.family or author.name.rpartition(" ")[2]) for author in paper.authors),
        len(paper.authors) or paper.authors_count,
        paper.published,
        paper.status,
        frozenset(place.file for place in paper.origin if place.line),
        _place(paper),
    )


def _place(paper: Paper) -> tuple[str, ...]:
    known = (paper.venue, paper.volume, paper.number, paper.pages, paper.links.get("page", ""))
    return tuple(text.casefold() for text in known)


def text_hash(paper: Paper) -> str:
    """Return a hash of what a record is judged by; without abstract and id, also of its authors and pages."""
    ids = [arxiv_id(paper.links.get("arxiv", "")), doi(paper.links.get("doi", ""))]
    facts = [paper.published[:YEAR], paper.status, str(len(paper.authors) or paper.authors_count or "")]
    others = (
        [] if paper.abstract or any(ids) else [*_place(paper), *(author.name for author in paper.authors)]
    )
    return digest("\n".join([title_key(paper.title), paper.abstract, *ids, *facts, *others]), 12)


def judge(one: Features, two: Features) -> Judgement:
    """Return whether two records are one paper."""
    if one.arxiv and one.arxiv == two.arxiv:
        return Judgement(Verdict.SAME, 3, f"same arXiv id ({one.arxiv})")
    alike = _Likeness(one, two)
    if one.doi and one.doi == two.doi:
        is_same = alike.text >= _ENOUGH_TEXT or alike.title >= _SAME_TITLE
        return Judgement(Verdict.SAME if is_same else Verdict.DOUBTFUL, 2, f"same DOI ({one.doi})")
    verdict = alike.verdict()
    if verdict == Verdict.DIFFERENT:
        return _UNLIKE
    veto = contradiction(one, two) if verdict == Verdict.SAME else ""
    why = f"{alike}; but {veto}" if veto else str(alike)
    return Judgement(Verdict.DOUBTFUL if veto else verdict, alike.text + alike.title / 2, why)


class _Likeness:
    """How similar the titles and abstracts of two records are.

    Attributes:
        is_titled: whether they have a title in common.
        text: C, 0 if there are not two abstracts to compare.
    """

    def __init__(self, one: Features, two: Features) -> None:
        self._one, self._two = one, two
        self._shared = _shared_text(one.abstract, two.abstract)
        self.text = self._shared or 0
        self.is_titled = not one.titles.isdisjoint(two.titles)

    @cached_property
    def title(self) -> float:
        """R; it takes long to compute."""
        return 1 if self.is_titled else _ratio(self._one.title, self._two.title)

    def verdict(self) -> Verdict:
        """Return whether the two are one paper by their titles and abstracts."""
        if not self.is_titled and self.text < _SOME_TEXT:
            return Verdict.DIFFERENT
        if self._is_certain():
            return Verdict.SAME
        is_near = self.text >= _MUCH_TEXT or self.title >= _LIKE_TITLE
        return Verdict.DOUBTFUL if is_near else Verdict.DIFFERENT

    def _is_certain(self) -> bool:
        if self._shared is None:
            return self.is_titled and (self._has_one_team() or self._days_apart() <= _DAYS_APART)
        return self.text >= (_ENOUGH_TEXT if self.is_titled else _SAME_TEXT) and self.title >= _SAME_TITLE

    def _has_one_team(self) -> bool:
        return bool(self._one.people) and self._one.people == self._two.people

    def _days_apart(self) -> int:
        one, two = self._one.published, self._two.published
        if len(one) != DAY or len(two) != DAY:
            return _DAYS_APART + 1
        return abs((date.fromisoformat(one) - date.fromisoformat(two)).days)

    def __str__(self) -> str:
        titles = "equal" if self.is_titled else f"{self.title:.0%} similar"
        texts = (
            "no abstract to compare" if self._shared is None else f"{self.text:.0%} of the abstract shared"
        )
        return f"titles {titles}, {texts}"


def contradiction(one: Features, two: Features) -> str:
    """Return why a person must decide whether two records are one paper, "" if that is not needed."""
    for kind, mine, yours in (("arXiv ids", one.arxiv, two.arxiv), ("DOIs", one.doi, two.doi)):
        if mine and yours and mine != yours:
            return f"their {kind} differ ({mine}, {yours})"
    if not (one.abstract and two.abstract) and any(
        mine and yours and mine != yours for mine, yours in zip(one.place, two.place, strict=True)
    ):
        return "they were printed in different places"
    if one.count and two.count and abs(one.count - two.count) > _AUTHORS_APART:
        return f"they have {one.count} and {two.count} authors"
    if (
        one.published
        and two.published
        and abs(int(one.published[:YEAR]) - int(two.published[:YEAR])) > _YEARS_APART
    ):
        return f"they are from {one.published[:YEAR]} and {two.published[:YEAR]}"
    return "only one of them was withdrawn or retracted" if one.status != two.status else ""


def _ratio(one: str, two: str) -> float:
    first, second = sorted((one.lower(), two.lower()))  # the library's result depends on the order
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _shared_text(one: str, two: str) -> float | None:
    """Return C; None if there are not two abstracts to compare."""
    mine, yours = _runs(one), _runs(two)
    return len(mine & yours) / min(len(mine), len(yours)) if mine and yours else None


@lru_cache(maxsize=512)
def _runs(text: str) -> frozenset[int]:
    """Return a number for each three-word sequence of a text."""
    words = [*map(_number, _WORD.findall(ascii_letters(text)))]
    runs = zip(words, words[1:], words[2:], strict=False)
    return frozenset([(one * _STEP + two) * _STEP + three for one, two, three in runs])


@lru_cache(maxsize=1 << 16)
def _number(word: str) -> int:
    return zlib.crc32(word.encode())


class Marks(NamedTuple):
    """What a record is looked up by.

    Attributes:
        names: its ids and its titles: `arxiv:…`, `doi:…`, `title:…`.
        runs: a sample of the word sequences of its abstract, as numbers.
    """

    names: frozenset[str]
    runs: frozenset[str]


def marks_of(record: Features) -> Marks:
    """Return what a record is looked up by."""
    ids = (f"{kind}:{name}" for kind, name in (("arxiv", record.arxiv), ("doi", record.doi)) if name)
    sample = (str(run) for run in _runs(record.abstract) if run % _SAMPLED == 0)
    return Marks(frozenset([*ids, *(f"title:{key}" for key in record.titles)]), frozenset(sample))


class _Record(NamedTuple):
    """A record with its marks; `size` is how many word sequences it has among them in all."""

    marks: Marks
    size: int
    features: Callable[[], Features]


class Lookup:
    """Finds the records that may be the same paper as a given one, without comparing it with all records."""

    def __init__(self) -> None:
        self._records: list[_Record] = []
        self._places: dict[str, list[int]] = defaultdict(list)

    def add(self, record: Features) -> int:
        """Add a record; return its number, from 0."""
        marks = marks_of(record)
        return self.put(marks, len(marks.runs), lambda: record)

    def put(self, marks: Marks, size: int, features: Callable[[], Features]) -> int:
        """Add a record that others are compared with; return its number.

        Args:
            marks: at least those that it has in common with a record for which others are looked up.
            size: how many word sequences it has among its marks.
            features: returns what it is recognized by.
        """
        number = len(self._records)
        self._records.append(_Record(marks, size, features))
        for mark in (*marks.names, *marks.runs):
            self._places[mark].append(number)
        return number

    def like(self, number: int) -> Iterator[tuple[int, Judgement]]:
        """Yield the earlier records that may be the same paper as a record: their numbers and judgements."""
        record = self._records[number]
        found = {other for name in record.marks.names for other in self._some(name)}
        shared = Counter(
            other
            for run in record.marks.runs
            if len(places := self._places[run]) <= _COMMON
            for other in places
        )
        found |= {
            other
            for other, count in shared.items()
            if count > _SHARED * min(record.size, self._records[other].size)
        }
        for other in sorted(other for other in found if other < number):
            judgement = judge(record.features(), self._records[other].features())
            if judgement.verdict:
                yield other, judgement

    def _some(self, name: str) -> Sequence[int]:
        """Return the numbers of the records with a name; for a very common title, the first and last of them."""
        places = self._places[name]
        return places if len(places) <= _MANY else [*places[: _MANY // 2], *places[-_MANY // 2 :]]
