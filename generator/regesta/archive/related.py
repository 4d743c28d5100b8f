"""Related papers: those that share the words and word pairs that each is about, and which ones tie them.

The more terms two papers share, the more alike they are; among equals, what both say often counts, and a rare word more than a
common one. There are only two classes of rarity, whatever the number of papers: so a new paper changes the neighbours of few
others, and what changed can be worked out alone.
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

    Terms = Mapping[str, int]
    Bearers = Mapping[str, Sequence[str]]
    Shared = Mapping[str, int]
    Likeness = tuple[int, int]

_WORD = re.compile(r"[^\W\d_][\w-]+|[.;:!?,()]")
_IN_TITLE = 2  # a word of the title counts as if said that often more
_SAID = 2  # how often a paper must say a word to be about it
_OFTEN = 4  # a word said more often than that tells no more
_TERMS = 12  # words and pairs that stand for a paper
_RARE, _COMMON = (
    16,
    256,
)  # below so many bearers a term ties most; above so many none, which keeps the work linear
_LOOKED_AT = 40  # of the papers that share as many terms with one, the most alike, among which its neighbours are sought
_NEIGHBOURS = 5
_SHARED = 3  # terms shown as a tie
_MOST_WORDS = 1 << 16  # that are remembered, whatever the number of papers
_MANY = 8  # if one paper of so many changed, all neighbours are sought anew


class Neighbours(NamedTuple):
    """The papers most alike to one.

    Attributes:
        papers: their ids, best first, each with the words that tie the two ("tide, spring flood").
        least: a paper less alike than that makes no difference to them, whether it is there or not.
    """

    papers: Sequence[tuple[str, str]]
    least: Likeness


class Memory(NamedTuple):
    """What a call of `related` leaves for the next: what stood for each paper, by id, and its neighbours. Plain data."""

    weights: Mapping[str, Terms]
    neighbours: Mapping[str, Neighbours]


def recall(note: Any) -> Memory | None:
    """Return a memory that was noted as JSON, None if there is none."""
    if not note:
        return None
    weights, neighbours = note
    return Memory(
        weights,
        {paper_id: Neighbours(papers, tuple(least)) for paper_id, (papers, least) in neighbours.items()},
    )


def said(title: str, abstract: str) -> dict[str, int]:
    """Return the words and pairs of words that a paper says often enough to be about, with how often.

    This depends on the paper's own text alone, so that it can be kept as long as the text stays.

    Args:
        title: as plain text; a word of it counts as if said twice more.
        abstract: as plain text.
    """
    counts = Counter(_terms(abstract))
    for term in _terms(title):
        counts[term] += _IN_TITLE
    return {term: count for term, count in counts.items() if count >= _SAID}


def related(said: Mapping[str, Terms], before: Memory | None = None) -> Memory:
    """Return for each paper its most alike others.

    Args:
        said: what each paper is about, by id.
        before: what an earlier call returned, for these or other papers: only what changed since is worked out anew,
            with the same result as without it.
    """
    known = before or Memory({}, {})
    worths = _worths(said)
    weights = {paper_id: _weights(said[paper_id], worths) for paper_id in sorted(said)}
    bearers: dict[str, list[str]] = defaultdict(list)
    for paper_id, terms in weights.items():
        for term in terms:
            bearers[term].append(paper_id)
    changed = {i for i in weights.keys() | known.weights.keys() if weights.get(i) != known.weights.get(i)}
    stale = (
        _stale(changed, weights, bearers, known) if len(changed) * _MANY < len(weights) else weights.keys()
    )
    neighbours = {i: _nearest(i, weights, bearers) if i in stale else known.neighbours[i] for i in weights}
    return Memory(weights, neighbours)


def _worths(said: Mapping[str, Terms]) -> dict[str, int]:
    """Return how much each term ties two papers; one that nobody else or too many say is left out."""
    bearers = Counter(chain.from_iterable(said.values()))
    common = min(max(10, len(said) // 5), _COMMON)
    return {term: 3 if count < _RARE else 2 for term, count in bearers.items() if 2 <= count <= common}  # noqa: PLR2004 - two make a tie


def _weights(terms: Terms, worths: Terms) -> dict[str, int]:
    """Return the terms that stand for a paper, the telling ones first."""
    ranked = sorted(
        (-worths[term] * min(count, _OFTEN), term) for term, count in terms.items() if term in worths
    )
    return {term: -weight for weight, term in ranked[:_TERMS]}


def _terms(text: str) -> list[str]:
    """Return a text's telling words, and the pairs that stand side by side."""
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
    changed: Collection[str], weights: Mapping[str, Terms], bearers: Bearers, known: Memory
) -> set[str]:
    """Return the papers whose neighbours may be others now: to which a changed one was, or is, alike enough to matter."""
    stale = set(changed)
    for states in (known.weights, weights):
        for other in changed:
            theirs = states.get(other, {})
            for paper_id in {bearer for term in theirs for bearer in bearers.get(term, ())} - stale:
                if _likeness(weights[paper_id], theirs) >= known.neighbours[paper_id].least:
                    stale.add(paper_id)
    return stale


