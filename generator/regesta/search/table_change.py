"""A table of the index whose lines change: only the blocks that hold such lines are read, and made anew."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from regesta.search.blocks import NAME_SIZE, BlockNames, Cutter, Table, TableWriter, border, names_in, utf16

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Mapping

    #: Border, name and content of a block: one that stays has no content here, a new one no name yet.
    Block = tuple[str, str, bytes | None]
    #: The new line of each word; None if there is to be none.
    Lines = Mapping[str, bytes | None]
    Read = Callable[[str], bytes]


class PublishedTable:
    """A table as the site has it.

    Args:
        folder: of its blocks, relative to the site's root; ends with a slash.
        table: which block holds which lines.
        read: returns a file of the site by its path. Raises OSError if somebody has changed it.
        renamed: the blocks whose name is not the first one for their content, with that one.
    """

    def __init__(self, folder: str, table: Table, read: Read, renamed: Mapping[str, str]) -> None:
        self._folder, self._read, self.renamed = folder, read, renamed
        self._borders = table.borders
        self._order = [utf16(text) for text in table.borders]
        self._names = names_in(table.blocks, NAME_SIZE)
        self._blocks: dict[int, dict[str, bytes]] = {}  # those that were read

    def line(self, word: str) -> bytes | None:
        """Return the line of a word; None if it has none.

        Raises:
            OSError: a file is missing, or somebody has changed it.
        """
        return self._block(self._place(word)).get(word) if self._names else None

    def changed(self, lines: Lines, size: int) -> tuple[Table, dict[str, bytes | None]]:
        """Return the table with other lines, and its blocks by their paths; None for those that stay as they are.

        They are those that `TableWriter` makes of all lines. `renamed` is brought up to date.

        Raises:
            OSError: a file is missing, or somebody has changed it.
        """
        if not self._names:
            writer = TableWriter(self._folder, size)
            files = writer.put({word: line for word, line in lines.items() if line is not None})
            self.renamed = writer.renamed()
            return writer.table(), {**files}
        names, borders, made = BlockNames(), list[str](), dict[str, bytes | None]()
        for text, name, data in self._all_blocks(self._by_block(lines), size):
            borders.append(text)
            new_name, new_data = self._named(names, name, data)
            made[f"{self._folder}{new_name}.txt"] = new_data
        self.renamed = names.renamed
        return Table(borders, "".join(names.taken)), made

    def _named(self, names: BlockNames, name: str, data: bytes | None) -> tuple[str, bytes | None]:
        """Return the name and content of the next block; None for the content of one that stays, with its name."""
        if data is None and name not in self.renamed and name not in names.taken:
            names.taken[name] = None
            return name, None
        content = self._content(name) if data is None else data
        new_name = names.take(content)
        return new_name, None if data is None and new_name == name else content

    def _content(self, name: str) -> bytes:
        """Return the content of a block of the site."""
        return self._read(f"{self._folder}{name}.txt")

    def _place(self, word: str) -> int:
        """Return the number of the block that holds a word, or would hold it."""
        return max(bisect_right(self._order, utf16(word)) - 1, 0)

    def _block(self, number: int) -> dict[str, bytes]:
        """Return the lines of a block, by their words, in order."""
        if number not in self._blocks:
            data = self._content(self._names[number])
            self._blocks[number] = {line.partition(b"\t")[0].decode(): line for line in data.split(b"\n")}
        return self._blocks[number]

    def _by_block(self, lines: Lines) -> dict[int, dict[str, bytes | None]]:
        """Return the lines that change, by the number of the block.

        If a block may get another first line, the block before it is listed, too: it may grow or shrink.
        """
        changes: dict[int, dict[str, bytes | None]] = {}
        for word, line in lines.items():
            changes.setdefault(self._place(word), {})[word] = line
        for number in [*changes]:
            first = next(iter(self._block(number)))
            if number and min(map(utf16, changes[number])) <= utf16(first):
                changes.setdefault(number - 1, {})
        return changes

    def _all_blocks(self, changes: Mapping[int, Lines], size: int) -> Iterator[Block]:
        """Yield all blocks of the table, after some changes."""
        number = 0
        for start in sorted(changes):
            if start >= number:
                yield from self._kept(number, start)
                number = yield from self._cut_anew(start, changes, size)
        yield from self._kept(number, len(self._names))

    def _kept(self, start: int, end: int) -> Iterator[Block]:
        for number in range(start, end):
            yield self._borders[number], self._names[number], None

    def _cut_anew(self, start: int, changes: Mapping[int, Lines], size: int) -> Generator[Block, None, int]:
        """Yield new blocks from one on, until a block begins where an old one does; return the number of the next one.

        The first line of the first one stays, unless it is the first of all.
        """
        cutter, before, block = Cutter(size), "", list[bytes]()
        text = self._borders[start]
        for number in range(start, len(self._names)):
            lines = self._with(number, changes.get(number, {}))
            for place, (word, line) in enumerate(lines):
                if cutter.begins(word, len(line)):
                    if block:
                        yield text, "", b"\n".join(block)
                    text, block = border(before, word) if before or not start else text, []
                    if not place and number not in changes:
                        yield text, self._names[number], None
                        return number + 1
                block.append(line)
                before = word
        if block:
            yield text, "", b"\n".join(block)
        return len(self._names)

    def _with(self, number: int, changes: Lines) -> list[tuple[str, bytes]]:
        """Return the words and lines of a block, after some changes, in order."""
        block = self._block(number)
        lines = {**block, **changes}
        in_order = lines if len(lines) == len(block) else sorted(lines, key=utf16)
        return [(word, line) for word in in_order if (line := lines[word]) is not None]
