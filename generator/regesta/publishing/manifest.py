"""The manifest, a hidden file of a site: which files Regesta made, with hashes of their inputs and bytes."""

from __future__ import annotations

import json
import os
from _blake2 import blake2b  # as in `text.strings`
from json.encoder import encode_basestring_ascii as quote
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.find_files import READ
from regesta.text.batches import batches

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import BinaryIO

    Files = Iterable[tuple[str, str, str]]

#: The manifest's path in a site.
NAME = ".regesta.json"

_FORMAT = 2
#: Lines that are read or written at once, and bytes that are hashed at once.
_LINES, _BYTES = 2_000, 1 << 20
_END = b"}}\n"
#: What is raised for a file that is not a manifest of ours.
_FOREIGN = (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)
#: Names in a path that could lead out of the site.
_UNSAFE = ("", ".", "..")


class Manifest(NamedTuple):
    """The files of a site as a build left them, without the manifest itself.

    Attributes:
        settings: a hash of what every page depends on (version, settings, theme, navigation).
        inputs: a hash of what each file was made from, by its path below the site's root.
        outputs: a hash of the bytes of each file, by the same paths.
    """

    settings: str
    inputs: dict[str, str]
    outputs: dict[str, str]


def manifest_pieces(settings: str, files: Files) -> Iterator[bytes]:
    """Yield the bytes of a manifest, some thousand lines at once.

    Args:
        settings: a hash of what every page depends on.
        files: path, hash of the inputs and hash of the bytes of each file, sorted by path.
    """
    separator = ""
    yield f'{{"format":{_FORMAT},"settings":{quote(settings)},"files":{{\n'.encode()
    for some in batches(files, _LINES):
        lines = [f"{quote(path)}:[{quote(inputs)},{quote(output)}]" for path, inputs, output in some]
        yield (separator + ",\n".join(lines)).encode()
        separator = ",\n"
    yield b"\n" + _END


def read_manifest(folder: str | os.PathLike[str]) -> Manifest | None:
    """Return the manifest of the site in a folder; None if it has none, or one that is not Regesta's."""
    try:
        with _opened(folder) as file:
            return _parsed(file.read())
    except _FOREIGN:
        return None


def has_manifest(folder: str | os.PathLike[str]) -> bool:
    """Tell whether a folder holds the manifest of a site; of one that Regesta wrote, only the first line is read."""
    try:
        with _opened(folder) as file:
            head = file.readline(_BYTES)
        return bool(json.loads(head + _END)["format"] == _FORMAT)
    except _FOREIGN:
        return read_manifest(folder) is not None


def read_in_pieces(folder: str | os.PathLike[str]) -> Iterator[Manifest]:
    """Yield the manifest of the site in a folder, some thousand files at once.

    Raises:
        ValueError: there is none, or one that is not as Regesta writes it; what was yielded is not to be used.
    """
    try:
        with _opened(folder) as file:
            head, last = file.readline(), b""
            for lines in batches(file, _LINES):
                last = lines[-1]
                lines[-1] = last if last == _END else last.rstrip(b",\n") + b"\n" + _END
                yield _parsed(head + b"".join(lines))
    except _FOREIGN as error:
        raise ValueError(NAME) from error
    if last != _END:
        raise ValueError(NAME)


def read_paths(folder: str | os.PathLike[str]) -> Iterator[str]:
    """Yield the paths that the manifest of the site in a folder lists, in a third of the time of `read_in_pieces`.

    Raises:
        ValueError: there is none, or one that is not as Regesta writes it; what was yielded is not to be used.
    """
    try:
        with _opened(folder) as file:
            file.readline()
            while lines := file.readlines(_BYTES):
                quoted = [line.rpartition(b":[")[0] or b"?" for line in lines if line not in (_END, b"\n")]
                yield from json.loads(b"[%s]" % b",".join(quoted))
    except (OSError, ValueError) as error:
        raise ValueError(NAME) from error


def _parsed(data: bytes) -> Manifest:
    """Return a manifest.

    Raises:
        ValueError, and others of `_FOREIGN`: it is not ours.
    """
    content = json.loads(data)
    files, settings = content["files"], content["settings"]
    inputs = {path: hashes[0] for path, hashes in files.items()}
    outputs = {path: hashes[1] for path, hashes in files.items()}
    "".join([settings, *inputs.values(), *outputs.values()])  # raises TypeError if one is not a string
    if content["format"] != _FORMAT or (files and not stay_inside(files)):
        raise ValueError(NAME)
    return Manifest(settings, inputs, outputs)


def manifest_hash(folder: str | os.PathLike[str]) -> str:
    """Return a hash of the manifest file of the site in a folder, "" if it has none."""
    try:
        found = manifest_hasher()
        with _opened(folder) as file:
            while piece := file.read(_BYTES):
                found.update(piece)
        return found.hexdigest()
    except OSError:
        return ""


def manifest_hasher() -> blake2b:
    """Return what hashes a manifest that comes in pieces."""
    return blake2b(digest_size=8)


def _opened(folder: str | os.PathLike[str]) -> BinaryIO:
    return open(os.open(f"{os.fspath(folder)}/{NAME}", READ), "rb")


def stay_inside(paths: Iterable[str]) -> bool:
    """Tell whether all paths stay within the site: a manifest from elsewhere could list any file."""
    joined = "/".join(paths)
    os.fsencode(joined)  # raises ValueError for names that no file can have
    names = set(joined.replace(os.sep, "/").split("/"))
    return names.isdisjoint(_UNSAFE) and "\0" not in joined and (os.sep == "/" or ":" not in joined)
