"""Related papers: those that share terms (words and pairs of words), with the terms that they share.

The more terms two papers share, the more alike they are. Among equals, a term that both use often counts
more, and a rare term more than a common one. There are only two classes of rarity, whatever the number of
papers: so a new paper changes the neighbours of few others, and only those are computed again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import chain, groupby, islice
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.terms import term_counts

__all__ = ["RelatedNote", "recall_related", "related", "term_counts"]

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    TermCounts = Mapping[str, int]
    Weights = Mapping[str, int]
    Bearers = Mapping[str, Mapping[int, Sequence[str]]]  # of each term, by its weight in them
    Likeness = tuple[int, int]

_MOST = 4  # occurrences that count; more of them say nothing more
_TERMS = 12  # terms that stand for a paper
_PAIR = 2  # papers that a term needs to tie any
_RARE = 16  # a term that fewer papers have weighs most
_COMMON = 256  # a term that more papers have weighs nothing, which keeps the work linear
_CANDIDATES = 40  # the most alike of the papers that share the same number of terms: others are not looked at
_NEIGHBOURS = 5
_TIES = 3  # terms shown for a neighbour
_ONE, _TWO = 1 << 16, 2 << 16  # shared terms in a sum, which also holds the products of weights, far smaller
_MANY = 8  # if more than one in so many papers changed, all neighbours are computed again


class Neighbours(NamedTuple):
    """The papers that are most alike to one paper.

    Attributes:
        papers: their ids, best first, each with the terms that tie the two ("tide, spring flood").
        least: a paper less alike than this can be added or removed without changing them.
    """

    papers: Sequence[tuple[str, str]]
    least: Likeness


class RelatedNote(NamedTuple):
    """The result of `related`, plain data that makes the next call faster.

    Attributes:
        weights: the terms that stand for each paper, by its id, with their weights.
        neighbours: the papers most alike to each paper, by its id.
    """

    weights: Mapping[str, Weights]
    neighbours: Mapping[str, Neighbours]


def recall_related(note: Any) -> RelatedNote | None:
    """Return a result of `related` that was stored as JSON, None if there is none."""
    if not note:
        return None
    weights, neighbours = note
    return RelatedNote(
        weights, {i: Neighbours(papers, tuple(least)) for i, (papers, least) in neighbours.items()}
    )


def related(counts: Mapping[str, TermCounts], before: RelatedNote | None = None) -> RelatedNote:
    """Return the most alike papers of each paper.

    Args:
        counts: the `term_counts` of each paper, by its id.
        before: the result of an earlier call, for any papers: only what changed since is computed again,
            with the same result as without it.
    """
    known = before or RelatedNote({}, {})
    rarities = _rarities(counts)
    weights = {paper_id: _weights(counts[paper_id], rarities) for paper_id in sorted(counts)}
    bearers: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for paper_id, terms in weights.items():
        for term, weight in terms.items():
            bearers[term][weight].append(paper_id)
    changed = {i for i in weights.keys() | known.weights.keys() if weights.get(i) != known.weights.get(i)}
    are_few = len(changed) * _MANY < len(weights)
    stale = _stale(changed, weights, bearers, known) if are_few else weights.keys()
    neighbours = {i: _nearest(i, weights, bearers) if i in stale else known.neighbours[i] for i in weights}
    return RelatedNote(weights, neighbours)


def _rarities(counts: Mapping[str, TermCounts]) -> dict[str, int]:
    """Return the weight of each term by its rarity; terms of one paper or of too many papers are left out."""
    bearers = Counter(chain.from_iterable(counts.values()))
    common = min(max(10, len(counts) // 5), _COMMON)
    return {term: 3 if number < _RARE else 2 for term, number in bearers.items() if _PAIR <= number <= common}


def _weights(counts: TermCounts, rarities: Weights) -> dict[str, int]:
    """Return the terms that stand for a paper with their weights, the heaviest first."""
    ranked = sorted((-rarities[term] * min(n, _MOST), term) for term, n in counts.items() if term in rarities)
    return {term: -weight for weight, term in ranked[:_TERMS]}


def _stale(
    changed: Collection[str], weights: Mapping[str, Weights], bearers: Bearers, known: RelatedNote
) -> set[str]:
    """Return the papers whose neighbours may have changed: a changed paper was or is alike enough to them."""
    stale = set(changed)
    for states in (known.weights, weights):
        for other in changed:
            sums = _sums(states.get(other, {}), bearers)
            stale |= {i for i in sums.keys() - stale if divmod(sums[i], _ONE) >= known.neighbours[i].least}
    return stale


def _sums(own: Weights, bearers: Bearers) -> dict[str, int]:
    """Return how alike other papers are: how many terms they share, and the sum of the products of weights.

    Both are one number, so that a shared term is one addition; `divmod(number, _ONE)` is the likeness.
    """
    sums: dict[str, int] = {}
    for term, weight in own.items():
        for other_weight, others in bearers.get(term, {}).items():
            more = _ONE + weight * other_weight
            for other in others:
                if other in sums:
                    sums[other] += more
                else:
                    sums[other] = more
    return sums


def _nearest(paper_id: str, weights: Mapping[str, Weights], bearers: Bearers) -> Neighbours:
    """Return the neighbours of a paper: the papers most alike to it, by more than chance."""
    own = weights[paper_id]
    sums = _sums(own, bearers)
    sums.pop(paper_id, None)
    nearest: list[tuple[str, str]] = []
    for total, other in _most_alike(own, sums, bearers):
        ties = _ties(own, weights[other])
        if _are_enough(ties):
            nearest.append((other, ", ".join(ties)))
            if len(nearest) == _NEIGHBOURS:
                return Neighbours(nearest, divmod(-total, _ONE))
    return Neighbours(nearest, (0, 0))


def _most_alike(own: Weights, sums: Mapping[str, int], bearers: Bearers) -> Iterator[tuple[int, str]]:
    """Yield (-sum, paper), the most alike first, without those that share a single term that is not specific."""
    several = sorted([(-total, other) for other, total in sums.items() if total >= _TWO])
    for _, group in groupby(several, lambda pair: pair[0] // _ONE):
        yield from islice(group, _CANDIDATES)
    by_specific = chain.from_iterable(chain(*bearers[term].values()) for term in own if _is_specific(term))
    single = sorted((-sums[other], other) for other in by_specific if sums.get(other, _TWO) < _TWO)
    yield from single[:_CANDIDATES]


def _ties(ours: Weights, theirs: Weights) -> list[str]:
    """Return the heaviest of the shared terms, without words that are in a shared pair."""
    shared = sorted(ours.keys() & theirs.keys(), key=lambda term: (-ours[term] * theirs[term], term))
    in_pairs = {word for term in shared if " " in term for word in term.split()}
    return [term for term in shared if term not in in_pairs][:_TIES]


def _are_enough(ties: list[str]) -> bool:
    """Tell whether ties relate two papers; a single common word may be chance."""
    return len(ties) > 1 or any(map(_is_specific, ties))


def _is_specific(term: str) -> bool:
    """Tell whether a term alone says what a paper is about: it is a pair of words, or a name."""
    return " " in term or not term.islower()
