"""What the last build made, and from what: it decides what is written again, and what may be deleted."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from regesta.text import digest

if TYPE_CHECKING:
    from pathlib import Path

_FORMAT = 1


@dataclass(slots=True)
class Manifest:
    """The files of a site as a build left them.

    Attributes:
        settings: hash of what every page depends on (version, settings, theme, navigation).
        inputs: hash of what a file was made from, by its path below the site's root.
        outputs: hash of its bytes.
    """

    settings: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)


def manifest_path(root: Path, output: Path) -> Path:
    """Return where the manifest of an output folder is kept: in `.regesta/`, which is safe to delete."""
    return root / ".regesta" / f"build-{digest(str(output.resolve()), 8)}.json"


def load_manifest(path: Path) -> Manifest:
    """Return what the last build left; nothing if there was none or its note cannot be read."""
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Manifest(data["settings"], data["inputs"], data["outputs"]) if data["format"] == _FORMAT else Manifest()
    except (OSError, ValueError, KeyError, TypeError):
        return Manifest()


def save_manifest(path: Path, manifest: Manifest) -> None:
    """Write the note for the next build, in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    data = {"format": _FORMAT, "settings": manifest.settings, "inputs": manifest.inputs, "outputs": manifest.outputs}
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(data, indent=0), encoding="utf-8")
    temporary.replace(path)
