"""The cost of one edit, counted and not timed: papers read, parsed and held, drafts planned and made, templates compiled."""

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from jinja2 import Environment

from helpers import new_root
from regesta.archive import paper_rows
from regesta.cli import main
from regesta.content.paper import Paper
from regesta.pages.page import Draft
from regesta.search import layering

_PAPERS = 79
_SUBJECTS = "moss rivers bread kites bridges tea gardens walls".split()


class Work:
    """What the builds of this process do while it is `watched`.

    Attributes:
        read: names of the paper files that were read, as often as they were.
        parsed: names of the paper files whose text was parsed.
        papers: titles of the papers that were made in memory: from a file, from the cache, or as a copy.
        planned: paths of the drafts that were planned.
        made: paths of the drafts that were made.
        compiled: names of the templates that were compiled.
    """

    def __init__(self, monkeypatch):
        self._is_watched = False
        self.read, self.parsed, self.papers = [], [], []
        self.planned, self.made, self.compiled = [], [], []
        parse, compile_ = paper_rows.parse, Environment.compile
        new_paper, new_draft = Paper.__init__, Draft.__new__

        def parsed(text, stem, name):
            self.parsed.append(Path(name).name)
            return parse(text, stem, name)

        def paper(made, title, *values, **fields):
            self.papers.append(title)
            new_paper(made, title, *values, **fields)

        def draft(kind, path, fingerprint, make, *others):
            self.planned.append(path)
            return new_draft(kind, path, fingerprint, self._counted(path, make), *others)

        def compiled(environment, source, name=None, *others, **options):
            self.compiled.append(name)
            return compile_(environment, source, name, *others, **options)

        monkeypatch.setattr(paper_rows, "parse", parsed)
        monkeypatch.setattr(Paper, "__init__", paper)
        monkeypatch.setattr(Draft, "__new__", draft)
        monkeypatch.setattr(Environment, "compile", compiled)
        sys.addaudithook(self._see)  # sees every file that is opened, in whatever way; it cannot be removed

    def _counted(self, path, make):
        def counted():
            self.made.append(path)
            return make()

        return counted

    def _see(self, event, arguments):
        if self._is_watched and event == "open" and str(arguments[0]).endswith(".md"):
            name = Path(arguments[0]).name
            self.read += [] if name == "index.md" else [name]  # which is written

    @contextmanager
    def watched(self):
        """Count what happens inside, from zero."""
        for counted in (self.read, self.parsed, self.papers, self.planned, self.made, self.compiled):
            counted.clear()
        self._is_watched = True
        yield self
        self._is_watched = False

    def is_bounded(self, papers, drafts):
        """Make sure that no more papers were held, from a file or from rows, and no more files planned, than the edit touches."""
        assert len(self.papers) <= papers
        assert len(self.planned) <= drafts


