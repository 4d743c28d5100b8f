"""A publisher that writes nothing, for dry runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.publishing.manifest import Manifest, read_manifest
from regesta.publishing.survey import survey

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self


class Rehearsal:
    """Replaces the publisher in a dry run."""

    def __init__(self, output: Path) -> None:
        self._output, self.before = output, read_manifest(output) or Manifest()

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def missing(self) -> set[str]:
        """Return the files of `before` that are no longer in the live site, or no longer files."""
        return survey(str(self._output), self.before.outputs).missing

    def prepare(self) -> None:
        """Prepare nothing."""

    def write(self, path: str, data: bytes) -> None:
        """Write nothing."""

    def publish(self, after: Manifest, written: set[str]) -> None:
        """Publish nothing."""
