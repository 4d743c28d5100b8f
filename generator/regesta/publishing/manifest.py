"""The manifest: which files of a site Regesta made, and from what. It is published with the site, as a hidden file."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from json.encoder import encode_basestring_ascii as quote
from typing import TYPE_CHECKING

from regesta.content.find_files import READ
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable

#: Where a site keeps its manifest.
NAME = ".regesta.json"

_FORMAT = 2
#: Names that make a path lead elsewhere.
_NOWHERE = ("", ".", "..")


@dataclass(slots=True)
class Manifest:
    """The files of a site as a build left them, without the manifest itself.

    Attributes:
        settings: hash of what every page depends on (version, settings, theme, navigation).
        inputs: hash of what a file was made from, by its path below the site's root.
        outputs: hash of its bytes, by the same paths.
    """

    settings: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON, one file a line, in the order of the paths: the same for the same site."""
        inputs, outputs = self.inputs, self.outputs
        lines = [f"{quote(path)}:[{quote(inputs[path])},{quote(outputs[path])}]" for path in sorted(outputs)]
        head = f'{{"format":{_FORMAT},"settings":{quote(self.settings)},"files":{{\n'
        return (head + ",\n".join(lines) + "\n}}\n").encode()


def read_manifest(folder: str | os.PathLike[str]) -> Manifest | None:
    """Return the manifest of the site in a folder; None if it has none, or one that cannot be ours."""
    try:
        data = json.loads(_bytes(folder))
        files = data["files"]
        inputs = {path: hashes[0] for path, hashes in files.items()}
        outputs = {path: hashes[1] for path, hashes in files.items()}
        "".join([*inputs.values(), *outputs.values()])  # what is no text is a TypeError
        is_ours = data["format"] == _FORMAT and (not files or _stay_inside(files))
        return Manifest(data["settings"], inputs, outputs) if is_ours else None
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def manifest_hash(folder: str | os.PathLike[str]) -> str:
    """Return a hash of the manifest of the site in a folder, "" if it has none."""
    try:
        return digest(_bytes(folder))
    except OSError:
        return ""


def _bytes(folder: str | os.PathLike[str]) -> bytes:
    """Return what the manifest holds."""
    with open(os.open(f"{os.fspath(folder)}/{NAME}", READ), "rb") as file:
        return file.read()


def _stay_inside(paths: Iterable[str]) -> bool:
    """Tell whether no path leads out of the site: a manifest may have come from anywhere, and says what may be deleted."""
    joined = "/".join(paths)
    os.fsencode(joined)  # names that cannot be are a ValueError
    names = set(joined.replace(os.sep, "/").split("/"))
    return names.isdisjoint(_NOWHERE) and "\0" not in joined and (os.sep == "/" or ":" not in joined)
