"""Columns of tables and their many names: each row becomes a paper."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta import limits
from regesta.content.paper import STATUSES, Author, Organization, Paper
from regesta.sources.common import values
from regesta.sources.common.people import from_reversed, person
from regesta.text.identifiers import links_of
from regesta.text.languages import language_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.references import page_range

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regesta.sources.common.dump import Dump

#: What a column can hold, and the names of such columns, ignoring case, spaces, dashes and underscores.
_NAMES: Mapping[str, str] = {
    "title": "title",
    "abstract": "abstract summary abstractnote",
    "authors": "authors author",
    "year": "year publicationyear",
    "published": "published date",
    "featured": "featured",
    "updated": "updated",
    "venue": "venue journal booktitle conference publicationtitle proceedingstitle conferencename",
    "volume": "volume",
    "number": "number issue",
    "pages": "pages",
    "publisher": "publisher",
    "type": "type",
    "organization": "organization",
    "keywords": "keywords tags manualtags",
    "session": "session",
    "award": "award",
    "citekey": "citekey bibkey citationkey",
    "language": "language lang langid languageoforiginaldocument",
    "license": "license",
    "status": "status",
    "comments": "comments",
    "upvotes": "upvotes",
    "arxiv": "arxiv eprint",
    "doi": "doi",
    "page": "page url site link",
    "pdf": "pdf",
    "code": "code github repo",
    "project": "project",
    "data": "data",
    "model": "model",
    "discussion": "discussion",
}
_KEYS = {name: key for key, names in _NAMES.items() for name in names.split()}
_LINKS = frozenset("arxiv doi page pdf code project data model discussion".split())


class Columns:
    """What each column holds: what the curator says, else what its name says.

    Attributes:
        unknown: the columns for which the curator names a key that no paper has.
    """

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = {_plain(column): _KEYS.get(_plain(key), "") for column, key in given.items()}
        self._taken = set(self._given.values())
        self._known: dict[str, str] = {}
        self.unknown = [column for column in given if not self._given[_plain(column)]]

    def key(self, column: str) -> str:
        """Return the key that a column holds; "" if unknown, or if the curator gave it to another column."""
        if column in self._known:
            return self._known[column]
        name = _plain(column)
        key = _KEYS.get(name, "")
        found = self._given.get(name, "" if key in self._taken else key)
        if len(self._known) < limits.FIELDS:
            self._known[column] = found
        return found


def all_keys() -> str:
    """Return the keys that a column can hold, as a list for people."""
    return ", ".join(_NAMES)


def _plain(column: str) -> str:
    return re.sub(r"[\s_-]", "", column).lower()


def paper_of(
    dump: Dump,
    line: int,
    row: Iterable[tuple[str, Any]],
    columns: Columns,
    leave_out: Callable[[Iterable[str]], None],
) -> Paper:
    """Return the paper of a row (pairs of column and value); its title is empty if the row has none.

    Columns that a paper has no place for, or whose value cannot be read, are left out.
    """
    fields: dict[str, Any] = {}
    links: dict[str, str] = {}
    unread: list[str] = []
    for column, raw in row:
        if not raw and raw != 0:
            continue
        key = columns.key(column)
        value = _read(key, raw)
        if (not value and value != 0) or key in fields:
            unread.append(column.lower())
        elif key in _LINKS:
            links = value | links
        else:
            fields[key] = value
    leave_out(unread)
    year = fields.pop("year", "")
    return Paper(**({"title": "", "published": year} | fields), links=links, origin=dump.origin(line))


def _read(key: str, raw: Any) -> Any:
    """Return a value as a paper holds it: links are addresses by kind; None if the key is unknown."""
    if key in _LINKS:
        return _links(key, values.line(raw))
    reader: Callable[[Any], Any] = _READERS.get(key, values.line)
    return reader(raw) if key else None


def _links(key: str, text: str) -> dict[str, str]:
    """Return a link by its kind; a page address with an arXiv id or a DOI becomes a link of that kind."""
    identified = links_of(text) if key in ("arxiv", "doi", "page") else {}
    return identified or ({} if key in ("arxiv", "doi") else values.links([(key, text)]))


def _text(raw: Any) -> str:
    return raw if isinstance(raw, str) else values.line(raw)


def _authors(raw: Any) -> tuple[Author, ...]:
    people = raw if isinstance(raw, list) else _people(_text(raw))
    return tuple(author for each in people if (author := _author(each)))


def _author(raw: Any) -> Author | None:
    if not isinstance(raw, dict):
        return person(name=_text(raw))
    parts = {str(key).lower(): _text(value) for key, value in raw.items()}
    given, family = parts.get("given") or parts.get("first", ""), parts.get("family") or parts.get("last", "")
    return person(given, family, name=parts.get("name", ""), orcid_id=parts.get("orcid", ""))


def _people(text: str) -> list[Any]:
    """Return the people whom a text names.

    Semicolons separate them, or ` and ` if each is written `Family, Given`, else commas and ` and `.
    """
    parts = text.split(";") if ";" in text else re.split(r"\band\b(?<=\sand)(?=\s)", text)
    if ";" in text or (len(parts) > 1 and all(part.count(",") == 1 for part in parts)):
        return [
            {"name": author.name, "given": author.given, "family": author.family}
            for part in parts
            if (author := from_reversed(part))
        ]
    return [name for part in parts for name in part.split(",")]


def _organization(raw: Any) -> Organization | None:
    name = values.line(raw.get("name") if isinstance(raw, dict) else raw)
    return Organization(name) if name else None


def _status(raw: Any) -> str:
    status = values.line(raw).lower()
    return status if status in STATUSES else ""


#: How to read the values of columns; all others are text on one line.
_READERS: Mapping[str, Callable[[Any], Any]] = {
    "title": lambda raw: title_text(_text(raw)),
    "abstract": lambda raw: abstract_markdown(_text(raw)),
    "authors": _authors,
    "year": values.date,
    "published": values.date,
    "featured": values.day,
    "updated": values.day,
    "organization": _organization,
    "keywords": values.lines,
    "language": lambda raw: language_of("; ".join(values.lines(raw))),
    "pages": lambda raw: page_range(values.line(raw)),
    "status": _status,
    "comments": values.count,
    "upvotes": values.count,
}
