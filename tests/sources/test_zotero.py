"""Zotero's JSON, from Better BibTeX and from the web API: items, their children, and private fields."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY, nasty_texts
from regesta.content.paper import Author
from regesta.sources import bibtex, zotero
from regesta.sources.common.dump import Dump
from regesta.sources.common.files import ReadOptions, read_dump
from regesta.text.strings import shows

BETTER = (FIXTURES / "bibliographies" / "better.zotero.json").read_text(encoding="utf-8")
API = (FIXTURES / "bibliographies" / "api.zotero.json").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures"


def read(text, name="a.json", **options):
    return zotero.read(Dump(name, text, **options))


def test_an_item_of_better_bibtex_is_read_with_all_that_a_paper_has_a_place_for():
    paper = read(BETTER).papers[0]
    assert (paper.title, paper.type, paper.citekey) == ("Mosses of Walls and roofs", "article", "moss2014")
    assert paper.authors == (
        Author("Fern Moss", "Fern", "Moss"),
        Author("World Garden Organization, and Friends"),
    )
    assert (paper.venue, paper.volume, paper.number, paper.pages) == (
        "Journal of Invented Gardens",
        "9",
        "3",
        "12–23",
    )
    assert (paper.published, paper.license, paper.keywords) == ("2014-07-03", "CC BY 4.0", ("moss", "walls"))
    assert paper.abstract == r"We found 60% of walls \*green\*."
    assert paper.links == {
        "arxiv": "https://arxiv.org/abs/2101.01234",
        "doi": "https://doi.org/10.1000/moss.1",
        "page": "https://example.org/moss",
    }
    assert (paper.origin[0].line, paper.collections, paper.note) == (5, (), "")


def test_a_thesis_has_its_university_and_its_citation_key_in_extra():
    paper = read(BETTER).papers[1]
    assert (paper.title, paper.type, paper.publisher, paper.published) == (
        "On Theses",
        "phdthesis",
        "University of Nowhere",
        "2012-10",
    )
    assert (paper.authors, paper.citekey) == ((Author("Plato"),), "plato-2012")


def test_an_item_of_the_web_api_is_read_from_its_data():
    reading = read(API)
    [paper] = reading.papers
    assert (paper.title, paper.type, paper.venue) == (
        "A Talk on Walls",
        "inproceedings",
        "Proceedings of a Meeting",
    )
    assert (paper.authors, paper.published, paper.pages) == (
        (Author("Anna von Berg", "Anna", "von Berg"),),
        "2012-10-12",
        "1–10",
    )
    assert (paper.links, paper.origin[0].line) == ({"pdf": "https://example.org/talk.pdf"}, 2)
    assert reading.problems == []


def test_attachments_and_lone_notes_are_no_papers_and_no_problems():
    reading = read(BETTER)
    assert [str(problem) for problem in reading.problems] == [
        "a.json:25: the entry has no title: give it one, or take it out; it was left out"
    ]
    assert {
        name: reading.unread[name]
        for name in ("attachment", "note", "notes", "attachments", "relations", "editor", "extra")
    } == {
        "attachment": 1,
        "note": 1,
        "notes": 1,
        "attachments": 1,
        "relations": 1,
        "editor": 1,
        "extra": 2,
    }


PRIVATE = re.compile(r"Eve|Monday|someone|secret|SECRET|toread|mine|Lone|Full Text")


def test_notes_files_and_collections_reach_no_paper():
    assert not PRIVATE.search(repr(read(BETTER).papers + read(API).papers))


def test_notes_are_taken_where_they_are_wanted():
    better, api = read(BETTER, notes=True), read(API, notes=True)
    assert [paper.note for paper in better.papers + api.papers] == ["Ask Eve\n\non Monday", "", "Ask Eve"]
    assert not re.search(r"someone|secret|SECRET|toread|mine|Lone", repr(better.papers + api.papers))


@pytest.mark.parametrize(
    "text",
    [
        BETTER,
        API,
        '[{"itemType": "book", "title": "T"}]',
        '{"config": {"label": "BetterBibTeX JSON"}, "items": []}',
    ],
)
def test_both_kinds_are_recognized(text):
    assert zotero.recognizes(Dump("x.json", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        '[{"paper": {"title": "T"}}]',
        '{"notes": [{"content": {"title": {"value": "T"}}}]}',
        '{"title": "T"}\n{"title": "U"}',
        '[{"title": "T", "abstract": "A"}]',
        '[{"data": ["itemType"]}]',
        '[{"id": "a", "type": "book", "issued": {"date-parts": [[2000]]}}]',
        '{"config": {"label": "something else"}, "items": []}',
        "[" * 100_000,
    ],
)
def test_other_texts_are_not(text):
    assert not zotero.recognizes(Dump("x.json", text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            '{"config": {}, "items": [{"title": "T"},\n{]}',
            "a.json:2: is not JSON (expecting property name enclosed in double quotes): export it again",
        ),
        ('{"config": {}, "items": []}', "a.json:1: lists no paper: export it again"),
        (
            '{"config": {}, "items": [7]}',
            "a.json:1: is not a JSON object: mend the dump; this entry was left out",
        ),
    ],
)
def test_what_cannot_be_read_is_one_problem(text, problem):
    assert [str(problem) for problem in read(text).problems] == [problem]


leaves = st.none() | st.booleans() | st.integers() | st.floats() | nasty_texts(2)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)
keys = st.sampled_from(
    "data itemType title creators date extra tags abstractNote DOI url notes key parentItem note rights pages volume issue".split()
)


@given(st.lists(st.dictionaries(keys, values, max_size=6), min_size=1, max_size=3))
def test_whatever_the_items_hold_each_is_read_or_refused(items):
    reading = read(json.dumps(items), notes=True)
    others = reading.unread["attachment"] + reading.unread["note"] + reading.unread["annotation"]
    assert len(reading.papers) + len(reading.problems) + others >= len(items)
    assert all(shows(paper.title) for paper in reading.papers)


def _likeness(paper):
    """Return what a paper has in common in two formats: the letters of its title, its people and its date."""
    return (
        "".join(filter(str.isalnum, paper.title.lower())),
        [author.name for author in paper.authors],
        paper.published,
    )


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_real_items_say_what_the_same_bibliography_says_in_bibtex():
    compared = 0
    for path in sorted((SHARED / "zotero").glob("*.json")):
        dump = read_dump(path, path.parent, ReadOptions())
        reading, items = zotero.read(dump), json.loads(dump.text)["items"]
        lone = sum(item["itemType"] in ("attachment", "note") for item in items)
        assert zotero.recognizes(dump), path.name
        assert len(reading.papers) + len(reading.problems) + lone == len(items) > 0, path.name
        twin = SHARED / "bibtex" / "bbt" / f"{path.stem}.bib"
        if twin.exists():
            same = {
                paper.citekey: _likeness(paper)
                for paper in bibtex.read(read_dump(twin, twin.parent, ReadOptions())).papers
            }
            known = {paper.citekey: _likeness(paper) for paper in reading.papers if "$" not in paper.title}
            assert {key: known[key][1:] for key in known} == {key: same[key][1:] for key in known}, path.name
            compared += len(known)
    assert compared > 0
