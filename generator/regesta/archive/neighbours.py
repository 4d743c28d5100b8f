"""Which papers are most alike to a paper, by the terms that stand for each.

The more terms two papers share, the more alike they are. Among equals, a term that both use often counts
more, and a rare term more than a common one. There are only two classes of rarity, whatever the number of
papers: so a new paper changes the neighbours of few others, and only those are computed again.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    TermCounts = Mapping[str, int]
    Weights = Mapping[str, int]
    # The papers that each term stands for, by its weight in them, in order.
    Bearers = Mapping[str, Mapping[int, Sequence[int]]]
    Near = tuple[int, str]  # a paper, and the terms that tie it to another: "tide, spring flood"

_COMMON = 256  # a term that more papers have weighs nothing, which keeps the work linear
_SHARE = 5  # nor does one that more than one in so many papers have
_PAIR = 2  # papers that a term needs to tie any
_RARE = 16  # a term that fewer papers have weighs most
_MOST = 4  # occurrences that count; more of them say nothing more
_TERMS = 12  # terms that stand for a paper
_CANDIDATES = 40  # the most alike of the papers that share the same number of terms: others are not looked at
_NEIGHBOURS = 5
_TIES = 3  # terms shown for a neighbour

# How alike two papers are is one number, so that a shared term is one addition: the number of shared terms,
# then the sum of the products of their weights, then a bit for each term of the first paper: is it shared?
_SUM = 12  # bits: a weight is at most 3 * _MOST
_ONE, _TWO = 1 << _SUM + _TERMS, 2 << _SUM + _TERMS


def most_bearers(papers: int) -> int:
    """Return how many of so many papers may have a term that still weighs anything."""
    return min(max(10, papers // _SHARE), _COMMON)


def rarity(bearers: int, papers: int) -> int:
    """Return the weight of a term that so many of all papers have; one of a single paper or too many weighs 0."""
    if not _PAIR <= bearers <= most_bearers(papers):
        return 0
    return 3 if bearers < _RARE else 2


def weights_of(counts: TermCounts, rarities: Weights) -> dict[str, int]:
    """Return the terms that stand for a paper with their weights, the heaviest first.

    Args:
        counts: the occurrences of its terms.
        rarities: the `rarity` of each term that weighs anything.
    """
    ranked = sorted(
        [(-rarities[term] * min(n, _MOST), term) for term, n in counts.items() if term in rarities]
    )
    return {term: -weight for weight, term in ranked[:_TERMS]}


def likeness(own: Weights, bearers: Bearers) -> dict[int, int]:
    """Return how alike other papers are to one, the paper itself included."""
    return {paper: total >> _TERMS for paper, total in _sums(own, bearers).items()}


def nearest(paper: int, own: Weights, bearers: Bearers, ids: Mapping[int, str]) -> tuple[list[Near], int]:
    """Return the papers most alike to a paper, by more than chance; the best first, and of equals by id.

    Args:
        paper: its number.
        own: the terms that stand for it, with their weights.
        bearers: of each of these terms.
        ids: of the papers, by number.

    Returns:
        them, and a `likeness`: less alike papers can come and go without changing them.
    """
    sums = _sums(own, bearers)
    sums.pop(paper, None)
    found: list[Near] = []
    for other in _most_alike(own, sums, bearers, ids):
        ties = _ties(own, other, sums[other], bearers)
        if _are_enough(ties):
            found.append((other, ", ".join(ties)))
            if len(found) == _NEIGHBOURS:
                return found, sums[other] >> _TERMS
    return found, 0


def _sums(own: Weights, bearers: Bearers) -> dict[int, int]:
    parts = [
        (others, _ONE + (weight * other_weight << _TERMS) + (1 << place))
        for place, (term, weight) in enumerate(own.items())
        for other_weight, others in bearers[term].items()
    ]
    parts.sort(key=lambda part: -len(part[0]))
    sums = dict.fromkeys(*parts[0]) if parts else {}  # the longest: faster than one by one
    for others, more in parts[1:]:
        for other in others:
            if other in sums:
                sums[other] += more
            else:
                sums[other] = more
    return sums


def _most_alike(
    own: Weights, sums: Mapping[int, int], bearers: Bearers, ids: Mapping[int, str]
) -> Iterator[int]:
    """Yield papers, the most alike first, without those that share a single term that is not specific."""
    several = sorted([(-(total >> _TERMS), other) for other, total in sums.items() if total >= _TWO])
    for _, group in groupby(_by_id(several, ids), lambda pair: pair[0] >> _SUM):
        yield from (other for _, other in islice(group, _CANDIDATES))
    by_specific = chain.from_iterable(chain(*bearers[term].values()) for term in own if _is_specific(term))
    single = sorted([(-(sums[i] >> _TERMS), i) for i in by_specific if sums.get(i, _TWO) < _TWO])
    yield from (other for _, other in islice(_by_id(single, ids), _CANDIDATES))


def _by_id(ranked: Iterable[tuple[int, int]], ids: Mapping[int, str]) -> Iterator[tuple[int, int]]:
    """Yield ranked papers, those of one rank by id."""
    for _, group in groupby(ranked, itemgetter(0)):
        equal = [*group]
        yield from sorted(equal, key=lambda pair: ids[pair[1]]) if len(equal) > 1 else equal


def _ties(own: Weights, other: int, total: int, bearers: Bearers) -> list[str]:
    """Return the heaviest of the terms shared with another paper, without words that are in a shared pair."""
    shared = [term for place, term in enumerate(own) if total >> place & 1]
    if len(shared) > 1:
        shared.sort(key=lambda term: (-own[term] * _weight_in(other, bearers[term]), term))
    in_pairs = {word for term in shared if " " in term for word in term.split()}
    return [term for term in shared if term not in in_pairs][:_TIES]


def _weight_in(paper: int, bearers: Mapping[int, Sequence[int]]) -> int:
    """Return the weight of a term in one of its bearers."""
    for weight, papers in bearers.items():
        place = bisect_left(papers, paper)
        if papers[place : place + 1] == [paper]:
            return weight
    raise LookupError(paper)


def _are_enough(ties: list[str]) -> bool:
    """Tell whether ties relate two papers; a single common word may be chance."""
    return len(ties) > 1 or any(map(_is_specific, ties))


def _is_specific(term: str) -> bool:
    """Tell whether a term alone says what a paper is about: it is a pair of words, or a name."""
    return " " in term or not term.islower()
