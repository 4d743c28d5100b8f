"""What a curator writes beside the papers: collections (curated lists) and pages of the site's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from regesta import frontmatter
from regesta.errors import Problem
from regesta.fields import is_name
from regesta.store import PaperError, line_with, read_front_matter, read_text, write
from regesta.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping
    from pathlib import Path

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Collection:
    """A curated list of papers, `content/collections/<name>.md`.

    Attributes:
        name: its name in addresses, and in the `collections` of its papers.
        title: its name for readers.
        description: one sentence about it.
        introduction: Markdown.
        papers: ids in the curator's order; papers that name the collection but are not among them come after.
    """

    name: str
    title: str
    description: str = ""
    introduction: str = ""
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that the curator writes, `content/pages/<name>.md`: it appears at `/<name>/` and in the footer."""

    name: str
    title: str
    description: str
    body: str


def load_collections(content: Path) -> tuple[dict[str, Collection], list[Problem]]:
    """Return the collections by name, and a problem for each file that cannot be read."""
    return _load(content / "collections", _collection)


def load_pages(content: Path) -> tuple[dict[str, OwnPage], list[Problem]]:
    """Return the curator's own pages by name, and a problem for each file that cannot be read."""
    return _load(content / "pages", _page)


def _load(folder: Path, make: Callable[[str, str, dict[str, Any], str], _T]) -> tuple[dict[str, _T], list[Problem]]:
    found, problems = {}, []
    for path in sorted(folder.glob("*.md")):
        name = f"{folder.name}/{path.name}"
        if not is_name(path.stem):
            problems.append(Problem(name, 0, "has a name that cannot be an address", "use a-z, 0-9, dot, dash and underscore"))
            continue
        try:
            _, data, body = read_front_matter(read_text(path, name), name)
            found[path.stem] = make(path.stem, name, data, clean(body).strip())
        except PaperError as error:
            problems += error.problems
    return found, problems


def _collection(stem: str, name: str, data: dict[str, Any], body: str) -> Collection:
    papers = data.get("papers") or []
    if not isinstance(papers, list) or not all(isinstance(paper, str) for paper in papers):
        raise PaperError([Problem(name, 1, "`papers` is no list of ids", "write one id a line, each after a dash")])
    return Collection(stem, _text(data, "title") or stem, _text(data, "description"), body, tuple(papers))


def _page(stem: str, _: str, data: dict[str, Any], body: str) -> OwnPage:
    return OwnPage(stem, _text(data, "title") or stem, _text(data, "description"), body)


def _text(data: dict[str, Any], key: str) -> str:
    return one_line(str(data.get(key) or ""))


def unknown_papers(content: Path, collections: Mapping[str, Collection], known: Container[str]) -> list[Problem]:
    """Return a problem for each id that a collection lists and no paper bears.

    Args:
        content: the content folder.
        collections: by name.
        known: the ids and aliases of all papers.
    """
    problems = []
    for name, collection in collections.items():
        for paper_id in collection.papers:
            if paper_id not in known:
                file = f"collections/{name}.md"
                line = line_with(content / file, file, paper_id)
                problems.append(Problem(file, line, f"lists {paper_id!r}, which is no paper's id", "mend it, or take it out"))
    return problems


def add_missing(content: Path, names: Iterable[str]) -> None:
    """Write a file for each named collection that has none, for the curator to fill."""
    for name in sorted(set(names)):
        path = content / "collections" / f"{name}.md"
        if not path.exists():
            write(path, frontmatter.dump({"title": name.replace("-", " ").capitalize(), "description": ""}))
