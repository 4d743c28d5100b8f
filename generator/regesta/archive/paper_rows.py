"""The paper files as rows of the memory: a file that was not touched is not read again.

A file's signature (times, size, inode) is the fast way to tell that it is the same; after a fresh checkout, where every
signature is new, a hash of its text tells it.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.records import pack
from regesta.content.find_files import is_settled
from regesta.content.paper_files import mistaken_keys, parse, taken_id
from regesta.content.text_files import TextFileError, read_file
from regesta.dot_regesta import code_of
from regesta.errors import Problem
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.content.find_files import File
    from regesta.content.paper import Paper
    from regesta.memory import Memory, Rows

_TABLES = {
    # `id` is NULL and `problems` are told, if the file cannot be read.
    "paper_file": "(no INTEGER PRIMARY KEY, name TEXT UNIQUE, signature TEXT, key TEXT, id TEXT, problems TEXT)",
    "record": "(no INTEGER PRIMARY KEY, record, abstract)",
}
_BATCH = 500  # files


class Changes(NamedTuple):
    """What is other than at the last build.

    Attributes:
        files: the changed files, each with `new`, `edited` or `deleted`, sorted.
        ids: the ids that these files have or had.
    """

    files: list[tuple[str, str]]
    ids: set[str]


class _Known(NamedTuple):
    """What is remembered of a file; `name` is "" for a file that is new."""

    no: int
    name: str
    signature: str
    key: str
    id: str | None


_NEW = _Known(0, "", "", "", None)
#: What happened to a file, by whether it held a paper and holds one now.
_HOW = {(False, False): "", (False, True): "new", (True, True): "edited", (True, False): "deleted"}


class PaperRows:
    """The rows of the paper files.

    Args:
        memory: where they are.
    """

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        code = code_of("limits.py", "text", "content", "archive")
        if not memory.recall("papers", code, _TABLES):
            memory.rows("CREATE INDEX paper_file_id ON paper_file (id, name)")
            memory.rows("CREATE INDEX paper_file_problems ON paper_file (name) WHERE problems != ''")

    def look(self, found: Iterable[File], seen: int) -> Changes:
        """Compare the files with the rows, and bring the rows up to date; only what changed is read.

        Args:
            found: all paper files, sorted by name.
            seen: when the search for them began (ns since 1970).
        """
        changes = Changes([], set())
        batch: list[tuple[_Known, File]] = []
        for known, file in [*self._differing(found, seen)]:
            if file is None:
                if known.id:
                    changes.files.append((known.name, "deleted"))
                    changes.ids.add(known.id)
                self._remove(known.no)
            else:
                batch.append((known, file))
        for start in range(0, len(batch), _BATCH):
            self._read(batch[start : start + _BATCH], seen, changes)
        changes.files.sort()
        changes.ids.discard("")
        return changes

    def _differing(self, found: Iterable[File], seen: int) -> Iterator[tuple[_Known, File | None]]:
        """Yield each row and file that are not the same; both are in the order of the names."""
        rows = map(
            _Known._make,
            self._memory.each("SELECT no, name, signature, key, id FROM paper_file ORDER BY name"),
        )
        row = next(rows, None)
        for file in found:
            while row and row.name < file.name:
                yield row, None
                row = next(rows, None)
            if not row or row.name != file.name:
                yield _NEW, file
                continue
            if row.signature != _signature(file, seen) or not row.signature:
                yield row, file
            row = next(rows, None)
        while row:
            yield row, None
            row = next(rows, None)

    def _remove(self, no: int) -> None:
        self._memory.write("DELETE FROM paper_file WHERE no = ?", [(no,)])
        self._memory.write("DELETE FROM record WHERE no = ?", [(no,)])

    def _read(self, batch: Iterable[tuple[_Known, File]], seen: int, changes: Changes) -> None:
        """Read some files that are new, or that were touched."""
        files, records, untouched = [], [], []
        next_no = self._memory.rows("SELECT ifnull(max(no), 0) + 1 FROM paper_file")[0][0]
        for known, file in batch:
            no, signature = known.no or next_no, _signature(file, seen)
            next_no += not known.no
            key, paper, problems = _parsed(file, known.key)
            if key == known.key:
                untouched.append((signature, no))
                continue
            told = json.dumps([[p.file, p.line, p.what, p.remedy] for p in problems]) if problems else ""
            paper_id = paper.id if paper else None
            files.append((no, file.name, signature, key, paper_id, told))
            records.append((no, pack(paper), paper.abstract) if paper else (no, "", ""))
            if how := _HOW[bool(known.id), bool(paper_id)]:
                changes.files.append((file.name, how))
            changes.ids.update((known.id or "", paper_id or ""))
        self._memory.write("UPDATE paper_file SET signature = ? WHERE no = ?", untouched)
        self._write(files, records)

    def put(self, papers: Iterable[Paper]) -> None:
        """Put in papers that are in no file."""
        numbered = [*enumerate(papers, 1)]
        self._write(
            ((no, paper.id, "", digest(repr(paper)), paper.id, "") for no, paper in numbered),
            ((no, pack(paper), paper.abstract) for no, paper in numbered),
        )

    def _write(self, files: Rows, records: Rows) -> None:
        self._memory.write("INSERT OR REPLACE INTO paper_file VALUES (?, ?, ?, ?, ?, ?)", files)
        self._memory.write("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", records)

    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with the files, in the order of their names: also that an id or an alias is taken."""
        for (told,) in self._memory.each(
            "SELECT problems FROM paper_file WHERE problems != '' ORDER BY name"
        ):
            yield from (Problem(*problem) for problem in json.loads(told))
        query = """SELECT other.name, other.id, first.name FROM paper_file other JOIN
            (SELECT id, min(name) AS name FROM paper_file WHERE id NOT NULL GROUP BY id HAVING count(*) > 1) first
            ON first.id = other.id AND other.name != first.name ORDER BY other.name"""
        for name, paper_id, owner in self._memory.each(query):
            yield taken_id(name, paper_id, owner)


def _parsed(file: File, known: str) -> tuple[str, Paper | None, list[Problem]]:
    """Return the hash of a file's text, its paper, and what is wrong; no paper if the hash is the one that is known."""
    text = ""
    try:
        text = read_file(file)
        key = digest(text)
        if key == known:
            return key, None, []
        paper = parse(text, file.stem, file.name)
    except TextFileError as error:
        return f"?{digest(repr((text, error.problems)))}", None, [*error.problems]
    return key, paper, [*mistaken_keys(file, paper)]


def _signature(file: File, seen: int) -> str:
    """Return a file's signature; "" if it is so fresh that its next edit might not show."""
    return " ".join(map(str, file.signature)) if is_settled(file.signature, seen) else ""
