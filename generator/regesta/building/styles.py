"""A theme's style sheets: joined into one, without comments and without white space that means nothing."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_AS_IT_IS = rb'"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)*'|" + rb"url\([^)]*\)"
_COMMENT = re.compile(rb"(%s)|/\*.*?\*/" % _AS_IT_IS, re.DOTALL)
_SPACE = re.compile(rb"(%s)|\s*([{};,])\s*|\s+" % _AS_IT_IS)


def sheets(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Return the style sheets to be published, by path.

    Those of `css/` itself become `site.css`, which every page loads; those of a folder, such as `search/`, become
    `search.css`.

    Args:
        files: the theme's style sheets by their path in `css/`.
    """
    by_folder = sorted((name.rpartition("/")[0], name) for name in files)
    found = {"site.css": b""}
    for folder, names in groupby(by_folder, lambda pair: pair[0]):
        found[f"{folder or 'site'}.css"] = joined(files[name].read_bytes() for _, name in names)
    return found


def joined(sheets: Iterable[bytes]) -> bytes:
    """Return style sheets as one; texts in quotes and addresses stay as they are."""
    css = _COMMENT.sub(lambda found: found[1] or b" ", b"\n".join(sheets))
    return _SPACE.sub(lambda found: found[1] or found[2] or b" ", css).strip() + b"\n"
