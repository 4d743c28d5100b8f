"""Read the files that a curator writes beside the papers, with front matter or as a list, and report their problems."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from regesta.content.find_files import find_files
from regesta.content.frontmatter import load_items
from regesta.content.schema import SchemaError, is_name, problems_of
from regesta.content.text_files import TextFileError, read_file, read_front_matter, read_yaml
from regesta.errors import Problem
from regesta.text.strings import LONGEST_TEXT, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from regesta.content.find_files import File
    from regesta.content.schema import Fault

    _T = TypeVar("_T")
    #: Makes an object from a file's stem, its front matter and its body; may raise `SchemaError`.
    Make = Callable[[str, dict[str, Any], str], _T]
    #: Yields the parts of the front matter that are ignored.
    Hints = Callable[[dict[str, Any]], Iterable[Fault]]


def load_curated(
    content: Path, folder: str, make: Make[_T], hints: Hints = lambda _: ()
) -> tuple[dict[str, _T], list[Problem]]:
    """Return an object for each file of a folder below content/, by the file's stem, and the problems of the files.

    Args:
        content: the content folder.
        folder: the name of the folder in it; its subfolders are ignored.
        make: makes the object; a file that it refuses is left out.
        hints: yields problems of a file that is used nevertheless.
    """
    found: dict[str, _T] = {}
    files, problems = find_files(content, folder, ".md")
    for file in files:
        if file.name.count("/") > 1:
            continue
        if not is_name(file.stem):
            remedy = "rename it: a-z, 0-9, dot, dash, underscore"
            problems.append(Problem(file.name, 0, "has a name that cannot be an address", remedy))
            continue
        try:
            found[file.stem], minor = _read(file, make, hints)
            problems += minor
        except TextFileError as error:
            problems += error.problems
    return found, problems


def _read(file: File, make: Make[_T], hints: Hints) -> tuple[_T, list[Problem]]:
    """Return the object that a file describes, and the problems with ignored parts of it.

    Raises:
        TextFileError: the file cannot be used; it holds all problems.
    """
    text = read_file(file)
    source, data, raw = read_front_matter(text, file.name)
    body, faults = clean(raw).strip(), [*hints(data)]
    if len(body) > LONGEST_TEXT:
        line = text.count("\n", 0, len(text) - len(raw)) + 1
        what = f"has a text of more than {LONGEST_TEXT} characters"
        raise TextFileError([Problem(file.name, line, what, "shorten it")])
    try:
        return make(file.stem, data, body), problems_of(faults, file.name, source, first=2)
    except SchemaError as error:
        faults += error.faults
        raise TextFileError(problems_of(faults, file.name, source, first=2)) from error


def read_entries(
    text: str, file: str, make: Callable[[Any, int], _T], remedy: str
) -> tuple[list[_T], list[Problem]]:
    """Return an object for each entry of a YAML list, and the problems of the entries that are refused.

    Args:
        text: the YAML.
        file: the name of its file in problems.
        make: makes the object from an entry and its line; may raise `SchemaError`.
        remedy: what to do if the text is not a YAML list.

    Raises:
        TextFileError: the text is not a YAML list.
    """
    made: list[_T] = []
    faults: list[Fault] = []
    for number, (line, entry) in enumerate(read_yaml(text, file, load_items, remedy)):
        try:
            made.append(make(entry, line))
        except SchemaError as error:
            faults += (fault.below(number) for fault in error.faults)
    return made, problems_of(faults, file, text)
