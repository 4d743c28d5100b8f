"""Find the files that a person names for import, and decode them. Encodings are declared, never guessed."""

from __future__ import annotations

import codecs
import gzip
import os
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.errors import Problem, fail
from regesta.limits import DUMP
from regesta.sources.common.dump import Dump
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

#: Stands for standard input in place of a path.
STANDARD_INPUT = "-"
#: The name of standard input as a place of origin.
PIPED = "standard input"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_HEAD = 200
#: Names an encoding near the beginning: an XML declaration, or a comment of a reference manager.
_DECLARED = re.compile(
    rb"<\?xml[^>]*?encoding=[\"']([\w.:-]+)|%+ *(?:!TeX +)?encoding *[:=] *([\w.:-]+)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How to read files, as the curator says.

    Attributes:
        source: the name of the source for all files; "" to recognize each file.
        encoding: the encoding of all files; "" for the one that each file declares.
        columns: for tables, the key of a paper that each column holds.
        notes: whether to import private notes.
    """

    source: str = ""
    encoding: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    notes: bool = False


def check_encoding(name: str) -> None:
    """Check that Python knows an encoding; "" names none and is fine.

    Raises:
        RegestaError: the encoding is unknown.
    """
    try:
        codecs.lookup(name or "utf-8")
    except LookupError as error:
        what = f"{name!r} is not a known encoding"
        raise fail("--encoding", what, "write it as latin-1, cp1252, gb18030 …") from error


def find_dumps(paths: Iterable[str | Path]) -> list[str | Path]:
    """Return the files that paths, patterns (`*.bib`) and folders stand for, by name; `-` stays `-`.

    Raises:
        RegestaError: a path does not exist.
    """
    found: list[str | Path] = []
    for path in paths:
        if str(path) == STANDARD_INPUT:
            found.append(STANDARD_INPUT)
        else:
            found += (file for place in _places(Path(path)) for file in _files(place))
    return found


def _places(path: Path) -> list[Path]:
    """Return the files and folders that a path or a pattern names, but no pipes that a pattern matches.

    Raises:
        RegestaError: there are none.
    """
    if os.path.lexists(path):
        return [path]
    pattern = path.relative_to(path.anchor)
    if any("**" in part and part != "**" for part in pattern.parts):  # Python 3.13 would read it as *
        what = "is not a pattern (** stands for whole folders)"
        raise fail(path, what, "write * for any name, **/ for any folders")
    found = Path(path.anchor).glob(str(pattern)) if re.search(r"[*?\[]", str(path)) else ()
    places = sorted(place for place in found if place.is_dir() or place.is_file())
    if not places:
        raise fail(
            path,
            "does not exist",
            "name files or folders of papers, patterns such as *.bib, or - for standard input",
        )
    return places


def _files(path: Path) -> list[Path]:
    """Return the files below a folder, or the file itself; hidden ones are left out."""
    if not path.is_dir():
        return [] if path.name.startswith(".") else [path]
    found = (
        file
        for file in path.rglob("*")
        if not any(part.startswith(".") for part in file.relative_to(path).parts)
    )
    return sorted(file for file in found if file.is_file())


class DumpError(ValueError):
    """Raised if a file cannot be read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))


def read_dump(path: str | Path, content: Path, options: ReadOptions) -> Dump:
    """Read one file.

    Args:
        path: the file, or `-`.
        content: the archive's content folder; a file below it is named relative to it, another by its bare name.
        options: how to read it.

    Raises:
        DumpError: the file cannot be read, or holds no text.
    """
    name = _name(path, content)
    try:
        text = _decoded(_bytes(path), options.encoding)
    except (OSError, EOFError) as error:
        raise _refused(
            name, f"cannot be read ({getattr(error, 'strerror', None) or error})", "check the path"
        ) from error
    except UnicodeError as error:
        remedy = "save it as UTF-8, name its encoding with --encoding, or leave it out"
        raise _refused(name, f"is not {options.encoding or 'UTF-8'} text", remedy) from error
    if "\0" in text:
        raise _refused(name, "is a binary file", "leave it out")
    if not text.strip():
        raise _refused(name, "is empty", "scrape the page again")
    return Dump(name, text, options.columns, options.notes)


def _refused(name: str, what: str, remedy: str) -> DumpError:
    return DumpError(Problem(name, 1, what, remedy))


def _name(path: str | Path, content: Path) -> str:
    if path == STANDARD_INPUT:
        return PIPED
    file, home = Path(path).parent.resolve() / Path(path).name, content.resolve()
    return one_line(file.relative_to(home).as_posix() if file.is_relative_to(home) else file.name)


def _bytes(path: str | Path) -> bytes:
    """Return a file's bytes; those of a gzipped file are unpacked.

    Raises:
        OSError, EOFError: the file cannot be read or unpacked, or is too large.
    """
    if path == STANDARD_INPUT:
        data = sys.stdin.buffer.read(DUMP + 1)
    else:
        with (gzip.open if str(path).endswith(".gz") else open)(path, "rb") as file:
            data = file.read(DUMP + 1)
    if len(data) > DUMP:
        raise OSError(0, f"is larger than {DUMP >> 20} MiB")
    return data


def _decoded(data: bytes, encoding: str) -> str:
    r"""Return bytes as text with `\n` line ends.

    A byte order mark decides, then the given encoding. Without them the bytes are UTF-8, else in the encoding
    that they declare.

    Raises:
        UnicodeError: the bytes are not text in that encoding.
    """
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    declared = _DECLARED.search(data, 0, _HEAD)
    declared_name = (declared[1] or declared[2]).decode() if declared else ""
    certain = marked or encoding
    for name in [certain] if certain else ["utf-8", declared_name]:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")
    raise UnicodeError(encoding)
