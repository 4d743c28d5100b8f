"""What was read of each paper file, remembered between builds in `.regesta/`: a file that was not touched is not read again.

A file's signature (times, size, inode) is the fast way to say that it is the same; after a fresh checkout, where every
signature is new, a hash of its text says so. The abstracts are not held: who needs one reads it from its file.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.find_files import changed_meanwhile, is_settled
from regesta.content.paper import FIELDS, KINDS, Author, Organization, Origin, Paper
from regesta.content.paper_files import PaperFile, parse, read_abstract
from regesta.content.text_files import TextFileError, read_text
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from regesta.content.find_files import File

_FILE = "papers.json"
_HELD = 20_000  # abstracts, of those read in this build: some 30 MiB
_EMPTY = Paper("")


class _CachedPaper(NamedTuple):
    """What is remembered of one file: its signature, a hash of its text, the paper's fields, and what was derived from it."""

    signature: list[int]
    key: str
    values: dict[str, Any]
    derived: Any


class PaperCache:
    """The papers as the last build read them.

    Args:
        home: where they are kept, `.regesta/`.
        derive: works out what else should be remembered of a paper: plain data, from its text alone.
        seen: when the files were looked at (ns since 1970).
        forget: begin with an empty memory.
    """

    def __init__(
        self, home: Path, derive: Callable[[Paper], Any], seen: int, *, forget: bool = False
    ) -> None:
        self._path, self._derive, self._seen = home / _FILE, derive, seen
        self._before = {} if forget else _load(self._path)
        self._now: dict[str, _CachedPaper] = {}
        self._files: dict[str, File] = {}
        self._held = 0
        self.derived: dict[str, Any] = {}

    def read(self, file: File) -> PaperFile:
        """Return the paper of a file, from memory if the file is as it was.

        Raises:
            TextFileError: it cannot be read.
        """
        signature = [*file.signature] if is_settled(file.signature, self._seen) else []
        known = self._before.get(file.name)
        if known and signature and known.signature == signature:
            return self._note(file, known, _unpack(known.values))
        text = read_text(file.path, file.name)
        key = digest(text)
        if known and known.key == key:
            return self._note(file, known._replace(signature=signature), _unpack(known.values))
        paper = parse(text, file.stem, file.name)
        entry = _CachedPaper(signature, key, _pack(paper), self._derive(paper))
        self._held += 1
        return self._note(file, entry, paper if self._held <= _HELD else replace(paper, abstract=""))

    def _note(self, file: File, entry: _CachedPaper, paper: Paper) -> PaperFile:
        self._now[file.name] = entry
        self._files.setdefault(paper.id, file)
        self.derived.setdefault(paper.id, entry.derived)
        return PaperFile(file, paper, entry.key)

    def abstract_of(self, paper: Paper) -> str:
        """Return a paper's abstract, from its file if the paper was remembered without it.

        Raises:
            RegestaError: the file is no longer what it was when the build began.
        """
        if paper.abstract:
            return paper.abstract
        file = self._files[paper.id]
        try:
            text = read_text(file.path, file.name)
        except TextFileError:
            text = ""
        if digest(text) != self._now[file.name].key:
            raise changed_meanwhile(file.name)
        return read_abstract(text)

    def changes(self) -> list[tuple[str, str]]:
        """Return the files that differ from what was remembered, by name, each with `new`, `edited` or `deleted`."""
        files = sorted(self._before.keys() | self._now.keys())
        keys = ((name, self._before.get(name), self._now.get(name)) for name in files)
        return [
            (name, "edited" if before and now else "new" if now else "deleted")
            for name, before, now in keys
            if not (before and now and before.key == now.key)
        ]

    def save(self) -> None:
        """Remember what was read, for the next build."""
        if self._now == self._before:
            return
        write_cache(self._path, _code(), self._now)


def _code() -> str:
    """Return a hash of the code that makes a paper of a file, and what is derived from it."""
    return code_of("text", "content", "archive", "building/paper_cache.py")


def _load(path: Path) -> dict[str, _CachedPaper]:
    """Return what was remembered; nothing if that cannot be read."""
    note = read_cache(path, _code())
    try:
        return {name: _CachedPaper(*entry) for name, entry in note.items()} if note else {}
    except (AttributeError, TypeError):
        return {}


def _pack(paper: Paper) -> dict[str, Any]:
    """Return a paper's fields as plain data, without its abstract and those that are empty."""
    names = (name for name in (*FIELDS, "extra") if name != "abstract")
    return {name: _plain(value) for name in names if (value := getattr(paper, name)) != getattr(_EMPTY, name)}


def _plain(value: Any) -> Any:
    if isinstance(value, Author | Organization | Origin):
        return [getattr(value, name) for name in value.__slots__]
    return [*map(_plain, value)] if isinstance(value, tuple) else value


def _unpack(values: Mapping[str, Any]) -> Paper:
    made = dict(values)
    for name, make in _MAKERS.items():
        if name in made:
            made[name] = make(made[name])
    return Paper(**made)


_MAKERS: Mapping[str, Callable[[Any], Any]] = {
    "authors": lambda people: tuple(Author(*person) for person in people),
    "organization": lambda organization: Organization(*organization),
    "origin": lambda places: tuple(Origin(*place) for place in places),
} | {name: tuple for name, kind in KINDS.items() if kind == "texts"}
