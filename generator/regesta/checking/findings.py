"""What a check found: the first problems of each kind, and the number of all."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from regesta.text.strings import counted, size

if TYPE_CHECKING:
    from regesta.errors import Problem

#: How many problems of a kind are reported; the others are only counted.
REPORTED = 100


@dataclass(slots=True)
class Findings:
    """What was checked, and what is wrong.

    Attributes:
        url: the address that the site was built for, "" if it does not say.
        pages, links, feeds, files, bytes: how many there are (files include pages).
        foreign: how many files the last build did not make, None if that is unknown.
        biggest: the biggest pages and their sizes in bytes.
        host: the host whose limits apply, and these limits.
        wrong: how many problems there are of each kind.
        problems: the first problems of each kind.
        notes: what is worth knowing but is not wrong.
        content: what the curator may want to mend in the archive, by kind.
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
        """Count a problem of a kind, such as "links", and keep it if it is one of the first."""
        if self.reports(kind):
            self.problems.append(problem)
        self.wrong[kind] = self.wrong.get(kind, 0) + 1
        if self.wrong[kind] == REPORTED + 1:
            more = f"more problems with {kind} were found than are reported here"
            self.notes.append(f"{more}: mend these first")

    def reports(self, kind: str) -> bool:
        """Tell whether the next problem of a kind will be reported; if not, its line is not needed."""
        return self.wrong.get(kind, 0) < REPORTED

    def summary(self) -> str:
        """Return the result in one line."""
        path, count = next(iter(self.biggest.items()), ("", 0))
        biggest = f" (the biggest: {path}, {size(count)})" if path else ""
        foreign = f" ({self.foreign} not made by Regesta)" if self.foreign else ""
        kinds = ", ".join(f"{kind} {count}" for kind, count in self.wrong.items())
        return (
            f"checked {self.pages} pages{biggest}, {self.links} links, {self.feeds} feeds, "
            f"{self.files} files{foreign}, {size(self.bytes)}: "
            f"{counted(sum(self.wrong.values()), 'problem')}{kinds and f' ({kinds})'}"
        )

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return asdict(self) | {"problems": [problem._asdict() for problem in self.problems]}
