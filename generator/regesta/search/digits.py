"""Numbers as text in base 32; the last digit is from an alphabet of its own, so no separator is needed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The digits of one number.
NUMBER = re.compile(rb"[>-\]]*[\^-}]")


@lru_cache(maxsize=1 << 14)
def digits(value: int) -> bytes:
    """Return a whole number as digits, the highest first: `^` is 0, `?^` is 32.

    The last digit is a character from `^` (94) on, every other one a character from `>` (62) on.
    """
    text = bytes([94 + value % 32])
    while value := value // 32:
        text = bytes([62 + value % 32]) + text
    return text


def steps(values: Sequence[int]) -> bytes:
    """Return numbers as digits: the first one, then the steps from each to the next."""
    if len(values) == 1:
        return digits(values[0])
    return b"".join([digits(value - before) for before, value in zip((0, *values), values, strict=False)])


def numbers_in(text: bytes) -> list[int]:
    """Return the numbers that some digits hold."""
    return [number_of(digit) for digit in NUMBER.findall(text)]


@lru_cache(maxsize=1 << 14)
def number_of(text: bytes) -> int:
    """Return the number that its digits stand for; `digits` makes them."""
    value = 0
    for digit in text:
        value = value * 32 + (digit - 62) % 32
    return value
