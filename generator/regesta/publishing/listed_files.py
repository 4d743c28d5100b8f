"""The files of a site as its manifest lists them: enough to tell that nothing is to be built, without a build's memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.publishing.disk import folders_of, names_in
from regesta.publishing.manifest import read_paths

if TYPE_CHECKING:
    from collections.abc import Collection


class ListedFiles:
    """The files that a manifest lists; it is read again for each question, so that they need not be held.

    Args:
        output: the site's folder; a ValueError means that it has no manifest as Regesta writes it.
    """

    def __init__(self, output: str) -> None:
        self._output = output

    def folders_before(self) -> Collection[str]:
        """Return the folders of the files, and all above, up to the site's own, ""."""
        return folders_of(read_paths(self._output))

    def names_before(self, folders: Collection[str]) -> dict[str, set[str]]:
        """Return the names of the files that lie directly in some folders, by folder."""
        return names_in(folders, read_paths(self._output))