def _likeness(ours: Terms, theirs: Terms) -> Likeness:
    """Return how many terms two papers share, and how much those weigh in both."""
    shared = ours.keys() & theirs.keys()
    return len(shared), sum(ours[term] * theirs[term] for term in shared)


def _nearest(paper_id: str, weights: Mapping[str, Terms], bearers: Bearers) -> Neighbours:
    """Return the neighbours of a paper: of those most alike to it, the first whose ties tell something."""
    own = weights[paper_id]
    shared = Counter(chain.from_iterable(map(bearers.__getitem__, own)))
    shared.pop(paper_id, None)
    found: list[tuple[str, str]] = []
    for likeness, other in _most_alike(own, shared, weights, bearers):
        ties = _ties(own, weights[other])
        if _is_telling(ties):
            found.append((other, ", ".join(ties)))
            if len(found) == _NEIGHBOURS:
                return Neighbours(found, likeness)
    return Neighbours(found, (0, 0))


def _most_alike(
    own: Terms, shared: Shared, weights: Mapping[str, Terms], bearers: Bearers
) -> Iterator[tuple[Likeness, str]]:
    """Yield papers, the most alike first; `shared` tells how many terms each shares, so that most need not be weighed.

    Those that share one term only, which tells nothing alone, are left out.
    """
    several = {other: number for other, number in shared.items() if number > 1}
    for number in sorted(set(several.values()), reverse=True):
        yield from _heaviest(own, (other for other in several if several[other] == number), weights)
    telling = chain.from_iterable(bearers[term] for term in own if _tells(term))
    yield from _heaviest(own, (other for other in telling if shared.get(other) == 1), weights)


def _heaviest(own: Terms, others: Iterable[str], weights: Mapping[str, Terms]) -> list[tuple[Likeness, str]]:
    """Return the most alike of some papers that share the same number of terms."""
    return nsmallest(
        _LOOKED_AT,
        ((_likeness(own, weights[other]), other) for other in others),
        key=lambda found: (-found[0][1], found[1]),
    )


def _ties(ours: Terms, theirs: Terms) -> list[str]:
    """Return the strongest of the shared terms, without words that a shared pair says already."""
    shared = sorted(ours.keys() & theirs.keys(), key=lambda term: (-ours[term] * theirs[term], term))
    said_in_pairs = {word for term in shared if " " in term for word in term.split()}
    return [term for term in shared if term not in said_in_pairs][:_SHARED]


def _is_telling(ties: list[str]) -> bool:
    """Tell whether two papers are related by more than one word said in both, which may be chance."""
    return len(ties) > 1 or any(map(_tells, ties))


def _tells(term: str) -> bool:
    """Tell whether a term alone says what a paper is about: a pair of words, or a name."""
    return " " in term or not term.islower()
