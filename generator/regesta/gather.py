"""Bring papers into the archive: name the new ones, change what changed, leave people's edits alone, hold back what is doubtful."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import TYPE_CHECKING

from regesta.dumps import PIPED
from regesta.errors import fail
from regesta.grouping import Found
from regesta.identifiers import arxiv_id
from regesta.ledger import WRITTEN, Decision, Ledger
from regesta.likeness import text_hash
from regesta.lock import Memory, value_hash
from regesta.merge import GROWING, better, certainty, fill, merge
from regesta.paper import FIELDS, KINDS, Paper, value_of
from regesta.recognize import names_of, recognize, text_name
from regesta.review import Held
from regesta.store import PaperFile, by_name, dump, read_text, update
from regesta.text import digest, slug

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping
    from pathlib import Path

    from regesta.tagging import Tagger

#: Fields that the archive itself decides, once.
_DECIDED = ("id", "added")
_IMPORTED = tuple(name for name in (*KINDS, "abstract") if name in FIELDS and name not in _DECIDED)


@dataclass(frozen=True, slots=True)
class Change:
    """A file to write: the paper as it will be, and the fields that change in a file that exists."""

    path: Path
    paper: Paper
    names: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the file's new text: as a whole if it is new, else only the fields that change."""
        exists = self.path.exists()
        return (
            update(read_text(self.path, self.path.name), self.paper, self.names)
            if exists
            else dump(self.paper)
        )


