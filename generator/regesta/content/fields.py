"""The keys of a paper file, and a reader for the value of each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.content import schema
from regesta.content.paper import KINDS, STATUSES, Author, Organization, Origin, full_name
from regesta.content.schema import at_most, filled, line, list_of, mapping, only, unfit
from regesta.text.names import without_others

if TYPE_CHECKING:
    from regesta.content.schema import Readers

_DIGITS = 9  # of a count, at most
#: How many authors a paper may have; each gets a page.
MOST_AUTHORS = 10_000

_AUTHOR = mapping(dict.fromkeys(("name", "given", "family", "orcid", "id"), line), short="name")
_ORGANIZATION = mapping({"name": filled(line), "id": line}, "name", short="name")


def _author(value: Any) -> Author:
    if isinstance(value, str) and (bare := line(value)):  # the usual form
        return Author(bare)
    person = _AUTHOR(value)
    shown = person.get("name") or full_name(person.get("given", ""), person.get("family", ""))
    if not shown:
        raise unfit("an author is a name, or has the keys name, given, family, orcid, id")
    return Author(**person | {"name": shown})


def _organization(value: Any) -> Organization | None:
    return Organization(**_ORGANIZATION(value)) if value else None


_DIGITS_ONLY = only(
    line,
    lambda text: not text or (text.isascii() and text.isdigit() and len(text) <= _DIGITS),
    "{!r} is not a count: write a whole number",
)


def _count(value: Any) -> int | None:
    digits = _DIGITS_ONLY(value)
    return int(digits) if digits else None


_ORIGIN = mapping({"file": line, "line": _count}, "file", others=True)


def _origin(value: Any) -> Origin:
    place = _ORIGIN(value)
    return Origin(place["file"], place.get("line") or 0)


_LISTED = at_most(MOST_AUTHORS, list_of(_author, "write a list of names"))


def authors(value: Any) -> tuple[Author, ...]:
    """Return the authors of a list of names; `et al.` at its end is nobody, and no part of the last name."""
    people = _LISTED(value)
    if not people or (name := without_others(people[-1].name)) == people[-1].name:
        return people
    last = people[-1]._replace(name=name, family=without_others(people[-1].family))
    return (*people[:-1], last) if name else people[:-1]


_LINKS = "write an address for each kind, as {code: https://…}"
links = at_most(schema.MOST, schema.by_name(schema.address, schema.is_name, _LINKS))

_NO_STATUS = f"{{!r}} is not a status: write {' or '.join(STATUSES)}"
_BY_KIND: Readers = {
    "text": line,
    "paragraphs": schema.text,
    "texts": schema.words,
    "date": schema.date,
    "count": _count,
    "flag": schema.flag,
    "links": links,
    "authors": authors,
    "organization": _organization,
    "origins": list_of(_origin, "write a list of {file: …, line: …}"),
}
_BY_KEY: Readers = {
    "id": schema.name,
    "title": filled(line),
    "status": only(line, ("", *STATUSES).__contains__, _NO_STATUS),
    "featured": schema.day,
    "added": schema.day,
    "updated": schema.day,
    "language": schema.language,
    "tags": schema.names,
    "collections": schema.names,
    "aliases": schema.names,
}
#: Reads the known keys of a paper.
PAPER = mapping({key: _BY_KEY.get(key, _BY_KIND[kind]) for key, kind in KINDS.items()}, "title", others=True)
