"""What a map has to place: its regions, one around a tag, and its marks: papers, or groups of many papers."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.map.steps import next_step, settled, step
from regesta.pages.map.votes import leads

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Tags = tuple[str, ...]
    Numbers = tuple[int, ...]

_REGIONS = 40  # names that a map has room for
_FEW = 6  # papers for which there may be one region, on average
_PAIR, _SMALL = (
    4,
    64,
)  # papers that have two tags, for a bond between these; in an archive of so many papers, one
_GROUPS, _SMALLEST = (
    12,
    1_000,
)  # marks of a region, where a mark is many papers: at least one in so many of all
_LEAST = 5  # papers of a region, in an archive that is not small
_ROOM = 1.33  # for the papers to come


class Arrival(NamedTuple):
    """A paper that has a place on the map: its id, its tags, and the day on which it was added, "" if unknown."""

    id: str
    tags: Tags
    day: str


class Region(NamedTuple):
    """A region: the land of the papers whose main tag it is.

    Attributes:
        tag: the tag.
        room: for how many marks it is drawn.
    """

    tag: str
    room: int


class Mark(NamedTuple):
    """What is placed.

    Attributes:
        name: a paper's id; of a group, its second tag, or "".
        region: the number of its region, -1 if it has none.
        others: the regions of its other tags.
        tied: the numbers of the marks before it to which it is related.
        papers: how many papers it is.
    """

    name: str
    region: int
    others: Numbers
    tied: Numbers = ()
    papers: int = 1


class Survey(NamedTuple):
    """What a map has to place.

    Attributes:
        single: whether each mark is one paper.
        regions: in the order of their tags.
        bonds: how strongly two regions belong together, by their numbers.
        marks: in the order in which they are placed.
    """

    single: bool
    regions: list[Region]
    bonds: dict[tuple[int, int], float]
    marks: list[Mark]


def survey_papers(papers: Sequence[Arrival], related: Mapping[str, Sequence[str]]) -> Survey:
    """Return what a map of single papers has to place.

    Args:
        papers: in the order of their arrival.
        related: the ids of the papers related to each, best first.
    """
    old = settled([paper.day for paper in papers])
    known = Counter(paper.tags for paper in papers[:old])
    weights = _weights(known)
    places = {paper.id: number for number, paper in enumerate(papers)}
    near = [[places[other] for other in related.get(paper.id, ()) if other in places] for paper in papers]
    own = _among(papers, weights)
    if old > _SMALL:
        weights = _without_small(weights, leads(own, near, weights, old)[:old])
        own = _among(papers, weights)
    numbers = {tag: number for number, tag in enumerate(weights)}
    marks = []
    for number, lead in enumerate(leads(own, near, weights, old)):
        others = tuple(numbers[tag] for tag in own[number] if tag != lead)
        tied = tuple(other for other in near[number] if other < number)
        marks.append(Mark(papers[number].id, numbers.get(lead, -1), others, tied))
    room = _shares(own[:old], weights)
    regions = [Region(tag, _room(room[tag])) for tag in weights]
    return Survey(True, regions, _bonds(known, numbers), marks)


def _among(papers: Iterable[Arrival], weights: Mapping[str, float]) -> list[Tags]:
    """Return the tags of each paper that have regions."""
    return [tuple(tag for tag in paper.tags if tag in weights) for paper in papers]


def _without_small(weights: Mapping[str, float], found: Sequence[str]) -> dict[str, float]:
    """Return the tags that are the main ones of enough papers: a name with few papers would say that it has no more."""
    papers = Counter(found)
    return {tag: weight for tag, weight in weights.items() if papers[tag] >= _LEAST}


def survey_groups(sets: Mapping[Tags, int]) -> Survey:
    """Return what a map of a large archive has to place: of each region, the papers that have the same second tag.

    Args:
        sets: how many papers have the same tags.
    """
    weights = _weights(sets)
    numbers = {tag: number for number, tag in enumerate(weights)}
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    for tags, papers in sets.items():
        first, second, *_ = (*sorted((tag for tag in tags if tag in weights), key=_lightest(weights)), "", "")
        groups[first][second] += papers
    marks, least = [], sum(sets.values()) // _SMALLEST
    for lead in weights:
        for second, papers in _largest(groups[lead], least):
            others = (numbers[second],) if second else ()
            marks.append(Mark(second, numbers[lead], others, papers=papers))
    room = Counter(mark.region for mark in marks)
    regions = [Region(tag, room[number]) for tag, number in numbers.items()]
    return Survey(False, regions, _bonds(sets, numbers), marks)


def _lightest(weights: Mapping[str, float]) -> Callable[[str], tuple[float, str]]:
    return lambda tag: (-weights[tag], tag)


def _largest(groups: Counter[str], least: int) -> list[tuple[str, int]]:
    """Return the largest groups of a region; the others are one, with the papers that have no second tag."""
    large = [(second, papers) for second, papers in groups.items() if second and papers >= least]
    ranked = sorted(large, key=lambda group: (-step(group[1]), group[0]))[: _GROUPS - 1]
    rest = groups.total() - sum(papers for _, papers in ranked)
    return [*([("", rest)] if rest else ()), *ranked]


def _sizes(sets: Mapping[Tags, int]) -> Counter[str]:
    """Return how many papers have each tag."""
    sizes = Counter[str]()
    for tags, papers in sets.items():
        for tag in tags:
            sizes[tag] += papers
    return sizes


def _weights(sets: Mapping[Tags, int]) -> dict[str, float]:
    """Return the tags that have regions, in order, with their weights: rare tags say more of a paper than common ones."""
    sizes = _sizes(sets)
    chosen = _largest_tags(sizes, min(max(sum(sets.values()) // _FEW, 3), _REGIONS))
    return {tag: 1 / math.sqrt(step(sizes[tag])) for tag in sorted(chosen)}


def _largest_tags(sizes: Mapping[str, int], most: int) -> list[str]:
    """Return up to so many tags: all that have a step more papers than others; some of these, if there are too few."""
    ranked = sorted((-step(size), tag) for tag, size in sizes.items() if size > 1)
    least = 2
    while sum(size >= least for size in sizes.values()) > most:
        least = next_step(least)
    large = [tag for size, tag in ranked if -size >= least]
    return large if len(large) >= most / 2 else [tag for _, tag in ranked[:most]]


def _bonds(sets: Mapping[Tags, int], numbers: Mapping[str, int]) -> dict[tuple[int, int], float]:
    """Return how strongly two regions belong together: by how many papers have both tags, in steps."""
    sizes, pairs = _sizes(sets), Counter[tuple[str, str]]()
    for tags, papers in sets.items():
        for pair in combinations(sorted(tag for tag in {*tags} if tag in numbers), 2):
            pairs[pair] += papers
    least = _PAIR if sum(sets.values()) > _SMALL else 1
    return {
        (numbers[one], numbers[other]): _bond(papers, sizes[one], sizes[other])
        for (one, other), papers in sorted(pairs.items())
        if papers >= least
    }


def _bond(both: int, one: int, other: int) -> float:
    share = math.sqrt(_power(both) ** 2 / (_power(one) * _power(other)))
    return share * math.sqrt(share)


def _power(number: int) -> int:
    """Return the largest power of two that is not above a number."""
    return 1 << number.bit_length() - 1


def _shares(papers: Iterable[Tags], weights: Mapping[str, float]) -> Mapping[str, float]:
    """Return how many papers each region would have, if each paper were shared out among its tags."""
    shares = defaultdict[str, float](float)
    for tags in papers:
        whole = sum(weights[tag] for tag in tags)
        for tag in tags:
            shares[tag] += weights[tag] / whole
    return shares


def _room(share: float) -> int:
    return step(max(round(share * _ROOM), 1))
