"""The cache of parsed papers in `.regesta/`: a file that was not touched is not read again.

A file's signature (times, size, inode) is the fast way to tell that it is the same; after a fresh checkout,
where every signature is new, a hash of its text tells it. Abstracts are not cached: they are read from the
files when needed.
"""

from __future__ import annotations

from dataclasses import replace
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.find_files import changed_meanwhile, is_settled
from regesta.content.paper import FIELDS, KINDS, Author, Organization, Origin, Paper
from regesta.content.paper_files import PaperFile, parse, read_abstract
from regesta.content.text_files import TextFileError, read_file
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from regesta.content.find_files import File

_FILE = "papers.json"
_HELD = 20_000  # abstracts that stay in memory, of the files read in this build: some 30 MiB


class _CachedPaper(NamedTuple):
    """A parsed file: its signature, a hash of its text, the paper's fields, and what was derived from it."""

    signature: list[int]
    key: str
    values: dict[str, Any]
    derived: Any


class PaperCache:
    """The papers as the last build read them.

    Args:
        home: the folder of the cache, `.regesta/`.
        derive: computes what else is cached for a paper: plain data, from its text alone.
        seen: when the files were found (ns since 1970).
        forget: begin with an empty cache.

    Attributes:
        derived: what was derived from each paper, by its id.
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
        self._last = "", ""  # the id and the abstract that were read last: a page asks for it several times

    def read(self, file: File) -> PaperFile:
        """Return the paper of a file, from the cache if the file is unchanged.

        Raises:
            TextFileError: it cannot be read.
        """
        signature = [*file.signature] if is_settled(file.signature, self._seen) else []
        cached = self._before.get(file.name)
        if cached and signature and cached.signature == signature:
            return self._keep(file, cached, _unpack(cached.values))
        text = read_file(file)
        key = digest(text)
        if cached and cached.key == key:
            return self._keep(file, cached._replace(signature=signature), _unpack(cached.values))
        paper = parse(text, file.stem, file.name)
        entry = _CachedPaper(signature, key, _pack(paper), self._derive(paper))
        self._held += 1
        return self._keep(file, entry, paper if self._held <= _HELD else replace(paper, abstract=""))

    def _keep(self, file: File, entry: _CachedPaper, paper: Paper) -> PaperFile:
        self._now[file.name] = entry
        self._files.setdefault(paper.id, file)
        self.derived.setdefault(paper.id, entry.derived)
        return PaperFile(file, paper, entry.key)

    def abstract_of(self, paper: Paper) -> str:
        """Return a paper's abstract, from its file if the paper is held without it.

        Raises:
            RegestaError: the file has changed since the build began.
        """
        if paper.abstract:
            return paper.abstract
        if self._last[0] != paper.id:
            self._last = paper.id, self._read_abstract(self._files[paper.id])
        return self._last[1]

    def _read_abstract(self, file: File) -> str:
        try:
            text = read_file(file)
        except TextFileError:
            text = ""
        if digest(text) != self._now[file.name].key:
            raise changed_meanwhile(file.name)
        return read_abstract(text)

    def changes(self) -> list[tuple[str, str]]:
        """Return the files that changed since the last build, each with `new`, `edited` or `deleted`."""
        before, now = self._before, self._now
        files = dict.fromkeys(now.keys() - before.keys(), "new")
        files |= dict.fromkeys(before.keys() - now.keys(), "deleted")
        files |= {name: "edited" for name in before.keys() & now.keys() if before[name].key != now[name].key}
        return sorted(files.items())

    def save(self) -> None:
        """Write the cache for the next build, if it changed."""
        if self._now != self._before:
            write_cache(self._path, _code(), self._now)


def _code() -> str:
    """Return a hash of the code that parses papers and derives data from them."""
    return code_of("text", "content", "archive", "building/paper_cache.py")


def _load(path: Path) -> dict[str, _CachedPaper]:
    """Return the cached papers, by the names of their files; none if the cache cannot be read."""
    cached = read_cache(path, _code())
    try:
        return {name: _CachedPaper(*entry) for name, entry in cached.items()} if cached else {}
    except (AttributeError, TypeError):
        return {}


_NAMES = [name for name in (*FIELDS, "extra") if name != "abstract"]
_VALUES = attrgetter(*_NAMES)
_EMPTY = _VALUES(Paper(""))


def _pack(paper: Paper) -> dict[str, Any]:
    """Return a paper's fields as plain data, without the abstract and empty fields."""
    known = zip(_NAMES, _VALUES(paper), _EMPTY, strict=True)
    return {name: _plain(value) for name, value, empty in known if value != empty}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [*map(_plain, value)]
    if isinstance(value, Author | Organization | Origin):
        return [getattr(value, name) for name in value.__slots__]
    return value


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
