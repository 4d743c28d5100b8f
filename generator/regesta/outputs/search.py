"""The search index: small files of which a reader's browser fetches only what its query needs.

`docs/search.md` describes the format; `themes/default/js/search/` reads it. Weights are worked out by the reader from
what the files say (document, term frequency, field length), so that a new paper changes few of them.
"""

import json
from base64 import b32encode
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b

from regesta.tokens import LANGUAGE, stop_words, terms

FORMAT = 1
FIELDS = ("title", "abstract", "authors", "organization", "tags", "venue", "year")
SHARD_SIZE = 8  # papers; ten results are then about ten small files
BLOCK_SIZE = 3300  # characters, about 2 KB compressed


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """What search knows of one paper; every text is plain, without Markdown or TeX.

    `url` is its address on the site ("/papers/x/"); `year` is searched, `shown_year` shown ("[2025]" if it was worked out); `date` is for people ("2 June"), within the year, and may be empty;
    `sort_date` orders ("2025-06-02", "2025", or "" when unknown); `snippet` is the text shown below the title.
    """

    url: str
    title: str
    abstract: str = ""
    authors: str = ""
    organization: str = ""
    tags: tuple[str, ...] = ()
    venue: str = ""
    year: str = ""
    shown_year: str = ""
    date: str = ""
    sort_date: str = ""
    snippet: str = ""

    def field(self, name: str) -> str:
        """Return the text to be searched in one of FIELDS."""
        return " ".join(self.tags) if name == "tags" else str(getattr(self, name))


def search_files(documents: Sequence[SearchDocument]) -> dict[str, bytes]:
    """Return the whole index by site-relative path, whatever the order of `documents`.

    There is "search/manifest.json", and beside it the blocks and shards that it names.
    """
    papers = numbered(documents)
    inverted, lengths = _invert(papers)
    borders, blocks = _cut(_lines(inverted))
    shards = [_shard(papers[start : start + SHARD_SIZE]) for start in range(0, len(papers), SHARD_SIZE)]
    files: dict[str, bytes] = {}
    manifest = {
        "format": FORMAT,
        "language": LANGUAGE,
        "stopWords": stop_words(),
        "fields": FIELDS,
        "documents": len(papers),
        "lengths": lengths,
        "shardSize": SHARD_SIZE,
        "borders": borders,
        "blocks": [_put(files, block, ".txt") for block in blocks],
        "shards": [_put(files, shard, ".json") for shard in shards],
    }
    return {"search/manifest.json": _json(manifest).encode(), **files}


def numbered(documents: Iterable[SearchDocument]) -> list[SearchDocument]:
    """Return the documents in the order of their numbers: oldest first, the undated before all.

    So the newest papers, which an archive mostly gains, come last and leave the other numbers alone; and of
    two equal results, the higher number goes first: the newer one, then the one whose title is first by alphabet.
    """
    by_title = sorted(documents, key=lambda document: (document.title.casefold(), document.url), reverse=True)
    return sorted(by_title, key=lambda document: document.sort_date)


class _Postings:
    """Which papers have a term in a field, as digits: twice the step from the paper before, the length of the field.

    For a paper that has the term more than once, the first is odd, and the frequency comes between the two.
    """

    __slots__ = ("_before", "_digits")

    def __init__(self) -> None:
        self._before, self._digits = 0, list[str]()

    def add(self, number: int, frequency: int, length: str) -> None:
        """Add a paper, of a higher number than those before."""
        step, self._before = 2 * (number - self._before), number
        self._digits += (_digits(step), length) if frequency == 1 else (_digits(step + 1), _digits(frequency), length)

    def __str__(self) -> str:
        """Return all that was added."""
        return "".join(self._digits)


def _invert(papers: Iterable[SearchDocument]) -> tuple[Sequence[Mapping[str, _Postings]], list[int]]:
    """Return the postings of every field, and how many terms each field has in all papers."""
    inverted = tuple(defaultdict[str, _Postings](_Postings) for _ in FIELDS)
    lengths = [0] * len(FIELDS)
    for number, paper in enumerate(papers):
        for position, name in enumerate(FIELDS):
            found, postings = terms(paper.field(name)), inverted[position]
            lengths[position] += len(found)
            length = _digits(len(found))
            for term, frequency in Counter(found).items():
                postings[term].add(number, frequency, length)
    return inverted, lengths


def _lines(inverted: Iterable[Mapping[str, _Postings]]) -> Iterator[tuple[str, str]]:
    """Yield each term with its line, by UTF-16 unit: JavaScript's order, which differs from Python's above U+FFFF."""
    every_term: set[str] = set().union(*inverted)
    for term in sorted(every_term, key=lambda term: term.encode("utf-16-be")):
        fields = (str(postings.get(term, "")) for postings in inverted)
        yield term, "\t".join((term, *fields)).rstrip("\t") + "\n"


@cache
def _digits(value: int) -> str:
    """Return a number to base 32, highest digit first; the last is of another alphabet, and so ends it."""
    text = chr(94 + value % 32)
    while value := value // 32:
        text = chr(62 + value % 32) + text
    return text


def _cut(lines: Iterable[tuple[str, str]]) -> tuple[list[str], list[str]]:
    """Return the borders and the texts of the blocks; a border follows all terms of the blocks before.

    A term with so many postings that it would fill half a block has one for itself.
    """
    borders: list[str] = []
    blocks: list[str] = []
    before, room = "", 0
    for term, line in lines:
        if len(line) > room or 2 * len(line) > BLOCK_SIZE:
            borders.append(_border(before, term))
            blocks.append("")
            room = BLOCK_SIZE if 2 * len(line) <= BLOCK_SIZE else len(line)
        blocks[-1] += line
        room -= len(line)
        before = term
    return borders, blocks


def _border(before: str, term: str) -> str:
    """Return the shortest beginning of `term` that sorts after `before`, the term in front of it."""
    shared = next((i for i, (a, b) in enumerate(zip(before, term, strict=False)) if a != b), len(before))
    return term[: shared + 1]


def _shard(papers: Iterable[SearchDocument]) -> str:
    """Return what the list of results shows of some papers."""
    return _json([[paper.url, paper.title, paper.shown_year, paper.date, paper.tags, paper.snippet] for paper in papers])


def _put(files: dict[str, bytes], text: str, suffix: str) -> str:
    """Add a file named by its content, which is not compressed: zlib's bytes differ between versions."""
    content = text.encode()
    name = b32encode(blake2b(content, digest_size=5).digest()).decode().lower()
    files[f"search/{name}{suffix}"] = content
    return name


def _json(value: Mapping[str, object] | Sequence[object]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
