"""A cached record is not read again, and is never used if the file has changed."""

import json
import os
import shutil
import time
from dataclasses import replace

import pytest
from hypothesis import given

from helpers import FIXTURES, nasty_texts
from regesta.building.paper_cache import PaperCache
from regesta.content.find_files import find_files
from regesta.content.paper import Author, Organization, Origin, Paper
from regesta.content.paper_files import dump, parse, read_paper
from regesta.content.text_files import TextFileError


@pytest.fixture
def content(tmp_path):
    return shutil.copytree(FIXTURES / "archive" / "content", tmp_path / "content")


def read(content, home, **options):
    """Read every paper; return the cache and what was read, by id."""
    home.mkdir(exist_ok=True)
    records = PaperCache(home, lambda paper: len(paper.abstract), time.time_ns() + 10**10, **options)
    papers = {}
    for file in find_files(content, "papers", ".md")[0]:
        try:
            papers[file.name] = records.read(file).paper
        except TextFileError as error:
            papers[file.name] = str(error)
    return records, papers


def bare(papers):
    return {
        name: paper if isinstance(paper, str) else replace(paper, abstract="")
        for name, paper in papers.items()
    }


def test_what_is_cached_is_what_was_read(content, tmp_path):
    first, papers = read(content, tmp_path / "home")
    first.save()
    second, remembered = read(content, tmp_path / "home")
    assert bare(remembered) == bare(papers)
    assert second.derived == first.derived
    assert second.changes() == []
    for name, paper in papers.items():
        assert second.abstract_of(remembered[name]) == paper.abstract == first.abstract_of(paper)


def test_untouched_files_are_not_opened_again(content, tmp_path, monkeypatch):
    read(content, tmp_path / "home")[0].save()
    monkeypatch.setattr("regesta.building.paper_cache.read_file", lambda *_: pytest.fail("opened a file"))
    assert len(read(content, tmp_path / "home")[1]) == 12


def test_a_fresh_checkout_is_recognized_by_its_text(content, tmp_path, monkeypatch):
    read(content, tmp_path / "home")[0].save()
    shutil.copytree(content, tmp_path / "clone/content", copy_function=shutil.copyfile)
    monkeypatch.setattr("regesta.building.paper_cache.parse", lambda *_: pytest.fail("read a paper anew"))
    records, _ = read(tmp_path / "clone/content", tmp_path / "home")
    assert records.changes() == []


def test_every_change_is_seen(content, tmp_path):
    read(content, tmp_path / "home")[0].save()
    first, second, third = sorted((content / "papers").rglob("*.md"))[:3]
    status = first.stat()
    first.write_text(first.read_text(encoding="utf-8").replace("title: ", "title: X"), encoding="utf-8")
    os.utime(first, ns=(status.st_atime_ns, status.st_mtime_ns))
    second.unlink()
    third.rename(third.with_name("zz-renamed.md"))
    records, papers = read(content, tmp_path / "home")
    names = [path.relative_to(content).as_posix() for path in (first, second, third)]
    assert sorted(records.changes()) == sorted(
        [(names[0], "edited"), (names[1], "deleted"), (names[2], "deleted"), ("papers/zz-renamed.md", "new")]
    )
    assert papers == {
        file.name: read_paper(file).paper for file in find_files(content, "papers", ".md")[0]
    } | {name: paper for name, paper in papers.items() if name not in (names[0], "papers/zz-renamed.md")}


def test_a_broken_paper_is_reported_each_time(content, tmp_path):
    (content / "papers/broken.md").write_text("no front matter")
    for _ in range(2):
        records, papers = read(content, tmp_path / "home")
        records.save()
        assert "does not begin with front matter" in papers["papers/broken.md"]


@pytest.mark.parametrize(
    "cached", ["", "[]", "{}", '{"valid_for": "0"}', '{"valid_for": 1, "data": 3}', "\0"]
)
def test_a_cache_that_cannot_be_read_is_ignored(content, tmp_path, cached):
    (tmp_path / "home").mkdir()
    (tmp_path / "home/papers.json").write_text(cached)
    assert len(read(content, tmp_path / "home")[1]) == 12


def test_a_cache_of_other_code_is_ignored_even_if_the_version_is_the_same(content, tmp_path, monkeypatch):
    read(content, tmp_path / "home")[0].save()
    monkeypatch.setattr("regesta.building.paper_cache.code_of", lambda *_: "another")
    assert len(read(content, tmp_path / "home")[0].changes()) == 12


def test_on_request_all_is_read_anew(content, tmp_path):
    read(content, tmp_path / "home")[0].save()
    cached = json.loads((tmp_path / "home/papers.json").read_bytes())
    for entry in cached["data"].values():
        entry[2]["title"] = "A lie"
    (tmp_path / "home/papers.json").write_text(json.dumps(cached))
    assert "A lie" in {paper.title for paper in read(content, tmp_path / "home")[1].values()}
    assert "A lie" not in {paper.title for paper in read(content, tmp_path / "home", forget=True)[1].values()}


@given(nasty_texts())
def test_any_paper_is_cached_as_it_is(tmp_path_factory, text):
    folder = tmp_path_factory.mktemp("any")
    rich = Paper(
        "T", text, "a", "2025", "2025-01-02", inferred=("published",), authors=(Author("A B", "A", "B"), Author("C")), comments=0,
        organization=Organization("O", "o"), tags=("t", "u"), links={"code": "https://a.example/"}, origin=(Origin("f", 3), Origin("g")), note=text,
        extra={"x": [text, {"y": text}]}, lock=True,
    )  # fmt: skip
    (folder / "papers").mkdir()
    (folder / "papers/a.md").write_bytes(dump(rich).encode("utf-8", "replace"))
    paper = parse((folder / "papers/a.md").read_bytes().decode(), "a", "a.md")
    records, _ = read(folder, folder / "home")
    records.save()
    assert bare(read(folder, folder / "home")[1]) == bare({"papers/a.md": paper})
