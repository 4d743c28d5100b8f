"""The search index of a site: a folder for each layer, and the manifest, which a browser reads first."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from regesta.pages.list_item import people
from regesta.pages.page import draft_of
from regesta.pages.site import plain_title, shown_year
from regesta.search.blocks import as_json, has_first_name
from regesta.search.difference import Difference
from regesta.search.documents import FIELDS, SearchDocument
from regesta.search.layer_change import LayerChange
from regesta.search.layer_files import MANIFEST, layer_files
from regesta.search.layering import interleaving, layers
from regesta.search.remembered import LayerMemory
from regesta.search.searchable import known_names, searchable
from regesta.search.tokens import stop_words
from regesta.search.whole import whole_index
from regesta.text.markdown import first_words
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.content.paper import Paper
    from regesta.memory import Memory
    from regesta.pages.page import Draft
    from regesta.pages.site import Site

FOLDER = "search/"
WHOLE = "lunr.json"
FORMAT = 3
_SNIPPET = 180  # characters of an abstract that a result shows


def plan(site: Site, published: Published, memory: Memory | None = None) -> list[Draft]:
    """Return a draft of each layer and one of the manifest.

    Args:
        site: the settings, the archive, the catalogue.
        published: the files of the site, for layers that stay as they are, or change a little.
        memory: what the last build kept, and what is kept for the next one.
    """
    by_layer, labels = layers(site.archive.papers), _labels(site)
    planned = [_Layer(name, papers, site, labels, published, memory) for name, papers in by_layer.items()]
    drafts = [layer.draft for layer in planned]
    fingerprints = tuple(draft.fingerprint for draft in drafts)
    order = interleaving(*([(paper.date, paper.id) for paper in papers] for papers in by_layer.values()))
    if site.config.whole_index:
        drafts.append(draft_of(f"{FOLDER}{WHOLE}", fingerprints, partial(_whole, site)))
    make_manifest = partial(_manifest, planned, order)
    return [*drafts, draft_of(f"{FOLDER}{MANIFEST}", (order, fingerprints), make_manifest)]


class Published(Protocol):
    """The files of the site that the last build made with the present settings."""

    def read(self, path: str, fingerprint: str) -> bytes:
        """Return the bytes of a file, by its path and a hash of its other inputs.

        Raises:
            OSError: there is no such file, it was made from other inputs, or somebody has changed it.
        """

    def names(self, folder: str, fingerprint: str) -> set[str]:
        """Return the paths of the files below a folder that were made from some inputs, and are still there."""


class _Layer:
    """The plan of one layer. The manifest of the index repeats that of each layer.

    Attributes:
        name: `base` or `recent`.
        draft: of the layer's files.
    """

    def __init__(
        self,
        name: str,
        papers: Sequence[Paper],
        site: Site,
        labels: Mapping[str, str],
        published: Published,
        memory: Memory | None,
    ) -> None:
        self.name, self._folder, self._papers = name, f"{FOLDER}{name}/", papers
        self._site, self._labels, self._published = site, labels, published
        self._made = b""  # its manifest, once it was made
        self._prints = {paper.id: _print(site, paper) for paper in papers}
        self._memory = LayerMemory(memory, name, self._prints) if memory else None
        self.draft = draft_of(self._folder, (sorted(self._prints.values()), labels), self._make)

    def _make(self) -> Mapping[str, bytes | None]:
        """Return the layer's files; None for those that stay as they are."""
        files = self._changed() or self._whole()
        self._made = files[f"{self._folder}{MANIFEST}"] or b""
        return files

    def _whole(self) -> Mapping[str, bytes | None]:
        """Return the layer's files, made from all of its papers."""
        memory, documents = self._memory, (search_document(self._site, paper) for paper in self._papers)
        if memory:
            memory.begin()
        files = layer_files(self._folder, documents, self._labels, memory)
        if memory and all(map(has_first_name, files.items())):
            memory.end(self.draft.fingerprint, self._labels)
        return {**files}

    def _changed(self) -> Mapping[str, bytes | None]:
        """Return the layer's files, made from those of the site; none if that cannot be done."""
        if not self._memory:
            return {}
        try:
            return self._change(self._memory)
        except (OSError, LookupError, ValueError):
            return {}

    def _change(self, memory: LayerMemory) -> Mapping[str, bytes | None]:
        fingerprint, labels = memory.recall()
        there = self._published.names(self._folder, fingerprint)
        papers = {paper.id: paper for paper in self._papers}
        difference = Difference(
            memory,
            {paper_id: (paper.date, self._prints[paper_id]) for paper_id, paper in papers.items()},
            lambda paper_id: search_document(self._site, papers[paper_id]),
        )
        read = partial(self._published.read, fingerprint=fingerprint)
        change = LayerChange(self._folder, read, memory, difference, (labels, self._labels))
        files = change.files()
        if not there.issuperset(path for path, data in files.items() if data is None):
            return {}
        change.remember(self.draft.fingerprint, self._labels)
        return files

    def manifest(self) -> Any:
        """Return the layer's manifest: the one made just now, else the published one.

        The published one must have been made from the same inputs; otherwise the layer is made again.
        """
        path = f"{self._folder}{MANIFEST}"
        try:
            data = self._made or self._published.read(path, self.draft.fingerprint)
        except OSError:
            data = self._whole()[path] or b""
        return json.loads(data)


