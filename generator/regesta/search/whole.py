"""The same index in one file, as lunr.js 2.3.9 loads it (`lunr.Index.load`): for other programs, and for small archives."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from regesta.search.blocks import as_json, utf16
from regesta.search.documents import FIELDS, numbered
from regesta.search.tokens import terms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from regesta.search.documents import SearchDocument

_VERSION = "2.3.9"
_K1, _B = 1.2, 0.75


def whole_index(documents: Iterable[SearchDocument]) -> bytes:
    """Return the index of some papers as JSON; a result's `ref` is the paper's id."""
    papers = numbered(documents)
    counts = [
        [Counter(term for item in items for term in terms(item)) for items in paper.items] for paper in papers
    ]
    inverted: dict[str, dict[str, dict[str, Any]]] = defaultdict(lambda: {name: {} for name in FIELDS})
    for paper, fields in zip(papers, counts, strict=True):
        for name, found in zip(FIELDS, fields, strict=True):
            for term in found:
                inverted[term][name][paper.id] = {}
    order = sorted(inverted, key=utf16)
    return as_json(
        {
            "version": _VERSION,
            "fields": FIELDS,
            "fieldVectors": _vectors(
                papers, counts, order, {term: sum(map(len, inverted[term].values())) for term in order}
            ),
            "invertedIndex": [
                [term, {"_index": place, **inverted[term]}] for place, term in enumerate(order)
            ],
            "pipeline": ["stemmer"],
        }
    )


def _vectors(
    papers: Sequence[SearchDocument],
    counts: Sequence[Sequence[Counter[str]]],
    order: Sequence[str],
    holders: Mapping[str, int],
) -> list[Any]:
    """Return BM25 weights as lunr has them, for each field of each paper: place of a term, its weight, place of the next, and so on."""
    places = {term: place for place, term in enumerate(order)}
    rarity = {
        term: math.log(1 + abs((len(papers) - count + 0.5) / (count + 0.5)))
        for term, count in holders.items()
    }
    averages = [
        sum(fields[field].total() for fields in counts) / (len(papers) or 1) for field in range(len(FIELDS))
    ]
    vectors = []
    for paper, fields in zip(papers, counts, strict=True):
        for name, found, average in zip(FIELDS, fields, averages, strict=True):
            size = _K1 * (1 - _B + _B * (found.total() / average)) if found else 0
            weights = sorted(
                (places[term], _rounded(rarity[term] * ((_K1 + 1) * times) / (size + times)))
                for term, times in found.items()
            )
            vectors.append([f"{name}/{paper.id}", [number for pair in weights for number in pair]])
    return vectors


def _rounded(weight: float) -> float:
    """Return a weight with three decimals, as JavaScript rounds."""
    return math.floor(weight * 1000 + 0.5) / 1000
