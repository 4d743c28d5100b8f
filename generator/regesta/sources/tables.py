"""Tables: JSON Lines, a JSON list of flat objects, and CSV with commas, semicolons or tabs."""

from __future__ import annotations

import csv
import json
import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from regesta.sources.common import values
from regesta.sources.common.columns import Columns, all_keys, paper_of
from regesta.sources.common.dump import Dump, Reading
from regesta.text.bounds import check_entry, limited, numbered_lines
from regesta.text.strings import some
from regesta.text.xml_json import DocumentError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LEFT_OUT = "mend the dump; this entry was left out"
_ALONE = re.compile(r"\s*(?:\[|\{[ \t]*\n)")  # a list, or an object on more than one line


class _Table:
    """A table that is being read."""

    def __init__(self, dump: Dump) -> None:
        self.reading = Reading()
        self._dump = dump
        self._columns = Columns(dump.columns)
        for column in self._columns.unknown:
            what = f"has a column {column!r} for {dump.columns[column]!r}, which no paper has"
            self.refuse(1, what, f"name one of {all_keys()}")

    def holds(self, key: str, columns: Iterable[str]) -> bool:
        """Tell whether one of the columns holds a key of a paper."""
        return any(self._columns.key(column) == key for column in columns)

    def add(self, line: int, row: Iterable[tuple[str, Any]]) -> None:
        """Add the paper of a row, or a problem."""
        paper = paper_of(self._dump, line, row, self._columns, self.reading.leave_out)
        if paper.title:
            self.reading.papers.append(paper)
        else:
            self.refuse(line, *values.NO_TITLE)

    def refuse(self, line: int, what: str, remedy: str) -> None:
        """Add a problem with a line."""
        self.reading.problems.append(self._dump.problem(line, what, remedy))


def recognizes_jsonl(dump: Dump) -> bool:
    """Tell whether a file is named as JSON Lines, or its first object, perhaps in a list, has a title."""
    if _suffix(dump) in (".jsonl", ".ndjson"):
        return True
    first = values.first_object(dump)
    columns = Columns(dump.columns)
    return any(columns.key(key) == "title" and isinstance(value, str) for key, value in first.items())


def read_jsonl(dump: Dump) -> Reading:
    """Return the papers of the objects on lines of their own, or in a list."""
    table = _Table(dump)
    try:
        objects = values.objects_of(dump) if _ALONE.match(dump.head) else _objects(dump.text)
        for line, value in limited(objects):
            if isinstance(value, dict):
                table.add(line, value.items())
            else:
                table.refuse(line, *(value if isinstance(value, tuple) else values.NO_OBJECT))
    except DocumentError as error:
        table.refuse(error.line, str(error), "mend the dump")
    return _finished(table)


def _objects(text: str) -> Iterator[tuple[int, Any]]:
    """Yield the value of each line that is not blank; if it is not JSON, what is wrong and what to do."""
    for number, line in numbered_lines(text):
        if not line.strip():
            continue
        check_entry(len(line), number)
        try:
            yield number, json.loads(line.removesuffix("\n"))
        except (ValueError, RecursionError) as error:
            yield number, (f"is not JSON ({str(error).partition(':')[0].lower()})", _LEFT_OUT)


def recognizes_csv(dump: Dump) -> bool:
    """Tell whether a file is named as a table, or its first line names columns, one of them for titles."""
    header = _header(dump)
    return _suffix(dump) in (".csv", ".tsv", ".tab") or (
        len(header) > 1 and _Table(dump).holds("title", header)
    )


def read_csv(dump: Dump) -> Reading:
    """Return the papers of the rows below the first, which names the columns."""
    table = _Table(dump)
    rows = _rows(dump, table)
    line, header = next(rows, (1, []))
    if header and not table.holds("title", header):
        what = f"has no column for titles, but {some(map(repr, filter(None, header)))}"
        table.refuse(line, what, "say which holds them, as --column 'NAME=title'")
        return table.reading
    for line, row in limited(rows):
        _add_row(table, line, header, row)
    return _finished(table)


def _add_row(table: _Table, line: int, header: list[str], row: list[str]) -> None:
    """Add a row to a table, or a problem if it does not have a cell for each column."""
    if len(row) < len(header) or any(row[len(header) :]):
        what = f"has {len(row)} cells where the table has {len(header)} columns"
        remedy = "put quotes around a cell with a separator or a line end; this entry was left out"
        table.refuse(line, what, remedy)
    else:
        table.add(line, zip(header, row, strict=False))


def _rows(dump: Dump, table: _Table) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, each with its first line; an unreadable one becomes a problem."""
    rows = csv.reader(
        (text for _, text in numbered_lines(dump.text)), delimiter=_delimiter(dump), strict=True
    )
    while True:
        line = rows.line_num + 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            if "unexpected end" in str(error) or "field larger" in str(error):
                what = "has a quotation that is not closed: the rest of the file belongs to it"
                table.refuse(line, what, _LEFT_OUT)
                return
            table.refuse(line, f"is not a row of a table ({error})", _LEFT_OUT)
            continue
        if any(cell.strip() for cell in row):
            yield line, row


def _header(dump: Dump) -> list[str]:
    try:
        return next(csv.reader([_first_line(dump)], delimiter=_delimiter(dump)), [])
    except csv.Error:
        return []


def _delimiter(dump: Dump) -> str:
    """Return the separator of columns: the most frequent of comma, semicolon and tab outside of quotes."""
    bare = re.sub(r'"[^"]*"', "", _first_line(dump))
    return max(",;\t", key=bare.count)


def _first_line(dump: Dump) -> str:
    return next(filter(str.strip, dump.head.split("\n")), "")


def _suffix(dump: Dump) -> str:
    return PurePath(dump.name.removesuffix(".gz")).suffix.lower()


def _finished(table: _Table) -> Reading:
    """Return the reading of a whole table; a table without entries is a problem."""
    if not table.reading.papers and not table.reading.problems:
        table.refuse(1, *values.NO_PAPER)
    return table.reading
