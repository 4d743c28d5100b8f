"""Look at the archive itself, as its curator would if there were time to read it all: what is missing, twice, alike or broken."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.archive.publication import bare_key
from regesta.archive.register import Register
from regesta.content.authors import load_authors
from regesta.content.collections import load_collections
from regesta.content.find_files import CONFIG_FILE
from regesta.content.imports_lock import LOCK_FILE, load_lock
from regesta.content.paper import Author
from regesta.content.paper_files import load_papers
from regesta.content.taxonomy import load_tags
from regesta.content.text_files import line_with
from regesta.errors import Problem
from regesta.importing.likeness import Lookup, features
from regesta.text.mathml import is_readable
from regesta.text.strings import ascii_letters, counted
from regesta.text.tex import MATHS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from regesta.checking.findings import Findings
    from regesta.content.paper_files import PaperFile

_TOLD = 5  # of each kind, in words
#: A command that stands outside of mathematics, where nothing reads it.
_LOOSE = re.compile(r"\\(?:[A-Za-z]{2,}|[a-z](?=\{))")


def examine(content: Path, findings: Findings) -> None:
    """Add to the findings what a curator may want to mend: what is plainly wrong as a problem, what may be as a note.

    Raises:
        RegestaError: the taxonomy or the import's memory cannot be read.
    """
    files, broken = load_papers(content / "papers")
    for problem in broken:
        findings.add("papers", problem.below(content))
    for problem in (*load_collections(content)[1], *load_authors(content)[1]):
        findings.add("lists", problem.below(content))
    for problem in _cited_twice(files):
        findings.add("citekeys", problem.below(content))
    kinds: tuple[tuple[str, Callable[[], Iterable[str]]], ...] = (
        ("have no date", lambda: _undated(files)),
        ("may be the same", lambda: _twins(files, content)),
        ("cannot be set as mathematics", lambda: _broken_tex(files)),
        ("are not read, as their names do not end in .md", lambda: _unread(content)),
        ("have no paper", lambda: _empty_tags(files, content)),
        (
            "may be one person: content/authors.yaml gathers spellings under a name",
            lambda: _alike([a for f in files for a in f.paper.authors], content),
        ),
    )
    nouns = ("paper", "pair of papers", "text with TeX", "file", "tag", "group of names")
    for (what, look), noun in zip(kinds, nouns, strict=True):
        _note(findings, what, noun, [*look()])


def _note(findings: Findings, what: str, noun: str, found: Sequence[str]) -> None:
    """Note how many there are of something, and the first of them."""
    if found:
        first, _, rest = noun.partition(" ")
        number = counted(len(found), first) + (f" {rest}" if rest else "")
        findings.notes.append(f"{number} {what if len(found) > 1 else _singular(what)}")
        findings.notes += [f"    {one}" for one in found[:_TOLD]]
        findings.notes += ["    …"] if len(found) > _TOLD else []
        findings.content[what.partition(":")[0]] = [*found]


def _singular(what: str) -> str:
    return re.sub(r"^(?:have|are)\b", lambda word: {"have": "has", "are": "is"}[word[0]], what)


def _undated(files: Iterable[PaperFile]) -> Iterator[str]:
    return (file.paper.id for file in files if not file.paper.date)


def _twins(files: Sequence[PaperFile], content: Path) -> Iterator[str]:
    """Return the pairs of papers that may be one, but those that a person has told apart."""
    lookup, memories = Lookup(), load_lock(content / LOCK_FILE, f"{content.name}/{LOCK_FILE}")
    told_apart = {(paper_id, other) for paper_id, memory in memories.items() for other in memory.unlike}
    for file in files:
        lookup.add(features(file.paper))
    for number, file in enumerate(files):
        for other, judgement in lookup.like(number):
            one, two = files[other].paper.id, file.paper.id
            if told_apart.isdisjoint({(one, two), (two, one)}):
                yield f"{one} and {two}: {judgement.why}"


def _broken_tex(files: Iterable[PaperFile]) -> Iterator[str]:
    for file in files:
        for text in (file.paper.title, file.paper.abstract):
            parts = MATHS.split(text)
            loose = (match[0] for prose in parts[::2] for match in _LOOSE.finditer(_without_code(prose)))
            unreadable = (f"${formula}$" for formula in parts[1::2] if not is_readable(formula))
            for tex in (*unreadable, *loose):
                line = line_with(file.path, file.file.name, tex.strip("$").removeprefix("\\"))
                yield f"content/{file.file.name}:{line}: {tex}"


def _without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "", text.replace("\\\\", "\\")) if "\\" in text else ""


def _unread(content: Path) -> Iterator[str]:
    """Return the files among the papers that no build reads; what is hidden is nobody's business."""
    for path in sorted((content / "papers").rglob("*")):
        if path.is_file() and path.suffix != ".md" and not path.name.startswith("."):
            yield f"content/{path.relative_to(content).as_posix()}"


def _empty_tags(files: Iterable[PaperFile], content: Path) -> Iterator[str]:
    given = {tag for file in files for tag in file.paper.tags}
    return (tag.tag for tag in load_tags(content).values() if given.isdisjoint((tag.tag, *tag.aliases)))


def _cited_twice(files: Iterable[PaperFile]) -> Iterator[Problem]:
    """Return a problem for each citekey that a paper before has: both are cited by their ids then."""
    owners: dict[str, PaperFile] = {}
    for file in files:
        key = bare_key(file.paper.citekey).lower()
        first = owners.setdefault(key, file) if key else file
        if first is not file:
            line = line_with(file.path, file.file.name, file.paper.citekey)
            what = f"has the citekey {file.paper.citekey!r}, as {first.file.name} has"
            yield Problem(
                file.file.name, line, what, "give one of them another; until then both are cited by their ids"
            )


def _alike(authors: Sequence[Author], content: Path) -> Iterator[str]:
    """Return the names that may be one person's: one family name, and given names of which one abbreviates the other or drops accents."""
    register = Register(load_authors(content)[0], authors)
    labels = {register.label(author): author for author in authors if not author.id and not author.orcid}
    names = {name: author if author.name == name else Author(name) for name, author in labels.items()}
    families: dict[str, list[str]] = defaultdict(list)
    for name, author in names.items():
        families[ascii_letters(author.family or name.rpartition(" ")[2])].append(name)
    for family in sorted(families):
        spellings = sorted(families[family])
        near = [
            (one, two)
            for place, one in enumerate(spellings)
            for two in spellings[place + 1 :]
            if _may_be_one(names[one], names[two])
        ]
        yield from (f"{one} and {two}" for one, two in near)


def _may_be_one(one: Author, two: Author) -> bool:
    mine, yours = (
        re.findall(r"[a-z]+", ascii_letters(author.given or author.name.rpartition(" ")[0]))
        for author in (one, two)
    )
    short, long = sorted((mine, yours), key=lambda parts: (len(parts), len("".join(parts))))
    if not short or short[0][0] != long[0][0]:
        return False
    is_abbreviated = any(len(part) == 1 for part in (*short, *long)) or len(short) < len(long)
    pairs = zip(short, long, strict=False)
    return (mine == yours) or (
        is_abbreviated and all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)
    )


def content_beside(root: Path) -> Path | None:
    """Return the content folder of the archive in a folder, None if there is no archive."""
    content = Path(root) / "content"
    return content if (content / CONFIG_FILE).is_file() else None
