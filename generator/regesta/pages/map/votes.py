"""Which of its tags is a paper's main one, in whose region it lies: its related papers have a say."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    Score = dict[str, float]
    Tags = Sequence[str]

_ROUNDS = 2  # in which papers look at the main tags of those related to them
_SAME = 0.3  # how much a related paper's main tag adds


def leads(
    own: Sequence[Tags], near: Sequence[Sequence[int]], weights: Mapping[str, float], old: int
) -> list[str]:
    """Return the main tag of each paper; "" if nothing says one.

    Args:
        own: the tags of each paper that have regions.
        near: the numbers of the papers related to each.
        weights: of the tags.
        old: how many papers look at one another; a later paper looks at those before it, and changes nothing for them.
    """
    ties = _both_ways(near, old)
    scores = [_score(tags, (own[other] for other in ties[n]), weights) for n, tags in enumerate(own)]
    found = [_best(score) for score in scores[:old]]
    for _ in range(_ROUNDS):
        found = [_best(_with(scores[n], (found[other] for other in ties[n]))) for n in range(old)]
    for n in range(old, len(own)):
        found.append(_best(_with(scores[n], (found[other] for other in ties[n]))))
    return found


def _both_ways(near: Sequence[Sequence[int]], old: int) -> list[list[int]]:
    """Return the papers at which each looks."""
    ties = [[other for other in others if other < max(n, old)] for n, others in enumerate(near)]
    for n, others in enumerate(near[:old]):
        for other in others:
            if other < old:
                ties[other].append(n)
    return ties


def _score(own: Tags, near: Iterable[Tags], weights: Mapping[str, float]) -> Score:
    """Return how well each tag suits a paper: its own, and more if related papers have them; theirs, if it has none."""
    score = {tag: weights[tag] for tag in own}
    for tag in (tag for tags in near for tag in tags):
        if tag in own or not own:
            score[tag] = score.get(tag, 0) + weights[tag] / 2
    return score


def _with(score: Score, near: Iterable[str]) -> Score:
    """Return a score to which the main tags of related papers are added."""
    score = score.copy()
    for tag in near:
        if tag in score:
            score[tag] += _SAME
    return score


def _best(score: Score) -> str:
    return min(score, key=lambda tag: (-score[tag], tag), default="")
