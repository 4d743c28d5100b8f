"""Collections and own pages, which the curator writes beside the papers."""

import pytest

from helpers import FIXTURES
from regesta.content.collections import (
    Collection,
    Listed,
    add_missing,
    dump,
    load_collections,
    unknown_papers,
)
from regesta.content.own_pages import OwnPage, load_pages
from regesta.content.paper import Author

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
    assert load_pages(CONTENT) == (
        {"about": OwnPage("about", "About us", "", "Kept by [nobody](https://example.org/).")},
        [],
    )


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
    add_missing(
        tmp_path,
        [
            Collection("scrape-001", "Scrape 001"),
            Collection("mine", "Mine"),
            Collection("scrape-001", "Twice"),
        ],
    )
    found, _ = load_collections(tmp_path)
    assert {name: collection.title for name, collection in found.items()} == {
        "mine": "Our own list",
        "scrape-001": "Scrape 001",
    }


def test_a_text_that_is_no_text_is_named_with_its_line(written):
    _, problems = written(
        a=b"---\npapers: []\ntitle: [a]\n---\n",
        b=b"---\ntitle: " + b"x" * 2000 + b"\n---\n",
        c=b"---\ntitle: c\n---\n\n" + b"x" * 60_000,
    )
    assert [str(problem) for problem in problems] == [
        "collections/a.md:3: `title` cannot be read: write text here, not a list",
        "collections/b.md:2: `title` cannot be read: write at most 1000 characters",
        "collections/c.md:4: has a text of more than 50000 characters: shorten it",
    ]


def test_each_unknown_paper_is_named_with_its_line(tmp_path, written):
    found, _ = written(mine=b"---\ntitle: Mine\npapers:\n- a\n- b\n- c\n---\n")
    problems = unknown_papers(tmp_path, found, {"b"}.intersection)
    assert [(problem.line, problem.what) for problem in problems] == [
        (4, "lists 'a', which is not a paper's id"),
        (6, "lists 'c', which is not a paper's id"),
    ]


PROCEEDINGS = Collection(
    "tides",
    "Proceedings of the Workshop: Tides",
    description="What the sea does.",
    introduction="Held *at low water*.",
    papers=(
        Listed("a", session="Morning", pages="1–10", award="Best paper", time="2025-06-02 09:00"),
        Listed("2410.21060"),
        Listed("c", time="2025-06-03"),
    ),
    venue="TIDES 2025",
    editors=(
        Author("Ada Example", "Ada", "Example"),
        Author("Trees and Sons, Inc."),
        Author("Bo", orcid="0000-0002-1825-0097", id="bo"),
    ),
    publisher="Example Press",
    place="Harbour Town",
    series="Workshops",
    volume="7",
    isbn="978-0-00-000000-2",
    published="2025-06",
    start="2025-06-02",
    end="2025-06-03",
    citekey="tides2025",
    links={"project": "https://tides.example/"},
)


@pytest.mark.parametrize(
    "collection",
    [PROCEEDINGS, Collection("tides", "Tides"), Collection("tides", "no", papers=(Listed("a"), Listed("b")))],
)
def test_what_is_written_is_read_again(written, collection):
    assert written(tides=dump(collection).encode()) == ({"tides": collection}, [])


def test_only_what_is_known_is_written():
    assert dump(Collection("tides", "Tides", papers=(Listed("a"), Listed("b", pages="3")))) == (
        '---\ntitle: Tides\npapers:\n  - a\n  - {id: b, pages: "3"}\n---\n'
    )


def test_what_makes_a_list_proceedings_or_a_programme():
    assert [
        c.is_proceedings
        for c in (PROCEEDINGS, Collection("a", "A", publisher="P"), Collection("a", "A", place="P"))
    ] == [True, True, False]
    assert [
        c.is_programme for c in (PROCEEDINGS, Collection("a", "A", papers=(Listed("b", pages="1"),)))
    ] == [True, False]


def test_a_key_that_is_not_known_is_named_and_the_collection_used(written):
    found, problems = written(
        a=b"---\ntitle: A\neditor: [Ada]\ndate: 2025\npapers:\n  - b\n  - {id: c, sesion: Morning}\n---\n"
    )
    assert found["a"].papers == (Listed("b"), Listed("c"))
    known = "title, description, venue, editors, publisher, place, series, volume, isbn, published, start, end, citekey, links, papers"
    assert [str(problem) for problem in problems] == [
        "collections/a.md:3: `editor` is not a known key: did you mean `editors`?",
        f"collections/a.md:4: `date` is not a known key: known keys are {known}",
        "collections/a.md:7: `papers.sesion` is not a known key: did you mean `session`?",
    ]


def test_every_value_that_does_not_fit_is_named_with_its_line_in_one_go(written):
    text = """---
title: A
editors: Ada
published: soon
start: 2025-06
links: {code: nowhere}
papers:
  - {id: a, time: today}
  - {id: b, pages: [1, 2]}
  - {session: Morning}
  - [c]
  - {id: d, time: 2025-02-30}
  - fine
---
"""
    found, problems = written(a=text.encode())
    assert found == {}
    assert [(problem.line, problem.what) for problem in problems] == [
        (3, "`editors` cannot be read"),
        (4, "`published` cannot be read"),
        (5, "`start` cannot be read"),
        (6, "`links.code` cannot be read"),
        (8, "`papers.time` cannot be read"),
        (9, "`papers.pages` cannot be read"),
        (10, "`papers` has no id"),
        (11, "`papers` cannot be read"),
        (12, "`papers.time` cannot be read"),
    ]
    assert problems[4].remedy == "'today' is not a time: write a day, as 2025-06-02, or 2025-06-02 14:30"
    assert problems[7].remedy == "write its id, or {id: …}, and perhaps session, pages, award, time"


def test_a_meeting_does_not_end_before_it_begins(written):
    assert [str(problem) for problem in written(a=b"---\nstart: 2025-06-03\nend: 2025-06-02\n---\n")[1]] == [
        "collections/a.md:3: `end` cannot be read: it lies before the start, 2025-06-03"
    ]


def test_an_unknown_paper_is_found_in_braces(tmp_path, written):
    found, _ = written(mine=b"---\npapers:\n- {id: a, pages: '1'}\n- {session: b, id: gone}\n---\n")
    assert [
        (problem.line, problem.what) for problem in unknown_papers(tmp_path, found, {"a"}.intersection)
    ] == [(4, "lists 'gone', which is not a paper's id")]
