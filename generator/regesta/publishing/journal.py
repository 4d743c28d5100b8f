"""Notes about the build being published and about the last one: they tell a run what the last one left.

The first line of a note is JSON; each further line is the path of a file in which the two trees differ, as JSON.
The last line is `#` and a hash of the others, so that a note that was cut or changed is not believed.
"""

from __future__ import annotations

import json
import os
from collections import deque
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any

from regesta.publishing.manifest import NAME, manifest_hasher, stay_inside
from regesta.text.batches import batches
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEYS = {"manifest", "standby", "since", "folders"}
_LINES = 2_000  # that are read at once
_END = b"#"  # begins the last line, and no line of JSON


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

    def last_differing(self) -> Iterator[str]:
        """Yield the paths in which the trees differed when the last build had been published.

        Raises:
            ValueError, TypeError, RecursionError: the note is not whole, or not ours; see `knows_differing`.
        """
        return _paths(self._last)

    def knows_differing(self) -> bool:
        """Tell whether the note about the last build is whole, so that `last_differing` can be believed."""
        return _is_whole(self._last)

    def begin(self, note: dict[str, Any], differing: Iterable[str]) -> None:
        """Note, in one step, what is about to be published, and in what the trees will differ."""
        made = manifest_hasher()
        with open(self._draft, "wb") as draft:
            for line in chain([note], differing):
                data = f"{json.dumps(line)}\n".encode()
                made.update(data)
                draft.write(data)
            draft.write(_last_line(made.hexdigest()))
        os.replace(self._draft, self._pending)

    def add_differing(self, paths: Iterable[str]) -> None:
        """Note that the trees will differ in more files. A damaged note stays so: no build will use it."""
        if _is_whole(self._pending):
            self.begin(self.pending(), [*_paths(self._pending), *paths])

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


def _paths(path: str) -> Iterator[str]:
    """Yield the paths in a note. What was yielded is not to be used if an error follows, as in `last_differing`."""
    made, end = manifest_hasher(), b""
    with open(path, "rb") as file:
        made.update(file.readline())
        for lines in batches(file, _LINES):
            end = lines.pop() if lines[-1].startswith(_END) else b""
            made.update(b"".join(lines))
            paths = json.loads(b"[%s]" % b",".join(lines))
            if paths and not stay_inside(paths):
                raise ValueError(path)
            yield from paths
    if end != _last_line(made.hexdigest()):
        raise ValueError(path)


def _last_line(made: str) -> bytes:
    return b"%s%s\n" % (_END, made.encode())


def _is_whole(path: str) -> bool:
    try:
        deque(_paths(path), maxlen=0)
    except (OSError, ValueError, TypeError, RecursionError):
        return False
    return True


def _read(path: str) -> dict[str, Any]:
    try:
        with open(path, encoding="utf-8") as lines:
            note = json.loads(lines.readline())
    except (FileNotFoundError, ValueError, RecursionError):
        return {}
    return note if _is_ours(note) else {}


def _is_ours(note: Any) -> bool:
    if not isinstance(note, dict) or note.keys() != _KEYS or not isinstance(note["since"], int):
        return False
    folders = note["folders"]
    try:
        return isinstance(folders, list) and (not folders or stay_inside(folders))
    except (ValueError, TypeError):
        return False


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
