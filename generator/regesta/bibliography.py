"""What all bibliographies share: loose values become dates, pages, links and plain text, and an entry becomes a paper or a problem."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from regesta.dates import date_of
from regesta.fields import MOST, is_address
from regesta.identifiers import links_of
from regesta.prose import abstract_markdown
from regesta.text import one_line, shows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.paper import Paper
    from regesta.reading import Dump, Reading

_LISTED = re.compile(r"\s*(\d{4})(?!\d)(?:[-/](\d{1,2})(?!\d)(?:[-/](\d{1,2})(?!\d))?)?")
_MONTH_YEAR = re.compile(r"\s*(\d{1,2})/(\d{4})\s*")
_NUMBERS = re.compile(r"\s*(\d{1,2})[/.](\d{1,2})[/.](\d{4})\s*")
_MONTHS = 12
_YEAR = re.compile(r"(?<![\d-])\d{4}(?!\d)")
_MONTH = re.compile(r"(?<![^\W\d_])(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*", re.IGNORECASE)
_DAY = re.compile(r"(?<!\d)\d{1,2}(?!\d)")
_DASH = r" ?[-\u2010-\u2015\u2212]+ ?"
#: Dashes that can only mean "to": two hyphens, or a dash that is longer than one.
_TO = re.compile(r" ?(?:[-\u2010-\u2015\u2212]{2,}|[\u2013-\u2015]) ?")
#: Words with dashes between them, none left out: `15-27`, `A-12`, `xii-xx`, `12-1--12-8`.
_JOINED = re.compile(rf"\b\w+(?:{_DASH}\w+)+")
_NUMBER = re.compile(r"\w*\d\w*")
_ROMAN = re.compile(r"[ivxlc]+", re.IGNORECASE)
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


def date_in(text: str) -> str:
    """Return the date that a text names (`2016-03/2017`, `1948/07//`, `12 October 2012`, `10/2012`) as precisely as it does; "" if none.

    Of a range it is the beginning. A text with two years that is no range names none.
    """
    if listed := _LISTED.match(text):
        return date_of(*(part or "" for part in listed.groups()))
    if swapped := _MONTH_YEAR.fullmatch(text):
        return date_of(swapped[2], swapped[1])
    if numbers := _NUMBERS.fullmatch(text):
        return _of_numbers(*numbers.groups())
    years = set(_YEAR.findall(text))
    return date_of(years.pop(), *month_and_day(text)) if len(years) == 1 else ""


def _of_numbers(one: str, two: str, year: str) -> str:
    """Return the date of two numbers and a year: which is the day is known if it is no month, or both are the same; else the year alone."""
    day, month = (one, two) if int(one) > _MONTHS else (two, one)
    is_certain = int(day) > _MONTHS or one == two
    return date_of(year, month, day) if is_certain else date_of(year)


def month_and_day(text: str) -> tuple[str, str]:
    """Return the month and the day that a text names (`jan`, `02`, `10 March`), each "" where there is none."""
    month, day = _MONTH.search(text), _DAY.search(text)
    return (month[0], day[0] if day else "") if month else (day[0] if day else "", "")


def most_precise(dates: Iterable[str]) -> str:
    """Return the first date that is known, or one after it that says the same more precisely."""
    best = ""
    for date in dates:
        best = date if date.startswith(best) else best
    return best


def page_range(text: str) -> str:
    """Return pages with an en dash from the first to the last (`12–23`); the number of an article (`A-12`) stays as it is.

    This is the one rule for all sources, and for what a curator writes.
    """
    pages = one_line(text)
    return _JOINED.sub(lambda match: _range(match[0]), pages) if re.search(r"\w", pages) else ""


def _range(joined: str) -> str:
    """Return words joined by dashes as a range, if they are one."""
    if _TO.search(joined):
        return _TO.sub("–", joined)  # hyphens beside it belong to the numbers: 12-1--12-8
    match re.split(_DASH, joined):
        case first, last if any(kind.fullmatch(first) and kind.fullmatch(last) for kind in (_NUMBER, _ROMAN)):
            return f"{first}–{last}"
        case chapter, first, same_chapter, last:
            return f"{chapter}-{first}–{same_chapter}-{last}"
    return joined


def without_tags(text: str) -> str:
    """Return text without tags of HTML, JATS and MathML, its entities as characters; paragraphs have a blank line between them."""
    bare = _TAG.sub("", _BLOCK_TAG.sub("\n\n", _HEADING.sub("", text))) if "<" in text else text
    return unescape(bare).strip()


def thesis_type(words: str) -> str:
    """Return BibTeX's word for a thesis of which is said what it is (`Ph.D. thesis`, `mathesis`); `misc` where that tells nothing."""
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
