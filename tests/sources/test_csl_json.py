"""CSL-JSON: items with dates, names and types in every form, private keys and broken items."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY, nasty_texts
from regesta.content.paper import Author
from regesta.sources import csl_json
from regesta.sources.common.dump import Dump
from regesta.sources.common.files import ReadOptions, read_dump
from regesta.text.prose import title_text
from regesta.text.strings import shows

ITEMS = (FIXTURES / "bibliographies" / "items.csl.json").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "csl-json"


def read(text, name="a.json", **options):
    return csl_json.read(Dump(name, text, **options))


def one(**item):
    """Return the paper of an item with a title and some more keys."""
    reading = read(json.dumps([{"title": "Some Title", **item}]))
    assert reading.problems == []
    return reading.papers[0]


def test_an_item_is_read_with_all_that_a_paper_has_a_place_for():
    paper = read(ITEMS).papers[0]
    assert (paper.title, paper.type, paper.citekey) == ("Mosses of Walls & roofs", "article", "moss2014")
    assert paper.authors == (
        Author("Fern Moss", "Fern", "Moss", orcid="0000-0002-1825-0097"),
        Author("Anna von Berg Jr.", "Anna", "von Berg Jr."),
        Author("World Garden Organization, and Friends"),
    )
    assert (paper.venue, paper.volume, paper.number, paper.pages) == (
        "Journal of Invented Gardens",
        "9",
        "3",
        "12–23",
    )
    assert (paper.published, paper.publisher, paper.keywords) == (
        "2014-07-03",
        "Fern & Moss Press",
        ("moss", "walls"),
    )
    assert paper.abstract == r"We found 60% of walls \*green\*, if a < b."
    assert paper.links == {"doi": "https://doi.org/10.1000/moss.1", "pdf": "https://example.org/moss.pdf"}
    assert paper.license == "https://creativecommons.org/licenses/by/4.0/"
    assert (paper.origin[0].line, paper.collections, paper.note) == (2, (), "")


def test_other_items_are_as_precise_as_they_can_be():
    found = [
        (paper.citekey, paper.title, paper.type, paper.published, paper.venue)
        for paper in read(ITEMS).papers[1:]
    ]
    assert found == [
        ("17", "On Theses", "mastersthesis", "2012-10-12", ""),
        ("preprint", "Early", "misc", "2021", "A Meeting"),
        ("empty-parts", "Undated", "misc", "", ""),
        ("null-parts", "Undated, too", "misc", "", ""),
        ("excess-parts", "Dated to the Hour", "misc", "2018-10-21", ""),
    ]
    assert read(ITEMS).papers[2].links == {"arxiv": "https://arxiv.org/abs/2101.01234"}


def test_what_cannot_be_read_is_a_problem_with_its_line():
    assert [str(problem) for problem in read(ITEMS).problems] == [
        "a.json:24: the entry 'untitled' has no title: give it one, or take it out; it was left out",
        "a.json:25: is not a JSON object: mend the dump; this entry was left out",
    ]


def test_notes_are_private_unless_they_are_wanted():
    assert "Eve" not in repr(read(ITEMS).papers)
    assert read(ITEMS).unread == {"editor": 1, "note": 1, "accessed": 1}
    assert read(ITEMS, notes=True).papers[0].note == "Ask Eve"


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2017]], "season": 3}, "2017"),
        ({"date-parts": [["2012", "02", "30"]]}, "2012-02"),
        ({"date-parts": [[-333]]}, ""),
        ({"date-parts": []}, ""),
        ({"date-parts": "2012"}, ""),
        ({"literal": "forthcoming"}, ""),
        ({"literal": "Spring 2012"}, "2012"),
        ({"raw": "2012-05-06T10:00:00Z"}, "2012-05-06"),
        ("2012-05", "2012-05"),
        (None, ""),
        ([2012], "2012"),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(issued, date):
    assert one(issued=issued).published == date


@pytest.mark.parametrize(
    "text",
    [
        ITEMS,
        '{"id": "x", "type": "paper-conference", "title": "T"}',
        '[{"issued": {"date-parts": [[2018]]}, "id": "x"}]',
    ],
)
def test_items_are_recognized(text):
    assert csl_json.recognizes(Dump("x.json", text))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "[{}]",
        '[{"paper": {"title": "T", "id": "2101.01234"}}]',
        '{"notes": [{"content": {"title": {"value": "T"}}}]}',
        '{"title": "T", "abstract": "A"}\n{"title": "U", "abstract": "B"}',
        '[{"title": "T", "abstract": "A", "authors": ["B"], "type": "article"}]',
        '{"config": {"label": "BetterBibTeX JSON"}, "items": []}',
        '[{"key": "A", "version": 1, "data": {"itemType": "book", "title": "T"}}]',
        "[" * 100_000,
        "@article{a, title={b}}",
    ],
)
def test_other_texts_are_not(text):
    assert not csl_json.recognizes(Dump("x.json", text))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('[{"title": "T"},\n{"title"}]', "a.json:2: is not JSON (expecting ':' delimiter): export it again"),
        ("[]", "a.json:1: lists no paper: export it again"),
        (
            '[{"title": ' + "[" * 100_000,
            "a.json:1: is not JSON (maximum recursion depth exceeded while decoding a JSON array from a unicode string): export it again",
        ),
    ],
)
def test_a_file_that_is_no_list_of_items_is_one_problem(text, problem):
    assert [str(problem) for problem in read(text).problems] == [problem]


leaves = st.none() | st.booleans() | st.integers() | st.floats() | nasty_texts(2)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=2),
    max_leaves=5,
)
keys = st.sampled_from(
    "id type title author issued container-title event abstract keyword DOI URL license note page volume number genre publisher".split()
)


@given(st.lists(st.dictionaries(keys, values, max_size=6), min_size=1, max_size=3))
def test_whatever_the_items_hold_each_is_read_or_refused(items):
    reading = read(json.dumps(items), notes=True)
    assert len(reading.papers) + len(reading.problems) == len(items)
    assert all(shows(paper.title) for paper in reading.papers)


@given(nasty_texts().filter(lambda text: title_text(text) and "<" not in text and "&" not in text))
def test_a_title_is_what_the_item_says(text):
    assert one(title=text).title == title_text(text)


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_every_item_of_real_files_is_accounted_for():
    for path in sorted(SHARED.rglob("*.json")):
        dump = read_dump(path, path.parent, ReadOptions())
        items = json.loads(dump.text)
        reading = csl_json.read(dump)
        assert csl_json.recognizes(dump) == (isinstance(items, list) and items != [{}]), path.name
        assert len(reading.papers) + len(reading.problems) == (
            len(items) if isinstance(items, list) else 1
        ), path.name
