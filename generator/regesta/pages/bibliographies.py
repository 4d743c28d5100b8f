"""BibTeX files of the collections that are programmes or proceedings: their papers, and the book itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.pages.citation import bibliography
from regesta.pages.page import draft_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.archive.touched import Touched
    from regesta.content.collections import Collection
    from regesta.pages.page import Draft, Unit
    from regesta.pages.site import Site


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield `/collections/<name>.bib` for each of them."""
    for name in touched.names("collections", site.archive.collected):
        collection = site.archive.collection(name)
        if collection.is_proceedings or collection.is_programme:
            yield f"collections/{name}", _draft(site, collection)


def _draft(site: Site, collection: Collection) -> Iterator[Draft]:
    papers = site.archive.collected[collection.name]
    archive = site.archive
    cited = [
        (
            entry.key,
            site.publication(paper),
            archive.citekey(paper),
            [*map(archive.register.written, paper.authors)],
        )
        for entry, paper in zip(papers.entries, papers, strict=True)
    ]
    make = partial(_bibliography, site, collection)
    yield draft_of(f"collections/{collection.name}.bib", (collection, cited), make)


def _bibliography(site: Site, collection: Collection) -> bytes:
    return bibliography(collection, [*site.archive.collected[collection.name]], site).encode()
