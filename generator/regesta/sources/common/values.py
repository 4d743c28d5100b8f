"""Turn the loose values of other people's entries into a paper's dates, links, counts and plain text.

A value that does not fit is unknown.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import re
from collections import Counter
from functools import lru_cache
from html import unescape
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from regesta import limits
from regesta.content.schema import MOST
from regesta.text.dates import DAY, date_of
from regesta.text.identifiers import links_of
from regesta.text.links import is_address
from regesta.text.prose import abstract_markdown
from regesta.text.references import date_in
from regesta.text.strings import one_line, shows
from regesta.text.xml_json import DocumentError, read_items, read_objects

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.content.paper import Paper
    from regesta.sources.common.dump import Dump, Reading
    from regesta.text.links import FoundLink

    _T = TypeVar("_T")

_OBJECT = re.compile(r"\s*(?:\[\s*)?(?=\{)")
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?)?", re.ASCII)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s]*)?")
_DIGITS = 9  # of the largest count
_LARGEST_TIME = 1e14  # milliseconds, far beyond the year 3000

#: What is wrong with an entry, and what to do about it.
NO_TITLE = ("has no title", "add one to the dump, or leave the entry out")
NO_OBJECT = ("is not a JSON object", "mend the dump; this entry was left out")
NO_PAPER = ("lists no paper", "fetch it again, or leave the file out")


def objects_of(dump: Dump) -> list[tuple[int, Any]]:
    """Return the items of a JSON array, a single object, or an object on each line; all with lines from 1.

    Raises:
        DocumentError: the text is none of these.
        LimitError: it has too many of them, or too large a one.
    """
    return (read_objects if dump.head.lstrip().startswith("{") else read_items)(dump.text)


def first_object(dump: Dump) -> dict[str, Any]:
    """Return the JSON object at the start of a text, alone or first in a list, or an empty one."""
    start, beginning = _OBJECT.match(dump.head), dump.text[: limits.ENTRY]
    try:
        first: dict[str, Any] = json.JSONDecoder().raw_decode(beginning, start.end())[0] if start else {}
    except (ValueError, RecursionError):
        return {}
    return first


def entries_in(
    dump: Dump, reading: Reading, read: Callable[[], list[tuple[int, Any]]]
) -> Iterator[tuple[int, Any]]:
    """Yield the entries that `read` finds, each with its line; add a problem if it fails or finds none."""
    try:
        entries = read()
    except DocumentError as error:
        reading.problems.append(dump.problem(error.line, str(error), "fetch it again"))
        return
    if not entries:
        reading.problems.append(dump.problem(1, *NO_PAPER))
    yield from taken(entries)


def taken(entries: list[_T]) -> Iterator[_T]:
    """Take the entries out of a list, in order: while papers are made of them, their memory is free again."""
    entries.reverse()
    while entries:
        yield entries.pop()


def line(value: Any) -> str:
    """Return a text or a number as one line of text; "" for anything else."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if isinstance(value, int):
        return str(value)
    return (str(int(value)) if value % 1 == 0 else str(value)) if math.isfinite(value) else ""


def lines(value: Any) -> tuple[str, ...]:
    """Return the items of a list, or of a text with semicolons or else commas between them; none twice."""
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    words = map(line, value if isinstance(value, list) else [])
    return tuple(dict.fromkeys(filter(None, words)))


