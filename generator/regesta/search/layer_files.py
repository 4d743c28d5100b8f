"""The files of one layer of the index, made from all of its papers."""

from __future__ import annotations

import sys
from contextlib import closing
from itertools import groupby
from typing import TYPE_CHECKING, Any

from regesta.search.blocks import TableWriter, as_json, content_name, in_order
from regesta.search.conditions import folded_name
from regesta.search.digits import digits
from regesta.search.documents import Numbers
from regesta.search.entry import is_name
from regesta.search.fields import FIELDS
from regesta.search.inverted import Inverted
from regesta.search.runs import Runs
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.search.blocks import Files, Table
    from regesta.search.documents import SearchDocument
    from regesta.search.remembered import LayerMemory

MANIFEST = "manifest.json"

#: Characters in the name of a shard, after its number.
SHARD_NAME = 4
#: Up to this many papers: bytes in a block of terms (some 60 % of that when compressed), papers in a shard.
#: Ten results mostly lie in ten shards.
_SIZES = ((2048, 1650, 4), (30_000, 3300, 4), (sys.maxsize, 6600, 8))
#: Papers that are inverted at a time, which take some 30 MiB.
_RUN = 8192
#: Bytes in a block of the other tables.
BLOCKS = {"places": 6000, "words": 2500, "endings": 2500}


def sizes(papers: int) -> tuple[int, int]:
    """Return for a layer of so many papers how many bytes a block of terms has, and how many papers a shard."""
    return next((block, size) for most, block, size in _SIZES if papers <= most)


