"""What the import remembers of each paper: from one `imports.lock` to the next.

An import takes these steps with the memories, which it keeps by the ids of papers. Each function here returns
new memories and changes none that it is given:

    `imports_lock.load_lock`, `recover` memories as earlier runs left them
    `follow_people`                    under the ids that people have given to papers since
    `with_settled`                     with what people decided in `regesta review`
    `recognize.recognize`              only reads them
    `learned`                          with what this run found and wrote, one paper after the other
    `imports_lock.save_lock`           writes them
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from regesta.content.imports_lock import ImportMemory, value_hash
from regesta.importing.recognize import names_of, text_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.content.paper import Paper
    from regesta.importing.known_papers import KnownPapers


class Settled(NamedTuple):
    """An entry that was held back, and what a person decided about it.

    Attributes:
        texts: the `text_hash` of each of its copies, and of all of them merged.
        paper_id: the paper that it may have been.
        is_same: whether it is that paper; else it is a new one.
    """

    texts: Sequence[str]
    paper_id: str
    is_same: bool

    @property
    def home(self) -> str:
        """The id of the paper that it is, "" if it is a new one."""
        return self.paper_id if self.is_same else ""

    @property
    def names(self) -> set[str]:
        """The names by which its texts are remembered."""
        return {f"text:{text}" for text in self.texts}


def follow_people(memories: Mapping[str, ImportMemory], papers: KnownPapers) -> dict[str, ImportMemory]:
    """Return memories by the ids that papers have now, after people renamed or merged some.

    A renamed paper has its old id as an alias, or the same title as before. A paper that another was merged into
    has the other's id as an alias.

    Args:
        memories: as earlier runs left them.
        papers: the archive's.
    """
    followed = dict(memories)
    for old, paper_id in _moved(memories, papers):
        if old in followed:
            memory = followed.pop(old)
            followed[paper_id] = _joined(followed[paper_id], memory) if paper_id in followed else memory
    return followed


def _moved(memories: Mapping[str, ImportMemory], papers: KnownPapers) -> Iterator[tuple[str, str]]:
    """Yield ids that no file has any more, each with the id of the paper that has replaced it."""
    gone = {key: old for old, memory in memories.items() if old not in papers for key in memory.keys}
    by_hand = {one.id: one.names for one in papers.traits() if one.id not in memories} if gone else {}
    for paper_id in papers:
        names = [gone[key] for key in sorted(by_hand.get(paper_id, ())) if key in gone]
        yield from ((old, paper_id) for old in (*papers.aliases(paper_id), *names) if old not in papers)


def _joined(memory: ImportMemory, old: ImportMemory) -> ImportMemory:
    """Return the memory of a paper joined with that of another paper that a person merged into it."""
    texts = {key for key in old.keys - memory.keys if key.startswith("text:")}
    return replace(
        memory,
        keys=memory.keys | old.keys,
        unlike=memory.unlike | old.unlike,
        joined=memory.joined | old.joined | texts,
    )


def with_settled(memories: Mapping[str, ImportMemory], settled: Iterable[Settled]) -> dict[str, ImportMemory]:
    """Return memories in which the entries that a person called the same as a paper belong to that paper."""
    changed = dict(memories)
    for entry in settled:
        if entry.is_same:
            memory = changed.get(entry.paper_id, ImportMemory())
            changed[entry.paper_id] = replace(
                memory, keys=memory.keys | entry.names, joined=memory.joined | entry.names
            )
    return changed


def learned(
    memories: Mapping[str, ImportMemory],
    paper: Paper,
    written: Iterable[str],
    copies: Sequence[Paper],
    apart: Mapping[str, Settled],
    *,
    is_new: bool,
) -> dict[str, ImportMemory]:
    """Return the memories that change with a paper, by id: its own, and those of papers that lose entries.

    Args:
        memories: what is remembered so far.
        paper: the paper as it is from now on.
        written: its fields that hold what the import wrote.
        copies: the entries that are the paper.
        apart: the entries that people told apart from a paper, by each name of their texts.
        is_new: whether its file is new: then nothing that was written to an earlier one counts.
    """
    memory = memories.get(paper.id, ImportMemory())
    is_by_hand = paper.id not in memories and not is_new
    others = _without_texts(memories, set(map(text_name, copies))) if is_by_hand else {}
    keys = set(memory.keys)
    for copy in copies:
        if text_name(copy) not in keys:
            keys |= names_of(copy)
    told_apart = [apart[name] for name in apart.keys() & keys]
    mine = replace(
        memory,
        keys=keys.union(*(entry.names for entry in told_apart)),
        wrote=({} if is_new else memory.wrote) | {name: value_hash(paper, name) for name in written},
        unlike=memory.unlike | {entry.paper_id for entry in told_apart},
    )
    return others | {paper.id: mine}


def _without_texts(memories: Mapping[str, ImportMemory], texts: set[str]) -> dict[str, ImportMemory]:
    """Return the memories that hold some texts, without these texts: a person made a paper of them."""
    return {
        paper_id: replace(memory, keys=memory.keys - texts)
        for paper_id, memory in memories.items()
        if not memory.keys.isdisjoint(texts)
    }
