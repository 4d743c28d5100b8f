"""Limits on the structure of a text from outside: how many parts it has, and how large one may be.

Without them a small text could take gigabytes of memory: a parser makes an object of each of its parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from regesta import limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _T = TypeVar("_T")

_SPLIT = "split the file, and import its parts one after the other"


class LimitError(Exception):
    """A text is beyond a limit: in which way, what to do about it, and on which line (from 1)."""

    def __init__(self, message: str, remedy: str = _SPLIT, line: int = 1) -> None:
        super().__init__(message)
        self.remedy, self.line = remedy, line


def check_marks(text: str, marks: Iterable[str]) -> None:
    """Check, before a text is parsed, that it has no more than `limits.MARKS` of some marks together.

    Raises:
        LimitError: it has more of them.
    """
    if sum(map(text.count, marks)) > limits.MARKS:
        raise LimitError(f"has more than {limits.MARKS:,} parts")


def check_entry(size: int, line: int) -> None:
    """Check that an entry that begins on a line has no more than `limits.ENTRY` characters.

    Raises:
        LimitError: it has more.
    """
    if size > limits.ENTRY:
        raise LimitError(f"begins an entry of more than {limits.ENTRY:,} characters", "take it out", line)


def check_number(number: int, line: int) -> None:
    """Check that a text has no more than `limits.ENTRIES` entries; the last of so many begins on a line.

    Raises:
        LimitError: it has more.
    """
    if number > limits.ENTRIES:
        raise LimitError(f"has more than {limits.ENTRIES:,} entries", line=line)


def limited(entries: Iterable[tuple[int, _T]]) -> Iterator[tuple[int, _T]]:
    """Yield the entries of a text, each with its line.

    Raises:
        LimitError: there are more than `limits.ENTRIES`.
    """
    for number, (line, entry) in enumerate(entries, 1):
        check_number(number, line)
        yield line, entry


def numbered_lines(text: str) -> Iterator[tuple[int, str]]:
    """Yield the numbers of the lines of a text, from 1, and the lines with their ends; unlike `split`, one at a time."""
    start, number = 0, 1
    while end := text.find("\n", start) + 1:
        yield number, text[start:end]
        start, number = end, number + 1
    yield number, text[start:]
