"""The summary of an import: what became of every entry, and what was decided about each field, and why."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta import limits
from regesta.errors import Problem, fail

if TYPE_CHECKING:
    from collections.abc import Iterable

WRITTEN = "written"
_LONGEST = 100  # characters of a value that are shown


def listed(problems: Iterable[Problem]) -> list[Problem]:
    """Return the first of very many problems, and one that counts the others."""
    every = [*problems]
    first, others = every[: limits.PROBLEMS], every[limits.PROBLEMS :]
    if not others:
        return first
    what = f"is the first of {len(others):,} more problems, which are not listed"
    return [*first, Problem(others[0].file, others[0].line, what, "mend those above, and import again")]


class Decision(NamedTuple):
    """What was decided about a field.

    Attributes:
        name: the field.
        decision: `written`, or why it was not.
        current: its value in the file, None if it has none.
        incoming: the value that the import brings.
    """

    name: str
    decision: str
    current: Any
    incoming: Any

    def __str__(self) -> str:
        """Return the decision in words."""
        if self.name == "tags":
            return f"tags {self.decision}: {_difference(self.current or [], self.incoming or [])}"
        return f"{self.name} {self.decision}: {_shown(self.current)} -> {_shown(self.incoming)}"


def _shown(value: Any) -> str:
    text = "(nothing)" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _difference(before: list[str], after: list[str]) -> str:
    """Return the words that were added to a list and removed from it; if there are none, the new order."""
    signed = [
        *(f"+{word}" for word in after if word not in before),
        *(f"-{word}" for word in before if word not in after),
    ]
    return " ".join(signed) or f"order {' '.join(after)}"


@dataclass(slots=True)
class ImportSummary:
    """What became of every entry found, each counted once.

    Attributes:
        new, updated, unchanged: papers written for the first time, changed, left as they were.
        merged: further copies of a paper in the same run.
        kept: papers that a person edited or deleted, left as that person wants them.
        review: entries that may be a paper of the archive, held back until a person decides.
        refused: entries that could not be read.
        partly: updated papers in which a manual edit was preserved.
        notes: a sentence for each paper kept, each edit preserved in an update, each kind of field left out.
        problems: one for each entry refused; of very many, as `listed` returns them.
        created: the titles of the new papers, by id.
        names: the id of each known paper, by its id and its aliases.
        decisions: what was decided about each field that differs from an entry, by the paper's id.
    """

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    kept: int = 0
    review: int = 0
    refused: int = 0
    partly: int = 0
    notes: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    created: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    decisions: dict[str, list[Decision]] = field(default_factory=dict)

    @property
    def found(self) -> int:
        """The number of all entries: the sum of the counts."""
        return sum(self.counts().values())

    def counts(self) -> dict[str, int]:
        """Return the number of entries of each kind."""
        return {
            name: getattr(self, name)
            for name in ("new", "updated", "unchanged", "merged", "kept", "review", "refused")
        }

    def changes(self) -> list[str]:
        """Return a line for each new paper, and for each field that changes in a known one."""
        created = [f"{paper_id}: new: {title}" for paper_id, title in sorted(self.created.items())]
        changed = [
            f"{paper_id}: {d}"
            for paper_id, decisions in sorted(self.decisions.items())
            for d in decisions
            if d.decision == WRITTEN
        ]
        return [*created, *changed]

    def explanation(self, name: str) -> list[str]:
        """Return what was decided about a paper and why, one line for each field.

        Raises:
            RegestaError: no paper has that id or alias.
        """
        if name in self.created:
            return [f"{name}: new: {self.created[name]}"]
        if name not in self.names:
            raise fail(name, "is not a paper's id", "the address of a paper's page ends with it")
        paper_id = self.names[name]
        about = [note for note in self.notes if note.startswith(f"{paper_id}: ")]
        decisions = [f"{paper_id}: {decision}" for decision in self.decisions.get(paper_id, ())]
        return decisions or about or [f"{paper_id}: nothing that was read would change it"]
