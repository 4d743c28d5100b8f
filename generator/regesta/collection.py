"""Curated lists: `content/collections/<name>.md`, front matter and an introduction in Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta import frontmatter
from regesta.errors import Problem
from regesta.store import PaperError, read_text, write
from regesta.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Collection:
    """A curated list of papers.

    Attributes:
        name: its name in addresses, and in the `collections` of its papers.
        title: its name for readers.
        description: one sentence about it.
        introduction: Markdown.
        papers: ids in the curator's order; papers that name the collection but stand here not come after them.
    """

    name: str
    title: str
    description: str = ""
    introduction: str = ""
    papers: tuple[str, ...] = ()


def load_collections(content: Path) -> tuple[dict[str, Collection], list[Problem]]:
    """Return the collections by name, and a problem for each file that cannot be read."""
    collections, problems = {}, []
    for path in sorted((content / "collections").glob("*.md")):
        name = f"collections/{path.name}"
        try:
            source, body = frontmatter.split(read_text(path, name))
            data = frontmatter.load(source)
        except PaperError as error:
            problems += error.problems
            continue
        except frontmatter.FrontMatterError as error:
            problems.append(Problem(name, error.line, str(error), "see docs/collections.md for what a collection looks like"))
            continue
        papers = data.get("papers", [])
        if not isinstance(papers, list):
            line = frontmatter.line_of(source, "papers")
            problems.append(Problem(name, line, "`papers` is no list", "write a list of ids, one a line"))
            papers = []
        texts = {key: one_line(str(data.get(key, ""))) for key in ("title", "description")}
        collections[path.stem] = Collection(
            path.stem, texts["title"] or path.stem, texts["description"], clean(body).strip(), tuple(map(str, papers))
        )
    return collections, problems


def add_missing(content: Path, names: Iterable[str]) -> list[str]:
    """Write a file for each named collection that has none, for the curator to fill; return their names."""
    missing = [name for name in sorted(set(names)) if not (content / "collections" / f"{name}.md").exists()]
    for name in missing:
        title = name.replace("-", " ").capitalize()
        write(content / "collections" / f"{name}.md", frontmatter.dump({"title": title, "description": ""}))
    return missing
