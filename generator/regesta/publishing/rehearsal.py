"""A publisher that writes nothing, for builds that only say what they would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.publishing.manifest import Manifest, read_manifest
from regesta.publishing.survey import survey

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self


class Rehearsal:
    """Stands in for the publisher where nothing is to be written."""

    def __init__(self, output: Path) -> None:
        self._output, self.before = output, read_manifest(output) or Manifest()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def missing(self) -> set[str]:
        """Return the files of `before` that somebody removed from the live site, or replaced with something else."""
        return survey(str(self._output), self.before.outputs).missing

    def prepare(self) -> None:
        """Make nothing ready."""

    def write(self, path: str, data: bytes) -> None:
        """Write nothing."""

    def publish(self, after: Manifest, written: set[str]) -> None:
        """Publish nothing."""
