"""Which papers stand in which layer of the index: most in the base, the latest in a small one, so that new papers rewrite few files.

It follows from the days on which papers were added alone: a build from nothing and one that goes on from the last agree.
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
    """Return the papers of each layer by its name, in no order; there may be no recent one.

    The base grows in steps of a sixteenth to a thirty-second of the archive, and by whole days.
    """
    by_day = sorted(papers, key=lambda paper: paper.added)
    step = 1 << max(len(papers).bit_length() - 5, 0)
    goal = len(papers) - len(papers) % step if len(papers) >= _SMALL else len(papers)
    ends = accumulate(len([*day]) for _, day in groupby(by_day, key=lambda paper: paper.added))
    border = next((end for end in ends if end >= goal), 0)
    found = {BASE: by_day[:border], RECENT: by_day[border:]}
    return {name: there for name, there in found.items() if there or name == BASE}


def between(base: Sequence[tuple[str, str]], recent: Sequence[tuple[str, str]] = ()) -> str:
    """Return how to interleave the two layers: the number of base papers before each recent one, as digits.

    Each number counts from the recent paper before.

    Args:
        base: date and id of its papers, in the order of their numbers.
        recent: the same.
    """
    merged = numbered_keys([*base, *recent])
    is_recent, found, count = set(recent), b"", 0
    for key in merged:
        if key in is_recent:
            found, count = found + digits(count), 0
        else:
            count += 1
    return found.decode()
