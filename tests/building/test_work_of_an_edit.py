"""The cost of one edit, counted and not timed: paper files read, drafts made, templates compiled."""

import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
from jinja2 import Environment

from helpers import new_root
from regesta.building import plan
from regesta.cli import main
from regesta.search import layering

_SUBJECTS = "moss rivers bread kites bridges tea gardens walls".split()


class Work:
    """What the builds of this process do while it is `watched`.

    Attributes:
        read: names of the paper files that were read, as often as they were.
        made: paths of the drafts that were made.
        compiled: names of the templates that were compiled.
    """

    def __init__(self, monkeypatch):
        self.read, self.made, self.compiled = [], [], []
        self._is_watched = False
        plan_site, compile_ = plan.plan_site, Environment.compile

        def planned(*arguments):
            return [draft._replace(make=self._counted(draft)) for draft in plan_site(*arguments)]

        def compiled(environment, source, name=None, *others, **options):
            self.compiled.append(name)
            return compile_(environment, source, name, *others, **options)

        monkeypatch.setattr(plan, "plan_site", planned)
        monkeypatch.setattr(Environment, "compile", compiled)
        sys.addaudithook(self._see)  # sees every file that is opened, in whatever way; it cannot be removed

    def _counted(self, draft):
        def make():
            self.made.append(draft.path)
            return draft.make()

        return make

    def _see(self, event, arguments):
        if self._is_watched and event == "open" and str(arguments[0]).endswith(".md"):
            self.read.append(Path(arguments[0]).name)

    @contextmanager
    def watched(self):
        """Count what happens inside, from zero."""
        for counted in (self.read, self.made, self.compiled):
            counted.clear()
        self._is_watched = True
        yield self
        self._is_watched = False


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
    for number in range(79):
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
        "feed.xml",
        "papers/paper-77/index.html",
        "search/manifest.json",
        "search/recent/",
        "tags/tea/feed.xml",
        "tags/tea/page/1/index.html",
    ]
    assert len(set(work.read)) <= 17
    assert len(work.read) <= 28  # pages, feeds and the index each read a paper again
    assert work.compiled == []


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
        "papers/paper-33/index.html",
        "search/base/",
        "search/manifest.json",
        "tags/rivers/index.html",
    ]
    assert len(set(work.read)) <= 17
    assert len(work.read) <= 28
    assert work.compiled == []


def test_files_that_only_look_new(archive, work):
    """As after a fresh checkout: each is read once, to see that it did not change, and nothing is made."""
    for path in (archive / "content/papers").iterdir():
        path.touch()
    with work.watched():
        build(archive)
    assert sorted(work.read) == sorted(path.name for path in (archive / "content/papers").iterdir())
    assert work.made == []
