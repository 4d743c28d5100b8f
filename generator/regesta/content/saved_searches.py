"""Saved searches, from the settings: each is a query with a title; the build makes a list and a feed for it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.schema import Fault, SchemaError, by_name, filled, line, mapping, text
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.content.schema import Reader

    #: Returns the mistakes in a query, as pairs of what is wrong and what to do.
    Mistakes = Callable[[str], Iterable[tuple[str, str]]]

#: The pattern of names: they are part of an address.
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


class SavedSearch(NamedTuple):
    """A query that the curator saved.

    Attributes:
        name: its name in addresses.
        title: its name for readers.
        query: in the language of the search page.
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


def saved_searches(mistakes: Mistakes) -> Reader[tuple[SavedSearch, ...]]:
    """Return a reader of the saved searches, in their order; `mistakes` returns the mistakes in a query."""

    def query(value: Any) -> str:
        asked = one_line(text(value))
        if faults := [Fault((), *mistake) for mistake in mistakes(asked)]:
            raise SchemaError(faults)
        return asked

    search = mapping({"title": filled(line), "query": query, "description": line}, "title", "query")
    remedy = "write each below its name, with `title: …` and `query: …`"
    read = by_name(search, _NAME.fullmatch, remedy)
    return lambda value: tuple(SavedSearch(name, **search) for name, search in read(value).items())
