"""What a paper file can hold: empty values and private addresses are left out, too long ones are refused."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.content.fields import MOST_AUTHORS
from regesta.content.paper import KINDS
from regesta.content.paper_files import dump
from regesta.content.schema import MOST
from regesta.errors import Problem
from regesta.limits import TEXT_FILE
from regesta.text.links import is_address
from regesta.text.strings import LONGEST_LINE, LONGEST_TEXT, shows

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from regesta.content.paper import Author, Paper
    from regesta.sources.common.dump import Reading

_TEXTS = tuple(key for key, kind in KINDS.items() if kind == "text" and key != "id")
_PEOPLE_OF_A_LARGE_FILE = 2000
#: Parameters that hold a password or a key, in an address that was copied from a browser.
_SECRET = re.compile(r"(?i)[?&](?:x-amz-[a-z-]+|token|access_token|api_?key|sig|signature|password)=")
#: Hosts that only their owner can reach: this machine, and private networks (RFC 1918).
_OWN_HOST = re.compile(
    r"(?i)localhost|.*\.local|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[?::1\]?"
)


def storable(reading: Reading, name: str) -> Reading:
    """Return a reading with only the papers that fit into a file; each of the others becomes a problem.

    Args:
        reading: what a source found; changed in place.
        name: the file's name in problems.
    """
    fitting: list[Paper] = []
    for paper in reading.papers:
        shown = _shown(paper, reading.unread)
        if excess := next(_excesses(shown), ""):
            remedy = "mend the dump; this entry was left out"
            reading.problems.append(Problem(name, paper.origin[0].line, f"has {excess}", remedy))
        else:
            fitting.append(shown)
    reading.papers = fitting
    return reading


def _shown(paper: Paper, unread: Counter[str]) -> Paper:
    """Return a paper without values that show nothing, and without addresses that are unusable or private."""
    links = {kind: url for kind, url in paper.links.items() if is_address(url) and not _is_private(url)}
    unread.update(f"links.{kind}" for kind in paper.links if kind not in links)
    organization = paper.organization
    changes: dict[str, Any] = {key: "" for key in _TEXTS if not shows(getattr(paper, key))} | {
        "keywords": tuple(filter(shows, paper.keywords)),
        "authors": tuple(filter(_has_names, paper.authors)),
        "organization": organization if organization and shows(organization.name) else None,
        "links": links,
    }
    return replace(paper, **changes)


def _has_names(author: Author) -> bool:
    """Tell whether each known name of an author shows something."""
    return shows(author.name) and all(map(shows, filter(None, (author.given, author.family))))


def _is_private(url: str) -> bool:
    """Tell whether an address holds a user name or a secret, or leads to a private host."""
    parts = urlsplit(url)
    return "@" in parts.netloc or bool(_OWN_HOST.fullmatch(parts.hostname or "")) or bool(_SECRET.search(url))


def _excesses(paper: Paper) -> Iterator[str]:
    """Yield in words what a paper has more of than its file may hold."""
    if len(paper.abstract) > LONGEST_TEXT:
        yield f"an abstract of more than {LONGEST_TEXT} characters"
    if len(paper.note) > LONGEST_TEXT:
        yield f"a note of more than {LONGEST_TEXT} characters"
    people = [name for author in paper.authors for name in (author.name, author.id)]
    people += [paper.organization.name, paper.organization.id] if paper.organization else []
    if any(
        len(line) > LONGEST_LINE
        for line in (*(getattr(paper, key) for key in _TEXTS), *people, *paper.keywords)
    ):
        yield f"a title or a name of more than {LONGEST_LINE} characters"
    if len(paper.keywords) > MOST or len(paper.links) > MOST or len(paper.authors) > MOST_AUTHORS:
        yield f"more than {MOST} keywords or links, or more than {MOST_AUTHORS} authors"
    if len(paper.authors) > _PEOPLE_OF_A_LARGE_FILE and len(dump(paper).encode()) >= TEXT_FILE:
        yield "so much text that its file would be larger than 1 MiB"
