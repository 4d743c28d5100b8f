"""The layout of a map: each name and each mark gets cells of its own."""

from __future__ import annotations

import math
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.map.land import Shape, middles
from regesta.pages.map.lattice import HEIGHT, WIDTH, Lattice, lattices_for
from regesta.pages.map.names import LINE, lines, width
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.pages.map.lattice import Cell, Point
    from regesta.pages.map.survey import Mark, Survey

    Box = tuple[float, float, float, float]  # left, top, right, bottom

_AIR = 1.2  # how much wider a region is than its cells
_ROUND = 1.15  # how much wider it is than a circle
_CHOICE = 10  # free cells of a region among which a mark chooses
_NEAR = 2  # how much a related mark draws, where the other tags draw with 1
_INWARDS = 0.7  # how far towards its edge the marks of a region are drawn by their other tags
_MARGIN = 4  # units between a name and a mark, or another name
_SPARE = 1.3  # cells for each mark
_EVERYWHERE = (
    16  # times as many cells around one as there are in the frame: they are the whole frame and more
)
_TRIES = 500  # cells around the middle of its region at which a name is tried


class Name(NamedTuple):
    """The name of a region as it is set: its lines, and their middle; no lines if there is no room for them."""

    lines: list[str]
    x: int
    y: int


class Spot(NamedTuple):
    """Where a mark lies."""

    name: str
    region: int
    papers: int
    x: int
    y: int


class Layout(NamedTuple):
    """A map.

    Attributes:
        single: whether each mark is one paper.
        pitch, row: the distances of its cells.
        tags: of its regions.
        names: of its regions.
        spots: the marks.
        land: of each row of neighbouring cells that marks and names fill or enclose, the first point, and how far the last
            one is.
    """

    single: bool
    pitch: int
    row: int
    tags: list[str]
    names: list[Name]
    spots: list[Spot]
    land: list[tuple[int, int, int]]


def lay_out(survey: Survey, labels: Mapping[str, str]) -> Layout:
    """Return the map of what was surveyed; `labels` are the names of its tags."""
    names = [lines(labels[region.tag]) for region in survey.regions]
    room = max(sum(region.room for region in survey.regions), len(survey.marks))
    letters = sum((width(name) + 2 * LINE) * LINE * len(name) for name in names)
    for lattice in lattices_for(room, letters):
        drawing = _Drawing(survey, names, lattice)
        if drawing.has_room:
            break
    return drawing.layout()


def radius(pitch: int) -> float:
    """Return the radius of a mark."""
    return min(round(pitch / 5, 1), 6)


