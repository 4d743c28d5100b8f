"""Changes travel: from papers that are new, edited or gone to all papers and lists that show something of them."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from regesta.archive.beside import beside
from regesta.archive.touched import Touched
from regesta.text.dates import MONTH, YEAR
from regesta.text.strings import slug

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from regesta.archive.archive_rows import ArchiveRows
    from regesta.archive.touched import List
    from regesta.archive.who_is_who import Register

_CHOSEN = "SELECT id FROM chosen"
#: Kinds of lists whose addresses are made of names: equal ones are told apart, so a new name can change another's address.
_NAMED = ("authors", "organizations", "venues")
#: Kinds of lists that link to the one before and the one after.
_IN_A_ROW = ("years", "months", "days", "weeks", "added")
#: Kinds of lists by day that the pages of changes show, which are by month.
_DAYS_OF_CHANGES = ("added", "updated")


def update(rows: ArchiveRows, ids: Iterable[str]) -> Touched:
    """Bring the rows of the archive, which are not empty, up to date; return what that touches.

    Args:
        rows: of the archive.
        ids: of all papers that are new, edited or gone.
    """
    return _Change(rows, {*ids} | rows.of_curated()).touched


class _Change:
    """Some papers are taken out, and put in as they are now.

    Attributes:
        touched: what that touches.
    """

    def __init__(self, rows: ArchiveRows, ids: set[str]) -> None:
        self._rows, self._memory = rows, rows.memory
        ids |= self._sharing_aliases(ids)
        then = rows.register(rows.changes.people)
        lists, citekeys = rows.lists_of(ids), self._citekeys(ids)
        self.touched = Touched(papers=ids | self._beside(ids), texts={*ids}, lists={*lists})
        rows.take_out(ids)
        rows.put(ids)
        now_known = rows.register()
        people = {("authors", label) for _, label in then.labels.items() ^ now_known.labels.items()}
        renamed = self._renamed(then, now_known) - ids
        lists |= rows.lists_of(renamed)
        rows.label(ids | renamed)
        now = rows.lists_of(ids | renamed)
        self.touched.lists |= lists | now
        self.touched.texts |= renamed
        cited = self._citing(citekeys | self._citekeys(ids) | ids)
        self.touched.papers |= renamed | cited | self._beside(ids)
        self.touched.lists |= {own for own in rows.lists_of(cited) if own[0] == "collections"}
        self.touched.lists |= {("tags", name) for name in rows.changes.tags}
        self.touched.lists |= {("collections", name) for name in rows.changes.collections}
        days = (name for kind, name in self.touched.lists if kind in _DAYS_OF_CHANGES)
        self.touched.lists |= {("changes", day[:MONTH]) for day in [*days]}
        came = {own for own in now - lists if not self._has_others(own, ids | renamed)}
        gone = {own for own in lists - now if not self._has_others(own, ())}
        self._spread(came | gone | people, (then, now_known))

    def _sharing_aliases(self, ids: set[str]) -> set[str]:
        """Return the papers that have an alias which is, or was, the id or an alias of some papers."""
        names = {alias for paper in self._rows.papers_now(ids) for alias in paper.aliases} | ids
        names |= self._column(f"SELECT alias FROM alias WHERE id IN ({_CHOSEN})")
        self._rows.choose(names)
        return self._column(f"SELECT id FROM alias WHERE alias IN ({_CHOSEN})")

    def _citekeys(self, ids: set[str]) -> set[str]:
        self._rows.choose(ids)
        return self._column(f"SELECT citekey FROM paper WHERE id IN ({_CHOSEN}) AND citekey != ''")

    def _citing(self, keys: set[str]) -> set[str]:
        """Return the papers that are, or would be, cited by some keys."""
        self._rows.choose(keys)
        return self._column(f"SELECT id FROM paper WHERE citekey IN ({_CHOSEN}) AND citekey != ''")

    def _beside(self, ids: set[str]) -> set[str]:
        """Return the papers before and after some papers in the order of the archive, and of collections that list them."""
        archive, aliases = self._rows.archive(), self._aliases(ids)
        around = [other for entry in filter(None, map(archive.entry, ids)) for other in archive.around(entry)]
        around += [
            other for own in ids for _, *two in beside(archive, (own, *aliases.get(own, ()))) for other in two
        ]
        return {other.id for other in around if other}

    def _aliases(self, ids: set[str]) -> dict[str, list[str]]:
        self._rows.choose(ids)
        found: dict[str, list[str]] = {}
        for alias, paper_id in self._memory.rows(f"SELECT alias, id FROM alias WHERE id IN ({_CHOSEN})"):
            found.setdefault(paper_id, []).append(alias)
        return found

    def _has_others(self, own: List, ids: Collection[str]) -> bool:
        """Tell whether a list has papers other than some."""
        query = f"SELECT 1 FROM way JOIN paper USING (no) WHERE kind = ? AND name = ? AND id NOT IN ({_CHOSEN}) LIMIT 1"
        self._rows.choose(ids)
        return bool(self._memory.rows(query, *own))

    def _renamed(self, then: Register, now: Register) -> set[str]:
        """Return the papers of authors about whom something else is known by now."""
        by_author = (
            "SELECT paper.id FROM author JOIN paper USING (no) WHERE author.{0} = ? AND author.{0} != ''"
        )
        found: set[str] = set()
        for person, label in then.labels.items() ^ now.labels.items():
            found |= self._rows.papers_in("authors", label)
            names = [("name", name) for name in person.spellings]
            for column, value in (("id", person.id), ("orcid", person.orcid), *names):
                found |= self._column(by_author.format(column), value)
        return found

    def _spread(self, changed: set[List], registers: Iterable[Register]) -> None:
        """Take in what depends on which lists there are: addresses of names, links from one date to the next."""
        for kind in _NAMED:
            if names := {name for other, name in changed if other == kind}:
                self._take_in(kind, self._sharing_slugs(kind, names, registers))
        for kind in _IN_A_ROW:
            if names := {name for other, name in changed if other == kind}:
                self.touched.lists |= {(kind, name) for name in _beside(names, [*self._names(kind)])}
        if any(kind == "titles" for kind, _ in changed):  # each page of a letter links to all letters
            self.touched.lists |= {("titles", name) for name in self._names("titles")}
        self._spread_days({name for kind, name in changed if kind == "days"})
        self._spread_years({name for kind, name in changed if kind == "years"})

    def _spread_days(self, days: set[str]) -> None:
        """Take in the days of the same months, which link to all days of their month."""
        months = {day[:MONTH] for day in days}
        if months:
            self.touched.lists |= {("days", name) for name in self._names("days") if name[:MONTH] in months}

    def _spread_years(self, years: set[str]) -> None:
        """Take in the weeks, which link to their year."""
        if years:
            self.touched.lists |= {("weeks", name) for name in self._names("weeks") if name[:YEAR] in years}

    def _sharing_slugs(self, kind: str, names: set[str], registers: Iterable[Register]) -> set[str]:
        """Return the names of a kind whose addresses are made of the same letters as those of some names."""

        def slugs(name: str) -> set[str]:
            people = (register.people.get(name) for register in registers if kind == "authors")
            return {slug(name), *(slug(person.id) for person in people if person and person.id)}

        shared = set().union(*map(slugs, names))
        return {name for name in self._names(kind) if not shared.isdisjoint(slugs(name))}

    def _take_in(self, kind: str, names: Iterable[str]) -> None:
        """Take in some lists, and the pages that link there: those of their papers, and lists of the same papers."""
        for name in names:
            papers = self._rows.papers_in(kind, name)
            self.touched.papers |= papers
            self.touched.lists |= {own for own in self._rows.lists_of(papers) if own[0] in _NAMED}
            self.touched.lists.add((kind, name))

    def _names(self, kind: str) -> Iterator[str]:
        rows = self._memory.rows("SELECT DISTINCT name FROM way WHERE kind = ? ORDER BY name", kind)
        return (name for (name,) in rows)

    def _column(self, query: str, *values: str) -> set[str]:
        return {value for (value,) in self._memory.rows(query, *values)}


def _beside(names: Iterable[str], known: Sequence[str]) -> Iterator[str]:
    """Yield the names before and after some names in a sorted list, of which they may be missing."""
    for name in names:
        place = bisect_left(known, name)
        yield from known[max(place - 1, 0) : place + 2]
