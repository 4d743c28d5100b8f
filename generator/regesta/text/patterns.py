"""Regular expressions that are compiled when they are first used: all together take long, and a command needs few."""

from __future__ import annotations

import re
from typing import Any, cast


class _Pattern:
    def __init__(self, expression: str, flags: int) -> None:
        self._given = expression, flags

    def __getattr__(self, name: str) -> Any:
        """Compile the expression, and keep the method that is asked for: the next time, it is found at once."""
        method = getattr(re.compile(*self._given), name)
        setattr(self, name, method)
        return method


def pattern(expression: str, flags: int = 0) -> re.Pattern[str]:
    """Return what has the methods of a compiled regular expression; functions such as `re.sub` do not take it."""
    return cast("re.Pattern[str]", _Pattern(expression, flags))
