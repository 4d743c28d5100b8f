"""Notes of what is being published and of what was: they tell a run what the one before it left."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from regesta.publishing.manifest import NAME

_KEYS = {"manifest", "standby", "since", "folders", "differs"}


class Journal:
    """Two notes about a site, in `.regesta/`.

    Args:
        path: where they are, without extension.
    """

    def __init__(self, path: str) -> None:
        self._begun, self._done, self._draft = f"{path}.journal", f"{path}.note", f"{path}.journal.new"

    def begun(self) -> dict[str, Any]:
        """Return what is being published, or was when a run was killed; nothing if there is no such thing."""
        return _read(self._begun)

    def done(self) -> dict[str, Any]:
        """Return what was published last; nothing if that is not known."""
        return _read(self._done)

    def begin(self, noted: dict[str, Any]) -> None:
        """Note what is about to be published, in one step."""
        Path(self._draft).write_text(json.dumps(noted), encoding="utf-8")
        os.replace(self._draft, self._begun)

    def end(self) -> None:
        """Note that it was published, all of it; this needs no room on the disk."""
        os.replace(self._begun, self._done)

    def drop(self) -> None:
        """Note that it was not published."""
        os.unlink(self._begun)

    def clear(self) -> None:
        """Remove what is left of a note if a run was killed while it wrote that."""
        with suppress(FileNotFoundError):
            os.unlink(self._draft)


def _read(note: str) -> dict[str, Any]:
    try:
        noted = json.loads(Path(note).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return noted if isinstance(noted, dict) and noted.keys() == _KEYS else {}


def mark(folder: str, name: str = NAME) -> list[int] | None:
    """Return what tells a tree from its copies and from its own past: its manifest's inode and when that was written (ns)."""
    try:
        status = os.lstat(f"{folder}/{name}")
    except (FileNotFoundError, NotADirectoryError):
        return None
    return [status.st_ino, status.st_mtime_ns]
