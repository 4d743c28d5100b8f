"""Problems: each knows where it is, what is wrong and what to do about it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.text.strings import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 500  # characters of a message; it may quote a text of any length


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with the user's input or machine.

    Attributes:
        file: the file's name as the user knows it, relative to the archive where possible.
        line: the line, counted from 1; 0 for the whole file.
        what: what is wrong.
        remedy: what to do about it.
    """

    file: str
    line: int
    what: str
    remedy: str

    def below(self, folder: Path) -> Problem:
        """Return the problem with the folder's name before its file's name, if the folder holds that file."""
        is_inside = not Path(self.file).is_absolute() and os.path.lexists(folder / self.file)
        return replace(self, file=f"{folder.name}/{self.file}") if is_inside else self

    def __str__(self) -> str:
        """Return `file:line: what is wrong: what to do`, safe to print on a terminal."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return visible(f"{where}: {_short(self.what)}: {_short(self.remedy)}")


def _short(text: str) -> str:
    """Return a text, cut if it is too long for a message."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


class RegestaError(Exception):
    """A command cannot go on because of these problems; it ends with the exit status `status`."""

    def __init__(self, problems: Iterable[Problem], status: int = 2) -> None:
        self.problems = tuple(problems)
        self.status = status
        super().__init__("\n".join(str(problem) for problem in self.problems))


def fail(file: object, what: str, remedy: str, *, line: int = 0, status: int = 2) -> RegestaError:
    """Return the error for a single problem, for the caller to raise."""
    return RegestaError([Problem(str(file), line, what, remedy)], status)


def system_problem(error: OSError) -> Problem:
    """Return the problem behind an error of the operating system."""
    remedy = "check that it exists, that you may write to it, and that its disk has room"
    return Problem(str(error.filename or "regesta"), 0, (error.strerror or str(error)).lower(), remedy)


def hint(key: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown key: the known key that is most like it, or all known keys."""
    import difflib

    keys = [*known]
    similar = difflib.get_close_matches(key, keys, 1)
    return f"did you mean `{similar[0]}`?" if similar else f"known keys are {', '.join(keys)}"
