"""Numbers as text, to base 32: each digit a character, the last one of another alphabet, which ends the number."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=1 << 14)
def digits(value: int) -> bytes:
    """Return a whole number, highest digit first: `^` is 0, `?^` is 32; a digit is from `>` (62) on, the last from `^` (94) on."""
    text = bytes([94 + value % 32])
    while value := value // 32:
        text = bytes([62 + value % 32]) + text
    return text
