"""Read and write the files that the curator owns: `content/papers/**/*.md`, one paper each."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta import frontmatter
from regesta.errors import Problem
from regesta.fields import FieldError, read_field
from regesta.paper import ID_PATTERN, KINDS, Paper, value_of
from regesta.text import clean

if TYPE_CHECKING:
    from collections.abc import Iterable

_ORDER = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A paper and the file that holds it (an absolute path)."""

    path: Path
    paper: Paper


def load_papers(folder: Path) -> tuple[list[PaperFile], list[Problem]]:
    """Read every paper below folder, in the order of their ids.

    Returns the papers, and a problem for each file that cannot be read or whose id is taken.
    """
    files: dict[str, PaperFile] = {}
    problems: list[Problem] = []
    if folder.exists() and not (folder.is_dir() and os.access(folder, os.R_OK | os.X_OK)):
        problems.append(Problem(folder.name, 0, "is no folder that can be read", "check what it is and who may read it"))
    for path in sorted(folder.rglob("*.md")):
        name = path.relative_to(folder.parent).as_posix()
        if "/." in name:
            continue  # an editor's or a system's own, not the curator's
        try:
            paper = parse(read_text(path, name), path.stem, name)
        except PaperError as error:
            problems += error.problems
            continue
        if paper.id in files:
            other = files[paper.id].path.relative_to(folder.parent).as_posix()
            remedy = "keep one of the two files, or give one another id"
            problems.append(Problem(name, 1, f"has the id {paper.id!r}, as {other} has", remedy))
            continue
        files[paper.id] = PaperFile(path, paper)
    found = [files[paper_id] for paper_id in sorted(files)]
    return _settle_aliases(found, folder.parent, problems), problems


def _settle_aliases(files: list[PaperFile], content: Path, problems: list[Problem]) -> list[PaperFile]:
    """Return the papers without the aliases that are another paper's id or alias; each of these is a problem."""
    owners = {file.paper.id: file for file in files}
    settled = []
    for file in files:
        free = tuple(alias for alias in file.paper.aliases if owners.setdefault(alias, file) is file and alias != file.paper.id)
        for alias in sorted(set(file.paper.aliases) - set(free)):
            name, other = (f.path.relative_to(content).as_posix() for f in (file, owners[alias]))
            line = line_with(file.path, name, alias)
            problems.append(Problem(name, line, f"has the alias {alias!r}, which belongs to {other}", "remove it from one of them"))
        settled.append(replace(file, paper=replace(file.paper, aliases=free)) if free != file.paper.aliases else file)
    return settled


class PaperError(ValueError):
    """A paper file cannot be read; `problems` names every reason."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(map(str, self.problems)))


def read_text(path: Path, name: str) -> str:
    r"""Return the content of a text file, called `name` in problems, with `\n` line ends and without byte order mark.

    Raises:
        PaperError: it cannot be read or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PaperError([Problem(name, 0, "is not UTF-8 text", "save it as UTF-8")]) from error
    except OSError as error:
        raise PaperError([Problem(name, 0, f"cannot be read ({error.strerror})", "check the file")]) from error


def line_with(path: Path, name: str, words: str) -> int:
    """Return the first line of a text file, called `name` in problems, that holds some words, from 1; 0 if none does."""
    return next((number for number, line in enumerate(read_text(path, name).split("\n"), 1) if words in line), 0)


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
        problems.append(Problem(name, 1, f"{stem!r} cannot be an id", "add a line `id: …` of a-z, 0-9 and dashes"))
    if problems:
        raise PaperError(problems)
    return Paper(**values, abstract=clean(body.strip()).strip())


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
            problems.append(Problem(name, frontmatter.line_of(source, key), f"`{key}` cannot be read", str(error)))
    try:
        json.dumps(extra)
    except (ValueError, RecursionError):
        problems.append(Problem(name, 2, "has a value that holds itself", "write it out, without YAML's & and *"))
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
    import tempfile

    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and b"\r\n" in path.read_bytes():
        text = text.replace("\n", "\r\n")
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".regesta-", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode())
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).chmod(0o666 & ~_umask())
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask

