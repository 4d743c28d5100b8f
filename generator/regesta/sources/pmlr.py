"""Posts of the site of Proceedings of Machine Learning Research: each is a paper, all in YAML front matter.

The volume becomes a collection with its number in the name (`pmlr-v222`).
"""

from __future__ import annotations

import re
from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from regesta.content import frontmatter
from regesta.content.collections import Collection
from regesta.content.frontmatter import FrontMatterError
from regesta.content.paper import Paper
from regesta.content.schema import is_name
from regesta.sources.common import values
from regesta.sources.common.dump import Dump, Reading
from regesta.sources.common.people import person
from regesta.text.bounds import check_entry
from regesta.text.dates import date_of
from regesta.text.formulas import convert
from regesta.text.identifiers import links_of
from regesta.text.prose import abstract_markdown, title_text
from regesta.text.references import page_range

if TYPE_CHECKING:
    from regesta.content.paper import Author

_MARK = re.compile(r"^(?:tex_title|bibtex_author|container-title):", re.MULTILINE)
_READ = frozenset(
    "title tex_title author date year month abstract container-title booktitle volume page firstpage lastpage publisher pdf openreview software doi "
    "id section series layout genre issued bibtex_author".split()
)


def recognizes(dump: Dump) -> bool:
    """Tell whether a text has front matter with the keys of such a post."""
    return dump.head.startswith("---\n") and bool(_MARK.search(dump.head))


def read(dump: Dump) -> Reading:
    """Return the paper of a post, and its volume as a collection."""
    check_entry(len(dump.text), 1)
    try:
        source, _ = frontmatter.split(dump.text)
        fields = frontmatter.load(source, first=2)
    except FrontMatterError as error:
        return Reading(problems=[dump.problem(error.line, str(error), "fetch it again")])
    line = frontmatter.line_of(source, "title", first=2)
    paper = _paper(dump, line, fields)
    if not paper.title:
        return Reading(problems=[dump.problem(line, *values.NO_TITLE)])
    reading = Reading([paper], collections=_volumes(fields, paper))
    reading.leave_out(key.lower() for key, value in fields.items() if key not in _READ and value)
    return reading


def _paper(dump: Dump, line: int, fields: dict[str, Any]) -> Paper:
    text = {key: values.line(value) for key, value in fields.items()}
    first_and_last = "--".join(filter(None, (text.get("firstpage"), text.get("lastpage"))))
    volume = text.get("volume", "")
    collection = f"pmlr-v{volume}".lower()
    return Paper(
        title=_title(text),
        abstract=abstract_markdown(text.get("abstract", "")),
        authors=_authors(fields.get("author")),
        type="inproceedings",
        venue=text.get("container-title") or text.get("booktitle", ""),
        volume=volume,
        publisher=text.get("publisher", ""),
        published=values.date(text.get("date")) or date_of(text.get("year"), text.get("month")),
        session=text.get("section", ""),
        pages=page_range(text.get("page") or first_and_last),
        collections=(collection,) if volume and is_name(collection) else (),
        links=_links(text),
        citekey=text.get("id", ""),
        origin=dump.origin(line),
    )


def _title(text: dict[str, str]) -> str:
    """Return the plain title, which keeps its formulas, else the one for BibTeX without its braces."""
    bare = convert(text.get("tex_title", ""), partial(re.sub, r"(?<!\\)[{}]", ""), attrgetter("source"))
    return title_text(text.get("title", "")) or title_text(bare)


def _authors(value: Any) -> tuple[Author, ...]:
    people = [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []
    return tuple(
        author
        for each in people
        if (author := _author({key: values.line(part) for key, part in each.items()}))
    )


def _author(parts: dict[str, str]) -> Author | None:
    family = " ".join(filter(None, (parts.get(key) for key in ("prefix", "family", "suffix"))))
    return person(parts.get("given", ""), family, name=parts.get("name", ""), orcid_id=parts.get("orcid", ""))


def _links(text: dict[str, str]) -> dict[str, str]:
    forum = text.get("openreview", "")
    whole = forum if "://" in forum or not forum else f"https://openreview.net/forum?id={forum}"
    pairs = [("pdf", text.get("pdf")), ("discussion", whole), ("code", text.get("software"))]
    return links_of(text.get("doi", "")) | values.links(pairs)


def _volumes(fields: dict[str, Any], paper: Paper) -> list[Collection]:
    """Return the volume of a paper as a collection; none if it has no number."""
    return [
        Collection(
            name,
            paper.venue or name,
            series=values.line(fields.get("series")),
            volume=paper.volume,
            publisher=paper.publisher,
            published=paper.published,
        )
        for name in paper.collections
    ]
