"""The files of one layer of the index, made from all of its papers."""

from __future__ import annotations

import sys
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from regesta.search.blocks import as_json, content_name, put_table
from regesta.search.digits import digits
from regesta.search.documents import GROUP, Numbers, numbered
from regesta.search.entry import entry_of
from regesta.search.inverted import Inverted, Postings
from regesta.search.query import folded_name
from regesta.search.spelling import may_be_meant
from regesta.search.tokens import term_of
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.search.blocks import Files, Table
    from regesta.search.documents import SearchDocument
    from regesta.search.remembered import LayerMemory

MANIFEST = "manifest.json"

#: Characters in the name of a shard, after its number.
SHARD_NAME = 4
#: Up to this many papers: bytes in a block of terms (some 60 % of that when compressed), papers in a shard.
#: Ten results mostly lie in ten shards.
_SIZES = ((2048, 1650, 4), (30_000, 3300, 4), (sys.maxsize, 6600, 8))
#: Bytes in a block of the other tables.
BLOCKS = {"places": 6000, "words": 2500, "endings": 2500}


def sizes(papers: int) -> tuple[int, int]:
    """Return for a layer of so many papers how many bytes a block of terms has, and how many papers a shard."""
    return next((block, size) for most, block, size in _SIZES if papers <= most)


def layer_files(
    folder: str,
    documents: Iterable[SearchDocument],
    labels: Mapping[str, str],
    memory: LayerMemory | None = None,
) -> dict[str, bytes]:
    """Return the files of a layer by their paths: its manifest, blocks and shards.

    Args:
        folder: where they go, relative to the site's root; ends with a slash.
        documents: its papers, in any order.
        labels: the label of a name (`tag/x`), where it differs from the name.
        memory: notes what each paper brings into the index, for `layer_change`.
    """
    in_order = numbered(documents)
    numbers = Numbers()
    papers = {numbers.take(paper.id): paper for paper in in_order}
    inverted, files = Inverted(), dict[str, bytes]()
    for number, paper in papers.items():
        inverted.add(number, entry_of(paper.items, paper.text.names))
        if memory:
            memory.add(paper)
    spelled = inverted.spelled()
    if memory:
        memory.add_spelled(spelled)
    block, size = sizes(len(papers))
    terms = _lines(inverted, attrgetter("papers")) | _name_lines(inverted, labels)
    table = put_table(files, f"{folder}terms/", terms, block)
    shards = _put_shards(files, folder, papers, size)
    files[f"{folder}{MANIFEST}"] = layer_manifest(
        numbers, inverted.lengths, table, size, shards, _put_more(files, folder, inverted, spelled)
    )
    return files


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
        "group": GROUP,
        "shardSize": size,
        "shards": shards,
        "more": more,
    }
    return as_json(manifest)


def _put_more(files: Files, folder: str, inverted: Inverted, spelled: Iterable[str]) -> dict[str, str]:
    """Add what few queries need; return the names of the files that lead there."""
    meant = (word for word in spelled if may_be_meant(inverted.holders(term_of(word))))
    words = {word: word.encode() for word in meant}
    endings = {word[::-1]: word[::-1].encode() for word in words}
    lines = {"places": _lines(inverted, attrgetter("places")), "words": words, "endings": endings}
    tables = {name: put_table(files, f"{folder}{name}/", lines[name], size) for name, size in BLOCKS.items()}
    return {name: put_list(files, folder, name, table) for name, table in tables.items()}


def _lines(inverted: Inverted, part: Callable[[Postings], bytearray]) -> dict[str, bytes]:
    """Return a line for each term: the term, then a part of its postings (papers or places) in each field."""
    every: set[str] = set().union(*inverted.postings)
    none = Postings()
    return {
        term: b"\t".join(
            [term.encode(), *(part(field.get(term, none)) for field in inverted.postings)]
        ).rstrip(b"\t")
        for term in every
    }


def folded_labels(labels: Mapping[str, str]) -> dict[str, str]:
    """Return labels as the index has them: each in one line, by the name as queries have it."""
    return {folded_name(name): one_line(label) for name, label in labels.items()}


def _name_lines(inverted: Inverted, labels: Mapping[str, str]) -> dict[str, bytes]:
    """Return a line for each name: the name after a colon (no term has one), its papers, its label."""
    labels = folded_labels(labels)
    return {
        f":{name}": name_line(f":{name}", bytes(papers), labels.get(name, ""))
        for name, papers in inverted.names.items()
    }


def name_line(word: str, papers: bytes, label: str) -> bytes:
    """Return the line of a name, which `word` has after a colon."""
    return b"\t".join([word.encode(), papers, label.encode()]).rstrip(b"\t")


def _put_shards(files: Files, folder: str, papers: Mapping[int, SearchDocument], size: int) -> str:
    """Add what results show, `size` numbers in a shard; return the names of the shards, one after another.

    A shard without papers has no file, and a blank name.
    """
    shards: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for number, paper in papers.items():
        shards[number // size].append((paper.id, *paper.shown))
    names = {shard: put_shard(files, folder, shard, shown) for shard, shown in shards.items()}
    return shard_names(names)


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