class Gatherer:
    """One run of the import over an archive.

    Args:
        files: the papers that the archive holds.
        memories: what earlier imports wrote, by id; brought up to date as papers are put.
        folder: where new papers go.
        tagger: suggests tags.
        today: the day on which new papers are added.
        unreadable: ids that files claim which cannot be read.
        restore: bring back papers whose files were deleted.

    Attributes:
        ledger: what became of every entry.
        held: the entries that nobody can be sure of.
    """

    def __init__(
        self,
        files: Iterable[PaperFile],
        memories: dict[str, Memory],
        folder: Path,
        tagger: Tagger,
        today: str,
        *,
        unreadable: Iterable[str] = (),
        restore: bool = False,
    ) -> None:
        self._files = {file.paper.id: file for file in files}
        self._owners = {name: file.paper.id for name, file in by_name(self._files.values()).items()}
        self._memories = memories
        self._folder, self._tagger, self._today, self._restore = folder, tagger, today, restore
        self._settled: dict[str, str] = {}
        self._apart: dict[str, tuple[str, set[str]]] = {}
        self._file_names = {path.stem for path in folder.rglob("*.md")}
        self._unreadable = {*unreadable, *self._file_names} - {
            file.path.stem for file in self._files.values()
        }
        self._follow_people()
        self.ledger = Ledger()
        self.held: list[Held] = []

    def _follow_people(self) -> None:
        """Carry over what is remembered of papers that a person renamed or merged.

        A paper renamed left an alias, or bears the same title; of two that were merged, one bears the other's id as an alias.
        """
        gone = {
            key: old
            for old, memory in self._memories.items()
            if old not in self._files
            for key in memory.keys
        }
        for paper_id, file in self._files.items():
            names = [*file.paper.aliases]
            if paper_id not in self._memories:
                names += [gone[key] for key in sorted(names_of(file.paper)) if key in gone]
            for old in names:
                if old in self._memories and old not in self._files:
                    self._join(self._memories.pop(old), paper_id)

    def _join(self, old: Memory, paper_id: str) -> None:
        """Hand on what is remembered of a paper that has another id now, or that a person merged into another."""
        if paper_id not in self._memories:
            self._memories[paper_id] = old
            return
        memory = self._memories[paper_id]
        memory.joined |= old.joined | {key for key in old.keys - memory.keys if key.startswith("text:")}
        memory.keys |= old.keys
        memory.unlike |= old.unlike

    def settle(self, entry: Held, *, is_same: bool) -> None:
        """Take a person's word for what an entry is that was held back, and that will be among those gathered.

        Raises:
            RegestaError: it is to be a paper that there is not.
        """
        home = self._owners.get(entry.like, entry.like)
        if is_same and home not in self._files and home not in self._memories:
            raise fail(
                entry.name, f"may be {entry.like}, which is no paper's id any more", "settle it with --new"
            )
        texts = [*entry.texts, text_hash(entry.paper)]
        self._settled |= dict.fromkeys(texts, home if is_same else "")
        names = {f"text:{text}" for text in texts}
        if is_same:
            memory = self._memories.setdefault(home, Memory())
            memory.keys |= names
            memory.joined |= names
        else:
            self._apart |= dict.fromkeys(names, (home, names))

    def gather(self, papers: Iterable[Paper]) -> list[Change]:
        """Return the changes that bring papers into the archive; `ledger` says what became of each.

        The changes do not depend on the order of papers.
        """
        entries = list(papers)
        known = {paper_id: file.paper for paper_id, file in self._files.items()}
        found = recognize(entries, known, self._memories, self._settled)
        merged = [(group, self._merged(group)) for group in found]
        self.ledger.merged = len(entries) - len(found)
        ids = self._name([(group, paper) for group, paper in merged if not group.home and group.like is None])
        changes = []
        for group, paper in merged:
            if group.like is not None:
                self._hold(group, paper, ids)
                continue
            tagged = replace(paper, tags=paper.tags or self._tagger.suggest(paper))
            change = self._put(tagged, group) if group.home else self._create(tagged, ids[id(group)], group)
            changes += [change] if change else []
        return sorted(changes, key=lambda change: change.paper.id)

    def _merged(self, group: Found) -> Paper:
        """Return one paper of what was found; entries that a person joined to it come after all others."""
        joined = self._memories[group.home].joined if group.home in self._memories else set()
        others = [copy for copy in group.copies if text_name(copy) in joined]
        own = [copy for copy in group.copies if copy not in others]
        if not own and group.home in self._files:
            own = [self._files[group.home].paper]
        return better(merge(own), merge(others)) if own and others else merge(group.copies)

    def _hold(self, group: Found, paper: Paper, ids: Mapping[int, str]) -> None:
        like = ids[id(group.like)] if isinstance(group.like, Found) else group.like or ""
        texts = tuple(dict.fromkeys(map(text_hash, group.copies)))
        self.held.append(Held(texts, like, group.why, paper))
        self.ledger.review += 1

    def _name(self, papers: list[tuple[Found, Paper]]) -> dict[int, str]:
        """Return an id for each new paper (by the `id()` of what was found): twins of one slug get a hash of their content."""
        taken = {*self._files, *self._memories, *self._file_names}
        wanted = defaultdict(list)
        for group, paper in papers:
            wanted[_plain_id(paper)].append((group, paper))
        ids = {}
        for name, twins in wanted.items():
            for group, paper in twins:
                clash = len(twins) > 1 or name in taken
                ids[id(group)] = own = next(_twin_ids(name, paper, taken)) if clash else name
                taken.add(own)
        return ids

    def _create(self, paper: Paper, paper_id: str, group: Found) -> Change:
        paper = replace(paper, id=paper_id, added=self._today)
        self._remember(paper, _filled(paper), group)
        self.ledger.created[paper_id] = paper.title
        self.ledger.new += 1
        return Change(self._folder / f"{paper_id}.md", paper)

    def _put(self, paper: Paper, group: Found) -> Change | None:
        """Return the change that a known paper needs, if any, and count it."""
        paper_id = group.home
        if paper_id not in self._files:
            return self._bring_back(paper, group)
        memory = self._memory(paper_id, group)
        file = self._files[paper_id]
        new = _grown(file.paper, paper)
        if not paper.tags and new.tags and memory.is_ours(file.paper, "tags"):
            new = replace(new, tags=())  # the taxonomy may have changed its mind, even to no tag at all
        differing = [name for name in _IMPORTED if getattr(new, name) != getattr(file.paper, name)]
        ours = tuple(name for name in differing if memory.is_ours(file.paper, name) and not file.paper.lock)
        edited = [name for name in differing if name not in ours]
        is_untold = (
            not memory.wrote and not differing
        )  # a run that was cut off wrote all of it, and its note is lost
        self._remember(file.paper, _filled(paper) if is_untold else (), group)
        self._remember(new, ours, group)
        reason = "locked" if file.paper.lock else "kept as edited by hand"
        self.ledger.decisions[paper_id] = [
            Decision(
                name, WRITTEN if name in ours else reason, value_of(file.paper, name), value_of(new, name)
            )
            for name in differing
        ]
        if edited:
            self.ledger.notes.append(f"{paper_id}: {reason}: {', '.join(edited)}")
        if ours:
            self.ledger.updated += 1
            self.ledger.partly += bool(edited)
            return Change(file.path, new, ours)
        self.ledger.kept += bool(edited)
        self.ledger.unchanged += not edited
        return None

    def _memory(self, paper_id: str, group: Found) -> Memory:
        """Return what is remembered of a paper; of one that a person made of an entry, other papers forget that entry."""
        if paper_id not in self._memories:
            texts = {text_name(copy) for copy in group.copies}
            for other in self._memories.values():
                other.keys -= texts
        return self._memories.setdefault(paper_id, Memory())

    def _bring_back(self, paper: Paper, group: Found) -> Change | None:
        paper_id = group.home
        unreadable = paper_id in self._unreadable
        if self._restore and not unreadable:
            self._memories[paper_id].wrote.clear()  # what the new file lacks was not taken away by hand
            return self._create(paper, paper_id, group)
        self._remember(replace(paper, id=paper_id), (), group)
        self.ledger.kept += 1
        reason = "its file cannot be read" if unreadable else "stays deleted (--restore brings it back)"
        self.ledger.notes.append(f"{paper_id}: {reason}")
        return None

    def _remember(self, paper: Paper, names: Iterable[str], group: Found) -> None:
        memory = self._memories.setdefault(paper.id, Memory())
        for copy in group.copies:
            if text_name(copy) not in memory.keys:
                memory.keys |= names_of(copy)
        memory.wrote |= {name: value_hash(paper, name) for name in names}
        for key in self._apart.keys() & memory.keys:
            other, names_of_it = self._apart[key]
            memory.unlike.add(other)
            memory.keys |= names_of_it


