"""The layers of the index: most papers are in the base, the latest in a small layer that is cheap to rewrite.

Only the days on which papers were added decide the layer, so an incremental build and a full one agree.
"""

from __future__ import annotations

from itertools import accumulate, groupby
from typing import TYPE_CHECKING

from regesta.search.digits import digits
from regesta.search.documents import numbered_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.content.paper import Paper

BASE, RECENT = "base", "recent"

_SMALL = 2048  # papers; an archive below that is one layer


def layers(papers: Sequence[Paper]) -> dict[str, list[Paper]]:
    """Return the papers of each layer by its name, in no particular order; there may be no recent layer.

    The base grows in steps of a sixteenth to a thirty-second of the archive, and by whole days.
    """
    by_day = sorted(papers, key=lambda paper: paper.added)
    step = 1 << max(len(papers).bit_length() - 5, 0)
    goal = len(papers) - len(papers) % step if len(papers) >= _SMALL else len(papers)
    ends = accumulate(len([*day]) for _, day in groupby(by_day, key=lambda paper: paper.added))
    border = next((end for end in ends if end >= goal), 0)
    recent = {RECENT: by_day[border:]} if border < len(by_day) else {}
    return {BASE: by_day[:border]} | recent


def interleaving(base: Sequence[tuple[str, str]], recent: Sequence[tuple[str, str]] = ()) -> str:
    """Return how to interleave two layers, as digits.

    For each recent paper, it is the number of base papers between it and the recent paper before it.

    Args:
        base: the date and the id of each of its papers.
        recent: the same.
    """
    merged = numbered_keys([*base, *recent])
    recent_keys, counts, count = set(recent), b"", 0
    for key in merged:
        if key in recent_keys:
            counts, count = counts + digits(count), 0
        else:
            count += 1
    return counts.decode()
