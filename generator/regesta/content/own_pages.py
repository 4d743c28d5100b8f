"""The pages of the site that the curator writes: `content/pages/*.md`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from regesta.content.curated_files import CuratedFile, load_curated

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.errors import Problem


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that the curator writes, `content/pages/<name>.md`: it appears at `/<name>/` and in the footer."""

    name: str
    title: str
    description: str
    body: str


def load_pages(content: Path) -> tuple[dict[str, OwnPage], list[Problem]]:
    """Return the curator's own pages by name, and a problem for each file that cannot be read."""
    return load_curated(content, "pages", _page)


def _page(stem: str, file: CuratedFile) -> OwnPage:
    return OwnPage(stem, file.read("title") or stem, file.read("description"), file.body)
