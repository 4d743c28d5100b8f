"""The files of the site, as the last build published them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.publishing.disk import entries
from regesta.text.strings import checksum

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.publishing.site_files import SiteFiles


class PublishedFiles:
    """The files that the last build made.

    Args:
        output: the site's folder.
        files: what is known of them.
    """

    def __init__(self, output: Path, files: SiteFiles) -> None:
        self._output, self._files = output, files

    def read(self, path: str, fingerprint: str | None = None) -> bytes:
        """Return the bytes of a file, by its path and, where it is to be checked, a hash of its other inputs.

        Raises:
            OSError: there is no such file, it was made from other inputs, or somebody has changed it.
        """
        file = self._files.get(path)
        if not file or fingerprint not in (None, file.inputs):
            raise FileNotFoundError(path)
        data = (self._output / path).read_bytes()
        if file.output != checksum(data):
            raise FileNotFoundError(path)
        return data

    def names(self, folder: str, fingerprint: str) -> set[str]:
        """Return the paths of the files below a folder that are still there; none if it was made from other inputs.

        Raises:
            OSError: a folder cannot be read.
        """
        files = [file for file in self._files.of_unit("search") if file.path.startswith(folder)]
        listed = {file.path for file in files} if any(file.inputs == fingerprint for file in files) else ()
        there = set[str]()
        for parent in {path.rpartition("/")[0] for path in listed}:
            found = (
                entry for entry in entries(f"{self._output}/{parent}") if entry.is_file(follow_symlinks=False)
            )
            there |= {f"{parent}/{entry.name}" for entry in found}
        return there.intersection(listed)
