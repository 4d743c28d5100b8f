"""Hugging Face's API: which parts of an answer become a paper, and which are left out."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY
from regesta.content.paper import Organization
from regesta.sources import huggingface_json
from regesta.sources.common.dump import Dump

DAILY = (FIXTURES / "sources" / "huggingface_json" / "daily.json").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "huggingface"


def read(text):
    return huggingface_json.read(Dump("daily.json", text))


def recognizes(text):
    return huggingface_json.recognizes(Dump("daily.json", text))


def test_a_list_of_a_day_is_recognized_and_other_json_is_not():
    assert recognizes(DAILY)
    assert recognizes(json.dumps(json.loads(DAILY)[0]["paper"]))
    assert not recognizes(
        '[{"id": "x", "type": "article-journal", "author": [{"family": "A"}], "issued": {"date-parts": [[2024]]}}]'
    )
    assert not recognizes('{"config": {}, "items": [{"itemType": "journalArticle", "title": "A"}]}')
    assert not recognizes('{"title": "A", "authors": ["Ada"]}')


def test_a_paper_is_read_with_its_days_people_and_links():
    paper = read(DAILY).papers[0]
    assert (paper.title, paper.abstract) == (
        "Sparse Trees for Dense Forests",
        "We plant trees. They grow by 5%. See <https://trees.example/data>.",
    )
    assert (paper.published, paper.featured) == (
        "2024-06-01",
        "2024-06-05",
    )  # the envelope's day is the one before
    assert [author.name for author in paper.authors] == ["Ada Example", "Björn Sample"]
    assert paper.organization == Organization("Example Labs", "example-labs")
    assert (paper.upvotes, paper.comments) == (0, 3)
    assert paper.links == {
        "arxiv": "https://arxiv.org/abs/2406.00001",
        "discussion": "https://huggingface.co/papers/2406.00001",
        "code": "https://github.com/example/trees",
        "project": "https://trees.example/",
    }
    assert (paper.origin[0].file, paper.origin[0].line) == ("daily.json", 2)


def test_what_is_absent_or_null_is_unknown():
    paper = read(DAILY).papers[1]
    assert (paper.abstract, paper.published, paper.featured, paper.organization, paper.comments) == (
        "",
        "",
        "",
        None,
        None,
    )
    assert set(paper.links) == {"arxiv", "discussion"}


def test_what_is_no_paper_is_named_with_its_line():
    assert [(problem.line, problem.what) for problem in read(DAILY).problems] == [
        (29, "has no title"),
        (32, "is not a JSON object"),
    ]


def test_accounts_and_what_a_model_wrote_are_counted_but_not_taken():
    reading = read(DAILY)
    assert reading.unread["ai_summary"] == reading.unread["submittedby"] == 1
    assert "avatar" not in str(reading.papers)
    assert "Ada E." not in str(reading.papers)


def test_a_paper_alone_and_one_a_line_are_read_too():
    paper = json.loads(DAILY)[0]["paper"]
    assert read(json.dumps(paper, indent=1)).papers[0].published == "2024-06-01"
    both = read(f"{json.dumps(paper)}\n{json.dumps(json.loads(DAILY)[1])}\n")
    assert [(each.title, each.origin[0].line) for each in both.papers] == [
        ("Sparse Trees for Dense Forests", 1),
        ("Quiet Rivers", 2),
    ]


@pytest.mark.parametrize("text", ["[]", "{}", "", "[", '{"paper": 3}', '{"paper": []}', "[" * 100_000])
def test_nothing_to_read_is_a_problem(text):
    reading = read(text)
    assert (len(reading.papers), len(reading.problems)) == (0, 1)


def test_a_file_that_is_cut_anywhere_is_read_or_refused():
    for end in range(0, len(DAILY), 13):
        reading = read(DAILY[:end])
        assert reading.problems or end == len(DAILY)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=8,
)
KEYS = "paper id title summary authors name publishedAt submittedOnDailyAt upvotes numComments organization fullname githubRepo projectPage".split()
papers = st.dictionaries(
    st.sampled_from(KEYS), json_values | st.dictionaries(st.sampled_from(KEYS), json_values)
)


@pytest.mark.slow
@given(st.lists(papers | json_values, min_size=1))
def test_whatever_an_answer_holds_every_entry_is_accounted_for(values):
    reading = read(json.dumps(values))
    assert len(reading.papers) + len(reading.problems) == len(values)


@pytest.mark.parametrize("name", ["daily_papers_2026-06-12_a.json", "daily_papers_2026-07-31.json"])
def test_real_answers(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    text = path.read_text(encoding="utf-8")
    reading = read(text)
    listed = json.loads(text)
    assert recognizes(text)
    assert reading.problems == []
    assert [paper.published for paper in reading.papers] == [
        entry["paper"]["publishedAt"][:10] for entry in listed
    ]
    assert [len(paper.authors) for paper in reading.papers] == [
        len(entry["paper"]["authors"]) for entry in listed
    ]
    assert [paper.links["arxiv"].rpartition("/")[2] for paper in reading.papers] == [
        entry["paper"]["id"] for entry in listed
    ]
