"""What other people's entries say, in the types of a paper: loose values become dates, pages, links, counts and plain text.

What does not fit is unknown.
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
from typing import TYPE_CHECKING, Any

from regesta.content.fields import MOST
from regesta.text.dates import DAY, date_of
from regesta.text.identifiers import links_of
from regesta.text.links import is_address
from regesta.text.prose import abstract_markdown
from regesta.text.references import date_in
from regesta.text.strings import one_line, shows
from regesta.text.xml_json import DocumentError, read_items

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.content.paper import Paper
    from regesta.sources.common.dump import Dump, Reading
    from regesta.text.links import FoundLink


_OBJECT = re.compile(r"\s*(?:\[\s*)?(?=\{)")
_DATE = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2})(?:[T ].*)?)?)?", re.ASCII)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,}(?:/[^\s]*)?")
#: Where one object ends and another begins without a comma between: nowhere in a JSON text, whose strings hold no line end.
_BETWEEN_LINES = re.compile(r"\}[ \t]*\n(?=\s*\{)")
_DIGITS = 9  # of the largest count
_LARGEST_TIME = 1e14  # milliseconds, far beyond the year 3000

#: What is wrong with an entry, and what to do about it.
NO_TITLE = ("has no title", "add one to the dump, or leave the entry out")
NO_OBJECT = ("is no object of keys and values", "mend the dump; this entry was left out")
NO_PAPER = ("lists no paper", "fetch it again, or leave the file out")


def read_objects(text: str) -> list[tuple[int, Any]]:
    """Return the items of a JSON array, or an object alone, or several on a line each, every one with its line from 1.

    Raises:
        DocumentError: it is nothing of these.
    """
    if not text.lstrip().startswith("{"):
        return read_items(text)
    return read_items("[" + _BETWEEN_LINES.sub("},\n", text) + "]")


def first_object(dump: Dump) -> dict[str, Any]:
    """Return the JSON object with which a text begins, alone or as the first of a list; an empty one if it begins with none."""
    start = _OBJECT.match(dump.head)
    try:
        first: dict[str, Any] = json.JSONDecoder().raw_decode(dump.text, start.end())[0] if start else {}
    except (ValueError, RecursionError):
        return {}
    return first


def found_in(
    dump: Dump, reading: Reading, read: Callable[[], list[tuple[int, Any]]]
) -> list[tuple[int, Any]]:
    """Return the entries that a reader finds, each with its line; if it finds none, or cannot read the document, that is a problem."""
    try:
        found = read()
    except DocumentError as error:
        reading.problems.append(dump.problem(error.line, str(error), "fetch it again"))
        return []
    if not found:
        reading.problems.append(dump.problem(1, *NO_PAPER))
    return found


def line(value: Any) -> str:
    """Return what a text or a number says on one line; "" for anything else."""
    if isinstance(value, str):
        return one_line(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value % 1 == 0 else str(value)


def lines(value: Any) -> tuple[str, ...]:
    """Return the words of a list, or of a text that separates them by semicolons or else by commas; none twice."""
    if isinstance(value, str):
        value = value.split(";" if ";" in value else ",")
    words = map(line, value if isinstance(value, list) else [])
    return tuple(dict.fromkeys(filter(None, words)))


def count(value: Any) -> int | None:
    """Return a count, None if the value is none."""
    text = line(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def date(value: Any) -> str:
    """Return the date that a text names (`2025`, `2025/6/2`, `2025-06-02T10:00:00Z`, `12 October 2015`); "" if none."""
    return _date(line(value).removesuffix(".0"))


@lru_cache(maxsize=4096)
def _date(text: str) -> str:
    match = _DATE.fullmatch(text)
    return date_of(match[1], match[2] or "", match[3] or "") if match else date_in(text)


def day(value: Any) -> str:
    """Return the day with which a text begins, "" if it names none."""
    found = date(value)
    return found if len(found) == DAY else ""


def day_of_time(milliseconds: Any) -> str:
    """Return the day (UTC) of a time in milliseconds since 1970; "" if it is none."""
    if (
        isinstance(milliseconds, bool)
        or not isinstance(milliseconds, int | float)
        or not 0 < milliseconds < _LARGEST_TIME
    ):
        return ""
    return dt.datetime.fromtimestamp(milliseconds / 1000, dt.UTC).date().isoformat()


def address(value: Any) -> str:
    """Return a web address, also one that was written without `https://`; "" if it is none."""
    text = line(value)
    url = f"https://{text}" if _BARE.fullmatch(text) else text
    return url if is_address(url) else ""


def links(pairs: Iterable[tuple[str, Any]]) -> dict[str, str]:
    """Return address by kind of those pairs whose second half is an address."""
    return {kind: url for kind, value in pairs if (url := address(value))}


def by_kind(links: list[FoundLink]) -> dict[str, str]:
    """Return address by kind; a second address of a kind is numbered (`code-2`), the same one is not repeated.

    What no paper file may hold is left out.
    """
    kinds: dict[str, str] = {}
    for link in links:
        if link.kind and is_address(link.url):
            kinds.setdefault(link.url, link.kind)
    numbers: Counter[str] = Counter()
    found: dict[str, str] = {}
    for url, kind in islice(kinds.items(), MOST):
        numbers[kind] += 1
        found[f"{kind}-{numbers[kind]}" if numbers[kind] > 1 else kind] = url
    return found


#: Tags of HTML, JATS and MathML, as exporters leave them in titles and abstracts; `a < b and c > d` is none.
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
    """Return what a value of JSON says as text: a number in digits, of a list the first text; "" for all else."""
    if isinstance(value, list):
        return (
            next(filter(None, map(value_text, value)), "")
            if len(value) < MOST and not any(isinstance(v, list) for v in value)
            else ""
        )
    is_said = isinstance(value, str | int | float) and not isinstance(value, bool)
    return str(value) if is_said else ""


def without_tags(text: str) -> str:
    """Return text without tags of HTML, JATS and MathML, its entities as characters; paragraphs have a blank line between them."""
    bare = _TAG.sub("", _BLOCK_TAG.sub("\n\n", _HEADING.sub("", text))) if "<" in text else text
    return unescape(bare).strip()


def thesis_type(words: str) -> str:
    """Return BibTeX's type for a thesis from its description (`Ph.D. thesis`, `mathesis`); `misc` if that is unclear."""
    said = words.lower().replace(".", "")
    if re.search(r"ph ?d|doctor|dissertation|habilitation", said):
        return "phdthesis"
    return "mastersthesis" if re.search(r"master|mathesis|diplom|\bm(?:sc|a|phil|eng)\b", said) else "misc"


