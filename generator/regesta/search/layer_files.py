"""The files of one layer of the index."""

from __future__ import annotations

import sys
from operator import attrgetter
from typing import TYPE_CHECKING

from regesta.search.blocks import as_json, content_name, put_table
from regesta.search.digits import digits
from regesta.search.documents import ABSTRACT, numbered
from regesta.search.inverted import Inverted, Postings
from regesta.search.query import folded_name
from regesta.search.spelling import spelled_words
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.search.blocks import Files
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
    papers = numbered(documents)
    inverted = Inverted(papers)
    files: dict[str, bytes] = {}
    block, size = next((block, size) for most, block, size in _SIZES if len(papers) <= most)
    terms = _lines(inverted, attrgetter("papers")) | _name_lines(inverted, labels)
    manifest = {
        "documents": len(papers),
        "lengths": [sum(lengths) for lengths in inverted.lengths],
        "terms": put_table(files, f"{folder}terms/", terms, block)._asdict(),
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
    names = {
        name: _put_named(files, folder, f"{name}/table", as_json(table._asdict()), "json")
        for name, table in tables.items()
    }
    lengths = b"".join(map(digits, inverted.lengths[ABSTRACT]))
    return names | {"lengths": _put_named(files, folder, "lengths", lengths, "txt")}


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


def _put_shards(files: Files, folder: str, papers: Sequence[SearchDocument], size: int) -> str:
    """Add what results show, `size` papers in a shard; return the names of the shards, one after another."""
    starts = range(0, len(papers), size)
    return "".join(_put_shard(files, folder, start // size, papers[start : start + size]) for start in starts)


def _put_shard(files: Files, folder: str, number: int, papers: Sequence[SearchDocument]) -> str:
    data = as_json([(paper.id, *paper.shown) for paper in papers])
    name = content_name(data, SHARD_NAME)
    files[f"{folder}shown/{number}-{name}.json"] = data
    return name


def _put_named(files: Files, folder: str, stem: str, data: bytes, suffix: str) -> str:
    name = f"{stem}-{content_name(data, 10)}.{suffix}"
    files[folder + name] = data
    return name
