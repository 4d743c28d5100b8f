"""Numbers as text in base 32; the last digit is from an alphabet of its own, so no separator is needed."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from operator import sub
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

#: The digits of one number.
NUMBER = re.compile(rb"[>-\]]*[\^-}]")

_MOST = 1 << 14  # numbers that are cached


class _Digits(dict[int, bytes]):
    """A cache of numbers as digits; when it holds too many, all are dropped."""

    def __missing__(self, value: int) -> bytes:
        if len(self) >= _MOST:
            self.clear()
        text, rest = bytes([94 + value % 32]), value // 32
        while rest:
            text, rest = bytes([62 + rest % 32]) + text, rest // 32
        self[value] = text
        return text


#: Returns a whole number as digits, the highest first: `^` is 0, `?^` is 32. The last digit is a character from `^` (94)
#: on, every other one a character from `>` (62) on.
digits: Callable[[int], bytes] = _Digits().__getitem__


def steps(values: Sequence[int]) -> bytes:
    """Return numbers as digits: the first one, then the steps from each to the next."""
    return b"".join(map(digits, map(sub, values, chain((0,), values))))


def numbers_in(text: bytes) -> list[int]:
    """Return the numbers that some digits hold."""
    return [number_of(digit) for digit in NUMBER.findall(text)]


@lru_cache(maxsize=_MOST)
def number_of(text: bytes) -> int:
    """Return the number that its digits stand for; `digits` makes them."""
    value = 0
    for digit in text:
        value = value * 32 + (digit - 62) % 32
    return value
