"""What a source is given, and what it returns."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.paper import Origin
from regesta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from regesta.content.collections import Collection
    from regesta.content.paper import Paper

_HEAD = 8192


@dataclass(frozen=True, slots=True)
class Dump:
    r"""A file that a source is to read.

    Attributes:
        name: relative to `content/` if it lies there, else its bare name.
        text: decoded, with `\n` line ends and without byte order mark.
        columns: for tables, the key of a paper that each column holds, where the curator says so.
        notes: whether the curator wants private notes, too.
    """

    name: str
    text: str
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: bool = False

    @property
    def head(self) -> str:
        """The first characters, by which a source recognizes a text of any length."""
        return self.text[:_HEAD]

    def origin(self, line: int) -> tuple[Origin, ...]:
        """Return where a paper came from, as a `Paper` holds it."""
        return (Origin(self.name, line),)

    def problem(self, line: int, what: str, remedy: str) -> Problem:
        """Return what is wrong with a line of this file."""
        return Problem(self.name, line, what, remedy)


@dataclass(slots=True)
class Reading:
    """What a source found.

    Attributes:
        papers: in the file's order, without ids.
        problems: one for each entry that was refused.
        collections: what the file itself says of the collections that its papers name; their papers are not listed.
        unread: how often each field was met that has no place in a paper file, or is private.
    """

    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

    def add(self, other: Reading) -> None:
        """Add what another reading found."""
        self.papers += other.papers
        self.problems += other.problems
        self.collections += other.collections
        self.unread += other.unread


class Source(NamedTuple):
    """A kind of file: how it is recognized, and how it is read."""

    recognizes: Callable[[Dump], bool]
    read: Callable[[Dump], Reading]
