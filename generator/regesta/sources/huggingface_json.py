"""What Hugging Face's API says of papers: `/api/daily_papers`, `/api/papers/search` and `/api/papers/{id}`.

A list holds an envelope for each paper, `{"paper": {…}, "title": …, "numComments": …}`; the last address gives the paper alone.
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
    """Tell whether a text is JSON with two of three signs: an envelope, keys of theirs, authors who are objects."""
    signs = [pattern for pattern in (_ENVELOPE, _PAPER, _AUTHORS) if pattern.search(dump.head)]
    return dump.head.lstrip()[:1] in ("[", "{") and len(signs) > 1


def read(dump: Dump) -> Reading:
    """Return the papers of a list, or the one that a text is.

    Accounts, pictures, media and what a model wrote (`ai_…`) are not taken.
    """
    reading = Reading()
    for line, entry in values.entries_in(dump, reading, lambda: values.read_objects(dump.text)):
        _read_entry(dump, line, entry, reading)
    return reading


def _read_entry(dump: Dump, line: int, entry: Any, reading: Reading) -> None:
    """Add to a reading the paper that an entry holds, or a problem."""
    envelope = entry if isinstance(entry, dict) else {}
    inner = envelope.get("paper", envelope)
    if not isinstance(inner, dict) or not inner:
        reading.problems.append(dump.problem(line, *values.NO_OBJECT))
        return
    outside = ("paper", "publishedAt") if inner is not envelope else ()  # the outer day is the one before
    said = {key: value for key, value in (envelope | inner).items() if key not in outside or key in inner}
    paper = _paper(dump, line, said)
    if paper.title:
        reading.papers.append(paper)
        reading.unread.update(key.lower() for key in said if key not in _READ)
    else:
        reading.problems.append(dump.problem(line, *values.NO_TITLE))


def _paper(dump: Dump, line: int, said: dict[str, Any]) -> Paper:
    return Paper(
        title=title_text(values.line(said.get("title"))),
        abstract=abstract_markdown(values.line(said.get("summary"))),
        authors=_authors(said.get("authors")),
        organization=_organization(said.get("organization")),
        published=values.date(said.get("publishedAt")),
        featured=values.day(said.get("submittedOnDailyAt")),
        links=_links(said),
        upvotes=values.count(said.get("upvotes")),
        comments=values.count(said.get("numComments")),
        origin=dump.origin(line),
    )


def _authors(value: Any) -> tuple[Author, ...]:
    """Return the authors as the paper names them; the accounts that some of them have stay behind."""
    people = value if isinstance(value, list) else []
    names = (
        values.line(each.get("name")) if isinstance(each, dict) else values.line(each) for each in people
    )
    return tuple(author for name in names if (author := person(name=name)))


def _organization(value: Any) -> Organization | None:
    known = value if isinstance(value, dict) else {}
    identifier = values.line(known.get("name"))
    name = values.line(known.get("fullname")) or identifier
    return Organization(name, identifier) if name else None


def _links(said: dict[str, Any]) -> dict[str, str]:
    links = links_of(values.line(said.get("id")))
    if arxiv := links.get("arxiv"):
        links["discussion"] = arxiv.replace("https://arxiv.org/abs/", "https://huggingface.co/papers/")
    return links | values.links([("code", said.get("githubRepo")), ("project", said.get("projectPage"))])
