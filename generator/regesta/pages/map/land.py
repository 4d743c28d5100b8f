"""Where the regions of a map lie: those that share papers lie near one another, and none on another."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.map.lattice import HEIGHT, WIDTH
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    Bonds = Mapping[tuple[int, int], float]

_OWN = 0.3  # the pull of a region's own place, where a bond pulls with at most 1
_PULLS, _PUSHES = 12, 20  # rounds
_EVEN = 0.7  # how evenly the places are spread from edge to edge
_SOFT = 0.25  # of the way that two regions are too close, each goes so much in a round


class Shape(NamedTuple):
    """Half the width and half the height of an ellipse."""

    wide: float
    high: float


def middles(rooms: Mapping[str, int], bonds: Bonds, shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """Return the middle of each region.

    Each begins at a place of its own, made of its tag alone, and is drawn to those with which it shares papers. No step
    depends on which solution is met first, so a change of one bond moves little.
    """
    starts = [(_place(tag, "x"), _place(tag, "y")) for tag in rooms]
    pulled = _pull(starts, bonds)
    sizes = [*rooms.values()]
    across, down = (_spread([place[axis] for place in pulled], sizes) for axis in (0, 1))
    places = [
        (shape.wide + (WIDTH - 2 * shape.wide) * x, shape.high + (HEIGHT - 2 * shape.high) * y)
        for shape, x, y in zip(shapes, across, down, strict=True)
    ]
    return _push(places, shapes)


def _place(tag: str, axis: str) -> float:
    return int(digest(axis + tag, 8), 16) / 16**8


def _pull(starts: Sequence[tuple[float, float]], bonds: Bonds) -> list[tuple[float, float]]:
    """Draw places to those to which they are bound."""
    bound: list[list[tuple[int, float]]] = [[] for _ in starts]
    for (one, other), strength in bonds.items():
        bound[one].append((other, strength))
        bound[other].append((one, strength))
    places = [*starts]
    for _ in range(_PULLS):
        places = [_mean(starts[n], [(places[m], s) for m, s in bound[n]]) for n in range(len(starts))]
    return places


def _mean(
    own: tuple[float, float], others: Sequence[tuple[tuple[float, float], float]]
) -> tuple[float, float]:
    """Return the weighted mean of a place and others."""
    weight = _OWN + sum(strength for _, strength in others)
    x = _OWN * own[0] + sum(place[0] * strength for place, strength in others)
    y = _OWN * own[1] + sum(place[1] * strength for place, strength in others)
    return x / weight, y / weight


def _spread(values: Sequence[float], sizes: Sequence[float]) -> list[float]:
    """Spread values from 0 to 1, more evenly than they are: each takes as much as its size."""
    low, whole, so_far = min(values), sum(sizes), 0.0
    width = (max(values) - low) or 1
    spread = [0.0] * len(values)
    for n in sorted(range(len(values)), key=lambda n: (values[n], n)):
        even = (so_far + sizes[n] / 2) / whole
        spread[n] = _EVEN * even + (1 - _EVEN) * (values[n] - low) / width
        so_far += sizes[n]
    return spread


def _push(places: Sequence[tuple[float, float]], shapes: Sequence[Shape]) -> list[tuple[float, float]]:
    """Push regions apart that lie on one another, and back into the frame."""
    moved = [[x, y] for x, y in places]
    pairs = [
        (moved[n], moved[m], shapes[n].wide + shapes[m].wide, shapes[n].high + shapes[m].high)
        for n in range(len(moved))
        for m in range(n)
    ]
    for _ in range(_PUSHES):
        for one, other, wide, high in pairs:
            x, y = one[0] - other[0], one[1] - other[1]
            if -wide < x < wide and -high < y < high:
                _part(one, other, (x, y), (x / wide) ** 2 + (y / high) ** 2)
        for place, shape in zip(moved, shapes, strict=True):
            place[0] = min(max(place[0], shape.wide), WIDTH - shape.wide)
            place[1] = min(max(place[1], shape.high), HEIGHT - shape.high)
    return [(x, y) for x, y in moved]


def _part(one: list[float], other: list[float], way: tuple[float, float], near: float) -> None:
    """Push two places apart along the way from one to the other, if it is shorter than 1, squared."""
    if 0 < near < 1:
        share = (1 / math.sqrt(near) - 1) * _SOFT
        for axis in (0, 1):
            one[axis] += way[axis] * share
            other[axis] -= way[axis] * share
