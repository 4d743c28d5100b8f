"""The types of a source: the `Dump` that it is given, and the `Reading` that it returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from regesta import limits
from regesta.content.paper import Origin
from regesta.errors import Problem
from regesta.text.strings import short

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.content.collections import Collection
    from regesta.content.paper import Paper

_HEAD = 8192
_LONGEST_NAME = 80  # of a field, in the report of what was left out
_OTHERS = "other fields"


@dataclass(frozen=True, slots=True)
class Dump:
    r"""A file that a source is to read.

    Attributes:
        name: relative to `content/` if it lies there, else its bare name.
        text: decoded, with `\n` line ends and without byte order mark.
        columns: for tables, the key of a paper that each column holds, as the curator says.
        notes: whether to import private notes.
    """

    name: str
    text: str
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: bool = False

    @property
    def head(self) -> str:
        """The first characters; a source recognizes a text by them, whatever its length."""
        return self.text[:_HEAD]

    def origin(self, line: int) -> tuple[Origin, ...]:
        """Return a line of this file as a paper's place of origin."""
        return (Origin(self.name, line),)

    def problem(self, line: int, what: str, remedy: str) -> Problem:
        """Return a problem with a line of this file."""
        return Problem(self.name, line, what, remedy)


@dataclass(slots=True)
class Reading:
    """What a source found.

    Attributes:
        papers: in the file's order, without ids.
        problems: one for each entry that was refused.
        collections: collections that the file itself describes, without lists of their papers.
        unread: how often each field occurs that is private or has no place in a paper file.
    """

    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    collections: list[Collection] = field(default_factory=list)
    unread: Counter[str] = field(default_factory=Counter)

    def add(self, other: Reading) -> None:
        """Add the content of another reading."""
        self.papers += other.papers
        self.problems += other.problems
        self.collections += other.collections
        self.leave_out(other.unread)

    def leave_out(self, fields: Iterable[str] | Mapping[str, int]) -> None:
        """Count fields as unread: each once, or as often as the mapping says. Of too many names, the last have one count."""
        for field_name, count in fields.items() if isinstance(fields, Mapping) else zip(fields, repeat(1)):
            name = short(field_name, _LONGEST_NAME)
            is_listed = name in self.unread or len(self.unread) < limits.FIELDS
            self.unread[name if is_listed else _OTHERS] += count


class Source(NamedTuple):
    """A kind of file.

    Attributes:
        recognizes: tells whether a file is of this kind.
        read: reads it.
        marks: what stands between the parts of which its parser makes objects: a file has at most `limits.MARKS` of
            them. A mark that is given twice counts twice.
    """

    recognizes: Callable[[Dump], bool]
    read: Callable[[Dump], Reading]
    marks: tuple[str, ...] = ()
