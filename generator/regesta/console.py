"""The only module that prints.

`say…` prints results to standard output; `note…` prints problems and remarks, and `progress` a bar, to standard error.
What a command does never depends on whether that can be written.
"""

from __future__ import annotations

import io
import json
import sys
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from regesta.text.strings import short, visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.errors import Problem

_T = TypeVar("_T")
#: A progress bar is shown for this many items or more.
_MANY = 200
_LONGEST_LINE = 2000  # characters of a line
_INPUT, _OUTPUT, _ERROR = 0, 1, 2


class Output(io.FileIO):
    """Standard output or standard error, which takes everything: what cannot be written is dropped.

    Attributes:
        error: why it could not be written to; None while it could.
    """

    error: OSError | None = None

    @property
    def lost(self) -> str:
        """Why somebody misses what was dropped; "" if nobody does: a reader who closes a pipe has seen enough."""
        if self.error is None or isinstance(self.error, ConnectionError):
            return ""
        return (self.error.strerror or str(self.error)).lower()

    def write(self, data: Any, /) -> int:
        """Write some of the data, and return how many bytes; after an error, drop it all."""
        if not self.error:
            try:
                return self._write_some(data)
            except OSError as error:
                self.error = error
        return memoryview(data).nbytes

    def _write_some(self, data: Any) -> int:
        """Write some of the data; wait for room in a full pipe, also if another program has set it not to wait."""
        while (written := super().write(data)) is None:
            import select

            select.select([], [self], [])
        return written


def open_streams() -> Output:
    """Make the standard streams what never fails, and shows any letter; return what is below `sys.stdout`.

    The files 0, 1 and 2 must be open, be it to the null device.
    """
    results, notes = Output(_OUTPUT, "w", closefd=False), Output(_ERROR, "w", closefd=False)
    sys.stdout, sys.stderr = _text(results, sys.stdout), _text(notes, sys.stderr)
    sys.stdin = sys.stdin or open(_INPUT, closefd=False)  # noqa: SIM115 - it is None if it was closed beforehand
    return results


def _text(output: Output, present: TextIO | None) -> TextIO:
    """Return a stream of text in place of the present one, which is None if it was closed beforehand."""
    if sys.platform == "win32" and present and present.isatty():
        return present  # a console of Windows is not written to as files are
    encoding = present.encoding if present else "utf-8"
    return io.TextIOWrapper(
        io.BufferedWriter(output), encoding, errors="backslashreplace", line_buffering=True
    )


def say(text: str) -> None:
    """Print one line of a result."""
    print(_shown(text), flush=True)  # noqa: T201


def say_lines(lines: Iterable[str]) -> None:
    """Print a result of several lines."""
    for line in lines:
        say(line)


def say_json(data: Any) -> None:
    """Print a result for scripts, as JSON."""
    text = json.dumps(data, indent=1)  # whole, before any of it is written
    print(text, flush=True)  # noqa: T201


def note(text: str) -> None:
    """Print one line on standard error."""
    print(_shown(text), file=sys.stderr, flush=True)  # noqa: T201


def _shown(line: str) -> str:
    """Return a line that cannot drive a terminal, and is not endless."""
    return short(visible(line), _LONGEST_LINE)


def note_lines(lines: Iterable[str]) -> None:
    """Print several lines on standard error."""
    for line in lines:
        note(line)


def note_problems(problems: Iterable[Problem]) -> None:
    """Print problems on standard error, one a line."""
    note_lines(str(problem) for problem in problems)


def finish() -> None:
    """Write out what is still buffered."""
    sys.stdout.flush()
    sys.stderr.flush()


def progress(items: Iterable[_T], what: str, count: int) -> Iterable[_T]:
    """Return items, of which there are about `count`, under a progress bar on standard error, if somebody watches and there are many."""
    if count < _MANY or not sys.stderr.isatty():
        return items
    from tqdm import tqdm

    bar: Iterable[_T] = tqdm(items, desc=what, total=count, leave=False)
    return bar
