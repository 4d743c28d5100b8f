"""The sources that papers come from: each is one file, and one line in `SOURCES`.

A source is a pair of functions: one recognizes a text as its own, the other takes that text and the name of its
file and returns a `Reading`. Nothing downstream repairs what a source lets through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.errors import Problem
from regesta.reading import Reading
from regesta.sources import huggingface_text
from regesta.text import LONGEST_LINE, LONGEST_TEXT, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from regesta.paper import Paper

SOURCES: dict[str, tuple[Callable[[str], bool], Callable[[str, str], Reading]]] = {
    "huggingface-text": (huggingface_text.recognizes, huggingface_text.read),
}


def read_paths(paths: Iterable[Path], content: Path) -> Reading:
    """Read every file among paths, and below those that are folders, in the order of their names.

    Args:
        paths: files and folders.
        content: the archive's content folder; a file below it is named relative to it, another by its bare name.

    Returns the papers of all files together; each file that cannot be read is one problem.
    """
    total = Reading()
    for path in paths:
        files = sorted(p for p in path.rglob("*") if p.is_file()) if path.is_dir() else [path]
        for file in (f for f in files if not f.name.startswith(".")):
            inside = file.resolve().is_relative_to(content.resolve())
            name = file.resolve().relative_to(content.resolve()).as_posix() if inside else file.name
            reading = _read_file(file, one_line(name))
            total.papers += reading.papers
            total.problems += reading.problems
    return total


def _read_file(path: Path, name: str) -> Reading:
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        return _refused(name, f"cannot be read ({error.strerror})", "check the path")
    except UnicodeDecodeError:
        return _refused(name, "is not UTF-8 text", "save it as UTF-8, or leave it out")
    if not text.strip():
        return _refused(name, "is empty", "scrape the page again")
    if "\0" in text:
        return _refused(name, "is a binary file", "leave it out")
    for recognizes, read in SOURCES.values():
        if recognizes(text):
            return _without_endless(read(text, name), name)
    known = ", ".join(SOURCES)
    return _refused(name, "has a layout that no source knows", f"sources are {known}; docs/sources.md shows their layouts")


def _without_endless(reading: Reading, name: str) -> Reading:
    """Return a reading without the papers that no paper file may hold, each of them a problem."""
    fitting: list[Paper] = []
    for paper in reading.papers:
        if _is_endless(paper):
            what = f"has an abstract of more than {LONGEST_TEXT} characters, or a name of more than {LONGEST_LINE}"
            reading.problems.append(Problem(name, paper.origin[0].line, what, "mend the dump; this entry was left out"))
        else:
            fitting.append(paper)
    return Reading(fitting, reading.problems)


def _is_endless(paper: Paper) -> bool:
    names = (paper.organization.name, paper.organization.id) if paper.organization else ()
    return len(paper.abstract) > LONGEST_TEXT or any(len(line) > LONGEST_LINE for line in (paper.title, *names))


def _refused(name: str, what: str, remedy: str) -> Reading:
    return Reading(problems=[Problem(name, 1, what, remedy)])
