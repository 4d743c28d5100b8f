"""Change the tags of papers: as the taxonomy suggests, by a query, or after a tag was renamed. Tags set by hand stay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.content.changes import Change
from regesta.content.imports_lock import Memory, value_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.tag_suggestions import Tagger
    from regesta.content.paper import Paper
    from regesta.content.paper_files import PaperFile

_TAGS = "tags"


@dataclass(slots=True)
class Retagging:
    """What is to change.

    Attributes:
        changes: the files to write.
        lines: for each of these, what is added and what taken away, in words.
        added, removed: how many tags in all.
        unchanged: papers that have the tags they should have.
        kept: papers that would get others, and of which a person decided the tags.
    """

    changes: list[Change] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def put(self, file: PaperFile, tags: Sequence[str]) -> Paper:
        """Give a paper some tags in place of those it has; return it as it will be."""
        before, after = file.paper.tags, tuple(dict.fromkeys(tags))
        signs = [
            *(f"+{tag}" for tag in after if tag not in before),
            *(f"-{tag}" for tag in before if tag not in after),
        ]
        self.added += sum(sign[0] == "+" for sign in signs)
        self.removed += sum(sign[0] == "-" for sign in signs)
        self.lines.append(f"{file.paper.id}: {' '.join(signs) or 'in another order'}  ({file.paper.title})")
        paper = replace(file.paper, tags=after)
        self.changes.append(Change(file.path, paper, (_TAGS,)))
        return paper


def apply(files: Iterable[PaperFile], memories: dict[str, Memory], tagger: Tagger) -> Retagging:
    """Give every paper the tags that the taxonomy suggests, but those of which a person decided the tags.

    Args:
        files: the archive's papers.
        memories: what the import remembers; brought up to date.
        tagger: suggests tags.
    """
    work = Retagging()
    for file in files:
        tags = tagger.suggest(file.paper)
        memory = memories.get(file.paper.id, Memory())
        if tags == file.paper.tags:
            work.unchanged += 1
        elif file.paper.lock or not memory.is_ours(file.paper, _TAGS):
            work.kept.append(file.paper.id)
        else:
            paper = work.put(file, tags)
            memories.setdefault(paper.id, memory).wrote[_TAGS] = value_hash(paper, _TAGS)
    return work


def give(files: Iterable[PaperFile], tag: str, finds: Callable[[Paper], bool]) -> Retagging:
    """Add a tag to every paper that is found: a person's decision, which stays."""
    return _change(files, lambda paper: (*paper.tags, tag) if finds(paper) else paper.tags)


def take(files: Iterable[PaperFile], tag: str, finds: Callable[[Paper], bool]) -> Retagging:
    """Take a tag from every paper that is found: a person's decision, which stays."""
    return _change(files, lambda paper: [name for name in paper.tags if name != tag or not finds(paper)])


def _change(files: Iterable[PaperFile], tags_of: Callable[[Paper], Sequence[str]]) -> Retagging:
    work = Retagging()
    for file in files:
        tags = tuple(dict.fromkeys(tags_of(file.paper)))
        if tags == file.paper.tags:
            work.unchanged += 1
        elif file.paper.lock:
            work.kept.append(file.paper.id)
        else:
            work.put(file, tags)
    return work


def rename(files: Sequence[PaperFile], memories: Mapping[str, Memory], names: Mapping[str, str]) -> Retagging:
    """Write the new names of tags into the papers that bear the old ones; what the import wrote stays the import's.

    Args:
        files: the archive's papers.
        memories: what the import remembers; brought up to date.
        names: the new name by the old one.
    """
    by_id = {file.paper.id: file.paper for file in files}
    work = _change(files, lambda paper: [names.get(tag, tag) for tag in paper.tags])
    for change in work.changes:
        memory = memories.get(change.paper.id)
        if memory and memory.is_ours(by_id[change.paper.id], _TAGS):
            memory.wrote[_TAGS] = value_hash(change.paper, _TAGS)
    return work
