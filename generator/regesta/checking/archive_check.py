"""Examine the archive itself for what its curator may want to mend: missing, duplicate, similar or broken."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.archive.publication import bare_key
from regesta.archive.who_is_who import register_of
from regesta.content.attachments import attach
from regesta.content.authors import load_authors
from regesta.content.collections import load_collections, unknown_papers
from regesta.content.config import load_config
from regesta.content.find_files import CONFIG_FILE, find_files, leave_out_hidden, misplaced
from regesta.content.imports_lock import LOCK_FILE, load_lock
from regesta.content.own_pages import load_pages
from regesta.content.paper import Author
from regesta.content.paper_files import load_papers, owners_in
from regesta.content.taxonomy import load_tags
from regesta.content.text_files import line_with
from regesta.errors import Problem
from regesta.importing.likeness import Lookup, features
from regesta.text.formulas import runs
from regesta.text.mathml import is_readable
from regesta.text.strings import ascii_letters, counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.checking.findings import Findings
    from regesta.content.paper_files import PaperFile

_REPORTED = 5  # notes of each kind
#: A TeX command outside of mathematics: nothing sets it there.
_LOOSE = re.compile(r"\\(?:[A-Za-z]{2,}|[a-z](?=\{))")


def examine(content: Path, findings: Findings) -> None:
    """Add to the findings what is wrong in the content as problems, and what may be mended as notes.

    Raises:
        RegestaError: `tags.yaml` or `imports.lock` cannot be read.
    """
    if odd := misplaced(content.parent):
        for problem in odd:
            findings.add("places", problem)
        return  # what lies outside the archive is not read
    files, broken = load_papers(content / "papers")
    collections, odd_collections = load_collections(content)
    unknown = unknown_papers(content, collections, owners_in(files))
    broken_lists = (*odd_collections, *unknown, *load_pages(content)[1], *load_authors(content)[1])
    found = {
        "papers": broken,
        "lists": broken_lists,
        "citekeys": _cited_twice(files),
        "places": _unpublished(content, files),
    }
    for kind, problems in found.items():
        for problem in problems:
            findings.add(kind, problem.below(content))
    _note(findings, "paper", "have no date", _undated(files))
    _note(findings, "pair of papers", "may be the same", _twins(files, content))
    _note(findings, "text with TeX", "cannot be set as mathematics", _broken_tex(files))
    _note(findings, "file", "have names that do not end in .md, and are not read", _unread(content))
    _note(findings, "tag", "have no paper", _empty_tags(files, content))
    one_person = "may be one person: content/authors.yaml gathers spellings under a name"
    _note(findings, "group of names", one_person, _alike(files, content))


def _note(findings: Findings, noun: str, what: str, found: Iterable[str]) -> None:
    """Note how many of something there are, and the first of them."""
    names = [*found]
    if not names:
        return
    first, space, rest = noun.partition(" ")
    number = counted(len(names), first) + space + rest
    findings.notes.append(f"{number} {what if len(names) > 1 else _singular(what)}")
    findings.notes += [f"    {name}" for name in names[:_REPORTED]]
    findings.notes += ["    …"] if len(names) > _REPORTED else []
    findings.content[what.partition(":")[0]] = names


def _singular(what: str) -> str:
    return re.sub(r"^(?:have|are)\b", lambda word: {"have": "has", "are": "is"}[word[0]], what)


def _undated(files: Iterable[PaperFile]) -> Iterator[str]:
    return (file.paper.id for file in files if not file.paper.date)


def _twins(files: Sequence[PaperFile], content: Path) -> Iterator[str]:
    """Yield the pairs of papers that may be one, except those that a person told apart."""
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
    """Yield the TeX that cannot be set, with its file and line."""
    for file in files:
        for text in (file.paper.title, file.paper.abstract):
            for tex in _broken_in(text):
                line = line_with(file.path, file.file.name, tex.strip("$").removeprefix("\\"))
                yield f"content/{file.file.name}:{line}: {tex}"


def _broken_in(text: str) -> Iterator[str]:
    """Yield the formulas of a text that cannot be set, then the commands outside of formulas."""
    parts = [*runs(text)]
    yield from (run.source for run in parts if run.tex and not is_readable(run.tex))
    for run in parts:
        yield from () if run.tex else _LOOSE.findall(_without_code(run.source))


def _without_code(text: str) -> str:
    return re.sub(r"`[^`]*`", "", text.replace("\\\\", "\\")) if "\\" in text else ""


def _unread(content: Path) -> Iterator[str]:
    """Yield the files among the papers that no build reads; hidden files are private."""
    for file in find_files(content, "papers")[0]:
        if not file.name.endswith(".md"):
            yield f"content/{file.name}"


def _empty_tags(files: Iterable[PaperFile], content: Path) -> Iterator[str]:
    given = {tag for file in files for tag in file.paper.tags}
    return (tag.tag for tag in load_tags(content).values() if given.isdisjoint((tag.tag, *tag.aliases)))


def _unpublished(content: Path, files: Iterable[PaperFile]) -> Iterator[Problem]:
    """Yield a problem for each file of papers, of the site's root and of themes that cannot be published."""
    hidden_files = load_config(content).hidden_files
    attached, odd_attached = find_files(content, "files", hidden=True)
    static, odd_static = find_files(content, "static", hidden=True)
    shown, hidden = leave_out_hidden([file.name for file in (*attached, *static)], hidden_files)
    _, ownerless = attach([file for file in attached if file.name in shown], owners_in(files))
    _, odd_in_themes = find_files(content.parent, "themes", hidden=True)
    yield from (*odd_attached, *odd_static, *hidden, *ownerless, *odd_in_themes)