@pytest.fixture
def work(monkeypatch):
    return Work(monkeypatch)


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A built archive of 79 papers, 76 of them in the base of the search index; its files are not fresh."""
    monkeypatch.setattr(layering, "_SMALL", 8)
    monkeypatch.setattr("regesta.content.find_files._TICK", 0)
    root = new_root(tmp_path / "archive")
    (root / "content/archive.yaml").write_text("title: Our papers\npage_size: 5\nfeed_size: 5\n")
    for number in range(_PAPERS):
        write(root, number, "Its abstract.")
    build(root)
    return root


def write(root, number, text):
    subject = _SUBJECTS[number % len(_SUBJECTS)]
    lines = [
        f"title: Paper {number} of {subject}",
        f'published: "{2019 + number % 7}-0{1 + number % 6}-10"',
        f"tags: [{subject}]",
        f'added: "2026-01-{1 + number // 4:02}"',
    ]
    path = root / f"content/papers/paper-{number}.md"
    path.write_text("\n".join(["---", *lines, "---", "", text, ""]), encoding="utf-8")


def build(root):
    assert main(["build", "--root", str(root)]) == 0


def test_an_edit_of_a_new_paper(archive, work):
    """It makes the pages and feeds that show the paper, and a layer of three; it reads the papers on them, too."""
    write(archive, 77, "Another abstract.")
    with work.watched():
        build(archive)
    assert sorted(work.made) == [
        "2019/06/10/index.html",
        "2019/06/index.html",
        "2019/W24/index.html",
        "2019/index.html",
        "added/2026-01-20/index.html",
        "atom.xml",
        "feed.json",
        "feed.xml",
        "feeds/2026-01-20.xml",
        "feeds/daily.xml",
        "papers.jsonl",
        "papers.sha256",
        "papers/paper-77/index.html",
        "papers/paper-77/index.md",
        "search/manifest.json",
        "search/recent/",
        "tags/tea/feed.xml",
        "tags/tea/page/1/index.html",
    ]
    assert work.read == work.parsed == ["paper-77.md"]
    assert work.compiled == []
    work.is_bounded(20, 70)


def test_an_edit_of_an_old_paper(archive, work):
    """As above; its layer of 76 papers is changed, for which only this one is read."""
    write(archive, 33, "Another abstract.")
    with work.watched():
        build(archive)
    assert sorted(work.made) == [
        "2024/04/10/index.html",
        "2024/04/index.html",
        "2024/W15/index.html",
        "2024/index.html",
        "added/2026-01-09/index.html",
        "feeds/2026-01-09.xml",
        "feeds/weekly.xml",
        "papers.jsonl",
        "papers.sha256",
        "papers/paper-33/index.html",
        "papers/paper-33/index.md",
        "search/base/",
        "search/manifest.json",
        "tags/rivers/index.html",
    ]
    assert work.read == work.parsed == ["paper-33.md"]
    assert work.compiled == []
    work.is_bounded(19, 70)


def test_files_that_only_look_new(archive, work):
    """As after a fresh checkout: each is read once, to see that it did not change, and nothing is made."""
    for path in (archive / "content/papers").iterdir():
        path.touch()
    with work.watched():
        build(archive)
    assert sorted(work.read) == sorted(path.name for path in (archive / "content/papers").iterdir())
    assert (work.parsed, work.made) == ([], [])
    work.is_bounded(12, 49)


def replace(root, name, old, new):
    path = root / "content" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


#: An edit: the file, what stands there, and what then; how many papers are read for it, how many held, and how many files
#: planned and made. Another title of the archive stands on every page.
OTHER_EDITS = {
    "a title": ("papers/paper-33.md", "title: Paper", "title: A paper", 1, 19, 75, 32),
    "a date": ("papers/paper-33.md", '"2024-04-10"', '"2024-05-01"', 1, 19, 79, 27),
    "a tag": ("papers/paper-33.md", "[rivers]", "[moss]", 1, 19, 91, 35),
    "an author": ("papers/paper-33.md", "tags:", "authors: [Ada Moss]\ntags:", 1, 19, 75, 23),
    "a collection": ("collections/few.md", "[paper-1]", "[paper-1, paper-77]", 0, 23, 105, 16),
    "a saved search": ("archive.yaml", "kites", "tag:moss", 0, 79, 59, 10),
    "a setting": ("archive.yaml", "Our papers", "Your papers", 0, 79, 452, 449),
}


@pytest.mark.parametrize("edit", OTHER_EDITS)
def test_other_edits(archive, work, edit):
    """No more papers are read than the edit concerns, and no more files made than show it."""
    (archive / "content/collections").mkdir()
    (archive / "content/collections/few.md").write_text("---\npapers: [paper-1]\n---\n")
    replace(
        archive, "archive.yaml", "feed_size: 5", "feed_size: 5\nsearches: {one: {title: One, query: kites}}"
    )
    write(archive, 1, "By an author.")
    replace(archive, "papers/paper-1.md", "tags:", "authors: [Ben Kite]\ntags:")
    build(archive)
    name, old, new, read, papers, planned, made = OTHER_EDITS[edit]
    replace(archive, name, old, new)
    with work.watched():
        build(archive)
    assert len({name for name in work.read if name.startswith("paper-")}) == read
    assert len(work.parsed) == read
    assert len(work.made) <= made
    work.is_bounded(papers, planned)
