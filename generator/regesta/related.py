"""Related papers: those that share the words and word pairs that each is about, and which ones tie them."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from functools import cache
from itertools import islice, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_WORD = re.compile(r"[^\W\d_][\w-]+|[.;:!?,()]")
#: Words that are never what a paper is about; pairs do not reach across them.
_EMPTY = frozenset(
    """a about above across after all also although among an and any approach are as at base based be because been before being
    benchmark better between beyond both but by can code could data dataset demonstrate design do does during each
    effective efficient either et al evaluate evaluation existing experiment experimental extensive few find first for framework
    from further gap general give given has have high how however if important improve instance improved improvement improving in
    into introduce is it its itself large less level make many may method metric more moreover most much need new no non
    not novel number object of often on one only open or order other our out over paper per performance potential present problem process program
    propose proposed provide quality recent recently research result same second set setting several show significant significantly
    simple specific state-of-the-art strategy study such system task technique term test than that the their them then there
    these they this those three through thus to towards train trained training two under up use used using various via
    was we well were what when where whether which while who why will with within without work would yet you your""".split()
)  # fmt: skip
_IN_TITLE = 2  # a word of the title counts as if said that often more
_SAID = 2  # how often a paper must say a word to be about it
_TERMS = 20  # words and pairs that stand for a paper
_SHARED = 3  # of them shown as the tie
_MOST_BEARERS = 400  # a commoner term ties nothing, which keeps the work linear
_SCALE = 1000  # weights are whole numbers, so that sums do not depend on the order of adding
_LEAST_ALIKE = 100  # thousandths of the cosine of two papers' terms, below which they are not called related


def related(texts: Mapping[str, tuple[str, str]], most: int = 5) -> dict[str, list[tuple[str, list[str]]]]:
    """Return for each paper its most alike others, best first, each with the words that tie the two.

    Args:
        texts: (title, abstract) as plain text, by id.
        most: how many neighbours a paper has at the most.
    """
    counts = {paper_id: _said(*text) for paper_id, text in texts.items()}
    frequency = Counter(term for terms in counts.values() for term in terms)
    common = min(max(10, len(texts) // 5), _MOST_BEARERS)
    rarity = {term: int(_SCALE * math.log(1 + len(texts) / n)) for term, n in frequency.items() if _SAID <= n <= common}
    weights = {paper_id: _weights(terms, rarity) for paper_id, terms in counts.items()}
    bearers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for paper_id in sorted(weights):
        for term, weight in weights[paper_id].items():
            bearers[term].append((paper_id, weight))
    return {paper_id: _nearest(paper_id, weights, bearers, most) for paper_id in sorted(weights)}


def _said(title: str, abstract: str) -> dict[str, int]:
    """Return the words and pairs of words that a paper says often enough to be about, with how often."""
    counts = Counter(_terms(abstract))
    for term in _terms(title):
        counts[term] += _IN_TITLE
    return {term: count for term, count in counts.items() if count >= _SAID}


def _terms(text: str) -> list[str]:
    """Return a text's telling words, and the pairs that stand side by side."""
    words = [_fold(word) for word in _WORD.findall(text)]
    pairs = [f"{before} {word}" for before, word in pairwise(words) if before and word]
    return [*filter(None, words), *pairs]


@cache
def _fold(word: str) -> str:
    """Return a word as it is compared: lower case, without a plural's s; "" for punctuation and empty words.

    Acronyms keep their capitals.
    """
    lower = word.lower()
    if not word[0].isalpha() or lower in _EMPTY:
        return ""
    if word.isupper() or (len(word) > 2 and word[:-1].isupper()):  # noqa: PLR2004 - LLM, LLMs, but not To
        return word.rstrip("s")
    singular = _singular(lower)
    return "" if singular in _EMPTY else singular


def _singular(word: str) -> str:
    """Return an English plural's singular as far as its ending tells; words such as bias, matrices, series stay."""
    if word.endswith("ies") and len(word) > len("series"):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is", "as", "ces", "ses", "ies")):
        return word[:-1]
    return word


def _weights(counts: Mapping[str, int], rarity: Mapping[str, int]) -> dict[str, int]:
    """Return the terms that tell most about a paper, with weights whose squares add up to about `_SCALE` squared."""
    worth = {term: rarity[term] * min(count, 4) for term, count in counts.items() if term in rarity}
    best = sorted(worth, key=lambda term: (-worth[term], term))[:_TERMS]
    length = math.isqrt(sum(worth[term] ** 2 for term in best)) or 1
    return {term: worth[term] * _SCALE // length for term in best}


def _nearest(
    paper_id: str, weights: Mapping[str, dict[str, int]], bearers: Mapping[str, list[tuple[str, int]]], most: int
) -> list[tuple[str, list[str]]]:
    own = weights[paper_id]
    scores: dict[str, int] = defaultdict(int)
    for term, weight in own.items():
        for other, theirs in bearers[term]:
            scores[other] += weight * theirs
    scores.pop(paper_id, None)
    alike = [other for other, score in scores.items() if score >= _LEAST_ALIKE * _SCALE]
    ranked = ((other, _ties(own, weights[other])) for other in sorted(alike, key=lambda other: (-scores[other], other)))
    return list(islice(((other, ties) for other, ties in ranked if _is_telling(ties)), most))


def _ties(ours: Mapping[str, int], theirs: Mapping[str, int]) -> list[str]:
    """Return the strongest of the shared terms, without those that a longer one says already."""
    shared = sorted(ours.keys() & theirs.keys(), key=lambda term: (-ours[term] * theirs[term], term))
    return [t for t in shared if not any(t != other and t in other.split() for other in shared)][:_SHARED]


def _is_telling(ties: list[str]) -> bool:
    """Tell whether two papers are related by more than one word said in both, which may be chance."""
    return len(ties) > 1 or any(" " in tie or not tie.islower() for tie in ties)
