"""The files of one layer of the index."""

from __future__ import annotations

import sys
from collections import defaultdict
from operator import attrgetter
from typing import TYPE_CHECKING

from regesta.search.blocks import as_json, content_name, put_table
from regesta.search.digits import digits
from regesta.search.documents import GROUP, numbered, numbers, runs
from regesta.search.inverted import Inverted, Postings
from regesta.search.query import folded_name
from regesta.search.spelling import spelled_words
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regesta.search.blocks import Files, Table
    from regesta.search.documents import SearchDocument

MANIFEST = "manifest.json"

#: Characters in the name of a shard, after its number.
SHARD_NAME = 4
#: Up to this many papers: bytes in a block of terms (some 60 % of that when compressed), papers in a shard.
#: Ten results mostly lie in ten shards.
_SIZES = ((2048, 1650, 4), (30_000, 3300, 4), (sys.maxsize, 6600, 8))
_WORDS_BLOCK, _PLACES_BLOCK = 2500, 6000


def layer_files(
    folder: str, documents: Iterable[SearchDocument], labels: Mapping[str, str]
) -> dict[str, bytes]:
    """Return the files of a layer by their paths: its manifest, blocks and shards.

    Args:
        folder: where they go, relative to the site's root; ends with a slash.
        documents: its papers, in any order.
        labels: the label of a name (`tag/x`), where it differs from the name.
    """
    in_order = numbered(documents)
    papers = dict(zip(numbers(paper.id for paper in in_order), in_order, strict=True))
    inverted = Inverted(papers.items())
    files: dict[str, bytes] = {}
    block, size = next((block, size) for most, block, size in _SIZES if len(papers) <= most)
    terms = _lines(inverted, attrgetter("papers")) | _name_lines(inverted, labels)
    manifest = {
        "documents": len(papers),
        "lengths": inverted.lengths,
        "terms": put_table(files, f"{folder}terms/", terms, block)._asdict(),
        "runs": b"".join(map(digits, runs([*papers]))).decode(),
        "group": GROUP,
        "shardSize": size,
        "shards": _put_shards(files, folder, papers, size),
        "more": _put_more(files, folder, inverted),
    }
    return {f"{folder}{MANIFEST}": as_json(manifest), **files}


def _put_more(files: Files, folder: str, inverted: Inverted) -> dict[str, str]:
    """Add what few queries need; return the names of the files that lead there."""
    words = {word: word.encode() for word in spelled_words(inverted)}
    endings = {word[::-1]: word[::-1].encode() for word in words}
    tables = {
        "places": put_table(files, f"{folder}places/", _lines(inverted, attrgetter("places")), _PLACES_BLOCK),
        "words": put_table(files, f"{folder}words/", words, _WORDS_BLOCK),
        "endings": put_table(files, f"{folder}endings/", endings, _WORDS_BLOCK),
    }
    return {name: _put_list(files, folder, name, table) for name, table in tables.items()}


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


def _name_lines(inverted: Inverted, labels: Mapping[str, str]) -> dict[str, bytes]:
    """Return a line for each name: the name after a colon (no term has one), its papers, its label."""
    labels = {folded_name(name): one_line(label) for name, label in labels.items()}
    return {
        f":{name}": b"\t".join([f":{name}".encode(), papers, labels.get(name, "").encode()]).rstrip(b"\t")
        for name, papers in inverted.names.items()
    }


def _put_shards(files: Files, folder: str, papers: Mapping[int, SearchDocument], size: int) -> str:
    """Add what results show, `size` numbers in a shard; return the names of the shards, one after another.

    A shard without papers has no file, and a blank name.
    """
    shards: dict[int, list[tuple[object, ...]]] = defaultdict(list)
    for number, paper in papers.items():
        shards[number // size].append((paper.id, *paper.shown))
    names = {shard: _put_shard(files, folder, shard, shown) for shard, shown in shards.items()}
    return "".join(names.get(shard, " " * SHARD_NAME) for shard in range(max(names, default=-1) + 1))


def _put_shard(files: Files, folder: str, number: int, shown: list[tuple[object, ...]]) -> str:
    data = as_json(shown)
    name = content_name(data, SHARD_NAME)
    files[f"{folder}shown/{number}-{name}.json"] = data
    return name


def _put_list(files: Files, folder: str, name: str, table: Table) -> str:
    """Add the list of a table's blocks; return the name of its file."""
    data = as_json(table._asdict())
    path = f"{name}/table-{content_name(data, 10)}.json"
    files[folder + path] = data
    return path
