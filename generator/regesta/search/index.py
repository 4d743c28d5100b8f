"""The search index of a site: a folder for each layer, and the manifest, which a browser reads first."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from regesta.content.paper import STATUSES, link_kind
from regesta.memory import Memory
from regesta.pages.list_item import people
from regesta.pages.page import draft_of
from regesta.pages.site import plain_title, shown_year
from regesta.search.blocks import as_json
from regesta.search.difference import Difference
from regesta.search.documents import SearchDocument, numbered, numbered_keys
from regesta.search.fields import FIELDS
from regesta.search.layer_change import LayerChange
from regesta.search.layer_files import MANIFEST, layer_files
from regesta.search.layering import BASE, RECENT, interleaving
from regesta.search.paper_rows import GOES, PaperRow, PaperRows
from regesta.search.remembered import TABLES, LayerMemory
from regesta.search.searchable import searchable
from regesta.search.stems import stop_words
from regesta.search.whole import whole_index
from regesta.text.markdown import first_words
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.content.paper import Paper
    from regesta.pages.page import Content, Draft
    from regesta.pages.site import Site

FOLDER = "search/"
WHOLE = "lunr.json"
FORMAT = 4
#: The rooms whose code makes the index, for `code_of`.
CODE = ("limits.py", "text", "content", "archive", "pages", "search")
#: The strings of the catalogue that results show.
STRINGS = ("thousands", "short_months", "day_of_year", "authors_n", "and_others", *STATUSES)
_SNIPPET = 180  # characters of an abstract that a result shows


def plan(
    site: Site, published: Published, memory: Memory, made_by: str, changed: Collection[str] | None = None
) -> list[Draft]:
    """Return a draft of each layer and one of the manifest.

    Args:
        site: the settings, the archive, the catalogue.
        published: the files of the site, for layers that stay as they are, or change a little.
        memory: what the last build kept, and what is kept for the next one.
        made_by: a hash of the code that makes the index (`CODE`), packages included.
        changed: the ids of all papers that are new, edited, gone, or whose searchable text or names may be other than
            at the last build; None: any may be.
    """
    valid_for = digest(repr((made_by, *map(site.t.strings.get, STRINGS))))
    is_known = memory.recall("search", valid_for, TABLES)
    rows = PaperRows(memory)
    if is_known:
        for paper_id, paper in _papers(site.archive, rows, changed):
            rows.put(paper_id, _row(site, paper) if paper else None)
    else:
        rows.fill(_row(site, paper) for paper in site.archive.papers)
    rows.move()
    labels = _labels(site, rows.kinds())
    planned = [
        _Layer(name, (valid_for, prints, labels), site, published, memory)
        for name in (BASE, RECENT)
        if (prints := rows.prints(name)) or name == BASE
    ]
    drafts = [layer.draft for layer in planned]
    fingerprints = tuple(draft.fingerprint for draft in drafts)
    order = interleaving(rows.layers_in_order()) if len(planned) > 1 else ""
    if site.config.whole_index:
        whole = draft_of(f"{FOLDER}{WHOLE}", fingerprints, partial(_whole, site))
        drafts.append(_unless_published(whole, published) if is_known else whole)
    make_manifest = partial(_manifest, planned, order)
    return [*drafts, draft_of(f"{FOLDER}{MANIFEST}", (order, fingerprints), make_manifest)]


def _papers(
    archive: Archive, rows: PaperRows, changed: Collection[str] | None
) -> Iterator[tuple[str, Paper | None]]:
    """Yield the papers whose rows may be other than they were, by their ids; None for those that are gone."""
    if changed is not None:
        yield from ((paper_id, archive.paper(paper_id)) for paper_id in changed)
        return
    yield from ((paper.id, paper) for paper in archive.papers)
    if rows.count() > len(archive.papers):
        gone = [paper_id for paper_id in rows.ids() if archive.paper(paper_id) is None]
        yield from dict.fromkeys(gone).items()


def _row(site: Site, paper: Paper) -> PaperRow:
    """Return the row of a paper."""
    files = site.kinds(paper)
    text = searchable(site.archive, paper, "", files)
    kinds = " ".join(sorted({*map(link_kind, paper.links), *filter(None, files)}))
    known = digest(repr((paper.date, site.archive.key(paper), text)))
    return PaperRow(paper.id, paper.date, paper.added, known, kinds)


class Published(Protocol):
    """The files of the site that the last build made."""

    def read(self, path: str, fingerprint: str | None = None) -> bytes:
        """Return the bytes of a file, by its path and, where it is to be checked, a hash of its other inputs.

        Raises:
            OSError: there is no such file, it was made from other inputs, or somebody has changed it.
        """

    def names(self, folder: str, fingerprint: str) -> set[str]:
        """Return the paths of the files below a folder that are still there; none if it was made from other inputs."""


class _Layer:
    """The plan of one layer. The manifest of the index repeats that of each layer.

    Attributes:
        name: `base` or `recent`.
        draft: of the layer's files.
    """

    def __init__(
        self,
        name: str,
        inputs: tuple[str, str, Mapping[str, str]],
        site: Site,
        published: Published,
        memory: Memory,
    ) -> None:
        self.name, self._folder = name, f"{FOLDER}{name}/"
        self._site, self._labels, self._published = site, inputs[-1], published
        self._made = b""  # its manifest, once it was made
        self._memory = LayerMemory(memory, name)
        self.draft = draft_of(self._folder, inputs, self._make)

    def _make(self) -> Iterator[tuple[str, bytes | None]]:
        """Yield the layer's files by their paths; None for those that stay as they are."""
        changed = self._changed()
        for path, data in changed.items() if changed else self._whole():
            if path == self.draft.keeper:
                self._made = data or b""
            yield path, data

    def _whole(self) -> Iterator[tuple[str, bytes]]:
        """Yield the layer's files, made from all of its papers."""
        documents = (self._document(paper_id) for paper_id, state in self._memory.papers() if state != GOES)
        self._memory.begin()
        yield from layer_files(self._folder, documents, self._memory.count(), self._labels, self._memory)
        self._memory.end(self.draft.fingerprint, self._labels)

    def _changed(self) -> Mapping[str, bytes | None]:
        """Return the layer's files, made from those of the site; none if that cannot be done."""
        try:
            return self._change()
        except (OSError, LookupError, ValueError):
            return {}

    def _change(self) -> Mapping[str, bytes | None]:
        fingerprint, labels = self._memory.recall()
        there = self._published.names(self._folder, fingerprint)
        if not there:
            return {}
        difference = Difference(self._memory, self._document)
        labels_now = labels, self._labels
        change = LayerChange(self._folder, self._published.read, self._memory, difference, labels_now)
        files = change.files()
        if not there.issuperset(path for path, data in files.items() if data is None):
            return {}
        change.remember(self.draft.fingerprint, self._labels)
        return files

    def _document(self, paper_id: str) -> SearchDocument:
        """Return a paper of the layer as the index holds it.

        Raises:
            LookupError: there is no such paper.
        """
        paper = self._site.archive.paper(paper_id)
        if paper is None:
            raise LookupError(paper_id)
        return search_document(self._site, paper)

    def manifest(self) -> Any:
        """Return the layer's manifest: the one made just now, else the published one.

        The published one must have been made from the same inputs; otherwise the layer is made again.
        """
        try:
            data = self._made or self._published.read(self.draft.keeper, self.draft.fingerprint)
        except OSError:
            data = dict(self._whole())[self.draft.keeper]
        return json.loads(data)


