"""arXiv's XML: answers of its API and the two forms of its announcements."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY
from regesta.sources import arxiv_atom
from regesta.sources.common.dump import Dump

FOLDER = FIXTURES / "sources" / "arxiv_atom"
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "arxiv"
API = (FOLDER / "api.xml").read_text(encoding="utf-8")
ATOM = (FOLDER / "announced_atom.xml").read_text(encoding="utf-8")
RSS = (FOLDER / "announced.rss").read_text(encoding="utf-8")


def read(text):
    return arxiv_atom.read(Dump("arxiv.xml", text))


def recognizes(text):
    return arxiv_atom.recognizes(Dump("arxiv.xml", text))


def test_feeds_of_arxiv_are_recognized_and_others_are_not():
    assert all(map(recognizes, (API, ATOM, RSS)))
    assert not recognizes('<feed xmlns="http://www.w3.org/2005/Atom"><entry/></feed>')
    assert not recognizes('<collection id="2022.acl"><volume id="1"/></collection>')
    assert not recognizes('{"body": "<feed> https://arxiv.org/</feed>"}')


def test_an_entry_of_the_api_is_a_paper():
    paper = read(API).papers[0]
    assert (paper.title, paper.abstract) == (
        "Sparse Trees for Dense $k$-Forests",
        "We plant trees, and wait \\<ten> years.",
    )
    assert (paper.published, paper.updated, paper.featured) == ("2024-06-01", "2024-07-02", "")
    assert [author.name for author in paper.authors] == ["Ada Example", "Björn Sample"]
    assert paper.keywords == ("cs.LG", "stat.ML")
    assert paper.links == {
        "arxiv": "https://arxiv.org/abs/2406.00001",
        "doi": "https://doi.org/10.1000/trees.1",
        "pdf": "https://arxiv.org/pdf/2406.00001v3",
    }
    assert paper.venue == ""
    assert paper.origin[0].line == 6  # not the comment before


def test_an_old_id_keeps_its_archive_and_an_equal_day_is_no_revision():
    paper = read(API).papers[1]
    assert paper.links == {"arxiv": "https://arxiv.org/abs/math/0301001"}
    assert (paper.published, paper.updated) == ("2003-01-01", "")


def test_errors_and_entries_without_title_are_refused():
    assert [(problem.line, problem.what) for problem in read(API).problems] == [
        (31, "is an error that arXiv reports (incorrect id format for abc)"),
        (36, "has no title"),
    ]


def test_fields_without_a_place_are_counted():
    assert read(API).unread == {"comment": 1, "journal_ref": 1, "primary_category": 1, "affiliation": 1}


@pytest.mark.parametrize("text", [ATOM, RSS], ids=["atom", "rss"])
def test_an_announcement_tells_the_day_it_was_made_and_not_when_the_paper_came_out(text):
    reading = read(text)
    paper = reading.papers[0]
    assert reading.problems == []
    assert (paper.title, paper.abstract) == ("Sparse Trees for Dense Forests", "We plant trees.")
    assert (paper.published, paper.updated, paper.featured) == ("", "", "2024-06-05")
    assert [author.name for author in paper.authors] == ["Ada Example", "Björn Sample"]
    assert (paper.keywords, paper.links) == (("cs.XX",), {"arxiv": "https://arxiv.org/abs/2406.00001"})


def test_a_paper_called_error_is_a_paper():
    text = API.replace("Quiet Rivers", "Error")
    assert [paper.title for paper in read(text).papers] == ["Sparse Trees for Dense $k$-Forests", "Error"]


def test_an_answer_without_entries_is_a_problem():
    assert [str(problem) for problem in read(re.sub(r"(?s)<!--.*</entry>", "", API)).problems] == [
        "arxiv.xml:1: lists no paper: fetch it again, or leave the file out"
    ]


def test_a_document_type_is_refused():
    text = API.replace("<feed", '<!DOCTYPE feed [<!ENTITY a "b">]>\n<feed', 1)
    assert [(problem.line, problem.what) for problem in read(text).problems] == [
        (2, "declares a document type")
    ]


def test_the_encoding_that_was_declared_is_that_of_the_file_not_of_the_text():
    assert read(API.replace("UTF-8", "ISO-8859-1")).papers == read(API).papers


def test_a_file_that_is_cut_anywhere_is_refused():
    for text in (API, RSS):
        for end in range(0, len(text.rstrip()), 17):
            reading = read(text[:end])
            assert (len(reading.papers), len(reading.problems)) == (0, 1)


pieces = st.sampled_from(
    [
        "<entry>",
        "</entry>",
        "<title>",
        "</title>",
        "<id>",
        "</id>",
        "Error",
        "<author><name>",
        "</name></author>",
        "<link/>",
        "&lt;",
    ]
)


@given(st.lists(pieces | st.text(max_size=5)).map("".join))
def test_nothing_makes_it_fail(inner):
    reading = read(f"<feed>{inner}</feed>")
    assert reading.papers or reading.problems


def test_real_feeds():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not on this machine")
    for path in sorted(SHARED.glob("*.xml")):
        text = path.read_text(encoding="utf-8")
        reading = read(text)
        entries = re.findall(r"<(?:entry|item)>.*?</(?:entry|item)>", text, re.DOTALL)
        assert recognizes(text)
        assert len(reading.papers) + len(reading.problems) == max(len(entries), 1), path.name
        assert len(reading.papers) == sum("api/errors" not in entry for entry in entries)
        assert all(paper.links["arxiv"] and paper.abstract and paper.authors for paper in reading.papers)
        lines = text.split("\n")
        assert all(re.search("<entry>|<item>", lines[paper.origin[0].line - 1]) for paper in reading.papers)
