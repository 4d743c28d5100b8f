"""The only module that prints: problems and progress to standard error, results to standard output."""

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
#: From how many items on a progress bar is worth showing.
_MANY = 200


def say(text: str) -> None:
    """Print one line of result."""
    print(visible(text), flush=True)  # noqa: T201


def say_lines(lines: Sequence[str]) -> None:
    """Print lines of result."""
    for line in lines:
        say(line)


def say_json(data: Any) -> None:
    """Print a result for scripts."""
    print(json.dumps(data, indent=1), flush=True)  # noqa: T201


def complain(problems: Sequence[Problem]) -> None:
    """Print problems, each on its line."""
    note([str(problem) for problem in problems])


def note(lines: Sequence[str]) -> None:
    """Print remarks on standard error, each on its line."""
    for line in lines:
        print(visible(line), file=sys.stderr)  # noqa: T201


def finish() -> None:
    """Make sure that all that was said has been written, as far as anybody still listens."""
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
