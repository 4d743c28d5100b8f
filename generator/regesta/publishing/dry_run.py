"""A publisher that writes nothing, for dry runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.publishing.survey import Looks

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path
    from typing import Self

    from regesta.publishing.site_files import SiteFiles
    from regesta.publishing.survey import Survey


class Rehearsal:
    """Replaces the publisher in a dry run."""

    def __init__(self, output: Path) -> None:
        self._looks = Looks(str(output))

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, *_: object) -> None:
        """End."""

    def is_whole(self) -> bool:
        """Tell whether the live site still has all its files."""
        return self._looks.is_whole()

    def look(self, files: SiteFiles) -> Survey:
        """Return which files are missing in the live site, and which are foreign."""
        return self._looks.survey(files, 0)

    def prepare(self) -> None:
        """Prepare nothing."""

    def write(self, path: str, data: bytes) -> None:
        """Write nothing."""

    def publish(self, files: SiteFiles, written: Collection[str]) -> None:
        """Publish nothing."""
