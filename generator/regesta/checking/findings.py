"""What a check found: the first problems of each kind in words, all of them in numbers."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from regesta.text.strings import counted, size

if TYPE_CHECKING:
    from regesta.errors import Problem

#: How many problems of a kind are told; the others are counted.
TOLD = 100


@dataclass(slots=True)
class Findings:
    """What was looked at, and what is wrong.

    Attributes:
        url: the address that the site was built for, "" if it does not say.
        pages, links, feeds, files, bytes: how many there are (files include pages).
        foreign: files that the last build did not make, None if that cannot be known.
        biggest: the biggest pages, each with its bytes.
        host: whose limits the bytes were compared with, and these.
        wrong: how many problems of each kind.
        problems: the first of each kind.
        notes: what is worth knowing and no fault.
        content: of the archive's own papers, what may be mended, by kind.
    """

    url: str = ""
    pages: int = 0
    links: int = 0
    feeds: int = 0
    files: int = 0
    bytes: int = 0
    foreign: int | None = None
    biggest: dict[str, int] = field(default_factory=dict)
    host: dict[str, str | int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    content: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, problem: Problem) -> None:
        """Count a problem, and keep it if not enough of its kind are kept; a kind is what it concerns, as "links"."""
        if self.tells(kind):
            self.problems.append(problem)
        self.wrong[kind] = self.wrong.get(kind, 0) + 1
        if self.wrong[kind] == TOLD + 1:
            self.notes.append(f"more is wrong with {kind} than is told here: mend this first")

    def tells(self, kind: str) -> bool:
        """Return whether another problem of a kind will be kept: working out its line would be in vain if not."""
        return self.wrong.get(kind, 0) < TOLD

    def summary(self) -> str:
        """Return the result in one line."""
        foreign = f" ({self.foreign} not made by Regesta)" if self.foreign else ""
        biggest = "".join(
            f" (the biggest: {path}, {size(count)})" for path, count in list(self.biggest.items())[:1]
        )
        looked = f"{self.pages} pages{biggest}, {self.links} links, {self.feeds} feeds, {self.files} files{foreign}, {size(self.bytes)}"
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.wrong.items())
        result = counted(sum(self.wrong.values()), "problem") + (f" ({kinds})" if kinds else "")
        return f"checked {looked}: {result}"

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return asdict(self)
