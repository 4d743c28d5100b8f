"""BibTeX files of the collections that are programmes or proceedings: their papers, and the book itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regesta.pages.citation import bibliography
from regesta.pages.page import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.content.collections import Collection
    from regesta.pages.page import Draft
    from regesta.pages.site import Site


def plan(site: Site) -> Iterator[Draft]:
    """Yield `/collections/<name>.bib` for each of them."""
    for name, papers in site.archive.collected.items():
        collection = site.archive.collection(name)
        if collection.is_proceedings or collection.is_programme:
            cited = [(site.key(paper), site.publication(paper), site.citekeys[paper.id]) for paper in papers]
            make = partial(_bibliography, site, collection)
            yield draft_of(f"collections/{name}.bib", (collection, cited), make)


def _bibliography(site: Site, collection: Collection) -> bytes:
    return bibliography(collection, site.archive.collected[collection.name], site).encode()
