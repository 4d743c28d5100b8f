"""The archive as rows: what each paper is in the archive, and which lists it is in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.archive import Archive
from regesta.archive.curated import TABLES as CURATED
from regesta.archive.curated import Curated, look
from regesta.archive.listings import Listings
from regesta.archive.publication import bare_key, dated_by_proceedings
from regesta.archive.records import differences, unpack
from regesta.archive.ways import lists_of
from regesta.archive.who_is_who import Register
from regesta.content.paper import Author
from regesta.content.paper_files import taken_alias
from regesta.memory import Memory
from regesta.text.batches import batches
from regesta.text.dates import second_of_day
from regesta.text.strings import ascii_letters, digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from regesta.archive.touched import List, Touched
    from regesta.content.authors import Person
    from regesta.content.collections import Collection
    from regesta.content.paper import Paper
    from regesta.content.taxonomy import Tag
    from regesta.errors import Problem

#: `paper` has a row for each paper of the archive, with the number of its file. `place` and `arrival` sort papers as the
#: archive and as feeds do; `inferred` says whether `date` was; `changes` are the fields in which a paper differs from its file.
#: `author` has a row for each author of each paper, with the place there, from 0.
TABLES = {
    "paper": """(no INTEGER PRIMARY KEY, id TEXT UNIQUE, key TEXT, date TEXT, lastmod TEXT, title TEXT, place TEXT,
        arrival TEXT, newest TEXT, featured TEXT, inferred INT, tags TEXT, citekey TEXT,
        comments INT, upvotes INT, status TEXT, changes)""",
    "alias": "(alias TEXT, id TEXT, PRIMARY KEY (alias, id)) WITHOUT ROWID",
    "author": "(no INT, place INT, name TEXT, id TEXT, orcid TEXT, family TEXT, given TEXT)",
    **CURATED,
    "attached": "(id TEXT PRIMARY KEY, files)",
    "way": "(kind TEXT, name TEXT, no INT)",
}
_INDEXES = (
    "CREATE INDEX paper_place ON paper (place)",
    "CREATE INDEX paper_arrival ON paper (arrival)",
    "CREATE INDEX paper_lastmod ON paper (lastmod)",
    "CREATE INDEX paper_comments ON paper (comments DESC, upvotes DESC, place) WHERE comments > 0 OR upvotes > 0",
    "CREATE INDEX paper_status ON paper (status, place) WHERE status != ''",
    "CREATE INDEX paper_citekey ON paper (citekey) WHERE citekey != ''",
    "CREATE INDEX author_no ON author (no)",
    "CREATE INDEX author_name ON author (name)",
    "CREATE INDEX author_id ON author (id) WHERE id != ''",
    "CREATE INDEX author_orcid ON author (orcid) WHERE orcid != ''",
    "CREATE INDEX author_family ON author (name, family, given) WHERE family != ''",
    "CREATE UNIQUE INDEX way_name ON way (kind, name, no)",
    "CREATE INDEX way_no ON way (no)",
)
_BATCH = 500  # papers
_LATEST_FIRST = str.maketrans("0123456789", "9876543210")
#: The files whose papers are in the archive: of several with one id, the first by name.
_CHOSEN = """FROM paper_file f JOIN record r USING (no)
    WHERE f.id NOT NULL AND f.name = (SELECT min(name) FROM paper_file WHERE id = f.id)"""
_SOME = "IN (SELECT id FROM chosen)"


class _Row(NamedTuple):
    """A paper of the archive, the number and the hash of its file, and the fields in which it differs from that."""

    no: int
    key: str
    paper: Paper
    changes: str


class ArchiveRows:
    """Fills and changes the rows of the archive.

    Args:
        memory: where they are.
        curated: the curator's entries.
        valid_for: a hash of the code.

    Attributes:
        is_empty: whether there are no rows, so that all papers have to be put in.
        changes: which of the curator's entries are other than at the last build.
    """

    def __init__(
        self,
        memory: Memory,
        curated: Curated,
        valid_for: str,
    ) -> None:
        self.memory, self._curated, self._listings = memory, curated, Listings(curated.collections)
        self._present = {alias: tag.tag for tag in curated.taxonomy.values() for alias in tag.aliases}
        # A venue that is a collection gets no page of its own: the collection's says more.
        self._titles = {collection.title for collection in curated.collections.values()}
        self._register: Register | None = None  # as the rows are now
        self.is_empty = not memory.recall("archive", valid_for, TABLES)
        memory.rows("CREATE TEMP TABLE IF NOT EXISTS chosen (id TEXT PRIMARY KEY)")
        self.changes = look(memory, curated)

    def archive(self) -> Archive:
        """Return the archive as it is now."""
        return Archive(
            self.memory, self._curated.taxonomy, self._curated.collections, self._listings, self.register()
        )

    def register(self, people: Iterable[Person] | None = None) -> Register:
        """Return who the authors are by the rows and the curator's entries, or by other entries."""
        if people is None and self._register:
            return self._register
        with_ids = self.memory.rows(
            "SELECT DISTINCT name, id, orcid FROM author WHERE id != '' ORDER BY 1, 2, 3"
        )
        if people is not None:
            return Register(people, with_ids, self._orcids_of)
        self._register = Register(self._curated.people, with_ids, self._orcids_of)
        return self._register

    def _orcids_of(self, name: str) -> set[str]:
        query = "SELECT DISTINCT orcid FROM author WHERE name = ? AND id = ''"
        return {orcid for (orcid,) in self.memory.rows(query, name)}

    def choose(self, ids: Iterable[str]) -> None:
        """Choose the papers of which the next queries speak."""
        self.memory.rows("DELETE FROM chosen")
        self.memory.write("INSERT OR IGNORE INTO chosen VALUES (?)", ((paper_id,) for paper_id in ids))

    def put_all(self) -> Iterator[Paper]:
        """Fill the empty rows with all papers, while these are yielded."""
        yield from self._put("")
        for index in _INDEXES:  # faster than to keep them up to date from the first row
            self.memory.rows(index)
        self.label()

    def put(self, ids: Iterable[str]) -> None:
        """Put in some papers as their files are now; `label` is to follow."""
        self.choose(ids)
        self._register = None
        for _ in self._put(f"AND f.id {_SOME}"):
            pass

    def take_out(self, ids: Iterable[str]) -> None:
        """Take out the rows of some papers."""
        self._register = None
        self.choose(ids)
        for table in ("author", "way"):
            self.memory.rows(f"DELETE FROM {table} WHERE no IN (SELECT no FROM paper WHERE id {_SOME})")
        for table in ("paper", "alias"):
            self.memory.rows(f"DELETE FROM {table} WHERE id {_SOME}")

    def label(self, ids: Iterable[str] | None = None) -> None:
        """Put in the lists of authors that some papers are in; all papers, without ids."""
        register, query = self.register(), "SELECT name, id, orcid, no FROM author"
        if ids is not None:
            self.choose(ids)
            some = f"no IN (SELECT no FROM paper WHERE id {_SOME})"
            self.memory.rows(f"DELETE FROM way WHERE kind = 'authors' AND {some}")
            query += f" WHERE {some}"
        found = self.memory.each(query)
        ways = (
            ("authors", register.label(Author(name, id=author_id, orcid=orcid)), no)
            for name, author_id, orcid, no in found
        )
        self.memory.write("INSERT OR IGNORE INTO way VALUES (?, ?, ?)", ways)

    def papers_in(self, kind: str, name: str) -> set[str]:
        """Return the ids of the papers in a list."""
        query = "SELECT id FROM way JOIN paper USING (no) WHERE kind = ? AND name = ?"
        return {paper_id for (paper_id,) in self.memory.rows(query, kind, name)}

    def lists_of(self, ids: Iterable[str]) -> set[List]:
        """Return the lists that some papers are in."""
        self.choose(ids)
        query = f"SELECT DISTINCT kind, name FROM paper JOIN way USING (no) WHERE id {_SOME}"
        return {(kind, name) for kind, name in self.memory.rows(query)}

    def of_curated(self) -> set[str]:
        """Return the papers that the changed entries of tags and collections concern, or concerned."""
        changes, archive = self.changes, self.archive()
        # A paper may have the venue of its proceedings, and that may be the title of another collection.
        lending = {name for name, one in self._curated.collections.items() if one.venue in changes.titles}
        lists = {("tags", name) for name in changes.tags}
        lists |= {("collections", name) for name in changes.collections | lending}
        ids = {paper_id for own in lists for paper_id in self.papers_in(*own)}
        listed = (one.id for name in changes.collections for one in archive.collection(name).papers)
        ids |= {*archive.owners(listed).values()}
        query = "SELECT id FROM paper_file JOIN record USING (no) WHERE json_extract(record, '$.venue') = ?"
        return ids | {paper_id for title in changes.titles for (paper_id,) in self.memory.rows(query, title)}

    def note_attached(self, files: Mapping[str, str], touched: Touched) -> None:
        """Note the files of each paper, and which papers have others than before.

        Args:
            files: a text that tells a paper's files from others, by its id.
            touched: the papers with other files are added, and all lists that they are in.
        """
        before = dict(self.memory.rows("SELECT id, files FROM attached"))
        changed = {
            paper_id
            for paper_id in before.keys() | files.keys()
            if before.get(paper_id) != files.get(paper_id)
        }
        if changed:
            self.memory.rows("DELETE FROM attached")
            self.memory.write("INSERT INTO attached VALUES (?, ?)", files.items())
            touched.lists |= self.lists_of(changed)
            touched.papers |= changed
            touched.texts |= changed

    def problems(self, content: Path) -> Iterator[Problem]:
        """Yield a problem for each alias that belongs to another paper; `content` is the folder of the archive."""
        query = """SELECT a.alias, f.name, owner.name FROM alias a
            JOIN paper_file f ON f.id = a.id AND f.name = (SELECT min(name) FROM paper_file WHERE id = f.id)
            JOIN paper_file owner ON owner.id = ifnull((SELECT id FROM paper WHERE id = a.alias),
                (SELECT min(id) FROM alias WHERE alias = a.alias))
            AND owner.name = (SELECT min(name) FROM paper_file WHERE id = owner.id)
            WHERE owner.id != a.id OR a.alias = a.id ORDER BY a.id, a.alias"""
        for alias, name, owner in self.memory.each(query):
            yield taken_alias(content / name, name, alias, owner)

    def papers_now(self, ids: Iterable[str]) -> Iterator[Paper]:
        """Yield some papers as their files are now."""
        self.choose(ids)
        rows = self.memory.rows(f"SELECT r.record, r.abstract {_CHOSEN} AND f.id {_SOME} ORDER BY f.id")
        return (unpack(*row) for row in rows)

    def _put(self, some: str) -> Iterator[Paper]:
        with_aliases = f"SELECT f.id, r.record {_CHOSEN} {some} AND r.record LIKE '%\"aliases\":%'"
        pairs = (
            (alias, paper_id)
            for paper_id, record in self.memory.rows(with_aliases)
            for alias in unpack(record, "").aliases
        )
        self.memory.write("INSERT OR IGNORE INTO alias VALUES (?, ?)", pairs)
        query = f"SELECT f.no, f.key, r.record, r.abstract {_CHOSEN} {some} ORDER BY f.id"
        rows = map(self._row, self.memory.each(query))
        for batch in batches(rows, _BATCH):
            self._insert(batch)
            yield from (row.paper for row in batch)

    def _row(self, found: tuple[int, str, str, str]) -> _Row:
        no, key, record, abstract = found
        raw = unpack(record, abstract)
        paper = self._with_present_tags(self._with_own_aliases(raw) if raw.aliases else raw)
        paper = dated_by_proceedings(paper, self._listings.standing(paper))
        return _Row(no, key, paper, differences(raw, paper) if paper is not raw else "")

    def _with_own_aliases(self, paper: Paper) -> Paper:
        """Return a paper without aliases that belong to another paper."""
        query = """SELECT alias FROM alias a WHERE id = ? AND alias != id AND NOT EXISTS (SELECT 1 FROM paper_file WHERE id = a.alias)
            AND id = (SELECT min(id) FROM alias WHERE alias = a.alias)"""
        own = {alias for (alias,) in self.memory.rows(query, paper.id)}
        return replace(paper, aliases=tuple(alias for alias in dict.fromkeys(paper.aliases) if alias in own))

    def _with_present_tags(self, paper: Paper) -> Paper:
        """Return a paper with the present names of its tags, where it has old ones."""
        if self._present.keys().isdisjoint(paper.tags):
            return paper
        return replace(paper, tags=tuple(dict.fromkeys(self._present.get(tag, tag) for tag in paper.tags)))

    def _insert(self, batch: Iterable[_Row]) -> None:
        papers, authors, ways = [], [], []
        for row in batch:
            papers.append(self._columns(row))
            people = enumerate(row.paper.authors)
            authors += [(row.no, place, a.name, a.id, a.orcid, a.family, a.given) for place, a in people]
            lists = lists_of(row.paper, self._listings, self._titles)
            ways += [(kind, name, row.no) for kind, name in dict.fromkeys(lists) if name]
        self.memory.write(
            "INSERT INTO paper VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", papers
        )
        self.memory.write("INSERT INTO author VALUES (?, ?, ?, ?, ?, ?, ?)", authors)
        self.memory.write("INSERT INTO way VALUES (?, ?, ?)", ways)

    def _columns(self, row: _Row) -> tuple[object, ...]:
        paper, date = row.paper, row.paper.date
        taxonomy = self._curated.taxonomy
        tags = [(tag, taxonomy[tag].label if tag in taxonomy else "") for tag in paper.tags]
        lastmod = max(paper.added, paper.featured, paper.updated)
        return (
            row.no,
            paper.id,
            # The date may come from the paper's proceedings, a tag may have another name and a label.
            digest(f"{paper.id} {row.key} {paper.published} {paper.inferred} {tags}"),
            date,
            lastmod,
            paper.title,
            f"{date.translate(_LATEST_FIRST)}~{ascii_letters(paper.title)}\1{paper.id}",
            f"{paper.added} {second_of_day(paper.added + paper.id):04} {paper.id}" if paper.added else "",
            max(lastmod, paper.register_day),
            paper.featured,
            paper.is_inferred,
            " ".join(paper.tags),
            bare_key(paper.citekey).lower(),
            paper.comments,
            paper.upvotes,
            paper.status,
            row.changes,
        )


def make_archive(
    papers: Iterable[Paper],
    taxonomy: dict[str, Tag],
    collections: dict[str, Collection],
    people: Iterable[Person] = (),
) -> Archive:
    """Return the archive of some papers, in a memory of its own.

    Args:
        papers: all papers.
        taxonomy: the curator's entry for each tag.
        collections: the curator's file for each collection.
        people: the curator's entries for authors.
    """
    from regesta.archive.paper_rows import PaperRows

    memory = Memory()
    PaperRows(memory).put(papers)
    rows = ArchiveRows(memory, Curated(taxonomy, collections, [*people]), "")
    for _ in rows.put_all():
        pass
    return rows.archive()
