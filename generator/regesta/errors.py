"""Problems: each knows where it is, what is wrong and what to do about it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta.text.strings import short, some, visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_COMPARED = 3  # known keys that an unknown one is compared with


class Problem(NamedTuple):
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
        return self._replace(file=f"{folder.name}/{self.file}") if is_inside else self

    def __str__(self) -> str:
        """Return `file:line: what is wrong: what to do`, safe to print on a terminal."""
        where = f"{short(self.file)}:{self.line}" if self.line else short(self.file)
        return visible(f"{where}: {short(self.what)}: {short(self.remedy)}")


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
    keys = [*known]
    similar = _most_like(short(key), keys)
    return f"did you mean `{similar}`?" if similar else f"known keys are {some(keys)}"


def _most_like(key: str, keys: Sequence[str]) -> str:
    """Return the key that is most like another one; "" if none is.

    Only the few that share most letters with it are compared with care, as a file may have thousands of unknown keys.
    """
    import difflib

    letters = {*key}
    shared = {known: len(letters & {*known}) / len(letters | {*known}) for known in keys}
    near = sorted(keys, key=lambda known: -shared[known])[:_COMPARED]
    return next(iter(difflib.get_close_matches(key, near, 1)), "")
