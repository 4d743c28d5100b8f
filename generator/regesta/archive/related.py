"""Related papers: those that share terms (words and pairs of words), with the terms that they share.

The more terms two papers share, the more alike they are. Among equals, a term that both use often counts
more, and a rare term more than a common one. There are only two classes of rarity, whatever the number of
papers: so a new paper changes the neighbours of few others, and only those are computed again.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import lru_cache
from heapq import nsmallest
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.text.english import EMPTY_WORDS, singular

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    TermCounts = Mapping[str, int]
    Weights = Mapping[str, int]
    Bearers = Mapping[str, Sequence[str]]
    Likeness = tuple[int, int]

_WORD = re.compile(r"[^\W\d_][\w-]+|[.;:!?,()]")
_IN_TITLE = 2  # a term in the title counts as so many more occurrences
_LEAST = 2  # occurrences of a term that a paper is about
_MOST = 4  # occurrences that count; more of them say nothing more
_TERMS = 12  # terms that stand for a paper
_PAIR = 2  # papers that a term needs to tie any
_RARE = 16  # a term that fewer papers have weighs most
_COMMON = 256  # a term that more papers have weighs nothing, which keeps the work linear
_CANDIDATES = 40  # the most alike of the papers that share the same number of terms: others are not looked at
_NEIGHBOURS = 5
_TIES = 3  # terms shown for a neighbour
_MOST_WORDS = 1 << 16  # words whose folded form is remembered, whatever the number of papers
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


def term_counts(title: str, abstract: str) -> dict[str, int]:
    """Return the terms that a paper uses often enough to be about them, with their numbers of occurrences.

    They depend on the paper's own text alone, and can be cached as long as the text is the same.

    Args:
        title: as plain text; each of its terms counts as two more.
        abstract: as plain text.
    """
    counts = Counter(_terms(abstract))
    for term in _terms(title):
        counts[term] += _IN_TITLE
    return {term: count for term, count in counts.items() if count >= _LEAST}


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
    bearers: dict[str, list[str]] = defaultdict(list)
    for paper_id, terms in weights.items():
        for term in terms:
            bearers[term].append(paper_id)
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


def _terms(text: str) -> list[str]:
    """Return a text's words that are not stop words, and the pairs of them that stand side by side."""
    words = [_fold(word) for word in _WORD.findall(text)]
    pairs = [f"{before} {word}" for before, word in pairwise(words) if before and word]
    return [*filter(None, words), *pairs]


@lru_cache(maxsize=_MOST_WORDS)
def _fold(word: str) -> str:
    """Return a word as it is compared: lower case, without a plural's s; "" for punctuation and empty words.

    Acronyms keep their capitals.
    """
    lower = word.lower()
    if not word[0].isalpha() or lower in EMPTY_WORDS:
        return ""
    if word.isupper() or (len(word) > 2 and word[:-1].isupper()):  # noqa: PLR2004 - LLM, LLMs, but not To
        return word.rstrip("s")
    one = singular(lower)
    return "" if one in EMPTY_WORDS else one


def _stale(
    changed: Collection[str], weights: Mapping[str, Weights], bearers: Bearers, known: RelatedNote
) -> set[str]:
    """Return the papers whose neighbours may have changed: a changed paper was or is alike enough to them."""
    stale = set(changed)
    for states in (known.weights, weights):
        for other in changed:
            theirs = states.get(other, {})
            for paper_id in {bearer for term in theirs for bearer in bearers.get(term, ())} - stale:
                if _likeness(weights[paper_id], theirs) >= known.neighbours[paper_id].least:
                    stale.add(paper_id)
    return stale


def _likeness(ours: Weights, theirs: Weights) -> Likeness:
    """Return how many terms two papers share, and the sum of the products of their weights."""
    shared = ours.keys() & theirs.keys()
    return len(shared), sum(ours[term] * theirs[term] for term in shared)


def _nearest(paper_id: str, weights: Mapping[str, Weights], bearers: Bearers) -> Neighbours:
    """Return the neighbours of a paper: the papers most alike to it, by more than chance."""
    own = weights[paper_id]
    shared = Counter(chain.from_iterable(map(bearers.__getitem__, own)))
    shared.pop(paper_id, None)
    nearest: list[tuple[str, str]] = []
    for likeness, other in _most_alike(own, shared, weights, bearers):
        ties = _ties(own, weights[other])
        if _are_enough(ties):
            nearest.append((other, ", ".join(ties)))
            if len(nearest) == _NEIGHBOURS:
                return Neighbours(nearest, likeness)
    return Neighbours(nearest, (0, 0))


def _most_alike(
    own: Weights, shared: Mapping[str, int], weights: Mapping[str, Weights], bearers: Bearers
) -> Iterator[tuple[Likeness, str]]:
    """Yield papers, the most alike first, without those that share a single term that is not specific.

    `shared` holds the number of terms that each paper shares: few papers then need to be compared by weights.
    """
    several = {other: number for other, number in shared.items() if number > 1}
    for number in sorted(set(several.values()), reverse=True):
        yield from _heaviest(own, (other for other in several if several[other] == number), weights)
    by_specific = chain.from_iterable(bearers[term] for term in own if _is_specific(term))
    yield from _heaviest(own, (other for other in by_specific if shared.get(other) == 1), weights)


def _heaviest(
    own: Weights, others: Iterable[str], weights: Mapping[str, Weights]
) -> list[tuple[Likeness, str]]:
    """Return the most alike of some papers that share the same number of terms."""
    pairs = ((_likeness(own, weights[other]), other) for other in others)
    return nsmallest(_CANDIDATES, pairs, key=lambda pair: (-pair[0][1], pair[1]))


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
