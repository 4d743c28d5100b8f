"""Notes about the build being published and about the last one: they tell a run what the last one left."""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from regesta.publishing.manifest import NAME
from regesta.text.strings import digest

_KEYS = {"manifest", "standby", "since", "folders", "differs"}


class Journal:
    """Two notes about a site, in `.regesta/`.

    Args:
        path: of the notes, without extension.
    """

    def __init__(self, path: str) -> None:
        self._pending, self._last, self._draft = f"{path}.journal", f"{path}.note", f"{path}.journal.new"

    def pending(self) -> dict[str, Any]:
        """Return the note about a build that is being published, or was when a run was killed, or {}."""
        return _read(self._pending)

    def last(self) -> dict[str, Any]:
        """Return the note about the build that was published last; {} if there is none."""
        return _read(self._last)

    def begin(self, note: dict[str, Any]) -> None:
        """Note, in one step, what is about to be published."""
        Path(self._draft).write_text(json.dumps(note), encoding="utf-8")
        os.replace(self._draft, self._pending)

    def finish(self) -> None:
        """Note that all of it was published; this needs no room on the disk."""
        os.replace(self._pending, self._last)

    def cancel(self) -> None:
        """Note that it was not published."""
        os.unlink(self._pending)

    def clear_draft(self) -> None:
        """Remove a note that was not written completely, because a run was killed."""
        with suppress(FileNotFoundError):
            os.unlink(self._draft)


def _read(path: str) -> dict[str, Any]:
    try:
        note = json.loads(Path(path).read_bytes())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return note if isinstance(note, dict) and note.keys() == _KEYS else {}


def output_mark(output: str | os.PathLike[str]) -> str:
    """Return a text that tells the folder of a site from others, for the names of what is kept about it."""
    return digest(os.fsencode(os.path.realpath(output)), 8)


def tree_mark(folder: str, name: str = NAME) -> list[int] | None:
    """Return what distinguishes a tree from copies and earlier states: its manifest's inode and mtime (ns).

    Return None if it has no manifest.
    """
    try:
        status = os.lstat(f"{folder}/{name}")
    except (FileNotFoundError, NotADirectoryError):
        return None
    return [status.st_ino, status.st_mtime_ns]
