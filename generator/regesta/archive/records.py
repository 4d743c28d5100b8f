"""A paper as a row of the memory: all its fields but the abstract as JSON, without those that are empty."""

from __future__ import annotations

import json
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from regesta.content.paper import FIELDS, KINDS, Author, Organization, Origin, Paper

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_NAMES = [name for name in (*FIELDS, "extra") if name != "abstract"]
_VALUES = attrgetter(*_NAMES)
_EMPTY = _VALUES(Paper(""))
_MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "authors": lambda people: tuple([Author(*person) for person in people]),
    "organization": lambda organization: Organization(*organization),
    "origin": lambda places: tuple([Origin(*place) for place in places]),
} | {name: tuple for name, kind in KINDS.items() if kind == "texts"}
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def pack(paper: Paper) -> str:
    """Return a paper's fields as JSON, without the abstract."""
    known = zip(_NAMES, _VALUES(paper), _EMPTY, strict=True)
    return _encode({name: _plain(value) for name, value, empty in known if value != empty})


def unpack(record: str, abstract: str, changes: str = "") -> Paper:
    """Return the paper of a record; `changes` are fields in place of some of it, as JSON."""
    values = json.loads(record)
    if changes:
        values |= json.loads(changes)
    for name in values.keys() & _MAKERS.keys():
        values[name] = _MAKERS[name](values[name])
    return Paper(**values, abstract=abstract)


def differences(before: Paper, after: Paper) -> str:
    """Return the fields in which two papers differ, as JSON for `unpack`; "" if there are none."""
    pairs = zip(_NAMES, _VALUES(before), _VALUES(after), strict=True)
    changes = {name: _plain(value) for name, old, value in pairs if value is not old and value != old}
    return _encode(changes) if changes else ""


def _plain(value: Any) -> Any:
    return [*map(_plain, value)] if isinstance(value, tuple) else value
