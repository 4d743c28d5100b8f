"""The names of regions as they are set on a map: in lines, whose width is estimated, as no font is at hand."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from regesta.limits import MAP_NAME

if TYPE_CHECKING:
    from collections.abc import Sequence

LINE = 15  # units from line to line, for letters of 13.5 units
_LETTER, _WIDE = 7, 14  # units: a letter of a wide italic; one of Chinese, Japanese or Korean
_SHORT = 15  # letters that stay on one line


def lines(label: str) -> list[str]:
    """Return a name in lines: in two if it is long, as equal as its words allow; without its end if it is far too long."""
    name = label if len(label) <= MAP_NAME else f"{label[: MAP_NAME - 1].rstrip()}…"
    words = name.split()
    if len(name) <= _SHORT or len(words) < 2:  # noqa: PLR2004 - one word is not cut
        return [name]
    cuts = range(1, len(words))
    best = min(cuts, key=lambda cut: width([" ".join(words[:cut]), " ".join(words[cut:])]))
    return [" ".join(words[:best]), " ".join(words[best:])]


def width(parts: Sequence[str]) -> float:
    """Return about how wide the widest of some lines is, in units."""
    return max(map(_width, parts))


@lru_cache(maxsize=1_000)
def _width(text: str) -> float:
    return sum(_WIDE if east_asian_width(letter) in "WF" else _LETTER for letter in text)
