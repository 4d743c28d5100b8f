"""The only module that prints.

`say…` prints results to standard output; `note…` prints problems and remarks, and `progress` a bar, to standard error.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from regesta.text.strings import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from regesta.errors import Problem

_T = TypeVar("_T")
#: A progress bar is shown for this many items or more.
_MANY = 200


def say(text: str) -> None:
    """Print one line of a result."""
    print(visible(text), flush=True)  # noqa: T201


def say_lines(lines: Iterable[str]) -> None:
    """Print a result of several lines."""
    for line in lines:
        say(line)


def say_json(data: Any) -> None:
    """Print a result for scripts, as JSON."""
    print(json.dumps(data, indent=1), flush=True)  # noqa: T201


def note(text: str) -> None:
    """Print one line on standard error."""
    print(visible(text), file=sys.stderr)  # noqa: T201


def note_lines(lines: Iterable[str]) -> None:
    """Print several lines on standard error."""
    for line in lines:
        note(line)


def note_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line."""
    note_lines(str(problem) for problem in problems)


def finish() -> None:
    """Write out what is still buffered, unless nobody reads it any more."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, AttributeError):  # a stream that was closed beforehand is None
            stream.flush()


def progress(items: Sequence[_T], what: str) -> Iterable[_T]:
    """Return items under a progress bar on standard error, if somebody watches and there are many."""
    if len(items) < _MANY or not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[_T] = tqdm(items, desc=what, leave=False)
    return bar
