"""The pages that the curator writes: `content/pages/*.md`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content.curated_files import load_curated
from regesta.content.schema import line, mapping

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.errors import Problem


class OwnPage(NamedTuple):
    """A page that the curator writes, `content/pages/<name>.md`: it appears at `/<name>/` and in the footer."""

    name: str
    title: str
    description: str
    body: str


_KEYS = mapping({"title": line, "description": line}, others=True)


def load_pages(content: Path) -> tuple[dict[str, OwnPage], list[Problem]]:
    """Return the curator's own pages by name, and a problem for each file that cannot be read."""
    return load_curated(content, "pages", _page)


def _page(stem: str, data: dict[str, Any], body: str) -> OwnPage:
    values = _KEYS(data)
    return OwnPage(stem, values.get("title") or stem, values.get("description", ""), body)
