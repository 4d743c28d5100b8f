"""Notes of OpenReview's API, version 2 (`{"notes": [{"content": {"title": {"value": …}}}]}`) and version 1 (values as they are)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta.content.paper import Paper
from regesta.sources.common import values
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.xml_json import read_items

if TYPE_CHECKING:
    from regesta.content.paper import Author

_SITE = "https://openreview.net"
_NOTES = re.compile(r"\"notes\"\s*:\s*\[")
_NONE = re.compile(r"\s*\{\s*\"notes\"\s*:\s*\[\s*\]")
_CONTENT = re.compile(r"\"content\"\s*:\s*\{")
_NOTE = re.compile(
    r"\"(?:forum|invitations?|signatures)\"\s*:|\"content\"\s*:\s*\{\s*\"\w+\"\s*:\s*\{\s*\"value\""
)
_READ_OF_NOTE = frozenset("id forum content pdate odate license".split())
_READ_OF_CONTENT = frozenset("title abstract authors keywords venue pdf code".split())


def recognizes(dump: Dump) -> bool:
    """Tell whether a text is JSON that holds such notes."""
    head = dump.head
    has_notes = bool(_CONTENT.search(head) and (_NOTES.search(head) or _NOTE.search(head)))
    return head.lstrip()[:1] in ("[", "{") and (has_notes or bool(_NONE.match(head)))


def read(dump: Dump) -> Reading:
    """Return the papers among some notes; each other note (a review, a comment) is a problem."""
    reading = Reading()
    is_answer = _NOTES.search(dump.head) and dump.head.lstrip().startswith("{")
    for line, note in values.entries_in(
        dump,
        reading,
        lambda: read_items(dump.text, "notes") if is_answer else values.read_objects(dump.text),
    ):
        _read_note(dump, line, note, reading)
    return reading


def _read_note(dump: Dump, line: int, note: Any, reading: Reading) -> None:
    """Add to a reading the paper that a note is, or a problem."""
    content = note.get("content") if isinstance(note, dict) else None
    if not isinstance(content, dict):
        reading.problems.append(dump.problem(line, *values.NO_OBJECT))
        return
    said = {key: _value(value) for key, value in content.items()}
    paper = _paper(dump, line, note, said)
    if paper.title:
        reading.papers.append(paper)
        reading.unread.update(key.lower() for key in note if key not in _READ_OF_NOTE)
        reading.unread.update(key.lower() for key in said if key not in _READ_OF_CONTENT)
    else:
        reading.problems.append(
            dump.problem(line, "has no title (it may be a review or a comment)", "leave it out of the dump")
        )


def _value(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _paper(dump: Dump, line: int, note: dict[str, Any], said: dict[str, Any]) -> Paper:
    return Paper(
        title=title_text(values.line(said.get("title"))),
        abstract=abstract_markdown(values.line(said.get("abstract"))),
        authors=_authors(said.get("authors")),
        venue=values.line(said.get("venue")),
        keywords=values.lines(said.get("keywords")),
        published=values.day_of_time(note.get("pdate")) or values.day_of_time(note.get("odate")),
        license=values.line(note.get("license")),
        links=_links(note, said),
        origin=dump.origin(line),
    )


def _authors(value: Any) -> tuple[Author, ...]:
    names = value if isinstance(value, list) else [value]
    return tuple(author for name in names if (author := person(name=values.line(name))))


def _links(note: dict[str, Any], said: dict[str, Any]) -> dict[str, str]:
    forum, pdf = values.line(note.get("forum")), values.line(said.get("pdf"))
    pairs = [
        ("pdf", f"{_SITE}{pdf}" if pdf.startswith("/") else pdf),
        ("discussion", f"{_SITE}/forum?id={forum}" if forum else ""),
        ("code", said.get("code")),
    ]
    return values.links(pairs)
