"""Notes of OpenReview's API, version 2 (`{"content": {"title": {"value": …}}}`) and 1 (plain values)."""

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
    """Tell whether a text is JSON with notes of OpenReview, or an answer without any."""
    head = dump.head
    has_notes = bool(_CONTENT.search(head) and (_NOTES.search(head) or _NOTE.search(head)))
    return head.lstrip()[:1] in ("[", "{") and (has_notes or bool(_NONE.match(head)))


def read(dump: Dump) -> Reading:
    """Return the papers among the notes; any other note (a review, a comment) is a problem."""
    reading = Reading()
    for line, note in values.entries_in(dump, reading, lambda: _notes(dump)):
        _read_note(dump, line, note, reading)
    return reading


def _notes(dump: Dump) -> list[tuple[int, Any]]:
    """Return the notes of an answer, of a list or of single lines, each with its line.

    Raises:
        DocumentError: the text is none of these.
    """
    is_answer = _NOTES.search(dump.head) and dump.head.lstrip().startswith("{")
    return read_items(dump.text, "notes") if is_answer else values.objects_of(dump)


def _read_note(dump: Dump, line: int, note: Any, reading: Reading) -> None:
    """Add the paper of a note to a reading, or a problem."""
    content = note.get("content") if isinstance(note, dict) else None
    if not isinstance(content, dict):
        reading.problems.append(dump.problem(line, *values.NO_OBJECT))
        return
    fields = {key: _value(value) for key, value in content.items()}
    paper = _paper(dump, line, note, fields)
    if paper.title:
        reading.papers.append(paper)
        reading.leave_out(key.lower() for key in note if key not in _READ_OF_NOTE)
        reading.leave_out(key.lower() for key in fields if key not in _READ_OF_CONTENT)
    else:
        reading.problems.append(
            dump.problem(line, "has no title (it may be a review or a comment)", "leave it out of the dump")
        )


def _value(value: Any) -> Any:
    return value.get("value") if isinstance(value, dict) else value


def _paper(dump: Dump, line: int, note: dict[str, Any], fields: dict[str, Any]) -> Paper:
    return Paper(
        title=title_text(values.line(fields.get("title"))),
        abstract=abstract_markdown(values.line(fields.get("abstract"))),
        authors=_authors(fields.get("authors")),
        venue=values.line(fields.get("venue")),
        keywords=values.lines(fields.get("keywords")),
        published=values.day_of_time(note.get("pdate")) or values.day_of_time(note.get("odate")),
        license=values.line(note.get("license")),
        links=_links(note, fields),
        origin=dump.origin(line),
    )


def _authors(value: Any) -> tuple[Author, ...]:
    names = value if isinstance(value, list) else [value]
    return tuple(author for name in names if (author := person(name=values.line(name))))


def _links(note: dict[str, Any], fields: dict[str, Any]) -> dict[str, str]:
    forum, pdf = values.line(note.get("forum")), values.line(fields.get("pdf"))
    pairs = [
        ("pdf", f"{_SITE}{pdf}" if pdf.startswith("/") else pdf),
        ("discussion", f"{_SITE}/forum?id={forum}" if forum else ""),
        ("code", fields.get("code")),
    ]
    return values.links(pairs)
