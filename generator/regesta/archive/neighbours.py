"""Which papers are most alike to a paper, by the terms that stand for each.

The more terms two papers share, the more alike they are. Among equals, a term that both use often counts
more, and a rare term more than a common one. There are only two classes of rarity, whatever the number of
papers: so a new paper changes the neighbours of few others, and only those are computed again.

One term that two papers share may be chance: it takes two to tie them, or a rare pair of words that both say often.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain, groupby, repeat
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    TermCounts = Mapping[str, int]
    Weights = Mapping[str, int]
    Bearers = Mapping[str, Iterable[int]]  # the papers that each term stands for
    Near = tuple[str, str]  # the id of a paper, and the terms that tie it to another: "tide, spring flood"

_COMMON = 256  # a term that more papers have weighs nothing, which keeps the work linear
_SHARE = 5  # nor does one that more than one in so many papers have
_PAIR = 2  # papers that a term needs to tie any
_RARE = 16  # a term that fewer papers have weighs most
_MOST = 4  # occurrences that count; more of them say nothing more
_ALONE = 72  # the product of a pair's weights that ties alone: it is rare, for common ones have 64 at most, and often said
_TERMS = 12  # terms that stand for a paper
_CANDIDATES = 40  # the most alike of the papers that share the same number of terms: others are not looked at
_NEIGHBOURS = 5
_TIES = 3  # terms shown for a neighbour
_SUM = 12  # bits that the sum of the products of 12 terms' weights takes: a weight is at most 3 * _MOST


class Weighed(NamedTuple):
    """A paper as others are compared with it: its id, the terms that stand for it, and what each weighs."""

    id: str
    terms: tuple[str, ...]
    weights: bytes

    def own(self) -> dict[str, int]:
        """Return its terms with their weights."""
        return dict(zip(self.terms, self.weights, strict=True))


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


def likeness(own: Weights, other: Weighed) -> int:
    """Return how alike a paper is to another: first by the number of shared terms, then by what they weigh."""
    return (len(own.keys() & other.terms) << _SUM) + sum(_products(own, other))


def _products(own: Weights, other: Weighed) -> Iterable[int]:
    """Return the product of the weights of each of the other's terms; 0 for those that are not shared."""
    return map(mul, map(own.get, other.terms, repeat(0)), other.weights)


def nearest(paper: int, papers: Mapping[int, Weighed], bearers: Bearers) -> tuple[list[Near], int]:
    """Return the papers most alike to a paper, by more than chance; the best first, and of equals by id.

    Args:
        paper: its number.
        papers: the paper, and those that share terms with it, by number.
        bearers: of each of its terms.

    Returns:
        them, and a `likeness`: less alike papers can come and go without changing them.
    """
    own = papers[paper].own()
    shared = Counter(chain.from_iterable([bearers[term] for term in own]))
    del shared[paper]
    found: list[Near] = []
    for group in _groups(own, shared, bearers):
        for _, paper_id, other in _ranked(own, group, papers):
            ties = _ties(own, other)
            if ties:
                found.append((paper_id, ", ".join(ties)))
                if len(found) == _NEIGHBOURS:
                    return found, likeness(own, other)
    return found, 0


def _groups(own: Weights, shared: Counter[int], bearers: Bearers) -> Iterator[Iterable[int]]:
    """Yield the papers that share the same number of terms, the most first, and those that share a pair of words."""
    several = [other for other, number in shared.items() if number > 1]
    several.sort(key=shared.__getitem__, reverse=True)
    for _, group in groupby(several, shared.__getitem__):
        yield group
    pairs = chain.from_iterable([bearers[term] for term in own if " " in term])
    yield (other for other in pairs if shared[other] == 1)


def _ranked(
    own: Weights, group: Iterable[int], papers: Mapping[int, Weighed]
) -> list[tuple[int, str, Weighed]]:
    """Return the most alike of papers that share the same number of terms."""
    get, nothing = own.get, repeat(0)
    others = [papers[number] for number in group]
    # `_products`, without a call for each
    alike = [(-sum(map(mul, map(get, it.terms, nothing), it.weights)), it.id, it) for it in others]
    return sorted(alike)[:_CANDIDATES]


def _ties(own: Weights, other: Weighed) -> list[str]:
    """Return the heaviest of the terms shared with another paper; none if they may be shared by chance.

    Words that are in a shared pair, and its initials, tell nothing more: "policy gradient, policy, PG".
    """
    shared = sorted(
        [
            (-product, term)
            for product, term in zip(_products(own, other), other.terms, strict=True)
            if product
        ]
    )
    pairs = [term for _, term in shared if " " in term]
    told = {word for pair in pairs for word in (*pair.split(), _initials(pair))}
    ties = [(product, term) for product, term in shared if term not in told]
    if len(ties) == 1 and (" " not in ties[0][1] or -ties[0][0] < _ALONE):
        return []
    return [term for _, term in ties[:_TIES]]


def _initials(pair: str) -> str:
    """Return the initials of words with hyphens: ICL for in-context learning."""
    return "".join([part[:1] for part in pair.replace("-", " ").split(" ")]).upper()