def _cited_twice(files: Iterable[PaperFile]) -> Iterator[Problem]:
    """Yield a problem for each citekey that an earlier paper has: both papers are then cited by their ids."""
    owners: dict[str, PaperFile] = {}
    for file in files:
        key = bare_key(file.paper.citekey).lower()
        first = owners.setdefault(key, file) if key else file
        if first is not file:
            line = line_with(file.path, file.file.name, file.paper.citekey)
            what = f"has the citekey {file.paper.citekey!r}, like {first.file.name}"
            yield Problem(
                file.file.name, line, what, "give one of them another; until then both are cited by their ids"
            )


def _alike(files: Iterable[PaperFile], content: Path) -> Iterator[str]:
    """Yield the pairs of names that may be one person's: the family names are equal, the given names fit."""
    authors = [author for file in files for author in file.paper.authors]
    register = register_of(load_authors(content)[0], authors)
    labels = {register.label(author): author for author in authors if not author.id and not author.orcid}
    names = {name: author if author.name == name else Author(name) for name, author in labels.items()}
    families: dict[str, list[str]] = defaultdict(list)
    for name, author in names.items():
        families[ascii_letters(author.family or name.rpartition(" ")[2])].append(name)
    for family in sorted(families):
        for one, two in combinations(sorted(families[family]), 2):
            if _may_be_one(names[one], names[two]):
                yield f"{one} and {two}"


def _may_be_one(one: Author, two: Author) -> bool:
    """Tell whether two given names may be one: they differ in accents only, or one of them is shorter."""
    short, long = sorted((_given_names(one), _given_names(two)), key=len)
    if not short or short == long:
        return short != []
    has_initial = any(len(name) == 1 for name in (*short, *long))
    return (has_initial or len(short) < len(long)) and all(map(_fit, short, long))


def _given_names(author: Author) -> list[str]:
    return re.findall(r"[a-z]+", ascii_letters(author.given or author.name.rpartition(" ")[0]))


def _fit(one: str, two: str) -> bool:
    """Tell whether two given names are equal, or one of them is the initial of the other."""
    return one == two or (1 in (len(one), len(two)) and one[0] == two[0])


def content_beside(root: Path) -> Path | None:
    """Return the content folder of the archive in a folder, None if there is no archive."""
    content = Path(root) / "content"
    try:
        (content / CONFIG_FILE).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return content if content.is_symlink() else None
    except OSError:
        pass  # whoever reads it says why it cannot be read
    return content
