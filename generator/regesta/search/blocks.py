"""Lines in blocks: files of about one size, each named by its content, of which a reader fetches the one that has its line."""

from __future__ import annotations

import json
from base64 import b32encode
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    #: Bytes of files, by their paths.
    Files = MutableMapping[str, bytes]

#: Characters in the name of a block.
NAME_SIZE = 6


class Table(NamedTuple):
    """Where lines stand.

    Attributes:
        borders: for each block, a text that no line in it precedes and that follows all lines of the blocks before.
        blocks: the names of the blocks, one after the other, each of NAME_SIZE characters.
    """

    borders: list[str]
    blocks: str


def utf16(text: str) -> bytes:
    """Return what sorts a text as JavaScript sorts it: by UTF-16 units, which above U+FFFF is not Python's order."""
    return text.encode("utf-16-be")


def put_table(files: Files, folder: str, lines: Mapping[str, bytes], size: int) -> Table:
    """Add blocks of lines to files.

    Args:
        files: where they are added.
        folder: where they go; ends with a slash.
        lines: what stands in a line, by the word that it begins with.
        size: bytes in a block, more or less; a line that would fill half of one has a block for itself.
    """
    borders: list[str] = []
    blocks: list[list[bytes]] = []
    before, room = "", 0
    for word in sorted(lines, key=utf16):
        line = lines[word]
        is_large = 2 * len(line) > size
        if len(line) > room or is_large:
            borders.append(_border(before, word))
            blocks.append([])
            room = len(line) if is_large else size
        blocks[-1].append(line)
        room -= len(line)
        before = word
    return Table(borders, "".join(_put(files, folder, b"\n".join(block)) for block in blocks))


def _border(before: str, word: str) -> str:
    """Return the shortest beginning of a word that sorts after the word in front of it."""
    shared = next((i for i, (a, b) in enumerate(zip(before, word, strict=False)) if a != b), len(before))
    return word[: shared + 1]


def _put(files: Files, folder: str, block: bytes) -> str:
    salt = 0
    while files.get(path := f"{folder}{(name := content_name(block, NAME_SIZE, salt))}.txt", block) != block:
        salt += 1  # two blocks of one name: seldom, and seen
    files[path] = block
    return name


def content_name(data: bytes, length: int, salt: int = 0) -> str:
    """Return a name of lower-case letters and digits for some bytes. They are not compressed: zlib's output differs between versions."""
    return b32encode(blake2b(data, digest_size=10, salt=bytes([salt])).digest()).decode().lower()[:length]


def as_json(value: Any) -> bytes:
    """Return plain data as JSON, without blanks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
