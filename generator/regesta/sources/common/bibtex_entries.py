"""The entries of a BibTeX file: parsed by the library, macros replaced, fields inherited from parents."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

from regesta import limits
from regesta.text.bounds import LimitError, check_entry, check_number, limited
from regesta.text.strings import LONGEST_TEXT, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from regesta.sources.common.dump import Dump, Reading

_STRAY = re.compile(r"\s*,?\s*[\w+:-]+\s*=\s*[{\"\w]")
#: Where the library begins a block, whatever comes before.
_BEGIN = re.compile(r"(\n)[^\S\n]*@\w*[ \t]*[{(]")
_PIECE_MARKS = re.compile(r"(?<!\\)[{}\"#]")
_MONTHS = dict(
    zip(
        "jan feb mar apr may jun jul aug sep oct nov dec".split(),
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(),
        strict=True,
    )
)
#: Types of entries that are part of a book: their parent's title is the title of the book.
_PARTS = frozenset(
    "inproceedings conference incollection inbook suppcollection suppbook bookinbook inreference".split()
)
#: Fields that an entry inherits from the volume that `crossref` names: all papers of a volume share them.
_INHERITED = (
    "author booktitle journal journaltitle publisher organization institution school year month date eventtitle "
    "volume number license licence rights copyright"
).split()
_DATES = frozenset(("year", "month", "day", "date"))
_MOST_PARENTS = 10  # no bibliography needs more
_LONGEST_VALUE = 2 * LONGEST_TEXT + 1  # of joined texts


@dataclass(frozen=True, slots=True)
class BibEntry:
    """An entry: the line of its `@`, its type and fields in lower case; macros are replaced, TeX is not."""

    line: int
    kind: str
    key: str
    fields: dict[str, str]


class Room:
    """How much the fields of a file's entries may grow by macros and parents: to twice the size of the largest dump."""

    def __init__(self) -> None:
        self._left = 2 * limits.DUMP

    def taken(self, fields: dict[str, str], line: int) -> dict[str, str]:
        """Return the fields of the entry on a line.

        Raises:
            LimitError: with those of the entries before, there are too many.
        """
        self._left -= sum(map(len, fields)) + sum(map(len, fields.values()))
        if self._left < 0:
            raise LimitError("repeats too much of other entries by `@string` or `crossref`", line=line)
        return fields


def read_entries(dump: Dump, reading: Reading) -> list[BibEntry]:
    """Return the entries that can be parsed; each of the others becomes a problem of the reading."""
    macros, room, found = dict(_MONTHS), Room(), []
    for line, (kind, block) in limited(_blocks(dump.text)):
        if kind == "macro":
            macros[block.key.lower()] = _resolved(block.value, macros)
        elif kind == "entry":
            entry = _entry(block, line, macros, reading)
            room.taken(entry.fields, line)
            found.append(entry)
        elif kind == "commented out":
            reading.unread[kind] += 1
        elif kind in _WRONG:
            what, remedy = _WRONG[kind]
            text = block.comment if kind == "stray" else block.raw or ""
            reading.problems.append(dump.problem(line, f"{text.partition(chr(10))[0][:60]!r} {what}", remedy))
    return found


#: What is wrong with a kind of block, and what to do.
_WRONG = {
    "broken": (
        "cannot be parsed",
        "balance its braces and quotes, and put a comma after each field; this entry was left out",
    ),
    "stray": (
        "is outside of any entry",
        "balance the braces of the entry before it; this part of it was left out",
    ),
}


def _blocks(text: str) -> Iterator[tuple[int, tuple[str, Any]]]:
    """Yield the first line, the kind and the block itself for each block that the library finds in a file."""
    from bibtexparser import model
    from bibtexparser.splitter import Splitter

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # we report these problems ourselves
    before = None
    for first, part in _parts(text):
        lines = part.split("\n")
        for outer in Splitter(part).split().blocks:
            # the library wraps a block in which a field occurs twice
            inner = outer.ignore_error_block if isinstance(outer, model.ParsingFailedBlock) else None
            block = inner or outer
            number = block.start_line or 0
            yield first + number, (_kind(block, before, lines[number]), block)
            before = block


def _parts(text: str) -> Iterator[tuple[int, str]]:
    """Yield the parts of a file, with their first lines: the library begins a block at each `@word{` of a line's begin."""
    first, start = 1, 0
    for end in chain((match.end(1) for match in _BEGIN.finditer(text)), [len(text)]):
        check_entry(end - start, first)
        check_number(text.count("@", start, end), first)
        yield first, text[start:end]
        first += text.count("\n", start, end)
        start = end


