"""Files are found and read by the source that recognizes them; unreadable files are reported."""

import pytest

from helpers import FIXTURES, dump_a, dump_b
from regesta.sources.registry import SOURCES, read_paths

ONE = ("Sparse Trees", "Forests are large, trees are small, and a forest of sparse trees is in between.")
TWO = ("Dense Forests", "We plant a dense forest, and measure how much light there is below its crowns.")
LAYOUT = (
    f"name its source with --as ({', '.join(SOURCES)}), or leave it out; docs/sources.md shows their layouts"
)
ENCODING = "save it as UTF-8, name its encoding with --encoding, or leave it out"


@pytest.fixture
def content(tmp_path):
    """Return an archive's content folder, with a dump in it and another beside it."""
    (tmp_path / "content" / "scraped").mkdir(parents=True)
    (tmp_path / "content" / "scraped" / "b.txt").write_text(dump_a(ONE), encoding="utf-8")
    (tmp_path / "elsewhere.txt").write_text(dump_b(TWO), encoding="utf-8")
    return tmp_path / "content"


def origins(reading):
    return [(paper.title, paper.origin[0].file) for paper in reading.papers]


def test_files_are_named_relative_to_the_content_or_by_their_bare_name(content):
    reading = read_paths([content / "scraped" / "b.txt", content.parent / "elsewhere.txt"], content)
    assert origins(reading) == [("Sparse Trees", "scraped/b.txt"), ("Dense Forests", "elsewhere.txt")]


def test_a_relative_path_names_the_same_file(content, monkeypatch):
    monkeypatch.chdir(content / "scraped")
    from pathlib import Path

    assert origins(read_paths([Path("b.txt")], content)) == [("Sparse Trees", "scraped/b.txt")]


def test_folders_are_read_in_the_order_of_names_hidden_files_left_out(content):
    folder = content / "scraped"
    (folder / "a").mkdir()
    (folder / "a" / "z.txt").write_text(dump_a(TWO), encoding="utf-8")
    (folder / ".DS_Store").write_bytes(b"\x00\x01")
    assert origins(read_paths([folder], content)) == [
        ("Dense Forests", "scraped/a/z.txt"),
        ("Sparse Trees", "scraped/b.txt"),
    ]


@pytest.mark.parametrize(
    "change",
    [lambda data: b"\xef\xbb\xbf" + data, lambda data: data.replace(b"\n", b"\r\n")],
    ids=["mark", "windows"],
)
def test_a_dump_saved_on_windows_reads_the_same(tmp_path, change):
    for path in (FIXTURES / "dumps" / "whole").glob("*.txt"):
        (tmp_path / path.name).write_bytes(change(path.read_bytes()))
    same = read_paths([FIXTURES / "dumps" / "whole"], tmp_path)
    windows = read_paths([tmp_path], tmp_path / "content")
    assert windows.papers == same.papers
    assert windows.problems == same.problems == []


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is empty: scrape the page again"),
        (b"\n \n\t\n", "is empty: scrape the page again"),
        (b"\xef\xbb\xbf", "is empty: scrape the page again"),
        (dump_a(ONE).encode("utf-16-le"), "is a binary file: leave it out"),
        ("Café".encode("latin-1"), f"is not UTF-8 text: {ENCODING}"),
        (b"%PDF-1.7\n\x00\x01", "is a binary file: leave it out"),
        (b"\x89PNG\r\n\x1a\n\x00", f"is not UTF-8 text: {ENCODING}"),
        (b"Title: A\nAbstract: B\n", f"has a layout that no source knows: {LAYOUT}"),
        (b"new\nsomething\n", f"has a layout that no source knows: {LAYOUT}"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_and_the_others_are_read(content, data, problem):
    (content / "scraped" / "a.txt").write_bytes(data)
    reading = read_paths([content / "scraped"], content)
    assert [str(found) for found in reading.problems] == [f"scraped/a.txt:1: {problem}"]
    assert origins(reading) == [("Sparse Trees", "scraped/b.txt")]


def test_a_file_that_has_disappeared_is_reported(content):
    (content / "scraped" / "gone.txt").symlink_to(content / "nowhere.txt")
    reading = read_paths([content / "scraped" / "gone.txt"], content)
    assert [str(problem) for problem in reading.problems] == [
        "scraped/gone.txt:1: cannot be read (No such file or directory): check the path"
    ]


def test_what_no_paper_file_may_hold_is_refused(content):
    path = content / "scraped" / "b.txt"
    path.write_text(dump_a(("Endless", "word " * 20_000), TWO), encoding="utf-8")
    reading = read_paths([path], content)
    assert origins(reading) == [("Dense Forests", "scraped/b.txt")]
    assert [(problem.file, problem.line) for problem in reading.problems] == [("scraped/b.txt", 3)]
    assert "has an abstract of more than 50000 characters" in reading.problems[0].what
