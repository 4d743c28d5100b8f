"""A theme's style sheets: joined into one, without comments and without white space that means nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_AS_IT_IS = rb'"(?:[^"\\\n]|\\.)*"|' + rb"'(?:[^'\\\n]|\\.)*'|" + rb"url\([^)]*\)"
_COMMENT = re.compile(rb"(%s)|/\*.*?\*/" % _AS_IT_IS, re.DOTALL)
_SPACE = re.compile(rb"(%s)|\s*([{};,])\s*|\s+" % _AS_IT_IS)


def joined(sheets: Iterable[bytes]) -> bytes:
    """Return style sheets as one; texts in quotes and addresses stay as they are."""
    css = _COMMENT.sub(lambda found: found[1] or b" ", b"\n".join(sheets))
    return _SPACE.sub(lambda found: found[1] or found[2] or b" ", css).strip() + b"\n"