def _grown(current: Paper, incoming: Paper) -> Paper:
    """Return the current paper as the import would have it: what is incoming, nothing shrunk or emptied."""
    read = {origin.file for origin in incoming.origin} - {PIPED}  # what is piped in is another text each time
    elsewhere = tuple(
        origin for origin in current.origin if origin.file not in read
    )  # lines move when a file is edited
    rest = replace(current, origin=elsewhere)
    fresh = replace(incoming, id=current.id, added=current.added)
    if elsewhere:
        paper = better(rest, fresh)  # what several sources say, none of them changes alone
    else:
        is_named = all("/" in name for name in read)  # outside of content/, two files may bear one name
        paper = fill(fresh, rest) if is_named else better(fresh, rest)
    if certainty(current) > certainty(incoming):
        paper = replace(paper, published=current.published, inferred=current.inferred)
    unchanged = {
        name: getattr(current, name)
        for name in GROWING
        if set(getattr(paper, name)) == set(getattr(current, name))
    }
    return replace(paper, **unchanged)


def _filled(paper: Paper) -> tuple[str, ...]:
    return tuple(name for name in _IMPORTED if value_of(paper, name) is not None)


def _plain_id(paper: Paper) -> str:
    """Return the id that a paper gets if no other wants it: its arXiv id, else the slug of its title."""
    arxiv = arxiv_id(paper.links.get("arxiv", ""))
    return slug(arxiv) if "/" in arxiv else arxiv or slug(paper.title) or f"paper-{_content_hash(paper)}"


def _twin_ids(name: str, paper: Paper, taken: Container[str]) -> Iterator[str]:
    """Return the ids that a paper may have beside others of its name, those that are free: by its content, then by number."""
    hashed = f"{slug(name, 71)}-{digest(f'{_content_hash(paper)} {text_hash(paper)}', 8)}"
    numbered = (f"{hashed[:76]}-{number}" for number in count(2))
    yield from (own for own in chain([hashed], numbered) if own not in taken)


def _content_hash(paper: Paper) -> str:
    return digest(f"{paper.title}\n{paper.abstract}", 8)