def _key(site, paper):
    return site.archive.entries_of([paper.id])[paper.id].key


def _print(site: Site, paper: Paper) -> str:
    """Return a hash of all that a paper is indexed from, except the labels of names."""
    text = searchable(site.archive, paper, "", site.kinds(paper))
    return digest(repr((paper.date, _key(site, paper), text)))


def _manifest(planned: Sequence[_Layer], order: str) -> bytes:
    return as_json(_root({layer.name: layer.manifest() for layer in planned}, order))


def _labels(site: Site) -> dict[str, str]:
    """Return the label of each name that a query may ask for: `tag/x`, `collection/x`, `has/code`."""
    archive = site.archive
    of_files = {f"has/{file.kind}" for files in site.attached.values() for file in files if file.kind}
    kinds = sorted({name for name in known_names(archive) if name.startswith("has/")} | of_files)
    labels = {name: str(site.outside_link(name.removeprefix("has/"), "")["label"]) for name in kinds}
    labels |= {f"collection/{name}": archive.collection(name).title for name in archive.collected}
    return labels | {f"tag/{tag}": archive.label(tag) for tag in archive.tags}


def _whole(site: Site) -> bytes:
    return whole_index(search_document(site, paper) for paper in site.archive.papers)


def _root(manifests: Mapping[str, Mapping[str, Any]], order: str) -> Mapping[str, Any]:
    """Return the manifest of the index, as plain data."""
    return {
        "format": FORMAT,
        "stopWords": " ".join(stop_words()),
        "fields": FIELDS,
        "layers": [{"folder": name, **manifest} for name, manifest in manifests.items()],
        "between": order,
    }


def index_files(
    by_layer: Mapping[str, Sequence[SearchDocument]], labels: Mapping[str, str]
) -> dict[str, bytes]:
    """Return all files of an index, by their paths, without a plan.

    Args:
        by_layer: the papers of each layer.
        labels: the label of a name (`tag/x`), where it differs from the name.
    """
    files = {name: layer_files(f"{FOLDER}{name}/", documents, labels) for name, documents in by_layer.items()}
    manifests = {name: json.loads(made[f"{FOLDER}{name}/{MANIFEST}"]) for name, made in files.items()}
    order = interleaving(
        *([(document.date, document.id) for document in documents] for documents in by_layer.values())
    )
    root = {f"{FOLDER}{MANIFEST}": as_json(_root(manifests, order))}
    return root | {path: data for made in files.values() for path, data in made.items()}


def search_document(site: Site, paper: Paper) -> SearchDocument:
    """Return a paper as the index holds it."""
    abstract = site.text(paper)
    text = searchable(site.archive, paper, abstract, site.kinds(paper))
    shown = (
        plain_title(paper),
        shown_year(paper),
        site.t.day(paper.date),
        people(paper, site.t),
        tuple(site.archive.label(tag) for tag in paper.tags),
        site.t(paper.status) if paper.status else "",
        first_words(abstract, _SNIPPET),
    )
    return SearchDocument(paper.id, paper.date, text, shown)
