"""Type the text of front matter by its key: each reader turns YAML's text into a `Paper` field or refuses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.dates import DAY, is_date
from regesta.paper import ID_PATTERN, KINDS, STATUSES, Author, Organization, Origin
from regesta.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: The longest identifier (a tag, a collection, a link's kind) that becomes part of an address.
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_DIGITS = 9  # of the largest count
_DAY_PRECISE = ("featured", "added", "updated")
_NAMES_IN_ADDRESSES = ("tags", "collections", "aliases")


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
    result = _READERS[KINDS[key]](value)
    if key == "id" and not ID_PATTERN.fullmatch(result):
        raise FieldError("an id is 1 to 80 of a-z, 0-9, dot, dash and underscore, and begins with a letter or digit")
    if key == "status" and result not in ("", *STATUSES):
        raise FieldError(f"{result!r} is no status: write {' or '.join(STATUSES)}")
    if key in _DAY_PRECISE and len(result) not in (0, DAY):
        raise FieldError("write the whole day, as 2025-10-31")
    if key in _NAMES_IN_ADDRESSES and not all(map(is_name, result)):
        raise FieldError("each name is made of a-z, 0-9, dot, dash and underscore")
    return result


def is_name(text: str) -> bool:
    """Tell whether a tag, a collection or a page can be called so: its name becomes part of an address."""
    return bool(_NAME.fullmatch(text))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise FieldError("write text here, not a list")
    return one_line(value)


def _paragraphs(value: Any) -> str:
    if not isinstance(value, str):
        raise FieldError("write text here, not a list")
    return clean(value).strip()


def _texts(value: Any) -> tuple[str, ...]:
    items = [value] if isinstance(value, str) and value else value or []
    if not isinstance(items, list) or not all(isinstance(item, str) for item in items):
        raise FieldError("write a list of words, as [one, two]")
    return tuple(dict.fromkeys(one_line(item) for item in items))


def _date(value: Any) -> str:
    text = _text(value)
    if text and not is_date(text):
        raise FieldError(f"{text!r} is no date: write 2025-10-31, 2025-10 or 2025")
    return text


def _count(value: Any) -> int | None:
    text = _text(value)
    if text and not (text.isascii() and text.isdigit() and len(text) <= _DIGITS):
        raise FieldError(f"{text!r} is no count: write a whole number")
    return int(text) if text else None


def _flag(value: Any) -> bool:
    text = _text(value).lower()
    if text not in ("true", "false", "yes", "no", ""):
        raise FieldError("write true or false")
    return text in ("true", "yes")


def _links(value: Any) -> Mapping[str, str]:
    if not value:
        return {}
    if not isinstance(value, dict) or not all(isinstance(url, str) for url in value.values()):
        raise FieldError("write an address for each kind, as {code: https://…}")
    for kind, url in value.items():
        if not _NAME.fullmatch(kind):
            raise FieldError(f"{kind!r} is no kind of link: use a-z, 0-9 and dashes")
        if not _is_address(url):
            raise FieldError(f"{url!r} is no web address: begin it with https://")
    return dict(value)


def _is_address(url: str) -> bool:
    try:
        return bool(re.fullmatch(r"https?://[^\s\"<>\\]+", url) and urlsplit(url).hostname)
    except ValueError:  # a placeholder such as https://[anonymous]
        return False


def _person(value: Any) -> dict[str, str]:
    person = {"name": value} if isinstance(value, str) else value
    if not isinstance(person, dict) or not all(isinstance(part, str) for part in person.values()):
        raise FieldError("write a name, or {name: …, id: …}")
    return {str(key): one_line(part) for key, part in person.items()}


def _authors(value: Any) -> tuple[Author, ...]:
    items = value or []
    if not isinstance(items, list):
        raise FieldError("write a list of names")
    return tuple(_author(_person(item)) for item in items)


def _author(person: dict[str, str]) -> Author:
    name = person.get("name") or f"{person.get('given', '')} {person.get('family', '')}".strip()
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
    return tuple(Origin(_text(item["file"]), _count(item.get("line", "")) or 0) for item in items)


_READERS: dict[str, Callable[[Any], Any]] = {
    "text": _text,
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
