"""Lines in blocks: files of about the same size, named by their content, of which a browser fetches few."""

from __future__ import annotations

import json
from base64 import b32encode
from hashlib import blake2b
from math import inf
from typing import TYPE_CHECKING, Any, NamedTuple
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    #: Bytes of files, by their paths.
    Files = dict[str, bytes]

#: Characters in the name of a block.
NAME_SIZE = 6
#: A block is at least and at most this share of the size that is aimed at.
_LEAST, _MOST = 0.6, 1.4
_NONE: Files = {}


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


def in_order(words: Collection[str]) -> list[str]:
    """Return words in the order of `utf16`; Python's is the same, and faster, if there is no character above U+FFFF."""
    return sorted(words, key=None if max("".join(words), default="") <= "\uffff" else utf16)


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
        if self._filled < _LEAST * self._size and 2 * length <= self._size:  # as in most cases
            self._filled += length
            return False
        size, filled, is_large = self._size, self._filled, 2 * length > self._size
        is_chosen = filled >= _LEAST * size and crc32(word.encode()) * size < 3 * length << 32
        begins = is_large or is_chosen or filled + length > _MOST * size
        self._filled = inf if is_large else length if begins else filled + length
        return begins


class TableWriter:
    """Puts lines into blocks; they must come in the order of `utf16`.

    Args:
        folder: where the blocks go, relative to the site's root; ends with a slash.
        size: the size of a block in bytes, roughly (`Cutter`).
    """

    def __init__(self, folder: str, size: int) -> None:
        self._folder, self._cutter = folder, Cutter(size)
        self._borders: list[str] = []
        self._names = BlockNames()
        self._block: list[bytes] = []
        self._before = ""

    def add(self, word: str, line: bytes) -> Files:
        """Add a line, which begins with a word; return the file of the last block if the line begins another one."""
        files = self._begin(word) if self._cutter.begins(word, len(line)) else _NONE
        self._block.append(line)
        self._before = word
        return files

    def _begin(self, word: str) -> Files:
        files = self.end()
        self._borders.append(border(self._before, word))
        return files

    def end(self) -> Files:
        """Return the file of the last block; none if there are no lines."""
        if not self._block:
            return {}
        data = b"\n".join(self._block)
        self._block = []
        return {f"{self._folder}{self._names.take(data)}.txt": data}

    def put(self, lines: Mapping[str, bytes]) -> Files:
        """Add lines by their words, in any order; return the files of all blocks."""
        files: Files = {}
        for word in in_order(lines):
            files |= self.add(word, lines[word])
        return files | self.end()

    def table(self) -> Table:
        """Return the table that leads to the blocks, all of which were asked for."""
        return Table(self._borders, "".join(self._names.taken))

    def renamed(self) -> dict[str, str]:
        """Return the blocks whose name is not the first one for their content, with that one."""
        return self._names.renamed


class BlockNames:
    """Gives names to the blocks of a table, in order: a hash of the content, or another one if an earlier block has it.

    Attributes:
        taken: the names of all blocks so far, in order.
        renamed: blocks whose name is not the first one for their content, with that one.
    """

    def __init__(self) -> None:
        self.taken: dict[str, None] = {}
        self.renamed: dict[str, str] = {}

    def take(self, data: bytes) -> str:
        """Return the name of the next block."""
        salt, first = 0, content_name(data, NAME_SIZE)
        name = first
        while name in self.taken:  # which is rare
            salt += 1
            name = content_name(data, NAME_SIZE, salt)
        if salt:
            self.renamed[name] = first
        self.taken[name] = None
        return name


def border(before: str, word: str) -> str:
    """Return the shortest beginning of a word that sorts after the word before it."""
    shared = next((i for i, (a, b) in enumerate(zip(before, word, strict=False)) if a != b), len(before))
    return word[: shared + 1]


def content_name(data: bytes, length: int, salt: int = 0) -> str:
    """Return a name for some bytes, made of lower-case letters and digits.

    Args:
        data: the bytes, not compressed: zlib's output differs between versions.
        length: how many characters, at most 16.
        salt: another number gives another name.
    """
    return b32encode(blake2b(data, digest_size=10, salt=bytes([salt])).digest()).decode().lower()[:length]


def as_json(value: Any) -> bytes:
    """Return plain data as JSON, without spaces."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
