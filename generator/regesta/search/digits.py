"""Numbers as text in base 32; the last digit is from an alphabet of its own, so no separator is needed."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def digits(value: int) -> bytes:
    """Return a whole number as digits, the highest first: `^` is 0, `?^` is 32.

    The last digit is a character from `^` (94) on, every other one a character from `>` (62) on.
    """
    text = bytes([94 + value % 32])
    while value := value // 32:
        text = bytes([62 + value % 32]) + text
    return text