def layer_files(
    folder: str,
    documents: Iterable[SearchDocument],
    papers: int,
    labels: Mapping[str, str],
    memory: LayerMemory,
) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a layer, by their paths: shards, blocks, and last of all its manifest.

    Args:
        folder: where they go, relative to the site's root; ends with a slash.
        documents: its papers, in the order of their numbers (`numbered`).
        papers: how many these are.
        labels: the label of a name (`tag/x`), where it differs from the name.
        memory: notes what each paper brings into the index, for `layer_change`; it holds nothing of the layer yet.
    """
    with closing(Runs(are_several=papers > _RUN)) as runs:
        yield from _Layer(folder, papers, labels, memory, runs).files(documents)


class _Layer:
    """A layer that is being made; the arguments are those of `layer_files`, and an empty list of runs."""

    def __init__(
        self, folder: str, papers: int, labels: Mapping[str, str], memory: LayerMemory, runs: Runs
    ) -> None:
        self._folder, self._labels = folder, folded_labels(labels)
        self._memory, self._runs = memory, runs
        block, self._shard_size = sizes(papers)
        block_sizes = {"terms": block, **BLOCKS}
        self._tables = {name: TableWriter(f"{folder}{name}/", size) for name, size in block_sizes.items()}
        self._inverted, self._numbers, self._lengths = Inverted(), Numbers(papers), [0] * len(FIELDS)
        self._shards: dict[int, str] = {}
        self._meant: set[str] = set()  # terms of which misspelt words may be corrected

    def files(self, documents: Iterable[SearchDocument]) -> Iterator[tuple[str, bytes]]:
        """Yield the files."""
        yield from self._put_shards((self._numbers.take(document.id), document) for document in documents)
        self._put_away()
        yield from self._put_terms()
        yield from self._put_words()
        last: Files = {}
        tables = {name: writer.table() for name, writer in self._tables.items()}
        more = {name: put_list(last, self._folder, name, tables[name]) for name in BLOCKS}
        last[f"{self._folder}{MANIFEST}"] = layer_manifest(
            self._numbers, self._lengths, tables["terms"], self._shard_size, shard_names(self._shards), more
        )
        for name, writer in self._tables.items():
            self._memory.rename(name, writer.renamed())
        yield from last.items()

    def _put_shards(self, papers: Iterable[tuple[int, SearchDocument]]) -> Iterator[tuple[str, bytes]]:
        """Yield what results show of the papers, which come with their numbers, and invert them."""
        for shard, group in groupby(papers, lambda paper: paper[0] // self._shard_size):
            files: Files = {}
            shown = [(document.id, *document.shown) for document in map(self._invert, group)]
            self._shards[shard] = put_shard(files, self._folder, shard, shown)
            yield from files.items()

    def _invert(self, paper: tuple[int, SearchDocument]) -> SearchDocument:
        """Add a paper to the run."""
        number, document = paper
        self._inverted.add(number, document.items, document.text.names)
        self._memory.add(document)
        if self._numbers.papers % _RUN == 0:
            self._put_away()
        return document

    def _put_away(self) -> None:
        """End the run, and begin another one."""
        self._inverted.post()
        self._runs.put(self._inverted)
        self._memory.add_spelled(self._inverted.spelled)
        self._lengths = [*map(sum, zip(self._lengths, self._inverted.lengths, strict=True))]
        self._inverted = Inverted()

    def _put_terms(self) -> Iterator[tuple[str, bytes]]:
        """Yield the blocks of terms, names and places."""
        terms, places = self._tables["terms"], self._tables["places"]
        for word, papers, positions, is_meant in self._runs.merged():
            if is_name(word):
                label = self._labels.get(word.removeprefix(":"), "")
                yield from terms.add(word, name_line(word, papers[1:], label)).items()
                continue
            yield from terms.add(word, word.encode() + papers).items()
            yield from places.add(word, word.encode() + positions).items()
            if is_meant:
                self._meant.add(word)
        yield from (terms.end() | places.end()).items()

    def _put_words(self) -> Iterator[tuple[str, bytes]]:
        """Yield the blocks of words that may correct a misspelt one, from their beginnings and from their endings."""
        words = [word for term, word in self._memory.words() if term in self._meant]
        for name, own in (("words", words), ("endings", [word[::-1] for word in words])):
            writer = self._tables[name]
            for word in in_order(own):
                yield from writer.add(word, word.encode()).items()
            yield from writer.end().items()


def layer_manifest(
    numbers: Numbers,
    lengths: Sequence[int],
    terms: Table,
    size: int,
    shards: str,
    more: Mapping[str, str],
) -> bytes:
    """Return the manifest of a layer; docs/search.md describes it.

    Args:
        numbers: of its papers.
        lengths: for each field, the number of terms in all papers.
        terms: the table of terms.
        size: how many papers a shard has.
        shards: the names of the shards.
        more: the names of the lists of the other tables.
    """
    manifest: dict[str, Any] = {
        "documents": numbers.papers,
        "lengths": lengths,
        "terms": terms._asdict(),
        "runs": b"".join(map(digits, numbers.runs())).decode(),
        "group": numbers.group,
        "shardSize": size,
        "shards": shards,
        "more": more,
    }
    return as_json(manifest)


def folded_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels as the index has them: each in one line, by the name as queries have it."""
    return {folded_name(name): one_line(label) for name, label in labels.items()}


def name_line(word: str, papers: bytes, label: str) -> bytes:
    """Return the line of a name, which begins with a word (`name_key`)."""
    return b"\t".join([word.encode(), papers, label.encode()]).rstrip(b"\t")


def shard_names(names: Mapping[int, str]) -> str:
    """Return the names of shards one after another; blank where there is none."""
    return "".join(names.get(shard, " " * SHARD_NAME) for shard in range(max(names, default=-1) + 1))


def put_shard(files: Files, folder: str, number: int, shown: Sequence[Sequence[object]]) -> str:
    """Add a shard, and return its name.

    Args:
        files: it is added here.
        folder: of the layer.
        number: of the shard.
        shown: for each of its papers the id, then what results show.
    """
    data = as_json(shown)
    name = content_name(data, SHARD_NAME)
    files[f"{folder}shown/{number}-{name}.json"] = data
    return name


def put_list(files: Files, folder: str, name: str, table: Table) -> str:
    """Add the list of a table's blocks; return the name of its file."""
    data = as_json(table._asdict())
    path = f"{name}/table-{content_name(data, 10)}.json"
    files[folder + path] = data
    return path
