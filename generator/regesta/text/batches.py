"""Many things, some at a time."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_T = TypeVar("_T")


def batches(items: Iterable[_T], size: int) -> Iterator[list[_T]]:
    """Yield items in lists of so many, the last of which may be shorter; none is empty."""
    waiting = iter(items)
    while some := [*islice(waiting, size)]:
        yield some
