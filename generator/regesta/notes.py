"""Notes in `.regesta/`: what one build leaves for the next. Safe to delete; one that cannot be read is none.

A note holds as long as something else is as it was when it was written, mostly Regesta's own code.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from regesta import __version__
from regesta.text.strings import digest


@cache
def own_code() -> str:
    """Return a hash of Regesta's own code: what other code has made or noted, even of the same version, may differ."""
    files = sorted(Path(__file__).parent.rglob("*.py"))
    return digest(repr([__version__, *(file.read_bytes() for file in files)]))


def read_note(path: Path, holds: str) -> Any:
    """Return what a note says (lists, mappings, texts, numbers); None if there is none that holds still."""
    try:
        note = json.loads(path.read_bytes())
        return note["note"] if note["holds"] == holds else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def write_note(path: Path, holds: str, note: Any) -> None:
    """Write a note, in one step; it holds as long as who reads it gives the same text."""
    data = json.dumps({"holds": holds, "note": note}, separators=(",", ":"))
    temporary = path.with_suffix(".tmp")
    try:
        temporary.write_text(data, encoding="utf-8")
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)  # a full disk is not kept full
        raise
