"""A line of the index that changes: papers come and go, and others get new numbers."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from regesta.search.digits import NUMBER, number_of
from regesta.search.fields import ABSTRACT
from regesta.search.inverted import named_steps, posting

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_HIGH = rb"[>-\]]*"  # all digits of a number but the last one
_LAST = rb"[\^-}]"
_EVEN, _ODD = (b"".join(b"\\x%x" % code for code in range(94 + odd, 126, 2)) for odd in (0, 1))
#: A posting: an even step, or an odd one and a frequency; except in abstracts, a length follows.
_SHORT = _HIGH + b"(?:[" + _EVEN + b"]|[" + _ODD + b"]" + _HIGH + _LAST + b")"
_IN_ABSTRACT, _ELSEWHERE = re.compile(_SHORT), re.compile(_SHORT + _HIGH + _LAST)


_MOST_PARTS = 1 << 17
#: Bytes that are read at once, until those that are looked for are found.
_AT_ONCE = 1 << 6


class Renumbering(NamedTuple):
    """How the numbers of papers change.

    Attributes:
        gone: the old numbers of papers that go, or come back with other terms.
        moved: the new number of each paper that only gets another one, by the old one.
        shifts: by how much the numbers of the papers that stay change: from each old number on, up to the next.
        low, high: no number below or above these two changes, is gone, or is that of a paper that comes.
    """

    gone: frozenset[int]
    moved: Mapping[int, int]
    shifts: Sequence[tuple[int, int]]
    low: int
    high: int

    def window(self, numbers: Sequence[int]) -> tuple[int, int]:
        """Return between which places in a list of numbers something may change."""
        return bisect_left(numbers, self.low), bisect_right(numbers, self.high)


class Holders(NamedTuple):
    """The papers near some numbers that have a term in one field.

    Attributes:
        numbers: of the papers.
        postings: as digits.
        parts: the step, the frequency, and the length as digits (empty for abstracts) of each posting.
        before: the postings of papers before these, which were not looked for.
        latest: the number of the last one before; 0 if there is none.
        times: how often the term occurs in all before.
        rest: the postings of papers after these.
    """

    numbers: list[int]
    postings: list[bytes]
    parts: list[tuple[int, int, bytes]]
    before: bytes
    latest: int
    times: int
    rest: bytes


class _Parts(dict[bytes, tuple[int, int, bytes]]):
    """The parts of each posting; a dictionary for speed. When it holds too many, all are dropped."""

    def __init__(self, *, has_length: bool) -> None:
        super().__init__()
        self._has_length = has_length

    def __missing__(self, posting: bytes) -> tuple[int, int, bytes]:
        if len(self) >= _MOST_PARTS:
            self.clear()
        first, *rest = NUMBER.findall(posting)
        step = number_of(first)
        times = number_of(rest[0]) if step % 2 else 1
        found = self[posting] = step // 2, times, rest[-1] if self._has_length else b""
        return found


_PARTS_IN_ABSTRACT, _PARTS_ELSEWHERE = _Parts(has_length=False), _Parts(has_length=True)


def holders(field: int, text: bytes, low: float = 0, high: float = inf) -> Holders:
    """Return the papers that have a term in a field, from that part of the term's line.

    Args:
        field: which it is.
        text: the postings.
        low: the lowest number that is looked for; some before may be found, too.
        high: the highest one; at least one after is found, too.

    Raises:
        ValueError: the text does not hold postings.
    """
    is_abstract = field == ABSTRACT
    pattern = _IN_ABSTRACT if is_abstract else _ELSEWHERE
    known = _PARTS_IN_ABSTRACT if is_abstract else _PARTS_ELSEWHERE
    postings, parts = list[bytes](), list[tuple[int, int, bytes]]()
    size = number = start = latest = times = 0
    while size < len(text) and number <= high:
        found = pattern.findall(text, size, size + _AT_ONCE)  # a posting that is cut off there does not match
        if not found:
            raise ValueError(text[size : size + _AT_ONCE])
        own = [*map(known.__getitem__, found)]
        number += sum(map(itemgetter(0), own))
        size += sum(map(len, found))
        if number < low:
            start, latest, times = size, number, times + sum(map(itemgetter(1), own))
        else:
            postings += found
            parts += own
    numbers = [*accumulate(map(itemgetter(0), parts), initial=latest)][1:]
    return Holders(numbers, postings, parts, text[:start], latest, times, text[size:])


def at_most_two(field: int, text: bytes) -> int:
    """Return how many papers have a term in a field, where two stand for all more.

    Args:
        field: which it is.
        text: the postings.
    """
    first = (_IN_ABSTRACT if field == ABSTRACT else _ELSEWHERE).match(text)
    return min(len(text), 1) if first is None or first.end() == len(text) else 2


def moved_postings(field: int, text: bytes, shifts: Sequence[tuple[int, int]]) -> bytes:
    """Return the postings of a term in one field, of which only numbers of papers change.

    Args:
        field: which it is.
        text: the postings as they were.
        shifts: as in `Renumbering`.
    """
    numbers, postings, parts, start, _, _, rest = holders(field, text, shifts[0][0], shifts[-1][0])
    places = [bisect_left(numbers, first) for first, _ in shifts]
    before = 0  # by how much the number of the paper before changes
    for (_, shift), place, end in zip(shifts, places, [*places[1:], len(numbers)], strict=True):
        if place < end:
            step, times, length = parts[place]
            postings[place] = posting(step + shift - before, times, length)
            before = shift
    return b"".join([start, *postings, rest])


def changed_postings(held: Holders, renumbering: Renumbering, new: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Return the postings of a term in one field, after a change.

    Args:
        held: the papers that had the term.
        renumbering: how their numbers change.
        new: of the papers that come: number, frequency, and length as digits.
    """
    numbers, postings, parts, *_ = held
    start, end = renumbering.window(numbers)
    inside = [
        (renumbering.moved.get(number, number), *parts[place][1:])
        for place, number in enumerate(numbers[start:end], start)
        if number not in renumbering.gone
    ]
    made, before = [held.before, *postings[:start]], numbers[start - 1] if start else held.latest
    following = [
        (number, *part[1:]) for number, part in zip(numbers[end : end + 1], parts[end:], strict=False)
    ]
    for number, times, length in [*sorted([*inside, *new]), *following]:
        made.append(posting(number - before, times, length))
        before = number
    return b"".join([*made, *postings[end + 1 :], held.rest])


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
    ends = [0, *accumulate(map(itemgetter(1), held.parts))]
    first = _after(text, held.times, 0)
    last = _after(text, ends[-1], first)
    places = NUMBER.findall(text, first, last)
    inside = [
        (renumbering.moved.get(number, number), b"".join(places[ends[place] : ends[place + 1]]))
        for place, number in enumerate(held.numbers[start:end], start)
        if number not in renumbering.gone
    ]
    middle = [own for _, own in sorted([*inside, *new])]
    return b"".join([text[:first], *places[: ends[start]], *middle, *places[ends[end] :], text[last:]])


