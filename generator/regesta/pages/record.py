"""The record of a paper for scripts: what its file says, and its address; and the JSON Schema of that."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from regesta.content.paper import KINDS, Paper
from regesta.pages.site import paper_address

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regesta.pages.site import Site

#: The fields of a paper's file that a record has, as they are named there. Unknown keys stay private: no page shows them.
_NAMES = [name for name in KINDS if name not in ("id", "lock", "links")]
_VALUES = attrgetter(*_NAMES)
_EMPTY = _VALUES(Paper(""))


def _known(person: Any) -> dict[str, str | int]:
    """Return the parts of a named tuple that are known."""
    return {name: value for name, value in person._asdict().items() if value}


_SHAPES: Mapping[str, Callable[[Any], Any]] = {
    "authors": lambda people: [*map(_known, people)],
    "organization": _known,
    "origin": lambda places: [*map(_known, places)],
}
_TEXT, _COUNT = {"type": "string"}, {"type": "integer", "minimum": 0}
_TEXTS = {"type": "array", "items": _TEXT}
_DATE = {"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}


def _object(required: str, **properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required.split()}


_PERSON = _object("name", name=_TEXT, given=_TEXT, family=_TEXT, orcid=_TEXT, id=_TEXT)
_TYPES: Mapping[str, Any] = {
    "text": _TEXT,
    "paragraphs": _TEXT,
    "texts": _TEXTS,
    "count": _COUNT,
    "date": _DATE,
    "authors": {"type": "array", "items": _PERSON},
    "organization": _object("name", name=_TEXT, id=_TEXT),
    "origins": {"type": "array", "items": _object("file", file=_TEXT, line=_COUNT)},
}


def record(paper: Paper, site: Site) -> dict[str, Any]:
    """Return what is known of a paper; `abstract` is Markdown, `links` are completed by its arXiv id."""
    pairs = zip(_NAMES, _VALUES(paper), _EMPTY, strict=True)
    known = {name: value for name, value, empty in pairs if value != empty}
    for name in known.keys() & _SHAPES.keys():
        known[name] = _SHAPES[name](known[name])
    links = site.links(paper)
    others = ({"links": links} if links else {}) | ({"abstract": paper.abstract} if paper.abstract else {})
    return {"id": paper.id, "url": site.config.absolute(paper_address(paper)), **known, **others}


def schema(address: str) -> dict[str, Any]:
    """Return the JSON Schema of a record; `address` is its own."""
    fields = {name: _TYPES[KINDS[name]] for name in _NAMES}
    links = {"type": "object", "additionalProperties": {"type": "string", "format": "uri"}}
    uri = {"type": "string", "format": "uri"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "title": "Paper",
        "description": "A line of papers.jsonl. What is unknown is left out. The abstract is Markdown with TeX between dollars.",
        **_object("id url title", id=_TEXT, url=uri, **fields, links=links, abstract=_TEXT),
        "additionalProperties": False,
    }
