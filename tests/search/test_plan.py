"""The plan of the search index: whatever was edited, the files are those of a clean build, and little is made."""

import json
import os
import random
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from curator import bytes_of
from helpers import FIXTURES, clone, english, site_of
from regesta.cli import main
from regesta.content.collections import Collection
from regesta.content.paper import Author, Paper
from regesta.content.taxonomy import Tag
from regesta.memory import Memory
from regesta.pages.catalogue import Catalogue
from regesta.pages.page import Draft
from regesta.pages.site import Site
from regesta.search import index
from regesta.search.index import plan, search_document
from regesta.search.layering import layers


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let few papers fill two layers, groups and shards, and be changed where one in eight or more changed."""
    monkeypatch.setattr("regesta.search.layering._SMALL", 16)
    monkeypatch.setattr("regesta.search.documents._GAPS", ((40, 4, 4), (1000, 6, 8)))
    monkeypatch.setattr("regesta.search.difference._SHARE", 1)


class Files:
    """A site's files by path, each with what it was made from."""

    def __init__(self, files: Mapping[str, tuple[str, bytes]]) -> None:
        self.files = files

    def read(self, path: str, fingerprint: str | None = None) -> bytes:
        """Return a file that was made from that."""
        known, data = self.files.get(path, (None, b""))
        if known is None or fingerprint not in (None, known):
            raise FileNotFoundError(path)
        return data

    def names(self, folder: str, fingerprint: str) -> set[str]:
        """Return the paths of the files below a folder that was made from that."""
        below = {path: known for path, (known, _) in self.files.items() if path.startswith(folder)}
        return {*below} if fingerprint in below.values() else set()

    def publish(self, drafts: Iterable[Draft]) -> None:
        """Make what was made from something else, take it, and drop all files that no draft names."""
        before, after = self.files, {}
        for draft in drafts:
            there = {path: file for path, file in before.items() if path.startswith(draft.path)}
            if {known for known, _ in there.values()} == {draft.fingerprint}:
                after |= there
                continue
            made = draft.make()
            files = {draft.path: made} if isinstance(made, bytes) else dict(made)
            for path, data in files.items():
                after[path] = draft.fingerprint, there[path][1] if data is None else data
        self.files = after


class Archive:
    """An archive whose papers and labels are edited by chance.

    Attributes:
        changed: the papers that may be other than at the last plan.
    """

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.papers: dict[str, Paper] = {}
        self.labels = {tag: tag for tag in ("moss", "tea", "walls")}
        self.titles = {name: name for name in ("autumn", "spring")}
        self.changed: set[str] = set()
        for number in range(70):
            self.write(f"p{number}")

    def day(self) -> str:
        """Return a day on which papers are added."""
        return f"2026-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"

    def words(self, most: int) -> str:
        """Return some words."""
        return " ".join(
            f"word{int(40 * self.random.random() ** 2)}" for _ in range(self.random.randint(1, most))
        )

    def write(self, paper_id: str) -> None:
        """Write a paper, or write it anew."""
        day = self.random.randint(1, 9)
        self.papers[paper_id] = Paper(
            self.words(4),
            self.words(20),
            id=paper_id,
            published=self.random.choice(["", "2024", f"2025-01-0{day}"]),
            added=self.day(),
            tags=tuple(self.random.sample([*self.labels], self.random.randint(0, 2))),
            collections=(*self.random.sample([*self.titles], self.random.randint(0, 1)),),
            authors=tuple(Author(name) for name in self.words(3).split()),
            links=self.random.choice(
                [{}, {"code": "https://example.org/1"}, {"abstract": "https://example.org/2"}]
            ),
        )
        self.changed.add(paper_id)

    def edit(self) -> None:
        """Make an edit."""
        some = self.random.choice([*self.papers])
        kind = self.random.choice(
            ["add", "add", "write", "word", "delete", "day", "tag", "collection", "nothing"]
        )
        if kind == "add":
            self.write(f"p{self.random.randint(0, 199)}")
        elif kind == "write":
            self.write(some)
        elif kind == "word":
            self.papers[some] = replace(self.papers[some], abstract=self.words(20))
            self.changed.add(some)
        elif kind == "delete" and len(self.papers) > 1:
            del self.papers[some]
            self.changed.add(some)
        elif kind == "day":
            self._shift_days()
        elif kind == "tag":
            self._relabel()
        elif kind == "collection":
            self.titles[self.random.choice([*self.titles])] = self.words(2)

    def _shift_days(self) -> None:
        """Let some papers be added on another day, so that the border between the layers may move."""
        day = self.day()
        for paper_id in self.random.sample([*self.papers], min(len(self.papers), 7)):
            self.papers[paper_id] = replace(self.papers[paper_id], added=day)
            self.changed.add(paper_id)

    def _relabel(self) -> None:
        tag = self.random.choice([*self.labels])
        self.labels[tag] = self.words(2)
        self.changed.update(paper.id for paper in self.papers.values() if tag in paper.tags)

    def site(self) -> Site:
        """Return what the index is planned from."""
        tags = [Tag(tag, label) for tag, label in self.labels.items()]
        collections = [Collection(name, title) for name, title in self.titles.items()]
        return site_of(self.papers.values(), tags, collections, whole_index=True)


