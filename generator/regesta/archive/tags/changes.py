"""Change the tags of papers by the taxonomy, by a query, or after a renaming. Tags set by hand stay."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from regesta.content.changes import Change
from regesta.content.imports_lock import ImportMemory, value_hash

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.tags.suggestions import Tagger
    from regesta.content.paper import Paper
    from regesta.content.paper_files import PaperFile

_TAGS = "tags"


@dataclass(slots=True)
class TagChanges:
    """Changes to the tags of papers, not yet written.

    Attributes:
        changes: the files to write.
        lines: the added and removed tags of each, in words.
        added, removed: the numbers of tags, in all files.
        unchanged: how many papers have the right tags already.
        kept: ids of papers whose tags would change, but were set by hand or are locked.
    """

    changes: list[Change] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    added: int = 0
    removed: int = 0
    unchanged: int = 0
    kept: list[str] = field(default_factory=list)

    def set_tags(self, file: PaperFile, tags: Sequence[str]) -> Paper:
        """Replace the tags of a paper; return it as it will be."""
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


def apply_taxonomy(
    files: Iterable[PaperFile], memories: dict[str, ImportMemory], tagger: Tagger
) -> TagChanges:
    """Set the tags of papers to those that the taxonomy suggests, except where they were set by hand.

    Args:
        files: the archive's papers.
        memories: what the import remembers of each paper; updated.
        tagger: suggests tags.
    """
    changes = TagChanges()
    for file in files:
        tags = tagger.suggest(file.paper)
        memory = memories.get(file.paper.id, ImportMemory())
        if tags == file.paper.tags:
            changes.unchanged += 1
        elif file.paper.lock or not memory.is_ours(file.paper, _TAGS):
            changes.kept.append(file.paper.id)
        else:
            paper = changes.set_tags(file, tags)
            memories.setdefault(paper.id, memory).wrote[_TAGS] = value_hash(paper, _TAGS)
    return changes


def add_tag(files: Iterable[PaperFile], tag: str, finds: Callable[[Paper], bool]) -> TagChanges:
    """Add a tag to every paper that is found; it counts as set by hand."""
    return _change(files, lambda paper: (*paper.tags, tag) if finds(paper) else paper.tags)


def remove_tag(files: Iterable[PaperFile], tag: str, finds: Callable[[Paper], bool]) -> TagChanges:
    """Remove a tag from every paper that is found; the others count as set by hand."""
    return _change(files, lambda paper: [name for name in paper.tags if name != tag or not finds(paper)])


def _change(files: Iterable[PaperFile], tags_of: Callable[[Paper], Sequence[str]]) -> TagChanges:
    changes = TagChanges()
    for file in files:
        tags = tuple(dict.fromkeys(tags_of(file.paper)))
        if tags == file.paper.tags:
            changes.unchanged += 1
        elif file.paper.lock:
            changes.kept.append(file.paper.id)
        else:
            changes.set_tags(file, tags)
    return changes


def rename_in_papers(
    files: Sequence[PaperFile], memories: Mapping[str, ImportMemory], names: Mapping[str, str]
) -> TagChanges:
    """Replace the old names of tags in papers by the new ones; tags written by the import stay the import's.

    Args:
        files: the archive's papers.
        memories: what the import remembers of each paper; updated.
        names: the new name by the old one.
    """
    by_id = {file.paper.id: file.paper for file in files}
    changes = _change(files, lambda paper: [names.get(tag, tag) for tag in paper.tags])
    for change in changes.changes:
        memory = memories.get(change.paper.id)
        if memory and memory.is_ours(by_id[change.paper.id], _TAGS):
            memory.wrote[_TAGS] = value_hash(change.paper, _TAGS)
    return changes
