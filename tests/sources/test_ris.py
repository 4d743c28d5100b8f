"""RIS: references of every kind, their oddities, private tags and truncated files."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY
from regesta.content.paper import Author, Origin
from regesta.sources import ris
from regesta.sources.common.dump import Dump
from regesta.sources.common.files import ReadOptions, read_dump
from regesta.text.strings import shows

MANAGER = (FIXTURES / "bibliographies" / "manager.ris").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "ris"


def read(text, name="a.ris", **options):
    return ris.read(Dump(name, text, **options))


def one(*lines, kind="JOUR"):
    """Return the paper of a reference with a title and some more lines."""
    reading = read("\n".join([f"TY  - {kind}", "TI  - Some Title", *lines, "ER  - "]))
    assert reading.problems == []
    return reading.papers[0]


def test_a_reference_is_read_with_all_that_a_paper_has_a_place_for():
    paper = read(MANAGER).papers[0]
    assert (paper.title, paper.type, paper.citekey) == (
        "Mosses of Walls and Roofs: a Survey",
        "article",
        "moss2014",
    )
    assert paper.authors == (
        Author("Fern Moss", "Fern", "Moss"),
        Author("Ash Oak Jr.", "Ash", "Oak Jr."),
        Author("World Garden Organization"),
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
        ("moss",),
    )
    assert (
        paper.abstract
        == "We found 60% of all walls to be green, ER or not. See <https://example.org/moss> for more."
    )
    assert paper.links == {
        "doi": "https://doi.org/10.1000/moss.1",
        "pdf": "https://example.org/moss.pdf",
        "page": "https://example.org/moss",
    }
    assert (paper.origin, paper.collections, paper.note) == ((Origin("a.ris", 4),), (), "")


def test_other_kinds_have_other_tags():
    talk, thesis, odd = read(MANAGER).papers[1:]
    assert (talk.type, talk.authors, talk.venue, talk.pages, talk.published) == (
        "inproceedings",
        (Author("Claude E. Shann", "Claude E.", "Shann"),),
        "Proceedings of a Meeting",
        "101–110",
        "1948-07",
    )
    assert (thesis.type, thesis.publisher, thesis.published) == ("phdthesis", "University of Nowhere", "2009")
    assert (odd.type, odd.published) == ("misc", "")


def test_a_reference_without_title_is_a_problem_with_its_line():
    assert [str(problem) for problem in read(MANAGER).problems] == [
        "a.ris:50: the entry has no title: give it one, or take it out; it was left out"
    ]


def test_what_was_left_out_is_counted_by_its_tag():
    assert read(MANAGER).unread == {"a2": 1, "l1": 1, "n1": 1, "jp": 1}


def test_notes_are_private_and_paths_more_so():
    assert not re.search(r"Eve|Monday|someone|toread|mine", repr(read(MANAGER).papers))
    with_notes = read(MANAGER, notes=True)
    assert with_notes.papers[0].note == "Ask \\*Eve\\* again\n\non Monday"
    assert not re.search(r"someone|toread|mine", repr(with_notes.papers))
    assert "n1" not in with_notes.unread


def test_a_reference_that_the_end_cuts_off_is_a_problem():
    reading = read("TY  - JOUR\nTI  - Whole\nER  - \nTY  - JOUR\nTI  - Cut of")
    assert [paper.title for paper in reading.papers] == ["Whole"]
    assert [str(problem) for problem in reading.problems] == [
        "a.ris:4: the last reference is cut off: export it again, or end it with a line `ER  - `; it was left out"
    ]


def test_a_reference_without_end_before_another_is_read():
    reading = read("TY  - JOUR\nTI  - One\nTY  - JOUR\nTI  - Two\nER  - ")
    assert [(paper.title, paper.origin[0].line) for paper in reading.papers] == [("One", 1), ("Two", 3)]


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("PY  - 2014//", "2014"),
        ("Y1  - 2014/02/30/", "2014-02"),
        ("PY  - 1948/07//", "1948-07"),
        ("PY  - 12 October 2012", "2012-10-12"),
        ("PY  - 10/2012", "2012-10"),
        ("PY  - n.d.", ""),
        ("DA  - 0000/00/00", ""),
    ],
)
def test_a_date_is_as_precise_as_it_is_known(line, date):
    assert one(line).published == date


def test_an_address_of_arxiv_is_the_papers_arxiv_link():
    assert one("UR  - http://arxiv.org/abs/2101.01234v1; https://example.org/x").links == {
        "arxiv": "https://arxiv.org/abs/2101.01234",
        "page": "https://example.org/x",
    }


@pytest.mark.parametrize(
    ("text", "name"),
    [("TY  - JOUR\n", "x"), ("\n1.\nTY  - BOOK\n", "x"), (MANAGER, "x.ris"), (MANAGER, "x.RIS.gz")],
)
def test_references_are_recognized(text, name):
    assert ris.recognizes(Dump(name, text))


@pytest.mark.parametrize(
    "text", ["", "TYPE - JOUR", MANAGER, "@article{a,", "Title\nTY  - JOUR\n", '[{"TY": 1}]']
)
def test_other_texts_are_not(text):
    assert not ris.recognizes(Dump("x.txt", text))


@given(st.text(alphabet="TYERAUI  -\n1aé", max_size=80), st.text(max_size=20))
def test_whatever_a_file_holds_it_is_read_or_refused(text, more):
    for piece in (text, f"TY  - {text}\nTI  - {more}\nER  - \n", f"TY  - JOUR\n{text}{more}\nER  - "):
        reading = read(piece)
        assert len(reading.papers) + len(reading.problems) >= max(
            1, len(re.findall(r"^TY  -", piece, re.MULTILINE))
        )
        assert all(shows(paper.title) for paper in reading.papers)


@pytest.mark.skipif(not SHARED.exists(), reason=f"{SHARED} is not on this machine")
def test_every_reference_of_real_files_is_accounted_for():
    for path in sorted(SHARED.glob("*.ris")):
        dump = read_dump(path, path.parent, ReadOptions())
        reading = ris.read(dump)
        assert ris.recognizes(dump), path.name
        assert (
            len(reading.papers) + len(reading.problems)
            == len(re.findall(r"^TY  -", dump.text, re.MULTILINE))
            > 0
        ), path.name
