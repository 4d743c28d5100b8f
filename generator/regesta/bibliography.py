"""What all bibliographies share: loose values become dates, pages, links and plain text, and an entry becomes a paper or a problem."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

from regesta.content.fields import MOST
from regesta.text.identifiers import links_of
from regesta.text.links import is_address
from regesta.text.prose import abstract_markdown
from regesta.text.strings import one_line, shows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.content.paper import Paper
    from regesta.reading import Dump, Reading

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
