"""Read and write paper files: `content/papers/**/*.md`, one paper each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.content import frontmatter
from regesta.content.fields import PAPER
from regesta.content.find_files import find_files
from regesta.content.paper import KINDS, MISTAKEN, Paper, value_of
from regesta.content.schema import SchemaError, is_name, problems_of
from regesta.content.text_files import TextFileError, line_with, read_front_matter, read_text
from regesta.errors import Problem
from regesta.text.strings import LONGEST_TEXT, clean, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from regesta.content.find_files import File

_ORDER = tuple(KINDS)


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
        read: reads one of them; may raise `TextFileError`.

    Returns the papers, and a problem for each file that cannot be read or whose id is taken.
    """
    files: dict[str, PaperFile] = {}
    problems: list[Problem] = []
    for source in found:
        try:
            file = read(source)
        except TextFileError as error:
            problems += error.problems
            continue
        paper_id = file.paper.id
        if paper_id in files:
            problems.append(taken_id(source.name, paper_id, files[paper_id].file.name))
            continue
        files[paper_id] = file
    loaded = [files[paper_id] for paper_id in sorted(files)]
    problems += (problem for file in loaded for problem in mistaken_keys(file.file, file.paper))
    return _settle_aliases(loaded, problems), problems


def by_name(files: Iterable[PaperFile]) -> dict[str, PaperFile]:
    """Return papers by their ids and their aliases."""
    return {name: file for file in files for name in (*file.paper.aliases, file.paper.id)}


def owners_in(files: Iterable[PaperFile]) -> Callable[[Iterable[str]], dict[str, str]]:
    """Return a function that tells the id of the paper to which each of some names belongs, as its id or an alias."""
    owners = {name: file.paper.id for name, file in by_name(files).items()}
    return lambda names: {name: owners[name] for name in names if name in owners}


def taken_id(name: str, paper_id: str, owner: str) -> Problem:
    """Return the problem of a file whose id another file has; both are names in problems."""
    what = f"has the id {paper_id!r}, as {owner} has, which is published in its place"
    return Problem(name, 1, what, "keep one of the two files, or give one another id")


def taken_alias(path: Path, name: str, alias: str, owner: str) -> Problem:
    """Return the problem of a file with an alias that belongs to another file; both are names in problems."""
    line, what = line_with(path, name, alias), f"has the alias {alias!r}, which belongs to {owner}"
    return Problem(name, line, what, "remove it from one of them")


def mistaken_keys(file: File, paper: Paper) -> Iterator[Problem]:
    """Yield a problem for each key that a paper's file has by mistake: its value would not be shown."""
    for key in sorted(paper.extra.keys() & MISTAKEN.keys()):
        line = line_with(Path(file.path), file.name, f"{key}:")
        what = f"has the key `{key}`, which means nothing here"
        yield Problem(file.name, line, what, f"write {MISTAKEN[key]}")


def read_paper(file: File) -> PaperFile:
    """Read one paper file.

    Raises:
        TextFileError: it cannot be read.
    """
    text = read_text(file.path, file.name)
    return PaperFile(file, parse(text, file.stem, file.name), digest(text))


def _settle_aliases(files: list[PaperFile], problems: list[Problem]) -> list[PaperFile]:
    """Return the papers without aliases that belong to another paper; add a problem for each of these."""
    owners = {file.paper.id: file for file in files}
    settled = []
    for file in files:
        free = tuple(
            alias
            for alias in file.paper.aliases
            if owners.setdefault(alias, file) is file and alias != file.paper.id
        )
        problems += (
            taken_alias(file.path, file.file.name, alias, owners[alias].file.name)
            for alias in sorted(set(file.paper.aliases) - set(free))
        )
        settled.append(
            replace(file, paper=replace(file.paper, aliases=free)) if free != file.paper.aliases else file
        )
    return settled


def parse(text: str, stem: str, name: str) -> Paper:
    """Return the paper that a file's text describes.

    Args:
        text: front matter and abstract.
        stem: the file's name without `.md`: the id, if the front matter has none.
        name: the file's name in problems.

    Raises:
        TextFileError: the text does not describe a paper; it holds all problems.
    """
    source, data, body = read_front_matter(text, name)
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    try:
        values = PAPER(data)
    except SchemaError as error:
        problems += problems_of(error.faults, name, source, first=2)
    if "id" not in data and not is_name(values.setdefault("id", stem)):
        problems.append(
            Problem(name, 1, f"{stem!r} cannot be an id", "add a line `id: …` of a-z, 0-9 and dashes")
        )
    abstract = _abstract(body)
    if len(abstract) > LONGEST_TEXT:
        what = f"has an abstract of more than {LONGEST_TEXT} characters"
        line = text.count("\n", 0, len(text) - len(body)) + 1
        problems.append(Problem(name, line, what, "shorten it, and link to the whole"))
    if problems:
        raise TextFileError(problems)
    is_known = data.keys() <= values.keys()  # the usual case
    extra = {} if is_known else {key: value for key, value in data.items() if key not in values}
    return Paper(**values, extra=extra, abstract=abstract)


def _abstract(body: str) -> str:
    return clean(body.strip()).strip()


def dump(paper: Paper) -> str:
    """Return the text of a new paper file: canonical front matter, an empty line, the abstract."""
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
