"""The lattice of a map: marks and names lie on hexagonal cells, so none covers another."""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    #: Half cells from the left, rows from the top; both are even, or both odd.
    Cell = tuple[int, int]
    Point = tuple[float, float]

#: The frame of a map, in the units of its picture.
WIDTH, HEIGHT = 1000, 660
#: Distances of cells in a row, and of rows.
_PITCHES = (
    (46, 40), (40, 35), (36, 31), (32, 28), (28, 24), (26, 22), (24, 21), (22, 19), (20, 17), (18, 16), (16, 14),
    (14, 12), (12, 10), (10, 9), (8, 7),
)  # fmt: skip
_SEA = 1.5  # cells for each that is filled
_AROUND = ((-2, 0), (2, 0), (-1, -1), (1, -1), (-1, 1), (1, 1))  # the ways to the neighbours of a cell
_HOLE = math.pi * 30**2  # square units of water up to which it is filled
_SHAPES = 4  # of regions, from a circle to one four times as wide as high


class Lattice(NamedTuple):
    """Cells in rows, every other row half a cell to the right.

    Attributes:
        pitch: the distance of cells in a row, an even number.
        row: the distance of rows.
    """

    pitch: int
    row: int

    @property
    def size(self) -> int:
        """About how many cells there are."""
        return (WIDTH // self.pitch) * (HEIGHT // self.row)

    @property
    def bounds(self) -> tuple[int, int]:
        """The half cells in a row, and the rows."""
        return 2 * (WIDTH // self.pitch) - 1, HEIGHT // self.row

    @property
    def top(self) -> int:
        """The middle of the first row."""
        return (HEIGHT % self.row + self.row) // 2

    def point(self, cell: Cell) -> tuple[int, int]:
        """Return the middle of a cell."""
        return (cell[0] + 1) * self.pitch // 2, cell[1] * self.row + self.top

    def cell(self, x: float, y: float) -> Cell:
        """Return a cell close to a point."""
        wide, high = self.bounds
        row = min(max(int(y) // self.row, 0), high - 1)
        across = min(max(int(2 * x / self.pitch) - 1, 0), wide - 2)
        return across + (across + row) % 2, row

    def around(self, cell: Cell, shape: float, number: int) -> Iterator[Cell]:
        """Yield cells in the frame, from the nearest outwards.

        Args:
            cell: in the middle.
            shape: how high the region is that they fill, where its width is 1.
            number: of the cells, outside of the frame, too.
        """
        rounded = max(round(shape * _SHAPES), 1) / _SHAPES
        (x, y), (wide, high) = cell, self.bounds
        ways = _offsets(self, rounded, 1 << number.bit_length())
        yield from [(x + a, y + d) for a, d in ways if 0 <= x + a < wide and 0 <= y + d < high]

    def without_holes(self, cells: set[Cell]) -> set[Cell]:
        """Return cells with the bays and holes between them that are too small for a sea.

        Land reaches about one cell round each: what it does not reach is open. A few open cells are filled, and the
        slivers between cells whose neighbours all lie on land.
        """
        wide, high = self.bounds
        land = cells | _neighbours(cells)
        frame = {(x, y) for y in range(high) for x in range(y % 2, wide, 2)}
        for hole in _parts(frame - land):
            if len(hole) <= _HOLE / self.pitch / self.row and _neighbours(hole) <= frame:
                land |= hole
        return cells | {cell for cell in frame & land if _neighbours([cell]) <= land & frame}


def _neighbours(cells: Iterable[Cell]) -> set[Cell]:
    return {(x + across, y + down) for x, y in cells for across, down in _AROUND}


def _parts(cells: set[Cell]) -> Iterator[set[Cell]]:
    """Yield cells that hang together."""
    while cells:
        part = edge = {min(cells)}
        while edge:
            edge = _neighbours(edge) & cells - part
            part = part | edge
        cells = cells - part
        yield part


def lattices_for(marks: int, letters: float) -> list[Lattice]:
    """Return lattices on which there is room for marks, for names that take so many square units, and for sea.

    The widest comes first; the finest is among them in any case.
    """
    lattices = [Lattice(*pitch) for pitch in _PITCHES]
    return [
        own
        for own in lattices
        if own.size >= _SEA * (marks + letters / own.pitch / own.row) or own is lattices[-1]
    ]


@lru_cache(maxsize=100)
def _offsets(lattice: Lattice, shape: float, number: int) -> list[Cell]:
    """Return the way from a cell to so many around it, or some more, the nearest first."""
    high = math.sqrt(number * shape * lattice.pitch * lattice.row / math.pi)
    rows, halves = int(high / lattice.row) + 1, int(2 * high / shape / lattice.pitch) + 1

    def distance(way: Cell) -> tuple[float, Cell]:
        return (way[0] * shape * lattice.pitch / 2) ** 2 + (way[1] * lattice.row) ** 2, way

    ways = ((across, down) for down in range(-rows, rows + 1) for across in range(-halves, halves + 1))
    return sorted((way for way in ways if sum(way) % 2 == 0), key=distance)
