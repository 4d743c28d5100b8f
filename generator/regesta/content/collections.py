"""Collections, `content/collections/*.md`: curated lists of papers, proceedings among them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.content import frontmatter
from regesta.content.curated_files import load_curated
from regesta.content.fields import authors, links
from regesta.content.paper import Paper, value_of
from regesta.content.schema import date, day, line, list_of, mapping, only, unfit, unknown
from regesta.content.text_files import read_text, write
from regesta.errors import Problem
from regesta.text.dates import DAY, is_date

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from regesta.content.paper import Author
    from regesta.content.schema import Fault, Readers


class Listed(NamedTuple):
    """A paper in a collection: its id, and what the collection says about it.

    Attributes:
        session: the session or section in which it was presented.
        pages: its pages in the proceedings.
        award: what it won.
        time: when it was presented, or when the group met about it: a day, perhaps with a time (`2025-06-02 14:30`).
    """

    id: str
    session: str = ""
    pages: str = ""
    award: str = ""
    time: str = ""

    @property
    def day(self) -> str:
        """The day of its time, "" if unknown."""
        return self.time[:DAY]


class Collection(NamedTuple):
    """A curated list of papers, `content/collections/<name>.md`; proceedings if it has editors, a publisher or a venue.

    Attributes:
        name: its name in addresses, and in the `collections` of its papers.
        title: its title for readers; for proceedings, the title of the book.
        description: one sentence about it.
        introduction: Markdown.
        papers: in the curator's order; other papers that name the collection follow them.
        venue: the short name of the meeting (`ACL 2022`).
        editors: who edited the proceedings.
        publisher, place, series, volume, isbn: of the proceedings.
        published: when they came out, as precisely as known.
        start, end: the first and the last day of the meeting.
        citekey: the key of the proceedings in BibTeX.
        links: address by kind, as for a paper.
    """

    name: str
    title: str
    description: str = ""
    introduction: str = ""
    papers: tuple[Listed, ...] = ()
    venue: str = ""
    editors: tuple[Author, ...] = ()
    publisher: str = ""
    place: str = ""
    series: str = ""
    volume: str = ""
    isbn: str = ""
    published: str = ""
    start: str = ""
    end: str = ""
    citekey: str = ""
    links: Mapping[str, str] = {}

    @property
    def is_proceedings(self) -> bool:
        """Whether its papers were published in it as a book: it has editors, a publisher or a venue."""
        return bool(self.editors or self.publisher or self.venue)

    @property
    def is_programme(self) -> bool:
        """Whether any of its papers has a session or a time."""
        return any(listed.session or listed.time for listed in self.papers)


_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(?: (?:[01]\d|2[0-3]):[0-5]\d)?", re.ASCII)


def _is_time(text: str) -> bool:
    match = _TIME.fullmatch(text)
    return not text or bool(match and is_date(match[1]))


#: The keys of a paper in a collection.
_LISTED: Readers = {
    "id": line,
    "session": line,
    "pages": line,
    "award": line,
    "time": only(line, _is_time, "{!r} is not a time: write a day, as 2025-06-02, or 2025-06-02 14:30"),
}
_ITEM = mapping(_LISTED, "id", short="id", others=True)
#: The keys of a collection, in the order in which they are written.
_KEYS: Readers = {
    "title": line,
    "description": line,
    "venue": line,
    "editors": authors,
    "publisher": line,
    "place": line,
    "series": line,
    "volume": line,
    "isbn": line,
    "published": date,
    "start": day,
    "end": day,
    "citekey": line,
    "links": links,
    "papers": list_of(lambda item: Listed(**_ITEM(item)), "write one id a line, each after a dash"),
}
_COLLECTION = mapping(_KEYS, others=True)


def load_collections(content: Path) -> tuple[dict[str, Collection], list[Problem]]:
    """Return the collections by name, and the problems of their files."""
    return load_curated(content, "collections", _collection, _unknown)


def _collection(stem: str, data: dict[str, Any], body: str) -> Collection:
    values = _COLLECTION(data)
    start, end = values.get("start"), values.get("end")
    if start and end and end < start:
        raise unfit(f"it lies before the start, {start}", "cannot be read", "end")
    return Collection(stem, introduction=body, **values | {"title": values.get("title") or stem})


def _unknown(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault for each unknown key of a collection or of a paper in it."""
    yield from unknown(data, _KEYS)
    items = data.get("papers")
    for number, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict):
            yield from (fault.below("papers", number) for fault in unknown(item, _LISTED))


def unknown_papers(
    content: Path, collections: Mapping[str, Collection], known_of: Callable[[Iterable[str]], Container[str]]
) -> list[Problem]:
    """Return a problem for each id in a collection that is not the id or alias of a paper.

    Args:
        content: the content folder.
        collections: by name.
        known_of: returns which of some names are ids or aliases of papers.
    """
    problems = []
    known = known_of(listed.id for collection in collections.values() for listed in collection.papers)
    for name, collection in collections.items():
        unknown = [listed.id for listed in collection.papers if listed.id not in known]
        file = f"collections/{name}.md"
        lines = _lines_of_words(content / file, file) if unknown else {}
        what = "lists {!r}, which is not a paper's id"
        problems += [
            Problem(file, lines.get(paper_id, 0), what.format(paper_id), "mend it, or take it out")
            for paper_id in unknown
        ]
    return problems


def _lines_of_words(path: Path, name: str) -> dict[str, int]:
    """Return the first line, from 1, of each word of a text file."""
    found: dict[str, int] = {}
    for number, row in enumerate(read_text(path, name).split("\n"), 1):
        for word in re.findall(r"[^\s,\[\]{}\"']+", row):
            found.setdefault(word, number)
    return found


def dump(collection: Collection) -> str:
    """Return the text of a collection's file: canonical front matter without empty keys, and its introduction."""
    people = value_of(Paper("", authors=collection.editors), "authors")
    values = {key: getattr(collection, key) or None for key in _KEYS} | {"editors": people}
    values["links"] = dict(collection.links) or None
    values["papers"] = [_item(listed) for listed in collection.papers] or None
    head = frontmatter.dump(values)
    return f"{head}\n{collection.introduction}\n" if collection.introduction else head


def _item(listed: Listed) -> str | dict[str, str]:
    """Return a listed paper as it is written in the file: just its id if nothing else is known."""
    known = {key: value for key in _LISTED if (value := getattr(listed, key))}
    return listed.id if len(known) == 1 else known


def add_missing(content: Path, collections: Iterable[Collection]) -> None:
    """Write a file for each collection that has none, for the curator to complete."""
    for collection in collections:
        path = content / "collections" / f"{collection.name}.md"
        if not path.exists():
            write(path, dump(collection))
