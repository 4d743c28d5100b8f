"""Lines in blocks: files of about the same size, named by their content, of which a browser fetches few."""

from __future__ import annotations

import json
from base64 import b32encode
from hashlib import blake2b
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping

    #: Bytes of files, by their paths.
    Files = MutableMapping[str, bytes]

#: Characters in the name of a block.
NAME_SIZE = 6
#: A block is at least and at most this share of the size that is aimed at.
_LEAST, _MOST = 0.6, 1.4


class Table(NamedTuple):
    """Which block holds which lines.

    Attributes:
        borders: for each block, a text that sorts after all lines of the earlier blocks, and not after any
            line of its own.
        blocks: the names of the blocks, one after another, NAME_SIZE characters each.
    """

    borders: list[str]
    blocks: str


def names_in(text: str, size: int) -> list[str]:
    """Return the names, of so many characters each, that stand one after another in a text."""
    return [text[start : start + size] for start in range(0, len(text), size)]


def utf16(text: str) -> bytes:
    """Return a sort key that gives JavaScript's order, by UTF-16 unit; Python's differs above U+FFFF."""
    return text.encode("utf-16-be")


class Cutter:
    """Decides which lines begin a block: mostly a hash of the line's word does.

    So a changed line changes its own block, and seldom the border to the next one. Borders that follow from
    sizes alone would all move. A chance that grows with the line's bytes would be enough for that, but then
    one block in twenty would be twice as large as the others; hence the least and the most.

    Args:
        size: the size of a block in bytes that is aimed at; a line of at least half of it has a block of its
            own.
    """

    def __init__(self, size: int) -> None:
        self._size, self._filled = size, inf  # bytes in the current block

    def begins(self, word: str, length: int) -> bool:
        """Tell whether the next line, of so many bytes, begins a block; the first line always does."""
        size, filled, is_large = self._size, self._filled, 2 * length > self._size
        is_chosen = filled >= _LEAST * size and crc32(word.encode()) * size < 3 * length << 32
        begins = is_large or is_chosen or filled + length > _MOST * size
        self._filled = inf if is_large else length if begins else filled + length
        return begins


def put_table(files: Files, folder: str, lines: Mapping[str, bytes], size: int) -> Table:
    """Add lines to files, in blocks, and return the table that leads to them.

    Args:
        files: the blocks are added here.
        folder: where the blocks go, relative to the site's root; ends with a slash.
        lines: each line by the word that it begins with.
        size: the size of a block in bytes, roughly (`Cutter`).
    """
    borders: list[str] = []
    blocks: list[list[bytes]] = []
    before, cutter = "", Cutter(size)
    for word in sorted(lines, key=utf16):
        line = lines[word]
        if cutter.begins(word, len(line)):
            borders.append(border(before, word))
            blocks.append([])
        blocks[-1].append(line)
        before = word
    return Table(borders, "".join(_put(files, folder, b"\n".join(block)) for block in blocks))


def border(before: str, word: str) -> str:
    """Return the shortest beginning of a word that sorts after the word before it."""
    shared = next((i for i, (a, b) in enumerate(zip(before, word, strict=False)) if a != b), len(before))
    return word[: shared + 1]


def _put(files: Files, folder: str, block: bytes) -> str:
    """Add a block to files and return its name."""
    salt = 0
    while files.get(path := f"{folder}{(name := content_name(block, NAME_SIZE, salt))}.txt", block) != block:
        salt += 1  # another block has that name, which is rare
    files[path] = block
    return name


def content_name(data: bytes, length: int, salt: int = 0) -> str:
    """Return a name for some bytes, made of lower-case letters and digits.

    Args:
        data: the bytes, not compressed: zlib's output differs between versions.
        length: how many characters, at most 16.
        salt: another number gives another name.
    """
    return b32encode(blake2b(data, digest_size=10, salt=bytes([salt])).digest()).decode().lower()[:length]


def has_first_name(file: tuple[str, bytes]) -> bool:
    """Tell whether a file, by path and bytes, is no block, or has the name that no other block claimed."""
    path, data = file
    return not path.endswith(".txt") or path.endswith(f"/{content_name(data, NAME_SIZE)}.txt")


def as_json(value: Any) -> bytes:
    """Return plain data as JSON, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
