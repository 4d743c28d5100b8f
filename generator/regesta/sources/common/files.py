"""Read and decode the files that a person imports. Encodings are declared, never guessed."""

from __future__ import annotations

import codecs
import gzip
import os
import re
import sys
import zlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import real_path
from regesta.errors import Problem, fail
from regesta.limits import DUMP
from regesta.sources.common.dump import Dump
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

#: Stands for standard input in place of a path.
STANDARD_INPUT = "-"
#: The name of standard input as a place of origin.
PIPED = "standard input"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
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
        "a".encode(name or "utf-8")
    except (LookupError, UnicodeError) as error:
        what = f"{name!r} is not a known encoding"
        raise fail("--encoding", what, "write it as latin-1, cp1252, gb18030 …") from error


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
    name = dump_name(path, content)
    try:
        text = _text(path, options.encoding)
    except OverflowError as error:
        raise _refused(name, f"is larger than {DUMP >> 20} MiB", "split it, or leave it out") from error
    except (OSError, EOFError, zlib.error) as error:
        raise _refused(
            name, f"cannot be read ({getattr(error, 'strerror', None) or error})", "check the path"
        ) from error
    except UnicodeError as error:
        remedy = "save it as UTF-8, name its encoding with --encoding, or leave it out"
        raise _refused(name, f"is not {options.encoding or 'UTF-8'} text", remedy) from error
    if "\0" in text:
        raise _refused(name, "is a binary file", "leave it out")
    if not text or text.isspace():
        raise _refused(name, "is empty", "scrape the page again")
    return Dump(name, text, options.columns, options.notes)


def _refused(name: str, what: str, remedy: str) -> DumpError:
    return DumpError(Problem(name, 1, what, remedy))


def dump_name(path: str | Path, content: Path) -> str:
    """Return the name of a dump: relative to the content folder if it lies there, else its bare name."""
    if path == STANDARD_INPUT:
        return PIPED
    file, home = real_place(Path(path)), Path(real_path(content))
    return one_line(file.relative_to(home).as_posix() if file.is_relative_to(home) else file.name)


def real_place(path: Path) -> Path:
    """Return the place of a file, all links to its folder followed; if the file is a link, it stays one."""
    return Path(real_path(path.parent), path.name)


def _text(path: str | Path, encoding: str) -> str:
    r"""Return a file's text, with `\n` line ends; it holds no more than the bytes and one text at once.

    Raises:
        OSError, EOFError, zlib.error: the file cannot be read or unpacked.
        OverflowError: it is too large.
        UnicodeError: it is not text in its encoding.
    """
    data = _bytes(path)
    text = _decoded(data, encoding)
    del data  # before the text is copied
    if "\r" not in text:
        return text
    return text.replace("\r\n", "\n") if "\n" in text else text.replace("\r", "\n")


def _bytes(path: str | Path) -> bytes:
    """Return a file's bytes; those of a gzipped file are unpacked.

    Raises:
        OSError, EOFError, zlib.error: the file cannot be read or unpacked.
        OverflowError: it is too large; it is not read then, or not to its end.
    """
    if path == STANDARD_INPUT:
        if not sys.stdin:
            raise OSError(0, "it is closed")
        return _bounded(sys.stdin.buffer.read)
    with Path(path).open("rb") as file:
        if os.fstat(file.fileno()).st_size > DUMP:
            raise OverflowError
        return _bounded(gzip.open(file).read if str(path).endswith(".gz") else file.read)


def _bounded(read: Callable[[int], bytes]) -> bytes:
    data = read(DUMP + 1)  # a pipe has no size, and a file may grow while it is read
    if len(data) > DUMP:
        raise OverflowError
    return data


def _decoded(data: bytes, encoding: str) -> str:
    """Return bytes as text.

    A byte order mark decides, then the given encoding. Without them the bytes are UTF-8, else in the encoding
    that they declare.

    Raises:
        UnicodeError: the bytes are not text in that encoding.
    """
    mark, marked = next((known for known in _MARKS if data.startswith(known[0])), (b"", ""))
    declared = _DECLARED.search(data, 0, _HEAD)
    declared_name = (declared[1] or declared[2]).decode() if declared else ""
    certain = marked or encoding
    for name in [certain] if certain else ["utf-8", declared_name]:
        with suppress(UnicodeDecodeError, LookupError):
            return str(memoryview(data)[len(mark) :], name)
    raise UnicodeError(encoding)
