"""The sources that papers come from: each is one file here and one line in `SOURCES`, or an entry point of another package.

A source is a pair of functions: one recognizes a text as its own, the other takes it and returns a `Reading`. Nothing
downstream repairs what a source lets through.
"""

from __future__ import annotations

from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from regesta.dumps import DumpError, ReadOptions, find_dumps, read_dump
from regesta.errors import Problem, fail
from regesta.reading import Dump, Reading, Source
from regesta.sources import huggingface_text
from regesta.text import LONGEST_LINE, LONGEST_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from regesta.paper import Paper

#: The order is that in which they are asked whether a text is theirs.
SOURCES: dict[str, Source] = {
    "huggingface-text": Source(huggingface_text.recognizes, huggingface_text.read),
}
#: Where other packages name theirs: each entry point is a module with `recognizes` and `read`.
_GROUP = "regesta.sources"


def read_paths(paths: Iterable[str | Path], content: Path, options: ReadOptions | None = None) -> Reading:
    """Read every file among paths and patterns, and below those that are folders, in the order of their names.

    Args:
        paths: files, folders and patterns; `-` for what is piped in.
        content: the archive's content folder; a file below it is named relative to it, another by its bare name.
        options: how to read them, where the curator says so.

    Returns the papers of all files together; each file that cannot be read is one problem.

    Raises:
        RegestaError: a path does not exist, or no source has the name given.
    """
    options = options or ReadOptions()
    known = all_sources()
    if options.source and options.source not in known:
        raise fail("--as", f"{options.source!r} is no source", f"name one of {', '.join(known)}")
    total = Reading()
    for path in find_dumps(paths):
        try:
            total.add(_read(read_dump(path, content, options), known, options.source))
        except DumpError as error:
            total.problems.append(error.problem)
    return total


def all_sources() -> dict[str, Source]:
    """Return our sources by name, then those of other packages."""
    others = {point.name: point for point in sorted(entry_points(group=_GROUP), key=lambda point: point.name)}
    loaded = {name: point.load() for name, point in others.items() if name not in SOURCES}
    return SOURCES | {name: Source(module.recognizes, module.read) for name, module in loaded.items()}


def _read(dump: Dump, known: dict[str, Source], name: str) -> Reading:
    """Return what the source of that name finds in a dump, or the first that recognizes it."""
    source = known[name] if name else next((source for source in known.values() if source.recognizes(dump)), None)
    if source is None:
        remedy = f"name its source with --as ({', '.join(known)}), or leave it out; docs/sources.md shows their layouts"
        return Reading(problems=[Problem(dump.name, 1, "has a layout that no source knows", remedy)])
    return _without_endless(source.read(dump), dump.name)


def _without_endless(reading: Reading, name: str) -> Reading:
    """Return a reading without the papers that no paper file may hold, each of them a problem."""
    fitting: list[Paper] = []
    for paper in reading.papers:
        if _is_endless(paper):
            what = f"has an abstract of more than {LONGEST_TEXT} characters, or a name of more than {LONGEST_LINE}"
            reading.problems.append(Problem(name, paper.origin[0].line, what, "mend the dump; this entry was left out"))
        else:
            fitting.append(paper)
    reading.papers = fitting
    return reading


def _is_endless(paper: Paper) -> bool:
    names = (paper.organization.name, paper.organization.id) if paper.organization else ()
    people = (name for author in paper.authors for name in (author.name, author.id))
    lines = (paper.title, paper.venue, paper.publisher, paper.citekey, paper.pages, *names, *people, *paper.keywords)
    return len(paper.abstract) > LONGEST_TEXT or any(len(line) > LONGEST_LINE for line in lines)