@pytest.mark.parametrize("seed", range(int(os.environ.get("REGESTA_SEEDS", "6"))))
def test_after_any_edit_the_index_is_that_of_a_clean_build(tmp_path: Path, seed: int) -> None:
    """Papers come, go, change, and change their layer; tags and collections get other labels."""
    archive, files, borders = Archive(seed), Files({}), set()
    for step in range(int(os.environ.get("REGESTA_STEPS", "20"))):
        site, memory, clean = archive.site(), Memory(tmp_path / "memory.db"), Files({})
        is_all_named = archive.random.random() < 0.2
        files.publish(plan(site, files, memory, "", None if is_all_named else archive.changed))
        memory.commit()
        clean.publish(plan(site, clean, Memory(), ""))
        assert files.files == clean.files, f"seed {seed}, step {step}"
        borders.add(max(paper.added for paper in layers(site.archive.papers)["base"]))
        archive.changed = set()
        for _ in range(archive.random.choice([1, 1, 3])):
            archive.edit()
    assert len(borders) > 1


def test_only_papers_that_may_have_changed_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Neither for their rows, nor to make the files of their layer."""
    archive, files = Archive(1), Files({})
    memory = Memory(tmp_path / "memory.db")
    files.publish(plan(archive.site(), files, memory, ""))
    archive.papers["p3"] = replace(archive.papers["p3"], abstract="Gravel and otters.")
    looked_at: list[str] = []
    for name in ("searchable", "search_document"):
        called = getattr(index, name)
        monkeypatch.setattr(
            index,
            name,
            lambda a, paper, *more, called=called: looked_at.append(paper.id) or called(a, paper, *more),
        )
    drafts = [
        draft
        for draft in plan(archive.site(), files, memory, "", ["p3"])
        if not draft.path.endswith("lunr.json")
    ]
    files.publish(drafts)
    assert {*looked_at} == {"p3"}
    memory.close()


def test_results_show_no_other_strings_than_the_index_is_made_from() -> None:
    """Otherwise a changed string would leave the index as it was."""
    asked: set[str] = set()

    class Noted(Catalogue):
        def __call__(self, key: str, n: int | None = None, **values: object) -> str:
            asked.add(key)
            return super().__call__(key, n, **values)

    authors = tuple(Author(f"Author {number}") for number in range(5))
    papers = [
        Paper("A", id="a", authors=authors, status="retracted", published="2025-01-02"),
        Paper("B", id="b", authors_count=7, status="withdrawn", featured="2025-01-02"),
    ]
    site = site_of(papers)
    site.t = Noted(english().strings)
    for paper in papers:
        search_document(site, paper)
    assert asked == {*index.STRINGS} - {"short_months"}


def planned(latest: str, site: Mapping[str, tuple[str, bytes]]) -> dict[str, Draft]:
    """Return the drafts of the index of 64 papers and a latest one; the site holds files by path, each with what it was made from."""

    papers = [Paper(f"Moss {number}", id=f"p{number}", added="2025-01-01") for number in range(64)]
    site_now = site_of([*papers, Paper(latest, id="latest", added="2025-01-02")])
    return {draft.path: draft for draft in plan(site_now, Files(site), Memory(), "")}


@pytest.mark.parametrize("is_last", [True, False])
def test_the_manifest_is_right_whenever_it_is_made(monkeypatch: pytest.MonkeyPatch, *, is_last: bool) -> None:
    """It repeats those of the layers: the new one of a layer that changes, the published one of a layer that stays."""
    monkeypatch.setattr("regesta.search.layering._SMALL", 2)
    before = planned("Walls", {})
    site = {
        path: (draft.fingerprint, data)
        for draft in before.values()
        if draft.is_folder
        for path, data in draft.make()
    }
    in_base = b'{"documents":64,"made":"earlier"}'
    site["search/base/manifest.json"] = (before["search/base/"].fingerprint, in_base)
    after = planned("Walls and Roofs of the North", site)
    paths = ["search/manifest.json", "search/recent/"]
    made = {}
    for path in sorted(paths, reverse=is_last):
        content = after[path].make()
        made[path] = content if isinstance(content, bytes) else dict(content)
    assert json.loads(made["search/manifest.json"])["layers"] == [
        {"folder": "base", "documents": 64, "made": "earlier"},
        {"folder": "recent", **json.loads(made["search/recent/"]["search/recent/manifest.json"])},
    ]


def built(root: Path, capsys: pytest.CaptureFixture[str]) -> set[str]:
    """Build the site; return the paths of the files of the index that were written."""
    capsys.readouterr()
    assert main(["build", "--root", str(root), "--json"]) in (0, 1)
    changes = json.loads(capsys.readouterr().out)["changes"]
    return {path for path, _ in changes if path.startswith("search/") and path != "search/index.html"}


def test_settings_that_the_index_does_not_show_leave_its_files_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new title makes all pages again; the index is neither written nor made from all papers."""
    root = clone(FIXTURES / "archive", tmp_path / "archive")
    assert len(built(root, capsys)) > 5
    monkeypatch.setattr(index._Layer, "_whole", None)
    settings = root / "content/archive.yaml"
    settings.write_text(settings.read_text("utf-8").replace("Papers & Maps", "Maps"), "utf-8")
    assert built(root, capsys) == set()


def test_a_renamed_tag_changes_the_index_where_it_is_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is not made from all papers, and the site is then what a clean build makes."""
    root = clone(FIXTURES / "archive", tmp_path / "archive")
    built(root, capsys)
    tags = root / "content/tags.yaml"
    tags.write_text(tags.read_text("utf-8").replace("Maps & charts", "Charts"), "utf-8")
    with monkeypatch.context() as patch:
        patch.setattr(index._Layer, "_whole", None)
        assert built(root, capsys)
    anew = clone(root / "content", tmp_path / "anew" / "content").parent
    built(anew, capsys)
    assert bytes_of(root / "site") == bytes_of(anew / "site")
