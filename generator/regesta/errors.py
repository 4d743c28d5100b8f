"""What can go wrong: each problem knows where it is, what it is and what to do about it."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.text.strings import visible

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with what a person gave us.

    Attributes:
        file: the file's name as the person knows it, relative to the archive where possible.
        line: the line, counted from 1; 0 if the whole file is meant.
        what: what is wrong.
        remedy: what to do about it.
    """

    file: str
    line: int
    what: str
    remedy: str

    def below(self, folder: Path) -> Problem:
        """Return the problem with its file's name as seen from beside a folder, if the file is in it."""
        known = not Path(self.file).is_absolute() and os.path.lexists(folder / self.file)
        return replace(self, file=f"{folder.name}/{self.file}") if known else self

    def __str__(self) -> str:
        """Return `file:line: what is wrong: what to do`, safe to print on a terminal."""
        where = f"{self.file}:{self.line}" if self.line else self.file
        return visible(f"{where}: {_short(self.what)}: {_short(self.remedy)}")


def _short(text: str) -> str:
    """Return the beginning of what may quote a text of any length."""
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


class RegestaError(Exception):
    """Nothing can be done before these problems are solved; the command ends with `status`."""

    def __init__(self, problems: Iterable[Problem], status: int = 2) -> None:
        self.problems = tuple(problems)
        self.status = status
        super().__init__("\n".join(str(problem) for problem in self.problems))


def fail(file: object, what: str, remedy: str, *, line: int = 0, status: int = 2) -> RegestaError:
    """Return (to be raised) the error for a single problem."""
    return RegestaError([Problem(str(file), line, what, remedy)], status)


def hint(key: str, known: Iterable[str]) -> str:
    """Return what to do about a key that is not known: the known one that it looks like, or all of them."""
    import difflib

    keys = [*known]
    near = difflib.get_close_matches(key, keys, 1)
    return f"did you mean `{near[0]}`?" if near else f"known keys are {', '.join(keys)}"
