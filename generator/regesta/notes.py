"""Notes in `.regesta/`: what one build leaves for the next. Safe to delete; one that cannot be read is none."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from regesta import __version__

if TYPE_CHECKING:
    from pathlib import Path


def read_note(path: Path) -> Any:
    """Return what a note says (lists, mappings, texts, numbers); None if there is none that this version can read."""
    try:
        note = json.loads(path.read_bytes())
        return note["note"] if note["version"] == __version__ else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_note(path: Path, note: Any) -> None:
    """Write a note, in one step."""
    data = json.dumps({"version": __version__, "note": note}, separators=(",", ":"))
    temporary = path.with_suffix(".tmp")
    temporary.write_text(data, encoding="utf-8")
    temporary.replace(path)
