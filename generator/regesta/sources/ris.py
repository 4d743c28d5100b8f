"""RIS, as reference managers and publishers export it: two-letter tags, references from `TY` to `ER`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, Any

from regesta.content.paper import Author, Paper
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import from_reversed
from regesta.sources.common.values import (
    add_paper,
    keywords_of,
    links_in,
    private_note,
    thesis_type,
    without_tags,
)
from regesta.text.bounds import check_entry, limited
from regesta.text.languages import language_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.references import date_in, most_precise, page_range
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

#: The beginning of a file: blank lines and numbers such as `1.` may come before the first reference.
_BEGINNING = re.compile(r"(?:[ \t\d.]*\n)*TY  - ?[A-Z]")
_START = re.compile(r"^TY  -", re.MULTILINE)
_END = re.compile(r"^ER  -", re.MULTILINE)
_REORDERED = re.compile(r"([^,]+),([^,]+),\s*((?:jr|sr|[ivx]+)\.?)\s*", re.IGNORECASE)

_TYPES = {
    "JOUR": "article", "EJOUR": "article", "MGZN": "article", "NEWS": "article", "JFULL": "article", "INPR": "article", "ABST": "article",
    "CONF": "inproceedings", "CPAPER": "inproceedings", "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "WHOLE": "book", "CHAP": "incollection",
    "ECHAP": "incollection", "ENCYC": "incollection", "RPRT": "techreport", "GOVDOC": "techreport", "UNPB": "unpublished", "MANSCPT": "unpublished",
    "PAMP": "booklet",
}  # fmt: skip
_TITLES, _VENUES, _BOOK_VENUES = (
    ("TI", "T1", "CT"),
    ("JF", "T2", "JO", "BT", "C3", "JA", "J2", "J1"),
    ("JF", "JO"),
)
_NOTES = ("N1", "RN")
_USED = frozenset("TY ID AU A1 PY Y1 DA AB N2 KW VL IS SP EP PB DO UR M3".split()) | {*_TITLES, *_VENUES}
#: Tags that may occur several times; of all others the first counts.
_REPEATED = ["AU", "A1", "A2", "A3", "A4", "KW", "N1", "RN", "UR", "DO"]


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins with a reference, or has one and is named `….ris`."""
    is_named = dump.name.lower().removesuffix(".gz").endswith(".ris")
    return bool(_START.search(dump.head) if is_named else _BEGINNING.match(dump.head))


def read(dump: Dump) -> Reading:
    """Return a paper for each reference with a title; a last one without `ER` is a problem."""
    reading = Reading()
    if not _START.search(dump.text):
        reading.problems.append(dump.problem(1, "lists no reference", "export it again"))
    for line, (text, is_last) in limited(_references(dump.text)):
        record = _record(text)
        if record is None and is_last:
            remedy = "export it again, or end it with a line `ER  - `; it was left out"
            reading.problems.append(dump.problem(line, "the last reference is cut off", remedy))
            continue
        fields = record or _record(f"{text}\nER  - ") or {}
        add_paper(reading, dump, _paper(dump, line, fields))
        reading.leave_out(_unread(dump, fields))
    return reading


def _references(text: str) -> Iterator[tuple[int, tuple[str, bool]]]:
    """Yield the references of a text, from one `TY` to the next: the line, the text, whether it is the last."""
    line, counted = 1, 0
    starts = (match.start() for match in _START.finditer(text))
    for start, end in pairwise(chain(starts, [len(text)])):
        line += text.count("\n", counted, start)
        counted = start
        check_entry(end - start, line)
        yield line, (text[start:end], end == len(text))


def _record(text: str) -> Mapping[str, list[str]] | None:
    """Return the values of a reference by tag, None if it has no end."""
    if not _END.search(text):
        return None
    found = _parser().parse(text)[0]
    others = found.pop("UK", {})
    lists = {tag: value if isinstance(value, list) else [value] for tag, value in (found | others).items()}
    joined = {
        tag: texts if tag in _REPEATED or tag in others else [" ".join(texts)] for tag, texts in lists.items()
    }
    return {tag: [text for text in texts if text] for tag, texts in joined.items() if tag and any(texts)}


@cache
def _parser() -> Any:
    """Return the library's parser, which keeps the lines of a value in a list: we join them, once."""
    from rispy import RisParser
    from rispy.config import TAG_KEY_MAPPING

    class Parser(RisParser):  # type: ignore[misc]
        def _add_single_value(self, record: Any, name: str, value: str, is_multi: bool = False) -> None:
            if is_multi or name not in record:
                record.setdefault(name, []).append(value)

    mapping = {tag: tag for tag in TAG_KEY_MAPPING}
    return Parser(mapping=mapping, list_tags=_REPEATED, delimiter_tags_mapping={})


def _paper(dump: Dump, line: int, fields: Mapping[str, list[str]]) -> Paper:
    first = defaultdict(str, {tag: one_line(texts[0]) for tag, texts in fields.items()})
    kind = first["TY"].upper()
    venues = _BOOK_VENUES if kind in ("BOOK", "EBOOK", "EDBOOK", "WHOLE", "THES") else _VENUES
    return Paper(
        title=title_text(without_tags(_first(first, _TITLES))),
        abstract=abstract_markdown(without_tags(_first(first, ("AB", "N2")))),
        type=thesis_type(first["M3"]) if kind == "THES" else _TYPES.get(kind, "misc"),
        authors=tuple(_authors(fields)),
        venue=_first(first, venues),
        volume=first["VL"],
        number=first["IS"],
        pages=_pages(first["SP"], first["EP"]),
        publisher=first["PB"],
        published=most_precise(date_in(first[tag]) for tag in ("PY", "Y1", "DA")),
        keywords=keywords_of(fields.get("KW", [])),
        links=links_in(
            [*fields.get("DO", []), first["M3"]],
            (part for text in fields.get("UR", []) for part in re.split(r";\s*(?=http)|\s+", text)),
        ),
        citekey=first["ID"],
        language=language_of(first["LA"]),
        note=private_note(dump, (text for tag in _NOTES for text in fields.get(tag, []))),
        origin=dump.origin(line),
    )


def _first(fields: Mapping[str, str], tags: tuple[str, ...]) -> str:
    return next((fields[tag] for tag in tags if fields.get(tag)), "")


def _pages(first: str, last: str) -> str:
    """Return the pages; some exporters write the whole range as the first page."""
    is_range = bool(last) and last != first and "–" not in page_range(first)
    return page_range(f"{first}--{last}" if is_range and first else first or last)


def _authors(fields: Mapping[str, list[str]]) -> Iterator[Author]:
    """Yield the authors; the format writes `Family, Given, Jr`."""
    for text in fields.get("AU") or fields.get("A1") or []:
        reordered = _REORDERED.fullmatch(text)
        if author := from_reversed(f"{reordered[1]}, {reordered[3]}, {reordered[2]}" if reordered else text):
            yield author


def _unread(dump: Dump, fields: Mapping[str, list[str]]) -> Counter[str]:
    places = {
        *_USED,
        *(_NOTES if dump.notes else ()),
        *(["LA"] if language_of(fields.get("LA", [""])[0]) else []),
    }
    return Counter(tag.lower() for tag in fields if tag not in places)
