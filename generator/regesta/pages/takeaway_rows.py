"""What one takes away of each paper, as text in rows: its citations and its record, made once for all files that have them."""

from __future__ import annotations

import json
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from regesta.archive.touched import EVERYTHING
from regesta.pages.citations import Citations, make_citations
from regesta.pages.record import record
from regesta.text.batches import batches
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.archive import Archive
    from regesta.archive.touched import Touched
    from regesta.content.paper import Paper
    from regesta.memory import Memory
    from regesta.pages.site import Site

#: `bucket` is a number below `BUCKETS`, by which papers are put into parts; `cited` and `recorded` are hashes of the citations
#: and of the record, small enough to be summed up, beside the bytes of the longest citation, and of the record.
_TABLES = {
    "takeaway": """(id TEXT PRIMARY KEY, bucket INT, cited INT, cited_size INT, recorded INT, recorded_size INT, bibtex TEXT, ris TEXT,
        csl TEXT, record TEXT)""",
    "takeaway_sum": "(path TEXT PRIMARY KEY, fingerprint TEXT, sha256 TEXT)",
}
_INDEX = "CREATE INDEX IF NOT EXISTS takeaway_bucket ON takeaway (bucket, cited, cited_size, recorded, recorded_size)"
BUCKETS = 1 << 16
_HASH = 10  # hexadecimal digits: a million of such numbers add up to less than 2**63
_PUT = "INSERT OR REPLACE INTO takeaway VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_HELD = 1_000  # papers whose citations stay in memory: a small archive reads them once
_MANY = 100  # papers that are read at once
_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
#: Ends of lines that JSON leaves as they are, and some readers of lines do not.
_LINE_ENDS = {end: f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}


def update(site: Site, valid_for: str, touched: Touched = EVERYTHING) -> None:
    """Bring the rows up to date.

    Args:
        site: what they are made from; its archive's memory has them.
        valid_for: a hash of the code and the settings.
        touched: the papers of which they may be other.
    """
    archive, memory = site.archive, site.archive.memory
    site.known_citations = None
    if not memory.recall("takeaways", valid_for, _TABLES) or touched.everything:
        for table in _TABLES:
            memory.rows(f"DELETE FROM {table}")  # noqa: S608 - a table of ours
        memory.write(_PUT, (_row(site, paper) for paper in archive.papers))
        memory.rows(_INDEX)
    else:
        memory.write("DELETE FROM takeaway WHERE id = ?", ((paper_id,) for paper_id in touched.papers))
        found = filter(None, map(archive.paper, sorted(touched.papers)))
        memory.write(_PUT, (_row(site, paper) for paper in found))
    site.known_citations = lru_cache(1)(
        partial(_known, memory)
    )  # a page and its twin ask one after the other


def _known(memory: Memory, paper_id: str) -> Citations:
    return Citations._make(memory.rows("SELECT bibtex, ris, csl FROM takeaway WHERE id = ?", paper_id)[0])


def _row(site: Site, paper: Paper) -> tuple[str | int, ...]:
    citations = make_citations(paper, site)
    line = _line(paper, site)
    bucket, longest = int(digest(paper.id, 4), 16), max(map(len, map(str.encode, citations)))
    sizes = _number("\n\n".join(citations)), longest, _number(line), len(line.encode())
    return (paper.id, bucket, *sizes, *citations, line)


def _line(paper: Paper, site: Site) -> str:
    """Return the record of a paper as JSON on one line, whatever a reader takes for its end."""
    text = _encode(record(paper, site))
    for end, escaped in _LINE_ENDS.items() if not text.isascii() else ():
        text = text.replace(end, escaped)
    return text


def _number(text: str) -> int:
    return int(digest(text, _HASH), 16)


class TakeawayTexts:
    """The columns of some papers' rows.

    Args:
        archive: its memory has them.
    """

    def __init__(self, archive: Archive) -> None:
        self._memory, self._is_small = archive.memory, len(archive.papers) <= _HELD
        self._held: dict[str, dict[str, Any]] = {}

    def of(self, column: str, ids: Iterable[str]) -> Iterator[Any]:
        """Yield a column of the rows of some papers, in their order."""
        query = f"SELECT id, {column} FROM takeaway"  # noqa: S608 - a column of ours
        if self._is_small:
            if column not in self._held:
                self._held[column] = dict(self._memory.each(query))
            yield from map(self._held[column].__getitem__, ids)
            return
        for some in batches(ids, _MANY):
            found = dict(self._memory.rows_of(f"{query} WHERE id IN ({{}})", some))
            yield from map(found.__getitem__, some)