def links_in(identifiers: Iterable[str], addresses: Iterable[str]) -> dict[str, str]:
    """Return links by kind: arxiv and doi of whatever names one, else pdf or page of an address; the first of each kind."""
    known = [address.strip() for address in addresses]
    links = {kind: url for kind, url in links_of(*identifiers, *known).items() if is_address(url)}
    for address in known:
        if is_address(address) and not links_of(address):
            path = re.split(r"[?#]", address)[0].lower()
            links.setdefault("pdf" if path.endswith(".pdf") else "page", address)
    return links


def keywords_of(words: Iterable[str]) -> tuple[str, ...]:
    """Return keywords, each once; those that begin with `_` or `#` are somebody's own marks, and left out."""
    lines = (one_line(word) for word in words)
    return tuple(dict.fromkeys(line for line in lines if shows(line) and not line.startswith(("_", "#"))))


def private_note(dump: Dump, texts: Iterable[str]) -> str:
    """Return notes as Markdown that shows just their text, if the curator wants notes; else ""."""
    if not dump.notes:
        return ""
    paragraphs = [part for text in texts for part in re.split(r"\n\s*\n", without_tags(text))]
    return "\n\n".join(filter(None, map(abstract_markdown, paragraphs)))


def take(reading: Reading, dump: Dump, paper: Paper) -> None:
    """Add a paper to a reading, or the problem that it has no title."""
    if shows(paper.title):
        reading.papers.append(paper)
    else:
        name = f"{paper.citekey[:60]!r} " if paper.citekey else ""
        remedy = "give it one, or take it out; it was left out"
        reading.problems.append(dump.problem(paper.origin[0].line, f"the entry {name}has no title", remedy))
