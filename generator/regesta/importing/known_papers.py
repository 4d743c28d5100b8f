"""The archive's papers as the import knows them: rows of a memory, so that it reads only what changed since the last one.

Beside each paper lies what it is looked up by, from the first import that looks for one. A paper itself is read from its
row when it is asked for: most imports need only a few.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from regesta.archive.paper_rows import PaperRows
from regesta.archive.records import unpack
from regesta.content.find_files import find_files
from regesta.content.paper_files import taken_alias
from regesta.dot_regesta import code_of
from regesta.importing.likeness import features, marks_of, text_hash
from regesta.memory import Memory, undamaged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from regesta.content.paper import Paper
    from regesta.errors import Problem

    _T = TypeVar("_T")

#: The rooms whose code decides what an import does.
WHAT_IMPORTS = ("limits.py", "text", "content", "archive", "sources", "importing")
_FILE = "import.db"
#: `key` tells of which text of the file the others were found.
_TABLES = {"trait": "(no INTEGER PRIMARY KEY, key TEXT, text TEXT, size INT, marks TEXT)"}
_STALE = """SELECT no, f.key FROM paper_file f LEFT JOIN trait t USING (no)
    WHERE f.id NOT NULL AND t.key IS NOT f.key"""


class Trait(NamedTuple):
    """What a paper of the archive is looked up by.

    Attributes:
        id: of the paper.
        text: its `text_hash`.
        size: how many of its marks are word sequences.
        marks: its names and word sequences, as `likeness.Marks` has them.
    """

    id: str
    text: str
    size: int
    marks: Sequence[str]

    @property
    def names(self) -> set[str]:
        """The names under which the import remembers the paper."""
        return {mark for mark in self.marks if ":" in mark} | {f"text:{self.text}"}


class KnownPapers(Mapping[str, "Paper"]):
    """The archive's papers by their ids, in the order of these; of several files with one id, the first by name counts.

    Args:
        memory: it holds the rows of the papers.
        content: the archive's content folder.
        problems: what is wrong with the files.

    Attributes:
        owners: the id of the paper to which each id and alias belongs.
        problems: also those of aliases.
    """

    def __init__(self, memory: Memory, content: Path, problems: Iterable[Problem] = ()) -> None:
        self._memory, self._content, self._are_noted = memory, content, False
        found = memory.each("SELECT id, no, name FROM paper_file WHERE id NOT NULL ORDER BY id, name DESC")
        self._files: dict[str, tuple[int, str]] = {paper_id: (no, name) for paper_id, no, name in found}
        self.owners = {paper_id: paper_id for paper_id in self._files}
        self._aliases: dict[str, tuple[str, ...]] = {}
        self.problems = [*problems]
        for paper_id in self.with_field("aliases"):
            self._settle_aliases(paper_id)

    def __getitem__(self, paper_id: str) -> Paper:
        paper = self._read(paper_id)
        return replace(paper, aliases=self._aliases[paper_id]) if paper.aliases else paper

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, paper_id: object) -> bool:
        return paper_id in self._files

    def path(self, paper_id: str) -> Path:
        """Return a paper's file."""
        return self._content / self._files[paper_id][1]

    def stems(self) -> set[str]:
        """Return the names of the papers' files, without folder and extension."""
        return {name.rpartition("/")[2].removesuffix(".md") for _, name in self._files.values()}

    def aliases(self, paper_id: str) -> tuple[str, ...]:
        """Return the aliases of a paper, without those that belong to another."""
        return self._aliases.get(paper_id, ())

    def keys_of_files(self) -> dict[str, str]:
        """Return a hash of the text of each file, by name; of one that cannot be read, also of the reason."""
        return dict(self._memory.rows("SELECT name, key FROM paper_file ORDER BY name"))

    def traits(self) -> Iterator[Trait]:
        """Yield what each paper is looked up by, in the order of the ids."""
        if not self._are_noted:
            _note_traits(self._memory)
            self._are_noted = True
        query = """SELECT f.id, t.text, t.size, t.marks, f.no FROM paper_file f JOIN trait t USING (no)
            WHERE f.id NOT NULL ORDER BY f.id"""
        for paper_id, text, size, marks, no in self._memory.each(query):
            if self._files[paper_id][0] == no:
                yield Trait(paper_id, text, size, marks.split("\n"))

    def with_field(self, field: str) -> list[str]:
        """Return the ids of the papers that have a value in a field (and perhaps some others), in order."""
        query = """SELECT DISTINCT id FROM paper_file JOIN record USING (no)
            WHERE id NOT NULL AND instr(record, ?) ORDER BY id"""
        return [paper_id for (paper_id,) in self._memory.rows(query, f'"{field}":')]

    def _read(self, paper_id: str) -> Paper:
        no, _ = self._files[paper_id]
        (row,) = self._memory.rows("SELECT record, abstract FROM record WHERE no = ?", no)
        return unpack(*row)

    def _settle_aliases(self, paper_id: str) -> None:
        """Note the aliases of a paper, and a problem for each that belongs to another."""
        aliases = self._read(paper_id).aliases
        own = [name for name in aliases if self.owners.setdefault(name, paper_id) == paper_id != name]
        self._aliases[paper_id] = tuple(own)
        for alias in sorted({*aliases} - {*own}):
            name, owner = (self._files[one][1] for one in (paper_id, self.owners[alias]))
            self.problems.append(taken_alias(self._content / name, name, alias, owner))


def with_known_papers(content: Path, home: Path, work: Callable[[KnownPapers], _T]) -> _T:
    """Return the result of work with the papers of an archive; it is begun anew if their memory is damaged.

    Args:
        content: the archive's content folder.
        home: the archive's `.regesta/`, whose lock is held.
        work: gets the papers, and writes nothing before it has read all that it needs of them.
    """
    return undamaged(lambda: _once(content, home, work))


def _once(content: Path, home: Path, work: Callable[[KnownPapers], _T]) -> _T:
    seen = time.time_ns()
    found, problems = find_files(content, "papers", ".md")
    with closing(Memory(home / _FILE)) as memory:
        rows = PaperRows(memory)
        rows.look(found, seen)
        memory.share()  # what the files say does not depend on what becomes of the import
        return work(KnownPapers(memory, content, [*problems, *rows.problems()]))


def _note_traits(memory: Memory) -> None:
    """Note what each paper is looked up by, where its file has changed."""
    memory.recall("traits", code_of(*WHAT_IMPORTS), _TABLES)
    memory.rows("DELETE FROM trait WHERE no NOT IN (SELECT no FROM paper_file WHERE id NOT NULL)")
    stale = memory.rows(_STALE)
    query = "SELECT record, abstract FROM record WHERE no = ?"
    traits = ((no, key, *_trait(unpack(*memory.rows(query, no)[0]))) for no, key in stale)
    memory.write("INSERT OR REPLACE INTO trait VALUES (?, ?, ?, ?, ?)", traits)
    memory.share()


def _trait(paper: Paper) -> tuple[str, int, str]:
    marks = marks_of(features(paper))
    return text_hash(paper), len(marks.runs), "\n".join([*sorted(marks.names), *sorted(marks.runs)])
