"""Names and titles by their first letter: an index of many has a page for each letter, or a heading."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from regesta.text.names import first_letter
from regesta.text.strings import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.pages.catalogue import Catalogue

_T = TypeVar("_T")


class Letter(NamedTuple):
    """A letter by which things are sorted: its name, and the name in addresses."""

    name: str
    anchor: str


def letter_of(t: Catalogue, first: str) -> Letter:
    """Return how a first letter is called; "" is Other."""
    anchor = (slug(first) or f"u{ord(first):x}") if first else "other"
    return Letter(first or t("other_letters"), anchor)


def by_letter(
    t: Catalogue, things: Iterable[_T], key: Callable[[_T], str]
) -> Iterator[tuple[Letter, list[_T]]]:
    """Yield things that are sorted, by the first letter of their keys."""
    for first, some in groupby(things, lambda thing: first_letter(key(thing))):
        yield letter_of(t, first), [*some]