def _after(text: bytes, count: int, start: int) -> int:
    """Return where so many numbers end that are written in a text from some place on."""
    while count:
        found = NUMBER.findall(text, start, start + _AT_ONCE)[:count]
        if not found:
            raise ValueError(text[start : start + _AT_ONCE])
        start += sum(map(len, found))
        count -= len(found)
    return start


def changed_steps(text: bytes, renumbering: Renumbering, new: Iterable[tuple[int, bool]]) -> bytes:
    """Return the steps between the papers of a name, after a change (`inverted.named_steps`).

    Args:
        text: the steps as they were.
        renumbering: how the numbers of papers change.
        new: the numbers of the papers that come, and whether the title has it.
    """
    size = number = start = before = 0
    kept: list[tuple[int, bool]] = []
    while size < len(text) and number <= renumbering.high:
        found = NUMBER.findall(text, size, size + _AT_ONCE)  # a number that is cut off there does not match
        if not found:
            raise ValueError(text[size : size + _AT_ONCE])
        own = [*map(number_of, found)]
        numbers = [*accumulate((step >> 1 for step in own), initial=number)][1:]
        number, size = numbers[-1], size + sum(map(len, found))
        if number < renumbering.low:
            start, before = size, number
        else:
            kept += [(one, step % 2 > 0) for one, step in zip(numbers, own, strict=True)]
    stay = [(renumbering.moved.get(one, one), flag) for one, flag in kept if one not in renumbering.gone]
    return text[:start] + named_steps(sorted([*stay, *new]), before) + text[size:]
