"""Queries for papers: `"forest of trees" author:example year:2024..2025 -survey`; all of it must hold.

word           title or abstract hold it, in any of its forms
"two words"    they stand there together
field:word     that field holds it: title, abstract, author, org, venue, tag, collection, keyword; tags and collections by their names
year:2025      also 2024..2025, 2024.., ..2025
has:code       it has such a link; also has:abstract, has:date, has:authors, has:tags
-…             any of these, and the paper must not have it
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.dates import YEAR
from regesta.errors import fail
from regesta.tokens import term_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from regesta.paper import Paper

_PART = re.compile(r'(-?)(?:([A-Za-z]+):)?(?:"([^"]*)"|(\S*))(?=\s|$)')
_YEARS = re.compile(r"\d{4}(?:\.\.(?:\d{4})?)?|\.\.\d{4}")
_TEXTS: Mapping[str, Callable[[Paper], Sequence[str]]] = {
    "": lambda paper: (paper.title, paper.abstract),
    "title": lambda paper: (paper.title,),
    "abstract": lambda paper: (paper.abstract,),
    "author": lambda paper: [author.name for author in paper.authors],
    "org": lambda paper: (paper.organization.name, paper.organization.id) if paper.organization else (),
    "venue": lambda paper: (paper.venue,),
    "keyword": lambda paper: paper.keywords,
}
_NAMES: Mapping[str, Callable[[Paper], Sequence[str]]] = {
    "tag": lambda paper: paper.tags,
    "collection": lambda paper: paper.collections,
    "has": lambda paper: [*paper.links, *(name for name, value in _known(paper).items() if value)],
}


def _known(paper: Paper) -> dict[str, object]:
    return {"abstract": paper.abstract, "date": paper.date, "authors": paper.authors, "tags": paper.tags}


class _Part(NamedTuple):
    """One condition: whether it is turned round, the field, what it asks for."""

    is_not: bool
    field: str
    text: str

    def holds(self, paper: Paper) -> bool:
        if self.field == "year":
            return _in_years(paper.date[:YEAR], self.text) != self.is_not
        if self.field in _NAMES:
            return (self.text.lower() in _NAMES[self.field](paper)) != self.is_not
        wanted = _terms(self.text)
        return any(_stands_in(wanted, _terms(text)) for text in _TEXTS[self.field](paper)) != self.is_not


class Query:
    """What is asked for.

    Raises:
        RegestaError: it asks for nothing, or names a field that there is not.
    """

    def __init__(self, text: str) -> None:
        self._parts = [_part(*found) for found in _PART.findall(text) if any(found)]
        if not self._parts:
            raise fail("--query", "asks for nothing", "write words, or field:word")

    def finds(self, paper: Paper) -> bool:
        """Tell whether a paper is what is asked for."""
        return all(part.holds(paper) for part in self._parts)


def _part(minus: str, field: str, phrase: str, word: str) -> _Part:
    field = field.lower()
    if field and field not in (*_TEXTS, *_NAMES, "year"):
        known = ", ".join(sorted(filter(None, (*_TEXTS, *_NAMES, "year"))))
        raise fail("--query", f"names no field by `{field}:`", f"there are {known}; in quotes it is text")
    text = phrase or word
    if not text or (field in _TEXTS and not any(map(str.isalnum, text))) or (not field and text.endswith(":")):
        raise fail("--query", f"asks for nothing by {(minus + field + ':' + text).strip(':')!r}", "write words, or field:word")
    if field == "year" and (not _YEARS.fullmatch(text) or _last(text) < text[:4]):
        raise fail("--query", f"cannot read the years {text!r}", "write 2025, 2024..2025, 2024.. or ..2025")
    return _Part(bool(minus), field, text)


def _in_years(year: str, text: str) -> bool:
    return bool(year) and text.partition("..")[0] <= year <= _last(text)


def _last(text: str) -> str:
    first, dots, last = text.partition("..")
    return last or ("9999" if dots else first)


def _terms(text: str) -> list[str]:
    """Return the words of a text by their stems; a stop word stays as it is, since a phrase may hold it."""
    return [term_of(word) or word for word in words(text)]


def _stands_in(wanted: list[str], terms: list[str]) -> bool:
    if len(wanted) == 1:
        return wanted[0] in terms
    return any(terms[place : place + len(wanted)] == wanted for place in range(len(terms) - len(wanted) + 1))
