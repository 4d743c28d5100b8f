"""What a source returns for one file."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from regesta.errors import Problem
    from regesta.paper import Paper


@dataclass(slots=True)
class Reading:
    """The papers of a file, in its order, without ids; and a problem for each entry that was refused."""

    papers: list[Paper] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
