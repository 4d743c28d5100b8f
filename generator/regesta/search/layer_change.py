"""The files of a layer of the index, made from those of the site and from what changed since.

They are those that `layer_files` makes of all papers, byte for byte. Only files with changed lines are read.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from regesta.search.blocks import Table, names_in
from regesta.search.entry import name_key
from regesta.search.fields import FIELDS
from regesta.search.layer_files import (
    BLOCKS,
    MANIFEST,
    SHARD_NAME,
    folded_labels,
    layer_manifest,
    name_line,
    put_list,
    put_shard,
    shard_names,
    sizes,
)
from regesta.search.line_change import (
    at_most_two,
    changed_places,
    changed_postings,
    changed_steps,
    holders,
    moved_postings,
)
from regesta.search.spelling import may_be_meant
from regesta.search.stems import term_of
from regesta.search.table_change import PublishedTable

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from regesta.search.difference import Difference
    from regesta.search.remembered import LayerMemory
    from regesta.search.table_change import Lines

Changed = dict[str, bytes | None]


class LayerChange:
    """Makes the files of a layer from those of the site.

    Args:
        folder: of the layer, relative to the site's root; ends with a slash.
        read: returns a file of the site by its path. Raises OSError if somebody has changed it.
        memory: of the layer.
        difference: what changed.
        labels: the label of each name, before and now.
    """

    def __init__(
        self,
        folder: str,
        read: Callable[[str], bytes],
        memory: LayerMemory,
        difference: Difference,
        labels: tuple[Mapping[str, str], Mapping[str, str]],
    ) -> None:
        self._folder, self._read, self._memory, self._difference = folder, read, memory, difference
        self._labels_before, self._labels = map(folded_labels, labels)
        self._old: dict[str, Any] = json.loads(read(f"{folder}{MANIFEST}"))
        lists = {name: json.loads(read(folder + path)) for name, path in self._old["more"].items()}
        self._tables = {
            name: PublishedTable(f"{folder}{name}/", Table(**table), read, memory.renamed(name))
            for name, table in (lists | {"terms": self._old["terms"]}).items()
        }
        self._arrivals = difference.arrivals()
        self._files: Changed = {}

    def files(self) -> Changed:
        """Return the files of the layer by their paths; None for those that stay as they are.

        Raises:
            OSError, LookupError, ValueError: they cannot be made from those of the site.
        """
        difference, papers = self._difference, self._difference.new.papers
        block, size = sizes(papers)
        if self._old["documents"] != difference.old.papers:
            raise LookupError("other papers are remembered")
        if (block, size, self._old["group"]) != (*sizes(self._old["documents"]), difference.new.group):
            raise LookupError("blocks or groups have another size")
        terms, places, words = self._new_terms()
        endings = {word[::-1]: line and word[::-1].encode() for word, line in words.items()}
        moved, names = difference.moved_terms_and_names()
        terms |= self._moved_terms(moved - terms.keys())
        table = self._put("terms", terms | self._names(names), block)
        lines: dict[str, Lines] = {"places": places, "words": words, "endings": endings}
        made: dict[str, bytes] = {}
        more = {
            name: put_list(made, self._folder, name, self._put(name, lines[name], BLOCKS[name]))
            for name in BLOCKS
        }
        shards = self._shards(made, size)
        lengths = difference.lengths(self._old["lengths"])
        made[f"{self._folder}{MANIFEST}"] = layer_manifest(difference.new, lengths, table, size, shards, more)
        return self._files | made

    def remember(self, fingerprint: str, labels: Mapping[str, str]) -> None:
        """Note in the memory what the layer is now made from."""
        self._difference.remember()
        for name, table in self._tables.items():
            self._memory.rename(name, table.renamed)
        self._memory.add_spelled(self._difference.spelled)
        self._memory.end(fingerprint, labels)

    def _put(self, name: str, lines: Lines, size: int) -> Table:
        """Add the blocks of a table with some new lines; return the table."""
        table, blocks = self._tables[name].changed(lines, size)
        self._files |= blocks
        return table

    def _new_terms(self) -> tuple[Changed, Changed, Changed]:
        """Return the new lines of terms and places, and the words, that change because papers go and come."""
        terms, places = Changed(), Changed()
        spelled = defaultdict[str, dict[str, int]](dict)
        for word, more in self._difference.spelled.items():
            spelled[term_of(word)][word] = more
        new, may = self._difference.new_terms(), dict[str, tuple[bool, bool]]()
        for term in new.keys() | spelled.keys():
            before = after = self._fields("terms", term)
            if term in new:
                after, own = self._new_fields(term, before, new[term])
                terms[term], places[term] = _line(term, after), _line(term, own)
            was, will_be = _may_be_meant(before), _may_be_meant(after)
            if was != will_be or term in spelled:
                may[term] = was, will_be
        return terms, places, self._words(may, spelled)

    def _new_fields(
        self, term: str, before: Sequence[bytes], changed: Collection[int]
    ) -> tuple[list[bytes], list[bytes]]:
        """Return the new postings and positions of a term in each field.

        Args:
            term: whose they are.
            before: its postings as they were.
            changed: the fields where papers go or come.
        """
        postings, places = self._moved(before, changed), self._fields("places", term)
        for field in changed:
            renumbering, new = self._difference.renumberings[field], self._arrivals.get((term, field), ())
            held = holders(field, before[field], renumbering.low, renumbering.high)
            postings[field] = changed_postings(held, renumbering, [come[:3] for come in new])
            own = [(come.number, come.places) for come in new]
            places[field] = changed_places(places[field], held, renumbering, own)
        return postings, places

    def _moved_terms(self, moved: Iterable[str]) -> Changed:
        """Return the new lines of terms of which only numbers of papers change."""
        return {term: _line(term, self._moved(self._fields("terms", term))) for term in moved}

    def _moved(self, fields: Sequence[bytes], changed: Collection[int] = ()) -> list[bytes]:
        """Return the postings of a term in each field that does not change, after numbers of papers have changed."""
        shifts = self._difference.renumbering.shifts
        return [
            moved_postings(field, text, shifts) if text and shifts and field not in changed else text
            for field, text in enumerate(fields)
        ]

    def _fields(self, table: str, word: str) -> list[bytes]:
        """Return the parts of a line after its word, one for each field."""
        parts = (self._tables[table].line(word) or b"").split(b"\t")[1:]
        return [*parts, *[b""] * (len(FIELDS) - len(parts))]

    def _words(
        self, may: Mapping[str, tuple[bool, bool]], spelled: Mapping[str, Mapping[str, int]]
    ) -> Changed:
        """Return the words that begin or cease to be possible corrections.

        Args:
            may: whether the words of a term may be meant, before and now.
            spelled: how many pieces more have each word of a term.
        """
        found, remembered = Changed(), self._memory.spelled(may)
        for term, (before, now) in may.items():
            known, more = remembered.get(term, {}), spelled.get(term, {})
            for word in {**known, **more}:
                pieces = known.get(word, 0) + more.get(word, 0)
                was, will_be = before and word in known, now and pieces > 0
                if was != will_be:
                    found[word] = word.encode() if will_be else None
        return found

    def _names(self, moved: set[str]) -> Changed:
        """Return the new lines of names; `moved` are those of papers with other numbers."""
        old, new, joins = self._labels_before, self._labels, self._difference.joins()
        relabelled = {name for name in {**old, **new} if old.get(name) != new.get(name)}
        found = Changed()
        for name in self._difference.new_names() | moved | relabelled:
            word = name_key(name)
            steps = self._fields("terms", word)[0]
            steps = changed_steps(steps, self._difference.renumbering, joins.get(name, ()))
            found[word] = name_line(word, steps, new.get(name, "")) if steps else None
        return found

    def _shards(self, files: dict[str, bytes], size: int) -> str:
        """Add the shards, and return their names."""
        every = names_in(self._old["shards"], SHARD_NAME)
        names = {shard: name for shard, name in enumerate(every) if name.strip()}
        shown = _Shown(self._folder, names.copy(), size, self._read, self._difference)
        for shard, papers in self._difference.changed_shards(size).items():
            rows = shown.that_stay(shard) | {number: shown(paper_id) for number, paper_id in papers.items()}
            names.pop(shard, None)
            if rows:
                names[shard] = put_shard(
                    files, self._folder, shard, [rows[number] for number in sorted(rows)]
                )
        kept = (f"{self._folder}shown/{shard}-{name}.json" for shard, name in names.items())
        self._files |= dict.fromkeys(kept)
        return shard_names(names)


class _Shown:
    """Tells what results show of a paper, from the shards of the site if the paper stays as it is."""

    def __init__(
        self,
        folder: str,
        names: Mapping[int, str],
        size: int,
        read: Callable[[str], bytes],
        difference: Difference,
    ) -> None:
        self._folder, self._names, self._size, self._read = folder, names, size, read
        self._difference = difference
        self._shards: dict[int, dict[int, Sequence[object]]] = {}

    def __call__(self, paper_id: str) -> Sequence[object]:
        """Return the id of a paper, then what results show of it."""
        if document := self._difference.documents.get(paper_id):
            return paper_id, *document.shown
        number = self._difference.before[paper_id]
        shown = self._rows(number // self._size)[number]
        if shown[0] != paper_id:
            raise LookupError(paper_id)
        return shown

    def that_stay(self, shard: int) -> dict[int, Sequence[object]]:
        """Return what is shown of the papers of a shard that stay as they are, by their numbers."""
        gone, moved, _, _, _ = self._difference.renumbering
        rows = self._rows(shard) if shard in self._names else {}
        return {number: row for number, row in rows.items() if number not in gone and number not in moved}

    def _rows(self, shard: int) -> dict[int, Sequence[object]]:
        """Return what a shard of the site shows of its papers, by their numbers; numbers are left out at its end only."""
        if shard not in self._shards:
            data = self._read(f"{self._folder}shown/{shard}-{self._names[shard]}.json")
            self._shards[shard] = dict(enumerate(json.loads(data), shard * self._size))
        return self._shards[shard]


def _may_be_meant(fields: Sequence[bytes]) -> bool:
    """Tell whether a reader may have meant the words of a term, by its postings in each field."""
    return may_be_meant([at_most_two(field, text) for field, text in enumerate(fields)])


def _line(term: str, fields: Iterable[bytes]) -> bytes | None:
    """Return the line of a term; None if no paper has it."""
    line = b"\t".join([term.encode(), *fields]).rstrip(b"\t")
    return line if b"\t" in line else None
