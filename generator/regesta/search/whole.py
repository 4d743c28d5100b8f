"""The whole index in one file, as lunr.js 2.3.9 loads it (`lunr.Index.load`), for other programs."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from regesta.search.blocks import as_json, utf16
from regesta.search.documents import numbered
from regesta.search.fields import FIELDS
from regesta.search.tokens import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.search.documents import SearchDocument

_VERSION = "2.3.9"
_K1, _B = 1.2, 0.75  # of BM25, as in lunr


def whole_index(documents: Iterable[SearchDocument]) -> bytes:
    """Return the index of some papers as JSON; the `ref` of a result is the paper's id."""
    papers = numbered(documents)
    counts = [[_counts(items) for items in paper.items] for paper in papers]
    inverted: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: {name: {} for name in FIELDS})
    for paper, fields in zip(papers, counts, strict=True):
        for name, own in zip(FIELDS, fields, strict=True):
            for term in own:
                inverted[term][name][paper.id] = {}
    order = sorted(inverted, key=utf16)
    holders = {term: sum(map(len, inverted[term].values())) for term in order}
    index = {
        "version": _VERSION,
        "fields": FIELDS,
        "fieldVectors": _vectors(papers, counts, order, holders),
        "invertedIndex": [[term, {"_index": place, **inverted[term]}] for place, term in enumerate(order)],
        "pipeline": ["stemmer"],
    }
    return as_json(index)


def _counts(items: Iterable[str]) -> Counter[str]:
    """Return how often each term occurs in a field."""
    return Counter(term for item in items for term in terms(item))


def _vectors(
    papers: Sequence[SearchDocument],
    counts: Sequence[Sequence[Counter[str]]],
    order: Sequence[str],
    holders: Mapping[str, int],
) -> list[Any]:
    """Return lunr's BM25 weights for each field of each paper.

    They are a flat list: the place of a term, its weight, the place of the next term, and so on.

    Args:
        papers: in the order of their numbers.
        counts: how often each term occurs in each field of each paper.
        order: all terms, sorted; the place of a term is its place here.
        holders: in how many fields of papers each term occurs.
    """
    places = {term: place for place, term in enumerate(order)}
    rarity = {term: _rarity(len(papers), count) for term, count in holders.items()}
    averages = [
        sum(fields[field].total() for fields in counts) / (len(papers) or 1) for field in range(len(FIELDS))
    ]
    vectors = []
    for paper, fields in zip(papers, counts, strict=True):
        for name, own, average in zip(FIELDS, fields, averages, strict=True):
            size = _K1 * (1 - _B + _B * (own.total() / average)) if own else 0
            weights = sorted(
                (places[term], _rounded(rarity[term] * ((_K1 + 1) * times) / (size + times)))
                for term, times in own.items()
            )
            vectors.append([f"{name}/{paper.id}", [number for pair in weights for number in pair]])
    return vectors


def _rarity(papers: int, holders: int) -> float:
    """Return the inverse document frequency of a term, as lunr computes it."""
    return math.log(1 + abs((papers - holders + 0.5) / (holders + 0.5)))


def _rounded(weight: float) -> float:
    """Return a weight with three decimals, as JavaScript rounds."""
    return math.floor(weight * 1000 + 0.5) / 1000
