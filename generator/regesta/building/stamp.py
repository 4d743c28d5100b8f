"""The stamp of a build: a hash of all inputs, noted when a site was published.

If it is still the same, and so is the site's manifest, there is nothing to build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.dot_regesta import read_cache, write_cache
from regesta.publishing.journal import output_mark
from regesta.publishing.manifest import manifest_hash
from regesta.text.strings import digest

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.building.inputs import InputFiles


class Stamp:
    """The note in `.regesta/` that tells which inputs a site was published from.

    Args:
        home: `.regesta/`.
        output: the site's folder; each has a stamp of its own.
        wanted: how else the site is to be built (its address); part of the stamp.
        inputs: what it is to be built from.
    """

    def __init__(self, home: Path, output: Path, wanted: str, inputs: InputFiles) -> None:
        self._path = home / f"stamp-{output_mark(output)}.json"
        self._output, self._inputs = output, inputs
        self._wanted = inputs.signature(), wanted

    def recall(self) -> dict[str, Any] | None:
        """Return what was noted when the inputs were published; None if the site may not be up to date."""
        note: dict[str, Any] | None = read_cache(self._path, self._valid_for())
        return note

    def save(self, published: dict[str, Any]) -> None:
        """Note that a site was published from the inputs.

        There is no note if a file is so fresh that its next edit might not show.
        """
        if self._inputs.is_settled():
            write_cache(self._path, self._valid_for(), published)
        else:
            self._path.unlink(missing_ok=True)

    def _valid_for(self) -> str:
        """Return the hash for which a note is valid."""
        return digest(repr((*self._wanted, manifest_hash(self._output))))
