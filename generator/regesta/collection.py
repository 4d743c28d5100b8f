"""What a curator writes beside the papers: collections (curated lists) and pages of the site's own."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from regesta import frontmatter
from regesta.errors import Problem
from regesta.fields import FieldError, is_name, read_line
from regesta.files import find_files
from regesta.store import PaperError, read_front_matter, read_text, write
from regesta.text import LONGEST_TEXT, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping

    from regesta.files import File
    from regesta.paper import Author

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Listed:
    """A paper in a collection: its id, and what is true of it there.

    Attributes:
        session: the session or section in which it was presented.
        pages: its pages in the proceedings.
        award: what it won.
        time: when it was presented, or when the group met about it: a day, perhaps with a time (`2025-06-02 14:30`).
    """

    id: str
    session: str = ""
    pages: str = ""
    award: str = ""
    time: str = ""


@dataclass(frozen=True, slots=True)
class Collection:
    """A curated list of papers, `content/collections/<name>.md`; with editors or a publisher, proceedings.

    Attributes:
        name: its name in addresses, and in the `collections` of its papers.
        title: its name for readers; that of the book, if it is one.
        description: one sentence about it.
        introduction: Markdown.
        papers: in the curator's order; papers that name the collection but are not among them come after.
        venue: the short name of the meeting (`ACL 2022`).
        editors: who edited the proceedings.
        publisher, place, series, volume, isbn: of the proceedings.
        published: when they came out, as precisely as known.
        start, end: the first and the last day of the meeting.
        citekey: names the proceedings in BibTeX.
        links: address by kind, as of a paper.
    """

    name: str
    title: str
    description: str = ""
    introduction: str = ""
    papers: tuple[Listed, ...] = ()
    venue: str = ""
    editors: tuple[Author, ...] = ()
    publisher: str = ""
    place: str = ""
    series: str = ""
    volume: str = ""
    isbn: str = ""
    published: str = ""
    start: str = ""
    end: str = ""
    citekey: str = ""
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that the curator writes, `content/pages/<name>.md`: it appears at `/<name>/` and in the footer."""

    name: str
    title: str
    description: str
    body: str


def load_collections(content: Path) -> tuple[dict[str, Collection], list[Problem]]:
    """Return the collections by name, and a problem for each file that cannot be read."""
    return _load(content, "collections", _collection)


def load_pages(content: Path) -> tuple[dict[str, OwnPage], list[Problem]]:
    """Return the curator's own pages by name, and a problem for each file that cannot be read."""
    return _load(content, "pages", _page)


def _load(content: Path, folder: str, make: Callable[[str, _File], _T]) -> tuple[dict[str, _T], list[Problem]]:
    found: dict[str, _T] = {}
    files, problems = find_files(content, folder, ".md")
    for file in files:
        stem, is_here = Path(file.path).stem, file.name.count("/") == 1
        try:
            if is_here and not is_name(stem):
                raise PaperError([Problem(file.name, 0, "has a name that cannot be an address", "rename it: a-z, 0-9, dot, dash, underscore")])  # noqa: TRY301
            if is_here:
                found[stem] = make(stem, _File(file))
        except PaperError as error:
            problems += error.problems
    return found, problems


class _File:
    """A file of the curator's with front matter, read.

    Raises:
        PaperError: it cannot be read.
    """

    def __init__(self, file: File) -> None:
        self._name = file.name
        text = read_text(file.path, file.name)
        self._source, self.data, body = read_front_matter(text, file.name)
        self.body = clean(body).strip()
        if len(self.body) > LONGEST_TEXT:
            line = text.count("\n", 0, len(text) - len(body)) + 1
            raise PaperError([Problem(file.name, line, f"has a text of more than {LONGEST_TEXT} characters", "shorten it")])

    def line(self, key: str) -> str:
        """Return what a key says in one line, "" if it is not there."""
        try:
            return read_line(self.data.get(key, ""))
        except FieldError as error:
            raise self.problem(key, str(error)) from error

    def problem(self, key: str, remedy: str) -> PaperError:
        """Return (to be raised) what is wrong with a key."""
        return PaperError([Problem(self._name, frontmatter.line_of(self._source, key), f"`{key}` cannot be read", remedy)])


def _collection(stem: str, file: _File) -> Collection:
    papers = file.data.get("papers") or []
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise file.problem("papers", "write one id a line, each after a dash")
    return Collection(stem, file.line("title") or stem, file.line("description"), file.body, tuple(map(Listed, papers)))


def _page(stem: str, file: _File) -> OwnPage:
    return OwnPage(stem, file.line("title") or stem, file.line("description"), file.body)


def unknown_papers(content: Path, collections: Mapping[str, Collection], known: Container[str]) -> list[Problem]:
    """Return a problem for each id that a collection lists and no paper bears.

    Args:
        content: the content folder.
        collections: by name.
        known: the ids and aliases of all papers.
    """
    problems = []
    for name, collection in collections.items():
        unknown = [listed.id for listed in collection.papers if listed.id not in known]
        file = f"collections/{name}.md"
        lines = _lines_of_words(content / file, file) if unknown else {}
        what = "lists {!r}, which is no paper's id"
        problems += [Problem(file, lines.get(paper_id, 0), what.format(paper_id), "mend it, or take it out") for paper_id in unknown]
    return problems


def _lines_of_words(path: Path, name: str) -> dict[str, int]:
    """Return the first line, from 1, on which each word of a text file stands."""
    found: dict[str, int] = {}
    for number, line in enumerate(read_text(path, name).split("\n"), 1):
        for word in re.findall(r"[^\s,\[\]\"']+", line):
            found.setdefault(word, number)
    return found


def add_missing(content: Path, collections: Iterable[Collection]) -> None:
    """Write a file for each collection that has none, for the curator to fill."""
    for collection in collections:
        path = content / "collections" / f"{collection.name}.md"
        if not path.exists():
            write(path, frontmatter.dump({"title": collection.title, "description": collection.description}))
