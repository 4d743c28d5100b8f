"""The files of the site, as the last build published them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from regesta.publishing.disk import entries
from regesta.publishing.manifest import Manifest
from regesta.text.strings import digest

if TYPE_CHECKING:
    import os


class PublishedFiles:
    """The files that the last build made, by what they were made from.

    It may have been another build with other settings: a fingerprint by which files are asked for must name all that they
    are made from.

    Args:
        output: the site's folder.
    """

    def __init__(self, output: str | os.PathLike[str]) -> None:
        self._output, self._manifest = Path(output), Manifest()

    def know(self, manifest: Manifest) -> None:
        """Take the site's manifest; before, there are no files: a killed run may have left others."""
        self._manifest = manifest

    def read(self, path: str, fingerprint: str) -> bytes:
        """Return the bytes of a file, by its path and a hash of its inputs.

        Raises:
            OSError: there is no such file, it was made from other inputs, or somebody has changed it.
        """
        if self._manifest.inputs.get(path) != fingerprint:
            raise FileNotFoundError(path)
        data = (self._output / path).read_bytes()
        if self._manifest.outputs[path] != digest(data):
            raise FileNotFoundError(path)
        return data

    def names(self, folder: str, fingerprint: str) -> set[str]:
        """Return the paths of the files below a folder that were made from some inputs, and are still there.

        Raises:
            OSError: a folder cannot be read.
        """
        inputs = self._manifest.inputs
        listed = {path for path, own in inputs.items() if own == fingerprint and path.startswith(folder)}
        there = set[str]()
        for parent in {path.rpartition("/")[0] for path in listed}:
            files = (
                entry for entry in entries(f"{self._output}/{parent}") if entry.is_file(follow_symlinks=False)
            )
            there |= {f"{parent}/{entry.name}" for entry in files}
        return listed & there
