"""Type the text of front matter by its key: each reader turns YAML's text into a `Paper` field or refuses."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from regesta.content.paper import ID_PATTERN, KINDS, STATUSES, Author, Organization, Origin, full_name
from regesta.text.dates import DAY, is_date
from regesta.text.links import is_address
from regesta.text.strings import LONGEST_LINE, LONGEST_TEXT, clean, one_line, shows

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sized

_REMEMBERED = 4096  # texts that were looked at already: tags, days and names of files recur
_DIGITS = 9  # of the largest count
#: How many entries a list may have: each tag, collection, alias and author gets a page.
MOST, MOST_AUTHORS = 1000, 10_000
_NO_NAME = "each name is 1 to 80 of a-z, 0-9, dot, dash and underscore, and none of those that Windows keeps for itself"


class FieldError(ValueError):
    """A value does not fit its key; the message says what would."""


def read_field(key: str, value: Any) -> Any:
    """Return the typed value of a known front matter key.

    Args:
        key: one of `paper.KINDS`.
        value: what YAML gave, every scalar as text.

    Raises:
        FieldError: the value does not fit.
    """
    return _READERS[key](value)


@lru_cache(maxsize=_REMEMBERED)
def is_name(text: str) -> bool:
    """Tell whether a tag, a collection or a page can be called so: its name becomes part of an address."""
    return bool(ID_PATTERN.fullmatch(text))


def read_line(value: Any) -> str:
    """Return a text on one line; one that shows nothing is none.

    Raises:
        FieldError: it is no text, or too long.
    """
    if not isinstance(value, str):
        raise FieldError("write text here, not a list")
    return _line(value)


@lru_cache(maxsize=_REMEMBERED)
def _line(text: str) -> str:
    line = one_line(text)
    if len(line) > LONGEST_LINE:
        raise FieldError(f"write at most {LONGEST_LINE} characters")
    return line if (line[:1].isascii() and line[:1].isalnum()) or shows(line) else ""


def _id(value: Any) -> str:
    text = read_line(value)
    if not ID_PATTERN.fullmatch(text):
        raise FieldError(_NO_NAME.replace("each name", "an id"))
    return text


def _status(value: Any) -> str:
    text = read_line(value)
    if text not in ("", *STATUSES):
        raise FieldError(f"{text!r} is no status: write {' or '.join(STATUSES)}")
    return text


def _paragraphs(value: Any) -> str:
    if not isinstance(value, str):
        raise FieldError("write text here, not a list")
    if len(value) > LONGEST_TEXT:
        raise FieldError(f"write at most {LONGEST_TEXT} characters")
    return clean(value).strip()


def _texts(value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) and value else value or []
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise FieldError("write a list of words, as [one, two]")
    _refuse_too_many(items, MOST)
    return tuple(dict.fromkeys(map(_line, items)))


def _refuse_too_many(items: Sized, most: int) -> None:
    if len(items) > most:
        raise FieldError(f"it holds {len(items)}: keep at most {most}")


def _names(value: Any) -> tuple[str, ...]:
    names = _texts(value)
    if not all(map(is_name, names)):
        raise FieldError(_NO_NAME)
    return names


def _date(value: Any) -> str:
    text = read_line(value)
    if text and not is_date(text):
        raise FieldError(f"{text!r} is no date: write 2025-10-31, 2025-10 or 2025")
    return text


def _day(value: Any) -> str:
    text = _date(value)
    if len(text) not in (0, DAY):
        raise FieldError("write the whole day, as 2025-10-31")
    return text


def _count(value: Any) -> int | None:
    text = read_line(value)
    if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise FieldError(f"{text!r} is no count: write a whole number")
    return int(text) if text else None


def _flag(value: Any) -> bool:
    text = read_line(value).lower()
    if text not in ("true", "false", "yes", "no", ""):
        raise FieldError("write true or false")
    return text in ("true", "yes")


def _links(value: Any) -> Mapping[str, str]:
    if not value:
        return {}
    if not isinstance(value, dict) or not all(isinstance(url, str) for url in value.values()):
        raise FieldError("write an address for each kind, as {code: https://…}")
    _refuse_too_many(value, MOST)
    for kind, url in value.items():
        if not is_name(kind):
            raise FieldError(f"{kind!r} is no kind of link: use a-z, 0-9 and dashes")
        if not is_address(url):
            raise FieldError(f"{url!r} is no web address: begin it with https://")
    return dict(value)


def _person(value: Any) -> dict[str, str]:
    person = {"name": value} if isinstance(value, str) else value
    if not isinstance(person, dict) or not all(isinstance(part, str) for part in person.values()):
        raise FieldError("write a name, or {name: …, id: …}")
    return {str(key): read_line(part) for key, part in person.items()}


def _authors(value: Any) -> tuple[Author, ...]:
    items = value or []
    if not isinstance(items, list):
        raise FieldError("write a list of names")
    _refuse_too_many(items, MOST_AUTHORS)
    return tuple(map(_author, items))


def _author(value: Any) -> Author:
    if isinstance(value, str) and (name := read_line(value)):
        return Author(name)
    person = _person(value)
    name = person.get("name") or full_name(person.get("given", ""), person.get("family", ""))
    unknown = set(person) - {"name", "given", "family", "orcid", "id"}
    if not name or unknown:
        raise FieldError("an author is a name, or has the keys name, given, family, orcid, id")
    return Author(**(person | {"name": name}))


def _organization(value: Any) -> Organization | None:
    if not value:
        return None
    person = _person(value)
    if not person.get("name") or set(person) - {"name", "id"}:
        raise FieldError("an organization is a name, or has the keys name and id")
    return Organization(**person)


def _origins(value: Any) -> tuple[Origin, ...]:
    items = value or []
    if not isinstance(items, list) or not all(isinstance(item, dict) and "file" in item for item in items):
        raise FieldError("write a list of {file: …, line: …}")
    return tuple(Origin(read_line(item["file"]), _count(item.get("line", "")) or 0) for item in items)


_BY_KIND: Mapping[str, Callable[[Any], Any]] = {
    "text": read_line,
    "paragraphs": _paragraphs,
    "texts": _texts,
    "date": _date,
    "count": _count,
    "flag": _flag,
    "links": _links,
    "authors": _authors,
    "organization": _organization,
    "origins": _origins,
}
_READERS = {key: _BY_KIND[kind] for key, kind in KINDS.items()} | {
    "id": _id,
    "status": _status,
    "featured": _day,
    "added": _day,
    "updated": _day,
    "tags": _names,
    "collections": _names,
    "aliases": _names,
}
