"""Read and write the text files of the curator: as UTF-8, with front matter, whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from regesta.content import frontmatter
from regesta.content.find_files import READ
from regesta.errors import Problem, RegestaError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    _T = TypeVar("_T")

_CHUNK, _MOST_CHUNKS = 1 << 16, 16
_FEW, _TOGETHER = 8, 200  # files that are brought to the disk one by one, and at most together
#: Bytes of a paper file; one that is larger is not read.
LARGEST = _CHUNK * _MOST_CHUNKS


class TextFileError(RegestaError):
    """A file of the curator cannot be read, or holds what does not fit: each problem with its line.

    Who can do without the file goes on with the others.
    """


def read_text(path: Path | str, name: str) -> str:
    r"""Return the content of a text file, called `name` in problems, with `\n` line ends and without byte order mark.

    Raises:
        TextFileError: it cannot be read, is not UTF-8, or so large that it cannot be meant.
    """
    try:
        text = _read_bytes(path).decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise TextFileError([Problem(name, line, "is not UTF-8 text", "save it as UTF-8")]) from error
    except EOFError as error:
        raise TextFileError([Problem(name, 0, "is larger than 1 MiB", "shorten it")]) from error
    except OSError as error:
        raise TextFileError(
            [Problem(name, 0, f"cannot be read ({error.strerror})", "check the file")]
        ) from error
    return text.replace("\r\n", "\n") if "\r" in text else text


def _read_bytes(path: Path | str) -> bytes:
    """Return a file's content by half the system calls that a file object makes, which counts where files are thousands."""
    handle = os.open(path, READ)
    try:
        parts = [os.read(handle, _CHUNK)]
        while len(parts[-1]) == _CHUNK:
            if len(parts) == _MOST_CHUNKS:
                raise EOFError
            parts.append(os.read(handle, _CHUNK))
    finally:
        os.close(handle)
    return b"".join(parts)


def line_with(path: Path, name: str, words: str) -> int:
    """Return the first line of a text file, called `name` in problems, that holds some words, from 1; 0 if none does."""
    return next(
        (number for number, line in enumerate(read_text(path, name).split("\n"), 1) if words in line), 0
    )


def read_front_matter(text: str, name: str) -> tuple[str, dict[str, Any], str]:
    """Return the front matter of a file called `name`, as YAML and as a mapping of texts, and the body below it.

    Raises:
        TextFileError: there is none, or it cannot be read.
    """
    return read_yaml(text, name, _front_matter, "docs/content.md shows what the file looks like")


def _front_matter(text: str) -> tuple[str, dict[str, Any], str]:
    source, body = frontmatter.split(text)
    return source, frontmatter.load(source, first=2), body


def read_yaml(text: str, name: str, read: Callable[[str], _T], remedy: str) -> _T:
    """Return what `frontmatter.load` or the like makes of the text of a file called `name`.

    Raises:
        TextFileError: it cannot be read; the remedy says what to do.
    """
    try:
        return read(text)
    except frontmatter.FrontMatterError as error:
        raise TextFileError([Problem(name, error.line, str(error), remedy)]) from error


def write(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader sees the old or the new text; it is on the disk on return.

    A file with Windows line ends keeps them.
    """
    write_all([(path, text)])


def write_all(texts: Iterable[tuple[Path, str]]) -> None:
    """Replace files, each in one step, as `write` does: many are brought to the disk together, before the first of them gets its name."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in texts:
            waiting.append((_temporary(path, len(waiting), text), path))
            if len(waiting) == _TOGETHER:
                _name(waiting)
        _name(waiting)
    except BaseException:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
        raise


def _temporary(path: Path, number: int, text: str) -> Path:
    """Write a text beside the file that it is to replace; return where."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileNotFoundError):
        before = path.read_bytes()
        if 2 * before.count(b"\r\n") > before.count(b"\n"):
            text = text.replace("\n", "\r\n")
    data = text.encode()
    temporary = path.parent / f".regesta-{os.getpid()}-{number}.tmp"
    temporary.unlink(missing_ok=True)  # of a process of that number that was killed
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _name(waiting: list[tuple[Path, Path]]) -> None:
    """Bring files to the disk and give each its name; none waits after that."""
    if len(waiting) > _FEW and hasattr(os, "sync"):
        os.sync()  # one by one, each would cost several times as much
    else:
        for temporary, _ in waiting:
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
    for temporary, path in waiting:
        temporary.replace(path)
    waiting.clear()
