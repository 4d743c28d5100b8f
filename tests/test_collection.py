"""Collections and own pages: what the curator writes beside the papers."""

import pytest

from helpers import FIXTURES
from regesta.collection import (
    Collection,
    Listed,
    OwnPage,
    add_missing,
    load_collections,
    load_pages,
    unknown_papers,
)

CONTENT = FIXTURES / "archive" / "content"


def test_collections_and_pages_are_read():
    collections, problems = load_collections(CONTENT)
    assert problems == []
    assert collections["autumn"] == Collection(
        name="autumn",
        title="Autumn meeting",
        description="What we read in October.",
        introduction="Two papers *first*, then the others.",
        papers=(Listed("tidenet"), Listed("2410.21060"), Listed("gone-for-good")),
    )
    assert load_pages(CONTENT) == ({"about": OwnPage("about", "About us", "", "Kept by [nobody](https://example.org/).")}, [])


def test_an_archive_needs_neither(tmp_path):
    assert load_collections(tmp_path) == load_pages(tmp_path) == ({}, [])


@pytest.fixture
def written(tmp_path):
    """Return a function that writes a collection's file and loads all of them."""

    def load(**files):
        (tmp_path / "collections").mkdir(exist_ok=True)
        for name, data in files.items():
            (tmp_path / "collections" / f"{name}.md").write_bytes(data)
        return load_collections(tmp_path)

    return load


def test_the_name_stands_in_for_a_title(written):
    assert written(autumn=b"---\n---\n")[0]["autumn"].title == "autumn"


def test_broken_files_are_named_and_the_others_read(written):
    found, problems = written(
        a=b"---\ntitle: A\n---\n",
        b=b"no front matter",
        c=b"---\npapers: {a: b}\n---\n",
        d=b"---\npapers: just-one\n---\n",
        e=b"\xff",
    )
    assert list(found) == ["a"]
    assert [str(problem) for problem in problems] == [
        "collections/b.md:1: does not begin with front matter (a line of three dashes): docs/content.md shows what the file looks like",
        "collections/c.md:2: `papers` cannot be read: write one id a line, each after a dash",
        "collections/d.md:2: `papers` cannot be read: write one id a line, each after a dash",
        "collections/e.md:1: is not UTF-8 text: save it as UTF-8",
    ]


def test_a_file_is_begun_for_each_new_collection_only(tmp_path, written):
    written(mine=b"---\ntitle: Our own list\n---\n")
    add_missing(tmp_path, [Collection("scrape-001", "Scrape 001"), Collection("mine", "Theirs")])
    found, _ = load_collections(tmp_path)
    assert {name: collection.title for name, collection in found.items()} == {"mine": "Our own list", "scrape-001": "Scrape 001"}


def test_a_text_that_is_no_text_is_named_with_its_line(written):
    _, problems = written(a=b"---\npapers: []\ntitle: [a]\n---\n", b=b"---\ntitle: " + b"x" * 2000 + b"\n---\n", c=b"---\ntitle: c\n---\n\n" + b"x" * 60_000)
    assert [str(problem) for problem in problems] == [
        "collections/a.md:3: `title` cannot be read: write text here, not a list",
        "collections/b.md:2: `title` cannot be read: write at most 1000 characters",
        "collections/c.md:4: has a text of more than 50000 characters: shorten it",
    ]


def test_each_unknown_paper_is_named_with_its_line(tmp_path, written):
    found, _ = written(mine=b"---\ntitle: Mine\npapers:\n- a\n- b\n- c\n---\n")
    problems = unknown_papers(tmp_path, found, {"b"})
    assert [(problem.line, problem.what) for problem in problems] == [(4, "lists 'a', which is no paper's id"), (6, "lists 'c', which is no paper's id")]
