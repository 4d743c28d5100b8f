"""A line of the index that changes: papers come and go, and others get new numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.digits import NUMBER, number_of, numbers_in, steps
from regesta.search.documents import ABSTRACT
from regesta.search.inverted import posting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HIGH = rb"[>-\]]*"  # all digits of a number but the last one
_LAST = rb"[\^-}]"
_EVEN, _ODD = (b"".join(b"\\x%x" % code for code in range(94 + odd, 126, 2)) for odd in (0, 1))
#: A posting: an even step, or an odd one and a frequency; except in abstracts, a length follows.
_SHORT = _HIGH + b"(?:[" + _EVEN + b"]|[" + _ODD + b"]" + _HIGH + _LAST + b")"
_IN_ABSTRACT, _ELSEWHERE = re.compile(_SHORT), re.compile(_SHORT + _HIGH + _LAST)


class Renumbering(NamedTuple):
    """How the numbers of papers change.

    Attributes:
        gone: the old numbers of papers that go, or come back with other terms.
        moved: the new number of each paper that only gets another one, by the old one.
        low, high: no number below or above these two changes, is gone, or is that of a paper that comes.
    """

    gone: frozenset[int]
    moved: Mapping[int, int]
    low: int
    high: int

    def window(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Return between which places in a list of numbers something may change."""
        return bisect_left(numbers, self.low), bisect_right(numbers, self.high)


class Holders(NamedTuple):
    """The papers that have a term in one field.

    Attributes:
        numbers: of the papers.
        postings: as digits.
        counts: how often each has the term.
        lengths: the number of terms in the field of each, as digits; empty for abstracts.
    """

    numbers: list[int]
    postings: list[bytes]
    counts: list[int]
    lengths: list[bytes]


def holders(field: int, text: bytes) -> Holders:
    """Return the papers that have a term in a field, from that part of the term's line."""
    is_abstract = field == ABSTRACT
    postings = (_IN_ABSTRACT if is_abstract else _ELSEWHERE).findall(text)
    parts = [_parts(one, is_abstract) for one in postings]
    numbers = [*accumulate(step for step, _, _ in parts)]
    return Holders(numbers, postings, [part[1] for part in parts], [part[2] for part in parts])


@lru_cache(maxsize=1 << 16)
def _parts(text: bytes, is_abstract: bool) -> tuple[int, int, bytes]:
    """Return the step, the frequency and the length of a posting."""
    first, *rest = NUMBER.findall(text)
    step = number_of(first)
    return step // 2, number_of(rest[0]) if step % 2 else 1, b"" if is_abstract else rest[-1]


def changed_postings(held: Holders, renumbering: Renumbering, new: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return the postings of a term in one field, after a change.

    Args:
        held: the papers that had the term.
        renumbering: how their numbers change.
        new: of the papers that come: number, frequency, and length as digits.
    """
    numbers, postings, counts, lengths = held
    start, end = renumbering.window(numbers)
    inside = [
        (renumbering.moved.get(number, number), counts[place], lengths[place])
        for place, number in enumerate(numbers[start:end], start)
        if number not in renumbering.gone
    ]
    made, before = postings[:start], numbers[start - 1] if start else 0
    following = [*zip(numbers[end : end + 1], counts[end:], lengths[end:], strict=False)]
    for number, count, length in [*sorted([*inside, *new]), *following]:
        made.append(posting(number - before, count, length))
        before = number
    return b"".join([*made, *postings[end + 1 :]])


def changed_places(
    text: bytes, held: Holders, renumbering: Renumbering, new: Iterable[tuple[int, bytes]]
) -> bytes:
    """Return the positions of a term in one field, after a change.

    Args:
        text: the positions as they were.
        held: the papers that had the term.
        renumbering: how their numbers change.
        new: of the papers that come: number, and positions as digits.
    """
    start, end = renumbering.window(held.numbers)
    places, ends = NUMBER.findall(text), [0, *accumulate(held.counts)]
    inside = [
        (renumbering.moved.get(number, number), b"".join(places[ends[place] : ends[place + 1]]))
        for place, number in enumerate(held.numbers[start:end], start)
        if number not in renumbering.gone
    ]
    middle = [own for _, own in sorted([*inside, *new])]
    return b"".join([*places[: ends[start]], *middle, *places[ends[end] :]])


def changed_steps(text: bytes, renumbering: Renumbering, new: Iterable[int]) -> bytes:
    """Return the steps between the papers of a name, after a change.

    Args:
        text: the steps as they were.
        renumbering: how the numbers of papers change.
        new: the numbers of the papers that come.
    """
    kept = [number for number in accumulate(numbers_in(text)) if number not in renumbering.gone]
    return steps(sorted([*(renumbering.moved.get(number, number) for number in kept), *new]))
