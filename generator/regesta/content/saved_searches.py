"""The curator's saved searches: queries under a title, in the settings, of which the build makes lists with feeds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.errors import hint
from regesta.text.strings import LONGEST_LINE, one_line, shows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    #: Tells what is wrong with a query, as pairs of what it is and what to do.
    Mistakes = Callable[[str], Iterable[tuple[str, str]]]

_KEYS = ("title", "query", "description")
#: As tags and collections are called, but for dots: the name stands in an address.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_EXAMPLE = "write each below its name, with `title: …` and `query: …`"


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that the curator saved.

    Attributes:
        name: its name in addresses.
        title: its name for readers.
        query: as the search page reads it.
        description: one sentence about it, or "".
    """

    name: str
    title: str
    query: str
    description: str = ""

    @property
    def address(self) -> str:
        """The address of its page."""
        return f"/searches/{self.name}/"


class Wrong(NamedTuple):
    """Something wrong with a saved search: below which keys it stands, what it is, what to do about it."""

    keys: tuple[str, ...]
    what: str
    remedy: str


def read_searches(value: Any, mistakes: Mistakes) -> tuple[tuple[SavedSearch, ...], list[Wrong]]:
    """Return the saved searches of the settings, in their order, and all that is wrong with them.

    Args:
        value: what stands below `searches`, every scalar as text.
        mistakes: tells what is wrong with a query.
    """
    if not isinstance(value, dict):
        return (), [Wrong((), "cannot be read", _EXAMPLE)] if value else []
    wrong = [found for name, search in value.items() for found in _wrong(name, search, mistakes)]
    return (() if wrong else tuple(_search(name, search) for name, search in value.items())), wrong


def _search(name: str, search: dict[str, str]) -> SavedSearch:
    title, query, description = (one_line(search.get(key, "")) for key in _KEYS)
    return SavedSearch(name, title, query, description)


def _wrong(name: str, search: Any, mistakes: Mistakes) -> Iterator[Wrong]:
    """Yield what is wrong with one search."""
    if not _NAME.fullmatch(name):
        yield Wrong((name,), "cannot be the name of a search", "use a-z, 0-9 and dashes")
    if not isinstance(search, dict):
        yield Wrong((name,), "cannot be read", _EXAMPLE)
        return
    for key in search:
        yield from _wrong_entry(name, key, search[key], mistakes)
    for key in ("title", "query"):
        if key not in search:
            yield Wrong((name,), f"has no {key}", f"add a line `{key}: …`")


def _wrong_entry(name: str, key: str, value: Any, mistakes: Mistakes) -> Iterator[Wrong]:
    """Yield what is wrong with an entry of a search."""
    if key not in _KEYS:
        yield Wrong((name, key), "cannot be read", hint(key, _KEYS))
    elif not isinstance(value, str):
        yield Wrong(
            (name, key), "cannot be read", "write text here; quotes make a text of what holds a colon"
        )
    elif key == "query":
        yield from (Wrong((name, key), *mistake) for mistake in mistakes(one_line(value)))
    elif len(value) > LONGEST_LINE or (key == "title" and not shows(one_line(value))):
        yield Wrong((name, key), "cannot be read", f"write a line of at most {LONGEST_LINE} characters")