class _Drawing:
    """A map that is being laid out.

    Args:
        survey: what there is to place.
        names: of its regions, in lines.
        lattice: where.
    """

    def __init__(self, survey: Survey, names: Sequence[list[str]], lattice: Lattice) -> None:
        self._survey, self._names, self._lattice = survey, names, lattice
        self._shapes = [self._shape(own.room, name) for own, name in zip(survey.regions, names, strict=True)]
        rooms = {region.tag: region.room for region in survey.regions}
        found = middles(rooms, survey.bonds, self._shapes)
        self._middles = [lattice.cell(x, y) for x, y in found]
        self._taken: set[Cell] = set()
        self._boxes: list[Box] = []
        self._named = self._set_all()

    @property
    def has_room(self) -> bool:
        """Whether the names leave enough cells to the marks."""
        return self._lattice.size - len(self._in_frame()) >= _SPARE * len(self._survey.marks)

    def layout(self) -> Layout:
        """Return the map."""
        self._land = [
            _Land(self._lattice, middle, shape, self._taken)
            for middle, shape in zip(self._middles, self._shapes, strict=True)
        ]
        spots = [*self._place()]
        tags = [region.tag for region in self._survey.regions]
        return Layout(self._survey.single, *self._lattice, tags, self._named, spots, [*self._rows()])

    def _in_frame(self) -> set[Cell]:
        """Return the cells in the frame that are taken."""
        wide, high = self._lattice.bounds
        return {(across, down) for across, down in self._taken if 0 <= across < wide and 0 <= down < high}

    def _shape(self, room: int, name: Sequence[str]) -> Shape:
        """Return the ellipse that a region with its name takes."""
        pitch, row = self._lattice
        area = room * pitch * row + (width(name) + pitch) * LINE * len(name)
        square = area / math.pi * _AIR**2
        wide = max(math.sqrt(square) * _ROUND, width(name) / 2 + 0.6 * pitch)
        return Shape(wide, max(square / wide, LINE * len(name) / 2 + pitch))

    def _set_all(self) -> list[Name]:
        """Set the names, those of large regions first, each on its region's middle or the nearest place that is free."""
        found: dict[int, Name] = {}
        order = sorted(range(len(self._names)), key=lambda n: (-self._survey.regions[n].room, n))
        for n in order:
            name = self._names[n]
            for cell in chain(self._middles[n : n + 1], self._lattice.around(self._middles[n], 1, _TRIES)):
                if self._set(name, cell):
                    self._middles[n] = cell
                    found[n] = Name(name, *self._lattice.point(cell))
                    break
        return [
            found.get(n, Name([], *self._lattice.point(self._middles[n]))) for n in range(len(self._names))
        ]

    def _set(self, name: Sequence[str], cell: Cell) -> bool:
        """Set a name in the middle of a cell; tell whether there is room."""
        x, y = self._lattice.point(cell)
        wide, high = width(name) / 2 + _MARGIN, LINE * len(name) / 2 + _MARGIN / 2
        box = x - wide, y - high, x + wide, y + high
        if (
            min(box) < 0
            or box[2] > WIDTH
            or box[3] > HEIGHT
            or any(_meet(box, other) for other in self._boxes)
        ):
            return False
        self._boxes.append(box)
        self._taken.update(self._under(name, cell))
        return True

    def _under(self, name: Sequence[str], cell: Cell) -> Iterator[Cell]:
        """Yield the cells whose marks would touch a name in the middle of a cell."""
        pitch, row = self._lattice
        beside = radius(pitch) if self._survey.single else pitch / 2  # a hexagon fills its cell
        across = int((width(name) / 2 + _MARGIN + beside) / pitch * 2)
        down = int((LINE * len(name) / 2 + radius(pitch)) / row)
        for other in range(-down, down + 1):
            for way in range(-across, across + 1):
                if (way + other) % 2 == 0:
                    yield cell[0] + way, cell[1] + other

    def _place(self) -> Iterator[Spot]:
        """Yield the marks where they lie."""
        points: list[Point] = []
        for mark in self._survey.marks:
            if mark.region >= 0:
                land = self._land[mark.region]
                cell = land.take(self._wish(mark, points))
            else:
                cell = self._on_the_shore(mark.name)
            point = self._lattice.point(cell)
            points.append(point)
            yield Spot(mark.name, mark.region, mark.papers, *point)

    def _wish(self, mark: Mark, points: Sequence[Point]) -> Point:
        """Return where in its region a mark would lie best: towards its other tags, and near those to which it is related."""
        x, y = self._towards(mark)
        weight = 1
        for other in mark.tied:
            x, y, weight = x + _NEAR * points[other][0], y + _NEAR * points[other][1], weight + _NEAR
        return x / weight, y / weight

    def _towards(self, mark: Mark) -> Point:
        """Return the place in its region towards the regions of a mark's other tags."""
        point, shape = self._lattice.point, self._shapes[mark.region]
        x, y = point(self._middles[mark.region])
        if not mark.others:
            return x, y
        ends = [point(self._middles[other]) for other in mark.others]
        across, down = (sum(end[axis] for end in ends) / len(ends) - (x, y)[axis] for axis in (0, 1))
        way = math.sqrt((across / shape.wide) ** 2 + (down / shape.high) ** 2)
        share = _INWARDS / max(way, 1)
        return x + across * share, y + down * share

    def _on_the_shore(self, name: str) -> Cell:
        """Take a cell on the frame for a mark that belongs nowhere; its name decides where."""
        way = int(digest(name, 8), 16) % (2 * (WIDTH + HEIGHT))
        x, y = (way, 0) if way < WIDTH else (0, way - WIDTH)
        if way >= WIDTH + HEIGHT:
            x, y = WIDTH - x, HEIGHT - max(y - HEIGHT, 0)
        return _Land(self._lattice, self._lattice.cell(x, y), Shape(1, 1), self._taken).take((x, y))

    def _rows(self) -> Iterator[tuple[int, int, int]]:
        """Yield the rows of neighbouring cells of land: the first one's middle, and how far the last one is."""
        cells = self._lattice.without_holes(self._in_frame())
        for across, down in sorted(cells, key=lambda cell: (cell[1], cell[0])):
            if (across - 2, down) not in cells:
                end = across
                while (end + 2, down) in cells:
                    end += 2
                yield (*self._lattice.point((across, down)), (end - across) * self._lattice.pitch // 2)


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


class _Land:
    """The cells of a region, which are taken from its middle outwards.

    Args:
        lattice: of the map.
        middle: of the region.
        shape: of the region.
        taken: the cells of the whole map that are taken.
    """

    def __init__(self, lattice: Lattice, middle: Cell, shape: Shape, taken: set[Cell]) -> None:
        self._lattice, self._middle, self._taken = lattice, middle, taken
        self._shape, self._reach, self._first = shape.high / shape.wide, 64, 0
        self._cells: list[Cell] = []

    def take(self, wish: Point) -> Cell:
        """Take the free cell nearest to a point, of the first that are free."""
        pitch, row = self._lattice
        x, y, square = 2 * wish[0] / pitch - 1, (wish[1] - self._lattice.top) / row, (2 * row / pitch) ** 2
        cell = min(self._free(), key=lambda cell: (cell[0] - x) ** 2 + square * (cell[1] - y) ** 2)
        self._taken.add(cell)
        return cell

    def _free(self) -> list[Cell]:
        """Return the first cells that are free; there are some if the lattice has any."""
        cells, taken = self._cells, self._taken
        while self._first < len(cells) and cells[self._first] in taken:
            self._first += 1
        free = [*islice((cell for cell in islice(cells, self._first, None) if cell not in taken), _CHOICE)]
        if len(free) == _CHOICE or self._reach > _EVERYWHERE * self._lattice.size:
            return free
        self._reach *= 2
        self._cells = [*self._lattice.around(self._middle, self._shape, self._reach)]
        return self._free()
