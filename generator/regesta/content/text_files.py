"""Read and write the text files of the curator: UTF-8, with front matter; a write replaces a file in one step."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, TypeVar

from regesta.content import frontmatter
from regesta.content.find_files import READ
from regesta.content.targets import Targets
from regesta.errors import Problem, RegestaError
from regesta.limits import TEXT_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from regesta.content.find_files import File
    from regesta.content.targets import Target

    _T = TypeVar("_T")

_CHUNK = 1 << 16
_CREATE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_FEW, _TOGETHER = 8, 200  # files to sync one by one, and to sync together, at most


class TextFileError(RegestaError):
    """A file of the curator cannot be read, or holds wrong values: each problem has its line.

    A caller that can do without the file reports the problems and continues with the others.
    """


def read_file(file: File) -> str:
    """Return the content of a text file that was found in the archive.

    Raises:
        TextFileError: as `read_text`.
        RegestaError: it is no longer the file that was found; a link may be in its place.
    """
    return read_text(file.path, file.name, file)


def read_text(path: Path | str, name: str, found: File | None = None) -> str:
    r"""Return the content of a text file, called `name` in problems, with `\n` line ends and without byte order mark.

    Raises:
        TextFileError: the file cannot be read, is not UTF-8, or is larger than 1 MiB.
    """
    try:
        text = _read_bytes(path, found).decode().removeprefix("\ufeff")
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


def _read_bytes(path: Path | str, found: File | None) -> bytes:
    """Return a file's content with half the system calls of a file object, which matters for thousands of files."""
    handle = os.open(path, READ)
    try:
        if found:
            found.refuse_another(handle)
        parts = [os.read(handle, _CHUNK)]
        while len(parts[-1]) == _CHUNK:
            if len(parts) * _CHUNK >= TEXT_FILE:
                raise EOFError
            parts.append(os.read(handle, _CHUNK))
    finally:
        os.close(handle)
    return b"".join(parts)


def line_with(path: Path, name: str, words: str) -> int:
    """Return the number, from 1, of the first line of a text file that holds some words; 0 if none does.

    `name` is the file's name in problems.
    """
    return next(
        (number for number, line in enumerate(read_text(path, name).split("\n"), 1) if words in line), 0
    )


def read_front_matter(text: str, name: str) -> tuple[str, dict[str, Any], str]:
    """Return the front matter of a file called `name`, as YAML and as a mapping, and the body below it.

    Raises:
        TextFileError: there is no front matter, or it cannot be read.
    """
    return read_yaml(text, name, _front_matter, "docs/content.md shows what the file looks like")


def _front_matter(text: str) -> tuple[str, dict[str, Any], str]:
    source, body = frontmatter.split(text)
    return source, frontmatter.load(source, first=2), body


def read_yaml(text: str, name: str, read: Callable[[str], _T], remedy: str) -> _T:
    """Return the YAML of a file called `name`, as read by `frontmatter.load`, `load_items` or another function given.

    Raises:
        TextFileError: the YAML cannot be read; the remedy says what to do.
    """
    try:
        return read(text)
    except frontmatter.FrontMatterError as error:
        raise TextFileError([Problem(name, error.line, str(error), remedy)]) from error


def write(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader sees the old or the new text; on return, it is synced to disk.

    A link within the archive stays, and the file that it leads to is replaced. A file keeps its permissions, owner,
    group, access lists and attributes, as far as the system allows, and its Windows line ends.

    Raises:
        RegestaError: the path leads out of the archive, or what is there may not be replaced.
    """
    write_all([(path, text)])


def write_all(texts: Iterable[tuple[Path, str]]) -> None:
    """Replace files, each in one step, as `write` does; they are synced to disk in batches, then renamed."""
    targets = Targets()
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in texts:
            target = targets.of(path)
            waiting.append((_write_temporary(target, len(waiting), text), target.path))
            if len(waiting) == _TOGETHER:
                _put_in_place(waiting)
        _put_in_place(waiting)
    except BaseException:
        for temporary, _ in waiting:
            temporary.unlink(missing_ok=True)
        raise


def _write_temporary(target: Target, number: int, text: str) -> Path:
    """Write a text to a temporary file beside the file that it will replace; return its path."""
    path, before = target
    path.parent.mkdir(parents=True, exist_ok=True)
    if before and _has_windows_ends(path.read_bytes()):
        text = text.replace("\n", "\r\n")
    data = text.encode()
    temporary = path.parent / f".regesta-{os.getpid()}-{number}.tmp"
    temporary.unlink(missing_ok=True)  # left by a killed process with the same number
    handle = os.open(temporary, _CREATE, 0o600 if before else 0o666)
    try:
        with os.fdopen(handle, "wb") as file:
            if before:
                _keep(handle, path, before)
            file.write(data)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def _has_windows_ends(data: bytes) -> bool:
    return 2 * data.count(b"\r\n") > data.count(b"\n")


def _keep(handle: int, path: Path, before: os.stat_result) -> None:
    """Give an open file the owner, group, attributes, access lists and permissions of the one that it will replace."""
    if hasattr(os, "fchown"):
        try:
            os.fchown(handle, before.st_uid, before.st_gid)
        except OSError:  # only root gives files away
            with suppress(OSError):
                os.fchown(handle, -1, before.st_gid)
    _copy_attributes(path, handle)
    if hasattr(os, "fchmod"):
        with suppress(OSError):  # not all disks have permissions
            os.fchmod(handle, before.st_mode & 0o777)


def _copy_attributes(path: Path, handle: int) -> None:
    """Give an open file the attributes of another that are people's, and its access lists, which are the system's."""
    names: list[str] = []
    if hasattr(os, "listxattr"):
        with suppress(OSError):  # not all disks have them
            names = [name for name in os.listxattr(path) if name.startswith(("user.", "system."))]
    for name in names:
        with suppress(OSError):
            os.setxattr(handle, name, os.getxattr(path, name))


def _put_in_place(waiting: list[tuple[Path, Path]]) -> None:
    """Sync the waiting files to disk, rename each to its final name, and empty the list."""
    if len(waiting) > _FEW and hasattr(os, "sync"):
        os.sync()  # one by one, each would cost several times as much
    else:
        for temporary, _ in waiting:
            with temporary.open("rb+") as file:
                os.fsync(file.fileno())
    for temporary, path in waiting:
        temporary.replace(path)
    waiting.clear()