def _manifest(planned: Sequence[_Layer], order: str) -> bytes:
    return as_json(_root({layer.name: layer.manifest() for layer in planned}, order))


def _labels(site: Site, kinds: Iterable[str]) -> dict[str, str]:
    """Return the label of each name that a query may ask for: `tag/x`, `collection/x`, `has/code`.

    Args:
        site: the settings, the archive, the catalogue.
        kinds: of links and files.
    """
    archive = site.archive
    labels = {f"has/{kind}": str(site.outside_link(kind, "")["label"]) for kind in kinds}
    labels |= {f"collection/{name}": archive.collection(name).title for name in archive.collected}
    labels |= {f"tag/{tag}": archive.label(tag) for tag in archive.tags}
    return dict(sorted(labels.items()))


def _whole(site: Site) -> bytes:
    return whole_index(search_document(site, paper) for paper in site.archive.papers)


def _unless_published(draft: Draft, published: Published) -> Draft:
    """Return a draft whose file is not made again if the site has it, made from the same."""

    def make() -> Content:
        try:
            return published.read(draft.path, draft.fingerprint)
        except OSError:
            return draft.make()

    return draft._replace(make=make)


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
    memory = Memory()
    memory.recall("search", "", TABLES)
    files = {
        name: dict(
            layer_files(
                f"{FOLDER}{name}/", numbered(documents), len(documents), labels, LayerMemory(memory, name)
            )
        )
        for name, documents in by_layer.items()
    }
    manifests = {name: json.loads(made[f"{FOLDER}{name}/{MANIFEST}"]) for name, made in files.items()}
    keys = {(paper.date, paper.id): name for name, papers in by_layer.items() for paper in papers}
    order = interleaving(keys[key] for key in numbered_keys(keys))
    root = {f"{FOLDER}{MANIFEST}": as_json(_root(manifests, order))}
    return root | {path: data for made in files.values() for path, data in made.items()}


def search_document(site: Site, paper: Paper) -> SearchDocument:
    """Return a paper as the index holds it."""
    abstract = site.text(paper)
    text = searchable(site.archive, paper, abstract, site.kinds(paper))
    shown = (
        plain_title(paper),
        shown_year(paper),
        site.t.day(paper.date, short=True),
        people(paper, site.t),
        tuple(site.archive.label(tag) for tag in paper.tags),
        site.t(paper.status) if paper.status else "",
        first_words(abstract, _SNIPPET),
    )
    return SearchDocument(paper.id, paper.date, text, shown)
