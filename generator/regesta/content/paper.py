"""The `Paper` record: everything the archive knows about one paper, and how each field is written in a file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The name of a paper, tag or collection in addresses. Windows reserves some names for devices, with any extension, and
#: forbids a dot at the end; `index.html` is the name of the list of all papers, tags or collections.
ID_PATTERN = re.compile(
    r"(?!(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|\Z)|index\.html\Z)[a-z0-9](?:[a-z0-9._-]{0,78}[a-z0-9_-])?",
    re.ASCII,
)

#: What can happen to a paper after it was published.
STATUSES = ("withdrawn", "retracted")

#: The kind of value of each front matter key, in the order in which a new file is written.
KINDS: Mapping[str, str] = MappingProxyType(
    {
        "id": "text",
        "title": "text",
        "authors": "authors",
        "authors_count": "count",
        "organization": "organization",
        "type": "text",
        "venue": "text",
        "volume": "text",
        "number": "text",
        "publisher": "text",
        "published": "date",
        "featured": "date",
        "updated": "date",
        "inferred": "texts",
        "added": "date",
        "status": "text",
        "tags": "texts",
        "keywords": "texts",
        "collections": "texts",
        "session": "text",
        "pages": "text",
        "award": "text",
        "links": "links",
        "comments": "count",
        "upvotes": "count",
        "citekey": "text",
        "language": "text",
        "license": "text",
        "aliases": "texts",
        "note": "paragraphs",
        "lock": "flag",
        "origin": "origins",
    }
)


#: Keys that people write by mistake, and what to write instead.
MISTAKEN: Mapping[str, str] = MappingProxyType(
    {
        "author": "`authors: [Name, Other Name]`",
        "tag": "`tags: [one, two]`",
        "keyword": "`keywords: [one, two]`",
        "collection": "`collections: [one]`",
    }
    | {
        "alias": "`aliases: [old-id]`",
        "link": "`links: {code: https://…}`",
        "date": "`published: …`",
        "year": "`published: …`",
    }
    | {
        key: f"`links: {{{kind}: https://…}}`"
        for key, kind in {"url": "page", "pdf": "pdf", "doi": "doi", "arxiv": "arxiv", "code": "code"}.items()
    }
    | dict.fromkeys(("journal", "booktitle", "conference"), "`venue: …`")
    | {
        "abstract": "the abstract below the front matter",
        "comment": "`comments: 3`, a count, or `note: …`",
        "licence": "`license: …`",
    }
)


class Author(NamedTuple):
    """An author of the paper; `id` tells two people of the same name apart."""

    name: str
    given: str = ""
    family: str = ""
    orcid: str = ""
    id: str = ""


class Organization(NamedTuple):
    """The organization behind the paper: a name to show, and the identifier from the source."""

    name: str
    id: str = ""


class Origin(NamedTuple):
    """Where the paper came from: a file (relative to `content/`) and the line of its title, from 1."""

    file: str
    line: int = 0


# A frozen one takes four times as long to make, and a build makes each several times.
@dataclass(slots=True)
class Paper:
    """One paper; an unknown field is empty ("" or () or None), never guessed.

    Attributes:
        id: the permanent name of the paper; matches `ID_PATTERN`.
        title: plain text that may hold `$TeX$`.
        abstract: Markdown that may hold `$TeX$`.
        published: when it came out, as precisely as known (`2025-06-02`, `2025-06`, `2025`).
        featured: the day on which the source listed it.
        added: the day on which it entered this archive.
        updated: the day of its last revision.
        inferred: names of the fields that were inferred, not read.
        type: what kind of publication it is, in BibTeX's words (`article`, `inproceedings`); "" if unknown.
        keywords: the source's own subjects; tags are the archive's.
        authors_count: the number of authors, which may be known when their names are not.
        links: address by kind: arxiv, doi, pdf, code, project, data, model, discussion.
        comments: the number of comments at the source.
        language: in which it is written (BCP 47), "" if unknown; the archive's own language is that of its pages.
        extra: unknown keys of the front matter; themes can use them.
    """

    title: str
    abstract: str = ""
    id: str = ""
    published: str = ""
    featured: str = ""
    added: str = ""
    updated: str = ""
    inferred: tuple[str, ...] = ()
    authors: tuple[Author, ...] = ()
    authors_count: int | None = None
    organization: Organization | None = None
    type: str = ""
    venue: str = ""
    volume: str = ""
    number: str = ""
    publisher: str = ""
    keywords: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    links: Mapping[str, str] = field(default_factory=dict)
    comments: int | None = None
    upvotes: int | None = None
    note: str = ""
    aliases: tuple[str, ...] = ()
    citekey: str = ""
    language: str = ""
    license: str = ""
    status: str = ""
    pages: str = ""
    session: str = ""
    award: str = ""
    lock: bool = False
    origin: tuple[Origin, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def date(self) -> str:
        """The date under which the archive lists the paper, as precisely as known: featured, else published."""
        return self.featured or self.published

    @property
    def is_inferred(self) -> bool:
        """Whether that date was inferred."""
        return bool(self.date) and ("featured" if self.featured else "published") in self.inferred

    @property
    def register_day(self) -> str:
        """`date` if it is known to the day, else ""."""
        return self.date if len(self.date) == len("2025-06-02") else ""


FIELDS = tuple(f.name for f in fields(Paper) if f.name != "extra")


def full_name(given: str, family: str) -> str:
    """Return a person's name as pages show it, from its parts."""
    return f"{given} {family}".strip()


def link_kind(kind: str) -> str:
    """Return the kind of a link without its number: `code-2` is code, too."""
    name, _, number = kind.rpartition("-") if kind[-1:].isdigit() else ("", "", "")
    return name if name and number.isdigit() else kind


def value_of(paper: Paper, name: str) -> Any:
    """Return a field as plain data (text, number, list or mapping), as it is written in a file; None if unknown."""
    value = getattr(paper, name)
    kind = KINDS.get(name, "text")
    if kind == "authors":
        return [_compact(author) for author in value] or None
    if kind == "organization":
        return _compact(value) if value else None
    if kind == "origins":
        return [
            {"file": origin.file, "line": origin.line} if origin.line else {"file": origin.file}
            for origin in value
        ] or None
    if kind == "texts":
        return list(value) or None
    if kind == "links":
        return dict(value) or None
    return value if value or (kind == "count" and value == 0) else None


def _compact(person: Author | Organization) -> str | dict[str, str]:
    """Return a bare name if nothing else is known, else a mapping, without a name that follows from its parts."""
    known = {name: value for name, value in person._asdict().items() if value}
    if isinstance(person, Author) and person.name == full_name(person.given, person.family):
        del known["name"]
    return person.name if set(known) == {"name"} else known
