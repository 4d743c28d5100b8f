"""OpenReview's notes, in both versions of its API."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY
from regesta.sources import openreview
from regesta.sources.common.dump import Dump

TEXT = (FIXTURES / "sources" / "openreview" / "notes.json").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "openreview"


def read(text):
    return openreview.read(Dump("notes.json", text))


def recognizes(text):
    return openreview.recognizes(Dump("notes.json", text))


def test_notes_are_recognized_and_other_json_is_not():
    assert recognizes(TEXT)
    assert recognizes('{"notes": [], "count": 0}')
    assert recognizes(json.dumps(json.loads(TEXT)["notes"]))
    assert not recognizes(
        '{"config": {}, "items": [{"itemType": "journalArticle", "notes": [{"note": "x"}]}]}'
    )
    assert not recognizes('[{"id": "x", "type": "article-journal"}]')


def test_a_note_is_a_paper():
    paper = read(TEXT).papers[0]
    assert (paper.title, paper.abstract) == ("Sparse Trees for Dense Forests", "We plant trees. They grow.")
    assert [author.name for author in paper.authors] == ["Ada Example", "Björn Sample"]
    assert (paper.keywords, paper.venue, paper.published, paper.license) == (
        ("trees", "forests"),
        "Trees 2031 oral",
        "2024-06-05",
        "CC BY 4.0",
    )
    assert paper.links == {
        "pdf": "https://openreview.net/pdf/0123abc.pdf",
        "discussion": "https://openreview.net/forum?id=AAAAexample",
    }
    assert paper.origin[0].line == 3


def test_an_address_elsewhere_stays_and_a_missing_date_is_unknown():
    paper = read(TEXT).papers[1]
    assert (paper.links["pdf"], paper.published, paper.authors) == (
        "https://rivers.example/quiet.pdf",
        "",
        (),
    )


def test_reviews_and_broken_notes_are_refused():
    assert [(problem.line, problem.what) for problem in read(TEXT).problems] == [
        (26, "has no title (it may be a review or a comment)"),
        (32, "is not a JSON object"),
    ]


def test_fields_without_a_place_are_counted():
    assert read(TEXT).unread == {"invitations": 1, "cdate": 1, "authorids": 1, "tldr": 1}


def test_version_1_has_its_values_as_they_are():
    note = {
        "forum": "X1",
        "content": {
            "title": "Quiet Rivers",
            "authors": ["Ada Example"],
            "keywords": "rivers; noise, too",
            "pdf": "/pdf/1.pdf",
        },
    }
    paper = read(json.dumps({"notes": [note]})).papers[0]
    assert (paper.title, paper.keywords) == ("Quiet Rivers", ("rivers", "noise, too"))
    assert paper.links == {
        "pdf": "https://openreview.net/pdf/1.pdf",
        "discussion": "https://openreview.net/forum?id=X1",
    }


@pytest.mark.parametrize("text", ['{"notes": []}', "[]", "", '{"notes": 3}', "{}"])
def test_nothing_to_read_is_a_problem(text):
    reading = read(text)
    assert (len(reading.papers), len(reading.problems)) == (0, 1)


def test_a_file_that_is_cut_anywhere_within_its_notes_is_refused():
    for end in range(0, TEXT.index('"count"') - 10, 11):
        reading = read(TEXT[:end])
        assert (len(reading.papers), len(reading.problems)) == (0, 1)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=8,
)
KEYS = "id forum content title abstract authors keywords venue pdf pdate odate value code license".split()
notes = st.dictionaries(
    st.sampled_from(KEYS), json_values | st.dictionaries(st.sampled_from(KEYS), json_values)
)


@pytest.mark.slow
@given(st.lists(notes | json_values, min_size=1))
def test_whatever_an_answer_holds_every_note_is_accounted_for(values):
    reading = read(json.dumps({"notes": values}))
    assert len(reading.papers) + len(reading.problems) == len(values)


def test_real_shapes():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not on this machine")
    for path in sorted(SHARED.glob("*.json")):
        text = path.read_text(encoding="utf-8")
        reading = read(text)
        assert recognizes(text)
        assert reading.problems == []
        assert len(reading.papers) == len(json.loads(text)["notes"])
