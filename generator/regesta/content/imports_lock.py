"""`content/imports.lock`: what the import last wrote to each field, so that it can tell people's edits from its own.

It has one line of JSON for each paper, sorted by id. It is committed with the content, so that a fresh clone has the
memory of the last import.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from regesta.content.paper import ID_PATTERN, KINDS, Paper, value_of
from regesta.content.text_files import write
from regesta.errors import RegestaError, fail
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

LOCK_FILE = "imports.lock"
_DIGITS = 12


@dataclass(slots=True)
class ImportMemory:
    """What the import remembers of one paper.

    Attributes:
        keys: those that identify it (`title:…`, `arxiv:…`), so that it is recognized after its title was edited.
        wrote: hash of the value last written, by field.
        unlike: ids of papers that a person decided are different papers.
        joined: hashes (`text:…`) of entries that a person decided are this paper: they add to it, and change nothing.
    """

    keys: set[str] = field(default_factory=set)
    wrote: dict[str, str] = field(default_factory=dict)
    unlike: set[str] = field(default_factory=set)
    joined: set[str] = field(default_factory=set)

    def is_ours(self, paper: Paper, name: str) -> bool:
        """Tell whether a field still has the value that the import wrote; a field it never wrote is ours only if empty."""
        return self.wrote.get(name, _UNKNOWN) == value_hash(paper, name)


def value_hash(paper: Paper, name: str) -> str:
    """Return a short hash of a field's value, in the form in which it is written in a file."""
    return _hash(value_of(paper, name))


def _hash(value: Any) -> str:
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True), _DIGITS)


_UNKNOWN = _hash(None)


def load_lock(path: Path, name: str) -> dict[str, ImportMemory]:
    """Return the memory of the import, by id; empty if there is no lock yet.

    Args:
        path: the file.
        name: its name in problems.

    Raises:
        RegestaError: the file is not a lock (after an unfinished merge, for example).
    """
    if not path.exists():
        return {}
    if not path.is_file():
        raise fail(name, "is not a file", "restore it from Git")
    memories = {}
    for number, line in enumerate(path.read_bytes().splitlines(), 1):
        try:
            entry = json.loads(line)
            if not ID_PATTERN.fullmatch(entry["id"]):
                raise ValueError(entry["id"])  # noqa: TRY301 - one exit for all errors of a line
            memories[entry["id"]] = _memory(entry)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise fail(
                name, "is not a line of an import lock", "restore the file from Git", line=number
            ) from error
    return memories


def recover(memories: dict[str, ImportMemory], intent: Path, papers: Mapping[str, Paper]) -> None:
    """Add to the memories what an interrupted run wrote.

    Args:
        memories: those of the lock; changed in place.
        intent: the file in which that run noted the memories it was going to save.
        papers: the archive's papers, by id.
    """
    try:
        intended = load_lock(intent, intent.name)
    except RegestaError:  # the note itself is incomplete, so no paper was written
        return
    for paper_id, memory in intended.items():
        before, paper = memories.get(paper_id, ImportMemory()), papers.get(paper_id)
        if paper and all(
            value_hash(paper, name) == wrote
            for name, wrote in memory.wrote.items()
            if before.wrote.get(name) != wrote
        ):
            memories[paper_id] = memory


def _memory(entry: dict[str, Any]) -> ImportMemory:
    memory = ImportMemory(
        set(entry["keys"]), dict(entry["wrote"]), set(entry.get("unlike", ())), set(entry.get("joined", ()))
    )
    if not all(
        isinstance(text, str)
        for text in (*memory.keys, *memory.wrote, *memory.wrote.values(), *memory.unlike, *memory.joined)
    ):
        raise TypeError(entry["id"])
    return memory


def save_lock(content: Path, memories: Mapping[str, ImportMemory]) -> bool:
    """Write the lock if it differs from the file; return whether it did."""
    path, text = content / LOCK_FILE, _text(memories)
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return False
    write(path, text)
    return True


def write_lock(path: Path, memories: Mapping[str, ImportMemory]) -> None:
    """Write the memory of the import to a file."""
    write(path, _text(memories))


def _text(memories: Mapping[str, ImportMemory]) -> str:
    return "".join(f"{_line(paper_id, memory)}\n" for paper_id, memory in sorted(memories.items()))


def _line(paper_id: str, memory: ImportMemory) -> str:
    wrote = {name: memory.wrote[name] for name in (*KINDS, "abstract") if name in memory.wrote}
    decided = {
        name: sorted(names) for name, names in (("unlike", memory.unlike), ("joined", memory.joined)) if names
    }
    return json.dumps(
        {"id": paper_id, "keys": sorted(memory.keys), "wrote": wrote} | decided, ensure_ascii=False
    )
