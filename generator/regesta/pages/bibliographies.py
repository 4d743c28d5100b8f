"""Bibliographies of lists: of each tag, collection, saved search, organization and venue, beside its feed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.pages.citation import book
from regesta.pages.named_lists import address_of_list, named_lists
from regesta.pages.page import Draft, fingerprint_of
from regesta.pages.takeaway_files import CITATIONS, joined, takeaways
from regesta.pages.takeaway_rows import TakeawayTexts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.lists import Papers
    from regesta.archive.touched import Touched
    from regesta.content.collections import Collection
    from regesta.pages.page import Unit
    from regesta.pages.site import Site
    from regesta.pages.takeaway_files import Kind


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the bibliographies of each list, in three formats; not where the archive is `lean`.

    That of a programme or of proceedings lies at `/collections/<name>.bib`, too, in any archive.
    """
    texts = TakeawayTexts(site.archive)
    for kind, index in named_lists(site, with_authors=site.config.feed_authors).items():
        for name, papers in index.each(touched):
            yield f"{kind}/{name}", _drafts(site, texts, kind, name, papers)


def _drafts(site: Site, texts: TakeawayTexts, kind: str, name: str, papers: Papers) -> Iterator[Draft]:
    ids = [entry.id for entry in papers.entries]
    collection = site.archive.collection(name) if kind == "collections" else None
    state = fingerprint_of((collection, *texts.of("cited", ids)))
    paths = [link.address.removeprefix("/") for link in takeaways(address_of_list(site, kind, name))]
    files = [] if site.config.is_lean else [*zip(paths, CITATIONS.values(), strict=True)]
    if collection and (collection.is_proceedings or collection.is_programme):
        files.append((f"collections/{name}.bib", CITATIONS["bib"]))
    for path, file in files:
        yield Draft(path, state, partial(_make, site, texts, file, ids, collection))


def _make(
    site: Site, texts: TakeawayTexts, kind: Kind, ids: Sequence[str], collection: Collection | None
) -> bytes:
    entries = [*texts.of(kind.column, ids)]
    if kind.column == "bibtex" and collection and collection.is_proceedings:
        entries.append(book(collection, entries, site))
    return joined(kind, entries)
