"""Numbers in steps: what is drawn from them stays the same until a number has grown by a third or a half."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def step(number: int) -> int:
    """Return the largest of 0, 1, 2, 3, 4, 6, 8, 12, 16, 24 … that is not above a number."""
    if number < 2:  # noqa: PLR2004 - half of 1 is no step
        return number
    power = 1 << number.bit_length() - 1
    return power + power // 2 if number >= power + power // 2 else power


def next_step(number: int) -> int:
    """Return the smallest of 1, 2, 3, 4, 6, 8 … that is above a number."""
    above = number + 1
    while step(above) == step(number):
        above += 1
    return above


def settled(days: Sequence[str]) -> int:
    """Return how many papers the land of a map is drawn from: whole days, up to the last step in their number.

    Papers that come later find their places on this land, and move no other, until the archive has grown by a step.

    Args:
        days: on which the papers were added, in order.
    """
    number = step(len(days))
    while number < len(days) and days[number] == days[number - 1]:
        number += 1
    return number