def count(value: Any) -> int | None:
    """Return a count, None if the value is not a count."""
    text = line(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def date(value: Any) -> str:
    """Return the date in a text (`2025`, `2025/6/2`, `2025-06-02T10:00:00Z`, `12 October 2015`), else ""."""
    return _date(line(value).removesuffix(".0"))


@lru_cache(maxsize=4096)
def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    return date_of(match[1], match[2] or "", match[3] or "") if match else date_in(text)


def day(value: Any) -> str:
    """Return the date in a text if it is precise to the day, else ""."""
    text = date(value)
    return text if len(text) == DAY else ""


def day_of_time(milliseconds: Any) -> str:
    """Return the day (UTC) of a time in milliseconds since 1970; "" if the value is not a time."""
    if (
        isinstance(milliseconds, bool)
        or not isinstance(milliseconds, int | float)
        or not 0 < milliseconds < _LARGEST_TIME
    ):
        return ""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date().isoformat()


def address(value: Any) -> str:
    """Return a web address, also one without `https://`; "" if the value is not an address."""
    text = line(value)
    url = f"https://{text}" if _BARE.fullmatch(text) else text
    return url if is_address(url) else ""


def links(pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return addresses by kind, from pairs of kind and value; what is not an address is left out."""
    return {kind: url for kind, value in pairs if (url := address(value))}


def by_kind(links: list[FoundLink]) -> dict[str, str]:
    """Return addresses by kind; a second address of a kind is numbered (`code-2`), none is repeated.

    Addresses that no paper file may hold are left out.
    """
    kinds: dict[str, str] = {}
    for link in links:
        if link.kind and is_address(link.url):
            kinds.setdefault(link.url, link.kind)
    numbers: Counter[str] = Counter()
    numbered: dict[str, str] = {}
    for url, kind in islice(kinds.items(), MOST):
        numbers[kind] += 1
        numbered[f"{kind}-{numbers[kind]}" if numbers[kind] > 1 else kind] = url
    return numbered


#: Tags of HTML, JATS and MathML, as exporters leave them in texts; `a < b and c > d` is not a tag.
_TAG = re.compile(
    r"</?(?:(?:jats|mml):[a-z-]+|p|i|b|u|s|em|strong|su[bp]|sc|span|div|br|a|[uo]l|li|h\d|code|pre|font|blockquote|script|sec|title|bold|italic)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BLOCK_TAG = re.compile(
    r"</?(?:(?:jats:)?(?:p|sec|title|list|list-item)|div|br|[uo]l|li|h\d|blockquote)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"<(jats:title|title|h\d)>\s*abstract\s*[.:]?\s*</\1>", re.IGNORECASE)


def value_text(value: Any) -> str:
    """Return a JSON text or number as text, or the first of them in a list; "" for anything else."""
    if isinstance(value, list):
        is_flat = len(value) < MOST and not any(isinstance(item, list) for item in value)
        return next(filter(None, map(value_text, value)), "") if is_flat else ""
    is_text = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_text else ""


def without_tags(text: str) -> str:
    """Return text without tags, with entities as characters and a blank line between paragraphs."""
    bare = _TAG.sub("", _BLOCK_TAG.sub("\n\n", _HEADING.sub("", text))) if "<" in text else text
    return unescape(bare).strip()


def thesis_type(words: str) -> str:
    """Return BibTeX's type for a thesis from its description (`Ph.D. thesis`); `misc` if unclear."""
    text = words.lower().replace(".", "")
    if re.search(r"ph ?d|doctor|dissertation|habilitation", text):
        return "phdthesis"
    return "mastersthesis" if re.search(r"master|mathesis|diplom|\bm(?:sc|a|phil|eng)\b", text) else "misc"


def links_in(identifiers: Iterable[str], addresses: Iterable[str]) -> dict[str, str]:
    """Return links by kind, the first of each: arXiv and DOI from any value, else pdf or page."""
    urls = [address.strip() for address in addresses]
    links = {kind: url for kind, url in links_of(*identifiers, *urls).items() if is_address(url)}
    for url in urls:
        if is_address(url) and not links_of(url):
            path = re.split(r"[?#]", url)[0].lower()
            links.setdefault("pdf" if path.endswith(".pdf") else "page", url)
    return links


def keywords_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return keywords, each once; those that begin with `_` or `#` are personal marks and left out."""
    lines = (one_line(word) for word in words)
    return tuple(dict.fromkeys(line for line in lines if shows(line) and not line.startswith(("_", "#"))))


def private_note(dump: Dump, texts: Iterable[str]) -> str:
    """Return notes as Markdown that shows exactly their text; "" unless the curator wants notes."""
    if not dump.notes:
        return ""
    paragraphs = [part for text in texts for part in re.split(r"\n\s*\n", without_tags(text))]
    return "\n\n".join(filter(None, map(abstract_markdown, paragraphs)))


def add_paper(reading: Reading, dump: Dump, paper: Paper) -> None:
    """Add a paper to a reading, or a problem if it has no title."""
    if shows(paper.title):
        reading.papers.append(paper)
    else:
        name = f"{paper.citekey[:60]!r} " if paper.citekey else ""
        remedy = "give it one, or take it out; it was left out"
        reading.problems.append(dump.problem(paper.origin[0].line, f"the entry {name}has no title", remedy))
