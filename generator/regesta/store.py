"""Read and write the files that the curator owns: `content/papers/**/*.md`, one paper each."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta import frontmatter
from regesta.errors import Problem
from regesta.fields import FieldError, read_field
from regesta.files import READ, find_files
from regesta.paper import ID_PATTERN, KINDS, MISTAKEN, Paper, value_of
from regesta.text.strings import LONGEST_TEXT, clean, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.files import File

_ORDER = tuple(KINDS)
_CHUNK, _MOST_CHUNKS = 1 << 16, 16
_FEW, _TOGETHER = 8, 200  # files that are brought to the disk one by one, and at most together
#: Bytes of a paper file; one that is larger is not read.
LARGEST = _CHUNK * _MOST_CHUNKS


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper, the file that holds it, and a hash of that file's text."""

    file: File
    paper: Paper
    key: str = ""

    @property
    def path(self) -> Path:
        """Where the file is."""
        return Path(self.file.path)


def load_papers(folder: Path) -> tuple[list[PaperFile], list[Problem]]:
    """Read every paper below folder, in the order of their ids.

    Returns the papers, and a problem for each file that cannot be read or whose id is taken.
    """
    found, problems = find_files(folder.parent, folder.name, ".md")
    papers, broken = read_papers(found, read_paper)
    return papers, [*problems, *broken]


def read_papers(
    found: Iterable[File], read: Callable[[File], PaperFile]
) -> tuple[list[PaperFile], list[Problem]]:
    """Read papers from their files, in the order of their ids.

    Args:
        found: the files.
        read: reads one of them; may raise `PaperError`.

    Returns the papers, and a problem for each file that cannot be read or whose id is taken.
    """
    files: dict[str, PaperFile] = {}
    problems: list[Problem] = []
    for source in found:
        try:
            file = read(source)
        except PaperError as error:
            problems += error.problems
            continue
        paper_id = file.paper.id
        if paper_id in files:
            what = f"has the id {paper_id!r}, as {files[paper_id].file.name} has, which is published in its place"
            problems.append(
                Problem(source.name, 1, what, "keep one of the two files, or give one another id")
            )
            continue
        files[paper_id] = file
    loaded = [files[paper_id] for paper_id in sorted(files)]
    problems += (problem for file in loaded for problem in _mistaken(file))
    return _settle_aliases(loaded, problems), problems


def by_name(files: Iterable[PaperFile]) -> dict[str, PaperFile]:
    """Return papers by every name that leads to them: their ids and their aliases."""
    return {name: file for file in files for name in (*file.paper.aliases, file.paper.id)}


def _mistaken(file: PaperFile) -> Iterator[Problem]:
    """Return a problem for each key that a file has by mistake: its value would go unseen."""
    for key in sorted(file.paper.extra.keys() & MISTAKEN.keys()):
        line = line_with(file.path, file.file.name, f"{key}:")
        yield Problem(
            file.file.name, line, f"has the key `{key}`, which means nothing here", f"write {MISTAKEN[key]}"
        )


def read_paper(file: File) -> PaperFile:
    """Read one paper file.

    Raises:
        PaperError: it cannot be read.
    """
    text = read_text(file.path, file.name)
    return PaperFile(file, parse(text, file.stem, file.name), digest(text))


def _settle_aliases(files: list[PaperFile], problems: list[Problem]) -> list[PaperFile]:
    """Return the papers without the aliases that are another paper's id or alias; each of these is a problem."""
    owners = {file.paper.id: file for file in files}
    settled = []
    for file in files:
        free = tuple(
            alias
            for alias in file.paper.aliases
            if owners.setdefault(alias, file) is file and alias != file.paper.id
        )
        for alias in sorted(set(file.paper.aliases) - set(free)):
            what = f"has the alias {alias!r}, which belongs to {owners[alias].file.name}"
            line = line_with(file.path, file.file.name, alias)
            problems.append(Problem(file.file.name, line, what, "remove it from one of them"))
        settled.append(
            replace(file, paper=replace(file.paper, aliases=free)) if free != file.paper.aliases else file
        )
    return settled


class PaperError(ValueError):
    """A paper file cannot be read; `problems` names every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, self.problems)))


def read_text(path: Path | str, name: str) -> str:
    r"""Return the content of a text file, called `name` in problems, with `\n` line ends and without byte order mark.

    Raises:
        PaperError: it cannot be read, is not UTF-8, or so large that it cannot be meant.
    """
    try:
        text = _read_bytes(path).decode().removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PaperError([Problem(name, line, "is not UTF-8 text", "save it as UTF-8")]) from error
    except EOFError as error:
        raise PaperError([Problem(name, 0, "is larger than 1 MiB", "shorten it")]) from error
    except OSError as error:
        raise PaperError(
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
        PaperError: there is none, or it cannot be read.
    """
    try:
        source, body = frontmatter.split(text)
        return source, frontmatter.load(source), body
    except frontmatter.FrontMatterError as error:
        remedy = "docs/content.md shows what the file looks like"
        raise PaperError([Problem(name, error.line, str(error), remedy)]) from error


def parse(text: str, stem: str, name: str) -> Paper:
    """Return the paper that a file's text describes.

    Args:
        text: front matter and abstract.
        stem: the file's name without `.md`: the id, if the front matter gives none.
        name: how to call the file in problems.

    Raises:
        PaperError: with one problem for each thing wrong.
    """
    source, data, body = read_front_matter(text, name)
    values, problems = _typed(data, source, name)
    if not values.get("title", data.get("title")):
        problems.append(Problem(name, 1, "has no title", "add a line `title: …`"))
    if "id" not in data and not ID_PATTERN.fullmatch(values.setdefault("id", stem)):
        problems.append(
            Problem(name, 1, f"{stem!r} cannot be an id", "add a line `id: …` of a-z, 0-9 and dashes")
        )
    abstract = _abstract(body)
    if len(abstract) > LONGEST_TEXT:
        what, line = (
            f"has an abstract of more than {LONGEST_TEXT} characters",
            text.count("\n", 0, len(text) - len(body)) + 1,
        )
        problems.append(Problem(name, line, what, "shorten it, and link to the whole"))
    if problems:
        raise PaperError(problems)
    return Paper(**values, abstract=abstract)


def read_abstract(text: str) -> str:
    """Return the abstract of a paper file that was read before without a problem."""
    return _abstract(frontmatter.split(text)[1])


def _abstract(body: str) -> str:
    return clean(body.strip()).strip()


def _typed(data: dict[str, Any], source: str, name: str) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    problems = []
    for key, value in data.items():
        if key not in KINDS:
            extra[key] = value
            continue
        try:
            values[key] = read_field(key, value)
        except FieldError as error:
            problems.append(
                Problem(name, frontmatter.line_of(source, key), f"`{key}` cannot be read", str(error))
            )
    values["extra"] = extra
    return values, problems


def dump(paper: Paper) -> str:
    """Return the text of a new file for paper: canonical front matter, an empty line, the abstract."""
    head = frontmatter.dump({key: value_of(paper, key) for key in KINDS} | dict(paper.extra))
    return f"{head}\n{paper.abstract}\n" if paper.abstract else head


def update(text: str, paper: Paper, names: Iterable[str]) -> str:
    """Return a file's text with the named fields set to those of paper; all else stays as the curator left it."""
    source, body = frontmatter.split(text)
    changed = set(names)
    values = {key: value_of(paper, key) for key in KINDS if key in changed}
    source = frontmatter.change(source, values, _ORDER)
    if "abstract" in changed:
        body = f"\n{paper.abstract}\n"
    return f"---\n{source}---\n{body}"


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