def _kind(block: Any, before: Any, line: str) -> str:
    """Return the kind of a block: `macro`, `entry`, `broken`, `commented out`, `stray` (part of none) or "".

    Args:
        block: the library's block.
        before: the block before it.
        line: the text of its first line.
    """
    from bibtexparser import model

    if isinstance(block, model.ImplicitComment):
        return "stray" if isinstance(before, model.Entry) and _STRAY.match(block.comment) else ""
    if line.lstrip().startswith("%"):
        return "commented out"
    if isinstance(block, model.String):
        return "macro"
    if isinstance(block, model.Entry) and all(_is_whole(item.value) for item in block.fields):
        return "entry"
    is_entry = isinstance(block, model.Entry | model.ParsingFailedBlock)
    return "broken" if is_entry and not (block.raw or "").lower().startswith("@comment") else ""


def _entry(block: Any, line: int, macros: Mapping[str, str], reading: Reading) -> BibEntry:
    """Return an entry of the library as ours. If a field occurs twice, the first counts, as in BibTeX."""
    fields: dict[str, str] = {}
    for item in block.fields:
        name, value = item.key.lower(), _resolved(item.value, macros)
        if name in fields and value != fields[name]:
            reading.leave_out([name])
        elif value:
            fields.setdefault(name, value)
    return BibEntry(line, block.entry_type.lower(), one_line(block.key), fields)


def _is_whole(raw: str) -> bool:
    """Tell whether a value is complete; `{value} next = {…}`, where a comma is missing, is not."""
    return all(map(_is_closed, map(str.strip, _pieces(raw) if "#" in raw else [raw])))


def _is_closed(piece: str) -> bool:
    """Tell whether a piece of a value is a bare word, or ends where its first brace or quote is closed."""
    depth, ends = 0, []
    for mark in _PIECE_MARKS.finditer(piece):
        depth += {"{": 1, "}": -1}.get(mark[0], 0)
        if depth == 0 and mark[0] in ("}", '"') and mark.start():
            ends.append(mark.start())
    if piece[:1] not in ("{", '"'):
        return not ends and "=" not in piece
    return (ends if piece[0] == "{" else [end for end in ends if piece[end] == '"']) == [len(piece) - 1]


def _resolved(raw: str, macros: Mapping[str, str]) -> str:
    """Return the value of a field: its texts and the values of its macros, joined at each `#`."""
    if "#" not in raw:
        return _piece(raw.strip(), macros).strip()
    value = ""
    for piece in _pieces(raw):
        value += _piece(piece.strip(), macros)
        if len(value) > _LONGEST_VALUE:  # macros within macros could grow exponentially
            break
    return value.strip()[:_LONGEST_VALUE]


def _pieces(raw: str) -> list[str]:
    """Return the parts of a value that `#` separates, outside of braces and quotes."""
    depth, quoted, start, pieces = 0, False, 0, []
    for mark in _PIECE_MARKS.finditer(raw):
        if mark[0] == '"':
            quoted ^= depth == 0
        elif mark[0] == "#":
            if depth == 0 and not quoted:
                pieces.append(raw[start : mark.start()])
                start = mark.end()
        else:
            depth += 1 if mark[0] == "{" else -1
    return [*pieces, raw[start:]]


def _piece(piece: str, macros: Mapping[str, str]) -> str:
    """Return a part of a value without its braces or quotes, or the value of the macro that it names."""
    is_enclosed = len(piece) > 1 and piece[0] + piece[-1] in ("{}", '""')
    return piece[1:-1] if is_enclosed else macros.get(piece.lower(), piece)


def parents(entry: BibEntry) -> list[str]:
    """Return the keys, in lower case, of the entries that an entry inherits from."""
    return [
        key.strip().lower()
        for name in ("xdata", "crossref")
        for key in entry.fields.get(name, "").split(",", _MOST_PARENTS)[:_MOST_PARENTS]
        if key.strip()
    ]


def inherited(entry: BibEntry, by_key: Mapping[str, BibEntry]) -> dict[str, str]:
    """Return the fields of an entry, including those inherited from its parents and their parents."""
    fields, queue, seen = dict(entry.fields), parents(entry), {entry.key.lower()}
    while queue and len(seen) <= _MOST_PARENTS:
        key = queue.pop(0)
        parent = by_key.get(key)
        if parent is None or key in seen:
            continue
        seen.add(key)
        queue += parents(parent)
        given = _given(parent, entry.kind)
        if fields.keys() & {"year", "date"}:  # a month is not inherited without its year
            given = {name: value for name, value in given.items() if name not in _DATES}
        fields = given | fields
    return fields


def _given(parent: BibEntry, kind: str) -> dict[str, str]:
    """Return what an entry of a type inherits from a parent, whose title becomes its book or journal."""
    if parent.kind == "xdata":
        return dict(parent.fields)
    given = {name: parent.fields[name] for name in _INHERITED if name in parent.fields}
    name = "booktitle" if kind in _PARTS else "journaltitle"
    return given | (
        {name: parent.fields["title"]}
        if "title" in parent.fields and (kind in _PARTS or kind == "article")
        else {}
    )
