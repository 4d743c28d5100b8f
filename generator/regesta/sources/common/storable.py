"""Make papers fit their files: drop invisible values and private addresses, reject what is too long."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.content.fields import MOST, MOST_AUTHORS
from regesta.content.paper import KINDS
from regesta.content.paper_files import dump
from regesta.content.text_files import LARGEST
from regesta.errors import Problem
from regesta.text.links import is_address
from regesta.text.strings import LONGEST_LINE, LONGEST_TEXT, shows

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator

    from regesta.content.paper import Paper
    from regesta.sources.common.dump import Reading

_TEXTS = tuple(key for key, kind in KINDS.items() if kind == "text" and key != "id")
_PEOPLE_OF_A_LARGE_FILE = 2000
#: Keys to a person's account, in an address that was copied from a browser.
_SECRET = re.compile(r"(?i)[?&](?:x-amz-[a-z-]+|token|access_token|api_?key|sig|signature|password)=")
#: Hosts that only their owner can reach.
_OWN_HOST = re.compile(
    r"(?i)localhost|.*\.local|127\.[\d.]+|10\.[\d.]+|192\.168\.[\d.]+|172\.(?:1[6-9]|2\d|3[01])\.[\d.]+|\[?::1\]?"
)


def storable(reading: Reading, name: str) -> Reading:
    """Return a reading with only the papers that can be written to a file and read again; others are problems.

    Args:
        reading: what a source found.
        name: the name of the source's file, for problems.
    """
    fitting: list[Paper] = []
    for paper in reading.papers:
        shown = _shown(paper, reading.unread)
        if endless := next(_endless(shown), ""):
            reading.problems.append(
                Problem(
                    name, paper.origin[0].line, f"has {endless}", "mend the dump; this entry was left out"
                )
            )
        else:
            fitting.append(shown)
    reading.papers = fitting
    return reading


def _shown(paper: Paper, unread: Counter[str]) -> Paper:
    """Return a paper without values that show nothing, and without addresses that no reader can use or that hold a secret."""
    changes: dict[str, Any] = {
        key: "" for key in _TEXTS if (value := getattr(paper, key)) and not shows(value)
    }
    if any(not shows(word) for word in paper.keywords):
        changes["keywords"] = tuple(filter(shows, paper.keywords))
    if any(
        not shows(part)
        for author in paper.authors
        for part in (author.name, author.given, author.family)
        if part
    ):
        changes["authors"] = tuple(
            author
            for author in paper.authors
            if shows(author.name) and shows(author.given or "x") and shows(author.family or "x")
        )
    if paper.organization and not shows(paper.organization.name):
        changes["organization"] = None
    private = [kind for kind, url in paper.links.items() if not is_address(url) or _is_private(url)]
    if private:
        changes["links"] = {kind: url for kind, url in paper.links.items() if kind not in private}
        unread.update(f"links.{kind}" for kind in private)
    return replace(paper, **changes) if changes else paper


def _is_private(url: str) -> bool:
    parts = urlsplit(url)
    return "@" in parts.netloc or bool(_OWN_HOST.fullmatch(parts.hostname or "")) or bool(_SECRET.search(url))


def _endless(paper: Paper) -> Iterator[str]:
    """Yield, in words, each thing in a paper that is too long for its file."""
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
    if len(paper.authors) > _PEOPLE_OF_A_LARGE_FILE and len(dump(paper).encode()) >= LARGEST:
        yield "so much to say that its file would be larger than 1 MiB"
