"""The layers of the index: most papers are in the base, the latest in a small layer that is cheap to rewrite.

Only the days on which papers were added decide the layer, so an incremental build and a full one agree.
"""

from __future__ import annotations

from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING

from regesta.search.digits import digits

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.content.paper import Paper

BASE, RECENT = "base", "recent"

_SMALL = 2048  # papers; an archive below that is one layer


def last_day_of_base(days: Sequence[tuple[str, int]]) -> str:
    """Return the last day whose papers are in the base; papers that were added later are recent.

    The base grows in steps of a sixteenth to a thirty-second of the archive, and by whole days.

    Args:
        days: each day on which papers were added, in order, with their number.
    """
    papers = sum(count for _, count in days)
    step = 1 << max(papers.bit_length() - 5, 0)
    goal = papers - papers % step if papers >= _SMALL else papers
    ends = accumulate(count for _, count in days)
    return next((day for (day, _), end in zip(days, ends, strict=True) if end >= goal), "")


def layers(papers: Iterable[Paper]) -> dict[str, list[Paper]]:
    """Return the papers of each layer by its name, in no particular order; there may be no recent layer."""
    papers = [*papers]
    last = last_day_of_base(sorted(Counter(paper.added for paper in papers).items()))
    base = [paper for paper in papers if paper.added <= last]
    recent = [paper for paper in papers if paper.added > last]
    return {BASE: base, RECENT: recent} if recent else {BASE: base}


def interleaving(in_order: Iterable[str]) -> str:
    """Return how to interleave two layers, as digits.

    For each recent paper, it is the number of base papers between it and the recent paper before it.

    Args:
        in_order: the layer of each paper, in the order of their numbers in an index of one layer.
    """
    counts, count = list[bytes](), 0
    for layer in in_order:
        if layer == RECENT:
            counts.append(digits(count))
            count = 0
        else:
            count += 1
    return b"".join(counts).decode()
