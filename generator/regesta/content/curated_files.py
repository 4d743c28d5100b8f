"""Files with front matter that a curator writes beside the papers: read with all that is wrong with them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from regesta.content import frontmatter
from regesta.content.fields import FieldError, is_name, read_field
from regesta.content.find_files import find_files
from regesta.content.text_files import TextFileError, read_front_matter, read_text
from regesta.errors import Problem, hint
from regesta.text.strings import LONGEST_TEXT, clean

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from regesta.content.find_files import File


_T = TypeVar("_T")


def load_curated(
    content: Path, folder: str, make: Callable[[str, CuratedFile], _T]
) -> tuple[dict[str, _T], list[Problem]]:
    """Return what is made of each file of a folder below content/, by the file's stem, and all that is wrong with the files.

    Args:
        content: the content folder.
        folder: the name of the folder in it; files in its own folders are somebody else's.
        make: makes it of a stem and a file; what it notes as refused keeps the file out.
    """
    found: dict[str, _T] = {}
    files, problems = find_files(content, folder, ".md")
    for source in files:
        stem, is_here = Path(source.path).stem, source.name.count("/") == 1
        if is_here and not is_name(stem):
            problems.append(
                Problem(
                    source.name,
                    0,
                    "has a name that cannot be an address",
                    "rename it: a-z, 0-9, dot, dash, underscore",
                )
            )
        elif is_here:
            try:
                file = CuratedFile(source)
            except TextFileError as error:
                problems += error.problems
                continue
            made = make(stem, file)
            problems += sorted([*file.refused, *file.hints], key=lambda problem: problem.line)
            if not file.refused:
                found[stem] = made
    return found, problems


class CuratedFile:
    """A file of the curator's with front matter, read; what is wrong with its values is collected.

    Attributes:
        data: its front matter.
        body: the text below.
        refused: problems for which the file cannot be used.
        hints: problems with what is left aside.

    Raises:
        TextFileError: it cannot be read.
    """

    def __init__(self, file: File) -> None:
        self._name = file.name
        text = read_text(file.path, file.name)
        self._source, self.data, body = read_front_matter(text, file.name)
        self.refused: list[Problem] = []
        self.hints: list[Problem] = []
        self.body = clean(body).strip()
        if len(self.body) > LONGEST_TEXT:
            line = text.count("\n", 0, len(text) - len(body)) + 1
            raise TextFileError(
                [Problem(file.name, line, f"has a text of more than {LONGEST_TEXT} characters", "shorten it")]
            )

    def read(self, key: str, alike: str = "title") -> Any:
        """Return the value of a key, read as that of a paper's key; what does not fit is refused."""
        try:
            return read_field(alike, self.data.get(key, ""))
        except FieldError as error:
            self.refuse(key, str(error))
            return None

    def refuse(self, key: str, remedy: str, number: int | None = None) -> None:
        """Note that the value of a key (or its item of a number, from 0) cannot be used."""
        self.refused.append(Problem(self._name, self._line(key, number), f"`{key}` cannot be read", remedy))

    def hint(self, wrong: str, known: Iterable[str], key: str = "", number: int | None = None) -> None:
        """Note that a key is not known; it stands in the item of that number of the list of a key, if that is given."""
        self.hints.append(
            Problem(
                self._name,
                self._line(key or wrong, number),
                f"has the unknown key `{wrong}`",
                hint(wrong, known),
            )
        )

    def _line(self, key: str, number: int | None) -> int:
        """Return the line of a key, or of an item of its list."""
        if number is None:
            return frontmatter.line_of(self._source, key)
        return frontmatter.line_of_item(self._source, key, number)
