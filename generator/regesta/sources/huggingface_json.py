"""Answers of Hugging Face's API: `/api/daily_papers`, `/api/papers/search` and `/api/papers/{id}`.

A list holds an envelope for each paper, `{"paper": {…}, "title": …, "numComments": …}`. The last address answers
with the paper alone.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta.content.paper import Organization, Paper
from regesta.sources.common import values
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.text.identifiers import links_of
from regesta.text.prose import abstract_markdown, title_text

if TYPE_CHECKING:
    from regesta.content.paper import Author

_ENVELOPE = re.compile(r"\"paper\"\s*:\s*\{\s*\"")
_PAPER = re.compile(r"\"(?:publishedAt|submittedOnDailyAt|discussionId|hidden)\"\s*:")
_AUTHORS = re.compile(r"\"authors\"\s*:\s*\[\s*(?:\{|\])")
_READ = frozenset(
    "id title summary authors publishedAt submittedOnDailyAt upvotes numComments organization githubRepo projectPage".split()
)


def recognizes(dump: Dump) -> bool:
    """Tell whether a text is JSON with two of these: an envelope, the API's keys, authors as objects."""
    signs = [pattern for pattern in (_ENVELOPE, _PAPER, _AUTHORS) if pattern.search(dump.head)]
    return dump.head.lstrip()[:1] in ("[", "{") and len(signs) > 1


def read(dump: Dump) -> Reading:
    """Return the papers of a list, of single lines, or of one object.

    Accounts, pictures, media and text written by a model (`ai_…`) are not imported.
    """
    reading = Reading()
    for line, entry in values.entries_in(dump, reading, lambda: values.objects_of(dump)):
        _read_entry(dump, line, entry, reading)
    return reading


def _read_entry(dump: Dump, line: int, entry: Any, reading: Reading) -> None:
    """Add the paper of an entry to a reading, or a problem."""
    envelope = entry if isinstance(entry, dict) else {}
    inner = envelope.get("paper", envelope)
    if not isinstance(inner, dict) or not inner:
        reading.problems.append(dump.problem(line, *values.NO_OBJECT))
        return
    outside = ("paper", "publishedAt") if inner is not envelope else ()  # the envelope's day is one too early
    fields = {key: value for key, value in envelope.items() if key not in outside} | inner
    paper = _paper(dump, line, fields)
    if paper.title:
        reading.papers.append(paper)
        reading.leave_out(key.lower() for key in fields if key not in _READ)
    else:
        reading.problems.append(dump.problem(line, *values.NO_TITLE))


def _paper(dump: Dump, line: int, fields: dict[str, Any]) -> Paper:
    return Paper(
        title=title_text(values.line(fields.get("title"))),
        abstract=abstract_markdown(values.line(fields.get("summary"))),
        authors=_authors(fields.get("authors")),
        organization=_organization(fields.get("organization")),
        published=values.date(fields.get("publishedAt")),
        featured=values.day(fields.get("submittedOnDailyAt")),
        links=_links(fields),
        upvotes=values.count(fields.get("upvotes")),
        comments=values.count(fields.get("numComments")),
        origin=dump.origin(line),
    )


def _authors(value: Any) -> tuple[Author, ...]:
    """Return the authors as the paper names them; their accounts are private."""
    people = value if isinstance(value, list) else []
    names = (
        values.line(each.get("name")) if isinstance(each, dict) else values.line(each) for each in people
    )
    return tuple(author for name in names if (author := person(name=name)))


def _organization(value: Any) -> Organization | None:
    fields = value if isinstance(value, dict) else {}
    identifier = values.line(fields.get("name"))
    name = values.line(fields.get("fullname")) or identifier
    return Organization(name, identifier) if name else None


def _links(fields: dict[str, Any]) -> dict[str, str]:
    links = links_of(values.line(fields.get("id")))
    if arxiv := links.get("arxiv"):
        links["discussion"] = arxiv.replace("https://arxiv.org/abs/", "https://huggingface.co/papers/")
    return links | values.links([("code", fields.get("githubRepo")), ("project", fields.get("projectPage"))])
