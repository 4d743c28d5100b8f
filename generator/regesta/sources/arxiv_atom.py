"""arXiv's XML: answers of its API (Atom), and its daily announcements (rss.arxiv.org, as Atom and as RSS).

An announcement says when a paper was announced, not when it came out: that day is `featured`, and `published`
stays unknown.
"""

from __future__ import annotations

import re
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from regesta.content.paper import Paper
from regesta.sources.common import values
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.text.identifiers import links_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.strings import one_line
from regesta.text.xml_json import local_name, read_elements

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from regesta.content.paper import Author

_FEED = re.compile(r"<(?:\w+:)?(feed|rss)[\s>]")
_ANNOUNCED = re.compile(r"\s*arXiv:\S+\s+Announce Type:\s*[\w-]+\s*(?:Abstract:\s*)?")
_ERROR = re.compile(r"https?://arxiv\.org/api/errors")
_READ = frozenset(
    "id title summary description author creator published pubDate updated doi category link guid announce_type".split()
)


def recognizes(dump: Dump) -> bool:
    """Tell whether a text begins like a feed of arXiv."""
    return (
        dump.head.lstrip().startswith("<")
        and bool(_FEED.search(dump.head))
        and "arxiv.org" in dump.head.lower()
    )


def read(dump: Dump) -> Reading:
    """Return the papers of an answer or an announcement; an error that arXiv reports is a problem."""
    reading = Reading()
    feed = _FEED.search(dump.head)
    name = "item" if feed and feed[1] == "rss" else "entry"
    for line, element in values.entries_in(dump, reading, lambda: read_elements(dump.text, name)[1]):
        _read_entry(dump, line, _AtomEntry(element), reading)
    return reading


class _AtomEntry:
    """An entry of a feed: its elements by their local names."""

    def __init__(self, element: Element) -> None:
        self.children: dict[str, list[Element]] = {}
        for child in element:
            self.children.setdefault(local_name(child), []).append(child)

    def texts(self, *names: str) -> list[str]:
        """Return the texts of all elements with some names, in order."""
        return [
            one_line("".join(child.itertext())) for name in names for child in self.children.get(name, [])
        ]

    def text(self, *names: str) -> str:
        """Return the text of the first element with one of some names, "" if there is none."""
        return next(iter(self.texts(*names)), "")


def _read_entry(dump: Dump, line: int, entry: _AtomEntry, reading: Reading) -> None:
    """Add the paper of an entry to a reading, or a problem."""
    if _is_error(entry):
        what = f"is an error that arXiv reports ({entry.text('summary') or 'without a reason'})"
        reading.problems.append(dump.problem(line, what, "ask arXiv again, for ids that it knows"))
        return
    paper = _paper(dump, line, entry)
    if paper.title:
        reading.papers.append(paper)
        reading.leave_out(name.lower() for name in _unread(entry))
    else:
        reading.problems.append(dump.problem(line, *values.NO_TITLE))


def _is_error(entry: _AtomEntry) -> bool:
    """Tell whether an entry reports an error; a paper with the title `Error` has an id of arXiv."""
    if _ERROR.match(entry.text("id")):
        return True
    return entry.text("title") == "Error" and not links_of(_identifier(entry))


def _unread(entry: _AtomEntry) -> list[str]:
    affiliated = any(
        local_name(part) == "affiliation" for author in entry.children.get("author", []) for part in author
    )
    return [name for name in entry.children if name not in _READ] + ["affiliation"] * affiliated


def _paper(dump: Dump, line: int, entry: _AtomEntry) -> Paper:
    abstract = entry.text("summary", "description")
    announced = _ANNOUNCED.match(abstract)
    published = values.date(entry.text("published"))
    updated = values.day(entry.text("updated"))
    return Paper(
        title=title_text(entry.text("title")),
        abstract=abstract_markdown(abstract[announced.end() :] if announced else abstract),
        authors=_authors(entry),
        published="" if announced else published,
        featured=(_day_of_mail(entry.text("pubDate")) or values.day(published)) if announced else "",
        updated="" if announced or updated == published else updated,
        keywords=values.lines([_category(child) for child in entry.children.get("category", [])]),
        links=_links(entry),
        origin=dump.origin(line),
    )


def _identifier(entry: _AtomEntry) -> str:
    return entry.text("id", "guid").removeprefix("oai:arXiv.org:")


def _category(element: Element) -> str:
    return element.get("term") or element.text or ""


def _authors(entry: _AtomEntry) -> tuple[Author, ...]:
    """Return the authors; each has an element, or all are in one with commas between them."""
    names = [name for author in entry.children.get("author", []) for name in _AtomEntry(author).texts("name")]
    names += [name for creator in entry.texts("creator") for name in creator.split(", ")]
    return tuple(author for name in names if (author := person(name=name)))


def _day_of_mail(text: str) -> str:
    """Return the day of a time as mails write it (RFC 5322), in its own time zone; "" if it is not a time."""
    try:
        return values.day(parsedate_to_datetime(text).date().isoformat())
    except (ValueError, TypeError, IndexError, OverflowError):
        return ""


def _links(entry: _AtomEntry) -> dict[str, str]:
    elements = entry.children.get("link", [])
    pdfs = [
        ("pdf", link.get("href"))
        for link in elements
        if link.get("title") == "pdf" or link.get("type") == "application/pdf"
    ]
    addresses = [link.get("href") or link.text or "" for link in elements]
    return links_of(_identifier(entry), *addresses, entry.text("doi")) | values.links(pdfs[:1])
