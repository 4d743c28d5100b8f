"""The report of a build, for people and for scripts."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from regesta.errors import Problem, RegestaError
from regesta.text.strings import counted

try:
    import resource
except ImportError:  # Windows has no such module
    resource = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from regesta.building.options import Options


class Report:
    """What a build did, or would do.

    Args:
        output: the site's folder.
        is_dry: whether it is a dry run, which writes nothing.

    Attributes:
        papers, pages, files: how many the site holds (files include pages).
        written, deleted: how many files changed on the disk.
        seconds: CPU time of each stage, including other processes.
        problems: what was left out, and why.
        sources: the paper files that changed since the last build, each with `new`, `edited` or `deleted`.
        changes: the files that are written or deleted, each with the reason.
    """

    def __init__(self, output: Path, *, is_dry: bool) -> None:
        self.output = output
        self.papers = self.pages = self.files = self.written = self.deleted = 0
        self.seconds: dict[str, float] = {}
        self.problems: list[Problem] = []
        self.sources: list[tuple[str, str]] = []
        self.changes: list[tuple[str, str]] = []
        self.is_dry = is_dry

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the CPU time of what happens inside to a stage."""
        start = _cpu_seconds()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + _cpu_seconds() - start

    def summary(self) -> str:
        """Return the result in one line."""
        made = ", ".join(
            [counted(self.papers, "paper"), counted(self.pages, "page"), counted(self.files, "file")]
        )
        if self.is_dry:
            return f"would build {self.output}: {made} ({self.written} to write, {self.deleted} to delete)"
        changes = f"{self.written} written, {self.deleted} deleted"
        return f"built {self.output}: {made} ({changes}) in {sum(self.seconds.values()):.2f} CPU s"

    def profile(self) -> list[str]:
        """Return a line for each stage: its CPU seconds, and its share of the whole."""
        total = sum(self.seconds.values()) or 1
        return [
            f"{name:<8} {seconds:7.3f} s {100 * seconds / total:4.0f} %"
            for name, seconds in self.seconds.items()
        ]

    def explanation(self) -> list[str]:
        """Return a line for each changed paper file, and for each file of the site written or deleted."""
        sources = [f"content/{name} is {how}" for name, how in self.sources]
        return [*sources, *(f"{path}: {why}" for path, why in self.changes)]

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        problems = [problem._asdict() for problem in self.problems]
        return vars(self) | {"output": str(self.output), "problems": problems}

    def lasting(self) -> dict[str, Any]:
        """Return what stays true while nothing changes, as plain data for `restore`."""
        return {name: getattr(self, name) for name in ("papers", "pages", "files", "problems")}

    def refuse_problems(self, options: Options) -> None:
        """Publish nothing if there are problems, and the user wants it so.

        Raises:
            RegestaError: there are.
        """
        if options.strict and self.problems:
            raise RegestaError(self.problems, status=3)

    def restore(self, lasting: dict[str, Any]) -> None:
        """Take over the `lasting` data of an earlier build from the same inputs."""
        self.papers, self.pages, self.files = (lasting[name] for name in ("papers", "pages", "files"))
        self.problems = [Problem(*values) for values in lasting["problems"]]


def _cpu_seconds() -> float:
    """Return the CPU time of this process and, where the system tells it, of its ended child processes."""
    if not resource:
        return time.process_time()
    usages = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
