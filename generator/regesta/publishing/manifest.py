"""The manifest, a hidden file of a site: which files Regesta made, with hashes of their inputs and bytes."""

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

#: The manifest's path in a site.
NAME = ".regesta.json"

_FORMAT = 2
#: Names in a path that could lead out of the site.
_UNSAFE = ("", ".", "..")


@dataclass(slots=True)
class Manifest:
    """The files of a site as a build left them, without the manifest itself.

    Attributes:
        settings: a hash of what every page depends on (version, settings, theme, navigation).
        inputs: a hash of what each file was made from, by its path below the site's root.
        outputs: a hash of the bytes of each file, by the same paths.
    """

    settings: str = ""
    inputs: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Return the manifest as JSON, one line per file, sorted by path: the same for the same site."""
        inputs, outputs = self.inputs, self.outputs
        lines = [f"{quote(path)}:[{quote(inputs[path])},{quote(outputs[path])}]" for path in sorted(outputs)]
        head = f'{{"format":{_FORMAT},"settings":{quote(self.settings)},"files":{{\n'
        return (head + ",\n".join(lines) + "\n}}\n").encode()


def read_manifest(folder: str | os.PathLike[str]) -> Manifest | None:
    """Return the manifest of the site in a folder; None if it has none, or one that is not Regesta's."""
    try:
        data = json.loads(_bytes(folder))
        files = data["files"]
        inputs = {path: hashes[0] for path, hashes in files.items()}
        outputs = {path: hashes[1] for path, hashes in files.items()}
        "".join([*inputs.values(), *outputs.values()])  # raises TypeError if one is not a string
        is_ours = data["format"] == _FORMAT and (not files or _stay_inside(files))
        return Manifest(data["settings"], inputs, outputs) if is_ours else None
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def manifest_hash(folder: str | os.PathLike[str]) -> str:
    """Return a hash of the manifest file of the site in a folder, "" if it has none."""
    try:
        return digest(_bytes(folder))
    except OSError:
        return ""


def _bytes(folder: str | os.PathLike[str]) -> bytes:
    with open(os.open(f"{os.fspath(folder)}/{NAME}", READ), "rb") as file:
        return file.read()


def _stay_inside(paths: Iterable[str]) -> bool:
    """Tell whether all paths stay within the site: a manifest from elsewhere could list any file."""
    joined = "/".join(paths)
    os.fsencode(joined)  # raises ValueError for names that no file can have
    names = set(joined.replace(os.sep, "/").split("/"))
    return names.isdisjoint(_UNSAFE) and "\0" not in joined and (os.sep == "/" or ":" not in joined)
