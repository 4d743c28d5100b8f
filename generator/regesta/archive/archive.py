"""The archive: all papers in one order, and indexes by tag, date, collection, organization, author, venue.

It lies in the memory as rows, and holds little: a list knows how many papers it has, and reads them when it is asked.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from regesta.archive.lists import Entry, Index, Papers
from regesta.archive.publication import bare_key
from regesta.archive.records import unpack
from regesta.content.collections import Collection, Listed
from regesta.content.paper import Author
from regesta.content.taxonomy import Tag

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.listings import Listings
    from regesta.archive.publication import Standing
    from regesta.archive.who_is_who import Register
    from regesta.content.paper import Paper
    from regesta.memory import Memory
    from regesta.text.names import Name

_HELD, _KNOWN = 1_000, 50_000  # papers, and entries of lists, that stay in memory
_MANY = 500  # values in one query, and papers that are looked at one by one
_WHOLE = "FROM paper p JOIN record r USING (no)"
_ENTRY = "SELECT p.id, p.key, p.date, p.lastmod, p.title"
_LISTED = "FROM way w JOIN paper p USING (no) WHERE w.kind = ? AND w.name = ?"


@dataclass
class Archive:
    """All papers, and all lists of them. Every list has its papers in the order of the archive.

    That is: the newest first, then the undated by title.

    Attributes:
        memory: has the rows; `archive_rows` fills them.
        taxonomy: the curator's entry for each tag, by the tag.
        collections: the curator's file for each collection, by its name.
        listings: tells which collections list a paper.
        register: tells which person each author is.
    """

    memory: Memory
    taxonomy: dict[str, Tag]
    collections: dict[str, Collection]
    listings: Listings
    register: Register

    def __post_init__(self) -> None:
        self._held: dict[str, Paper] = {}
        self._known: dict[str, Entry] = {}
        self.tags, self.organizations = Index(self, "tags"), Index(self, "organizations")
        self.authors, self.venues = Index(self, "authors"), Index(self, "venues")
        self.years, self.months = Index(self, "years"), Index(self, "months")
        self.days, self.weeks = Index(self, "days"), Index(self, "weeks")
        self.added, self.updated = Index(self, "added"), Index(self, "updated")
        self.searches, self.titles = Index(self, "searches"), Index(self, "titles")
        self.collected = Index(self, "collections", self.collections)

    @property
    def papers(self) -> Papers:
        """All papers."""
        return Papers(self, "", "", self.memory.rows("SELECT count(*) FROM paper")[0][0])

    @property
    def undated(self) -> Papers:
        """The papers without any date."""
        return Papers(self, "undated", "undated", self.sizes("undated").get("undated", 0))

    def lastmod(self, kind: str = "") -> str:
        """Return the day of the newest change in any paper, or in any that is in a list of a kind; "" if none is known."""
        if not kind:
            return self.memory.rows("SELECT ifnull(max(lastmod), '') FROM paper")[0][0]  # type: ignore[no-any-return]
        newest = "SELECT no, lastmod FROM paper ORDER BY lastmod DESC LIMIT ?"  # one of them will do, unless the kind is rare
        # The plus keeps SQLite from looking through all papers of the kind.
        found = f"SELECT max(lastmod) FROM ({newest}) JOIN way USING (no) WHERE +kind = ?"
        every = "SELECT max(lastmod) FROM paper WHERE no IN (SELECT no FROM way WHERE kind = ?)"
        day = self.memory.rows(found, _MANY, kind)[0][0] or self.memory.rows(every, kind)[0][0]
        return day or ""

    @property
    def newest_day(self) -> str:
        """The newest day in the content, which counts as today instead of the clock's; "" if none."""
        return self.memory.rows("SELECT ifnull(max(newest), '') FROM paper")[0][0]  # type: ignore[no-any-return]

    @property
    def featured_day(self) -> str:
        """The newest day on which a source listed papers; "" if there is none."""
        return self.memory.rows("SELECT ifnull(max(featured), '') FROM paper")[0][0]  # type: ignore[no-any-return]

    def sizes(self, kind: str) -> dict[str, int]:
        """Return how many papers each list of a kind has, in the order of the names."""
        return dict(
            self.memory.rows(
                "SELECT name, count(*) FROM way WHERE kind = ? GROUP BY name ORDER BY name", kind
            )
        )

    def entries(self, kind: str, name: str) -> list[Entry]:
        """Return what a list is planned from; all papers, if it has no kind."""
        if not kind:
            return [*self.each_entry()]
        rows = self.memory.rows(f"{_ENTRY} {_LISTED} ORDER BY p.place", kind, name)
        entries = map(Entry._make, rows)
        return self._as_listed(name, entries) if kind == "collections" else [*entries]

    def each_list(self, kind: str) -> Iterator[tuple[str, list[Entry]]]:
        """Yield the name of each list of a kind, and what it is planned from, in the order of the names."""
        query = (
            f"{_ENTRY}, w.name FROM way w JOIN paper p USING (no) WHERE w.kind = ? ORDER BY w.name, p.place"
        )
        for name, rows in groupby(self.memory.each(query, kind), itemgetter(-1)):
            yield name, [Entry._make(row[:-1]) for row in rows]

    def _as_listed(self, collection: str, entries: Iterable[Entry]) -> list[Entry]:
        """Return papers as a collection has them: first those that it lists, then those that name it."""
        by_id = {entry.id: entry for entry in entries}
        listed = [listed.id for listed in self.collection(collection).papers]
        owners = self.owners(listed)
        order = dict.fromkeys([*(owners[name] for name in listed if name in owners), *by_id])
        return [by_id[paper_id] for paper_id in order]

    def each_entry(self) -> Iterator[Entry]:
        """Yield what lists are planned from, of all papers."""
        for entry in map(Entry._make, self.memory.each(f"{_ENTRY} FROM paper p ORDER BY p.place")):
            self._know(entry)
            yield entry

    def _know(self, entry: Entry) -> None:
        if len(self._known) < _KNOWN:
            self._known[entry.id] = entry

    def first(self, most: int) -> list[Entry]:
        """Return the first papers in the order of the archive: only dated ones, if there are any."""
        first = self.memory.rows(f"{_ENTRY} FROM paper p ORDER BY p.place LIMIT ?", most)
        return [entry for entry in map(Entry._make, first) if entry.date or not first[0][2]]

    def entry(self, paper_id: str) -> Entry | None:
        """Return what lists are planned from, of a paper by its id; None if there is none."""
        if paper_id not in self._known:
            rows = self.memory.rows(f"{_ENTRY} FROM paper p WHERE p.id = ?", paper_id)
            return Entry._make(rows[0]) if rows else None
        return self._known[paper_id]

    def read(self) -> Iterator[Paper]:
        """Yield all papers."""
        query = f"{_ENTRY}, r.record, r.abstract, p.changes {_WHOLE} ORDER BY p.place"
        for *entry, record, abstract, changes in self.memory.each(query):
            paper = unpack(record, abstract, changes)
            self._know(Entry._make(entry))
            if len(self._held) < _HELD:
                self._held[paper.id] = paper
            yield paper

    def key(self, paper: Paper) -> str:
        """Return a hash of all that lists and feeds show of a paper."""
        entry = self.entry(paper.id)
        return entry.key if entry else ""

    def arrivals(self, kind: str = "", name: str = "") -> Iterator[tuple[Entry, str]]:
        """Yield the papers of a list as feeds have them, each with the day on which it was added, the latest first.

        Papers of one day are in an order that depends on their ids alone.
        """
        chosen = f"{_LISTED} AND" if kind else "FROM paper p WHERE"
        query = f"{_ENTRY}, substr(p.arrival, 1, 10) {chosen} p.arrival != '' ORDER BY p.arrival DESC"
        for *entry, day in self.memory.each(query, *((kind, name) if kind else ())):
            yield Entry._make(entry), day

    def paper(self, paper_id: str) -> Paper | None:
        """Return a paper by its id; None if there is none."""
        if paper_id not in self._held:
            query = f"SELECT r.record, r.abstract, p.changes {_WHOLE} WHERE p.id = ?"
            for row in self.memory.rows(query, paper_id):
                if len(self._held) >= _HELD:
                    self._held.clear()
                self._held[paper_id] = unpack(*row)
        return self._held.get(paper_id)

    def of_entry(self, entry: Entry) -> Paper:
        """Return the paper of an entry."""
        paper = self.paper(entry.id)
        if not paper:
            raise LookupError(entry.id)
        return paper

    def around(self, entry: Entry) -> tuple[Entry | None, Entry | None]:
        """Return the papers before and after one in the order of the archive; None where there is none."""
        place = "(SELECT place FROM paper WHERE id = ?)"
        before = f"{_ENTRY} FROM paper p WHERE p.place < {place} ORDER BY p.place DESC LIMIT 1"
        after = f"{_ENTRY} FROM paper p WHERE p.place > {place} ORDER BY p.place LIMIT 1"
        newer, older = (self.memory.rows(query, entry.id) for query in (before, after))
        return Entry._make(newer[0]) if newer else None, Entry._make(older[0]) if older else None

    def owners(self, names: Iterable[str]) -> dict[str, str]:
        """Return the id of the paper to which each name belongs, as its id or an alias; unknown names are left out."""
        asked, found = [*dict.fromkeys(names)], dict[str, str]()
        for start in range(0, len(asked), _MANY):
            some = asked[start : start + _MANY]
            marks = ", ".join("?" * len(some))
            query = f"""SELECT alias, min(id) FROM alias WHERE alias IN ({marks}) GROUP BY alias
                UNION ALL SELECT id, id FROM paper WHERE id IN ({marks})"""
            found |= self.memory.rows(query, *some, *some)
        return found

    def listing(self, name: str) -> list[tuple[Paper, Listed]]:
        """Return the papers of a collection in its own order, each with its entry there; a paper may have two."""
        listed = self.collection(name).papers
        owners = self.owners(one.id for one in listed)
        pairs = [(owners[one.id], one) for one in listed if one.id in owners]
        ids = {paper_id for paper_id, _ in pairs}
        pairs += [
            (entry.id, Listed(entry.id)) for entry in self.entries("collections", name) if entry.id not in ids
        ]
        return [(paper, one) for paper_id, one in pairs if (paper := self.paper(paper_id))]

    def collections_of(self, paper: Paper) -> list[str]:
        """Return the names of the collections that list a paper."""
        return self.listings.of(paper)

    def standing(self, paper: Paper) -> Standing | None:
        """Return the proceedings in which a paper was published, with its entry there."""
        return self.listings.standing(paper)

    def put_in_searches(
        self, names: Iterable[str], matches: Iterable[tuple[str, str]], ids: Iterable[str] | None = None
    ) -> set[str]:
        """Set the papers of the saved searches; return the names of those to which papers belong or belonged.

        Args:
            names: of all saved searches.
            matches: the name of a search and the id of a paper, for each match.
            ids: of the papers whose matches they are; without, all.
        """
        if ids is None:
            self.memory.rows("DELETE FROM way WHERE kind = 'searches'")
        changed = set[str]()
        for paper_id in ids or ():
            of_paper = "kind = 'searches' AND no = (SELECT no FROM paper WHERE id = ?)"
            changed |= {
                name for (name,) in self.memory.rows(f"SELECT name FROM way WHERE {of_paper}", paper_id)
            }
            self.memory.rows(f"DELETE FROM way WHERE {of_paper}", paper_id)
        found = [*matches]
        self.memory.write(
            "INSERT INTO way VALUES ('searches', ?, (SELECT no FROM paper WHERE id = ?))", found
        )
        self.searches = Index(self, "searches", names)
        return changed | {name for name, _ in found}

    def tag(self, name: str) -> Tag:
        """Return a tag's entry in the taxonomy, or one with the name alone."""
        return self.taxonomy.get(name) or Tag(name, name.replace("-", " "))

    def collection(self, name: str) -> Collection:
        """Return the curator's file for a collection, or one with the name alone."""
        return self.collections.get(name) or Collection(name, name)

    def label(self, tag: str) -> str:
        """Return a tag's name for readers."""
        return self.tag(tag).label

    def years_of_tags(self) -> dict[str, Counter[str]]:
        """Return how many papers of each year each tag has; "" for those without a date."""
        years = defaultdict[str, Counter[str]](Counter)
        for tags, year in self.memory.each("SELECT tags, substr(date, 1, 4) FROM paper"):
            for tag in tags.split():
                years[tag][year] += 1
        return years

    def names(self) -> dict[str, Name]:
        """Return the family and the given name of each author, by the label, as indexes have them."""
        query = "SELECT name, min(family), given FROM author WHERE family != '' GROUP BY name"
        said = {name: Author(name, given, family) for name, family, given in self.memory.rows(query)}

        def written(label: str) -> Name:
            person = self.register.person(label)
            known = (said[spelling] for spelling in person.spellings if spelling in said and not person.sort)
            return self.register.written(next(known, Author(person.name, orcid=person.orcid, id=person.id)))

        return {label: written(label) for label in self.authors}

    def behind(self, label: str, most: int) -> dict[str, str]:
        """Return an author's name in each paper that names at least so many other authors before, by the paper's id."""
        person = self.register.person(label)
        marks = ", ".join("?" * len(person.spellings))
        query = f"""SELECT p.id, a.place, a.name, a.id, a.orcid FROM author a JOIN paper p USING (no) WHERE a.name IN ({marks})
            OR a.id != '' AND a.id = ? OR a.orcid != '' AND a.orcid = ? ORDER BY a.place DESC"""
        places = {}
        for paper_id, place, name, author_id, orcid in self.memory.rows(
            query, *person.spellings, person.id, person.orcid
        ):
            if self.register.label(Author(name, id=author_id, orcid=orcid)) == label:
                places[paper_id] = place, name
        return {paper_id: name for paper_id, (place, name) in places.items() if place >= most}

    def coarse(self) -> dict[str, int]:
        """Return how many papers have a year and no month, by the year."""
        return dict(self.memory.rows("SELECT date, count(*) FROM paper WHERE length(date) = 4 GROUP BY date"))

    def kinds(self) -> list[str]:
        """Return the kinds of links that papers have, sorted."""
        return [*self.sizes("links")]

    def statuses(self) -> dict[str, str]:
        """Return the status of each paper that has one, by the id."""
        return dict(self.memory.rows("SELECT id, status FROM paper WHERE status != ''"))

    def citekey(self, paper: Paper) -> str:
        """Return a paper's key in bibliographies: its citekey if that is unique, else its id.

        Keys that differ only in case are the same key.
        """
        key = bare_key(paper.citekey)
        if not key:
            return paper.id
        query = "SELECT id FROM paper WHERE citekey = ? AND id != ? UNION ALL SELECT id FROM paper WHERE id = ? AND id != ?"
        others = self.memory.rows(query, key.lower(), paper.id, key.lower(), key if key == paper.id else "")
        return paper.id if others else key
