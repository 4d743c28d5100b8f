"""The build's stamp: what all inputs looked like when a site was published.

If they still do, and the site's manifest is the one that was published then, there is nothing to build.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from regesta.dot_regesta import read_cache, write_cache
from regesta.publishing.manifest import manifest_hash
from regesta.text.strings import digest

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.building.inputs import InputFiles


class Stamp:
    """What was published from what, noted in `.regesta/`.

    Args:
        home: `.regesta/`.
        output: the site's folder; each has a stamp of its own.
        wanted: how the site is to be built, beside the inputs: it is part of the stamp.
    """

    def __init__(self, home: Path, output: Path, wanted: str) -> None:
        self._path = home / f"stamp-{digest(os.path.realpath(output), 8)}.json"
        self._wanted, self._output = wanted, output

    def recall(self, inputs: InputFiles) -> dict[str, Any] | None:
        """Return what was noted when these inputs were published; None if they were not, or may have changed since."""
        note: dict[str, Any] | None = read_cache(self._path, self._holds(inputs))
        return note

    def save(self, inputs: InputFiles, published: dict[str, Any]) -> None:
        """Note that a site was published from these inputs, unless some are too fresh to be told apart from the next edit."""
        if inputs.is_settled():
            write_cache(self._path, self._holds(inputs), published)
        else:
            self._path.unlink(missing_ok=True)

    def _holds(self, inputs: InputFiles) -> str:
        return digest(repr((inputs.signature(), self._wanted, manifest_hash(self._output))))
