"""A case of the hostile corpus: what is put into an archive, and what must become of it."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

#: Bytes of a file, or a function that makes whatever stands at a path.
Made = bytes | Callable[[Path], object]

#: What every script of the corpus calls; where it is called, a script ran.
RUN = "ran()"


@dataclass(frozen=True, slots=True)
class Case:
    """Something hostile or broken.

    Attributes:
        name: of the case; that of its paper, if it is one.
        files: what is made, by its path below the archive's root.
        where: how the complaint about it begins (`content/papers/x.md:3: `); "" if it is rendered without one.
        what: words of that complaint.
        heading: what the paper's page shows as its title; "" if that is not looked at.
        status: what `regesta build` ends with if nothing else is amiss; from 2 on, nothing is published.
        is_dump: whether the files are to be imported before the build.
    """

    name: str
    files: Mapping[str, Made]
    where: str = ""
    what: str = ""
    heading: str = ""
    status: int = 0
    is_dump: bool = False

    @property
    def stops_all(self) -> bool:
        """Whether nothing can be published while this stands in the archive."""
        return self.status > 1

    def plant(self, root: Path) -> None:
        """Make the case's files in an archive."""
        for path, made in self.files.items():
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            if callable(made):
                made(target)
            else:
                target.write_bytes(made)

    def is_named_in(self, said: str) -> bool:
        """Tell whether what a command said complains of this case, in its own words; of no other place, if it should not."""
        return any(self.where in line and self.what in line for line in said.splitlines())


def text_of(body: str = "An abstract.", head: str = "", *, title: str = "A title") -> str:
    """Return the text of a paper file; `head` holds further lines of front matter, each with its line end."""
    return f"---\ntitle: {quoted(title)}\n{head}---\n\n{body}\n"


def quoted(text: str) -> str:
    """Return text in quotes, as YAML reads it; what YAML forbids raw is written as an escape."""
    return re.sub("[^ -~]", lambda char: f"\\U{ord(char[0]):08x}", json.dumps(text, ensure_ascii=False))


def rendered(name: str, text: str | bytes, heading: str = "") -> Case:
    """A paper file that gets its page, harmlessly."""
    return Case(name, {_path(name): _bytes(text)}, heading=heading)


def refused(name: str, line: int, text: str | bytes, what: str = "") -> Case:
    """A paper file that is refused, with its line (0: the file as a whole) and perhaps words of what is said of it."""
    return complained_of(name, {_path(name): _bytes(text)}, line, what)


def complained_of(name: str, files: Mapping[str, Made], line: int, what: str = "", status: int = 1) -> Case:
    """Files of which the last one is complained of, with its line (0: the file as a whole)."""
    *_, path = files
    return Case(name, files, f"{path}:{line}: " if line else f"{path}: ", what, status=status)


def _path(name: str) -> str:
    return f"content/papers/{name}.md"


def _bytes(text: str | bytes) -> bytes:
    return text.encode() if isinstance(text, str) else text
