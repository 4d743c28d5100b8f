"""The Anthology's XML: papers, and the volumes in which they appeared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY
from regesta.content.paper import Author
from regesta.sources import acl_anthology
from regesta.sources.common.dump import Dump

TEXT = (FIXTURES / "sources" / "acl_anthology" / "2031.tree.xml").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "acl-anthology"


def read(text):
    return acl_anthology.read(Dump("2031.tree.xml", text))


def recognizes(text):
    return acl_anthology.recognizes(Dump("2031.tree.xml", text))


def test_a_file_of_the_anthology_is_recognized():
    assert recognizes(TEXT)
    assert not recognizes('<feed xmlns="http://www.w3.org/2005/Atom"/>')


def test_mixed_content_reads_as_it_is_printed_and_formulas_stay_formulas():
    paper = read(TEXT).papers[0]
    assert paper.title == "SparseTrees: Summ$^N$ for Dense Forests"
    assert paper.abstract == "We plant $x_1 < 2$ trees; see <https://trees.example/code>."


def test_a_paper_has_what_its_entry_and_its_volume_say():
    paper = read(TEXT).papers[0]
    assert paper.authors == (
        Author("Ada Example", "Ada", "Example", orcid="0000-0002-1825-0097", id="ada-example-oslo"),
        Author("Sample"),
    )
    assert (paper.type, paper.venue) == ("inproceedings", "TREE 2031")
    assert (paper.pages, paper.citekey, paper.award) == (
        "1–15",
        "example-sample-2031-sparse",
        "Best Paper, Best Tree",
    )
    assert (paper.publisher, paper.published, paper.collections) == (
        "Example Press",
        "2031-05",
        ("2031.tree-long",),
    )
    assert paper.links == {
        "doi": "https://doi.org/10.1000/tree-long.1",
        "page": "https://aclanthology.org/2031.tree-long.1",
        "pdf": "https://aclanthology.org/2031.tree-long.1.pdf",
        "code": "https://github.com/example/trees",
    }
    assert paper.origin[0].line == 20


def test_an_address_elsewhere_stays_and_a_retraction_is_told():
    paper = read(TEXT).papers[1]
    assert (paper.links, paper.status, paper.pages) == (
        {"pdf": "https://rivers.example/quiet.pdf"},
        "retracted",
        "e7",
    )


def test_a_journal_has_articles_with_volume_and_issue():
    paper = read(TEXT).papers[2]
    assert (paper.type, paper.venue, paper.volume, paper.number) == ("article", "Journal of Trees", "7", "2")
    assert (paper.status, paper.links["page"]) == ("withdrawn", "https://aclanthology.org/T31-1001")


def test_a_volume_is_a_collection():
    long, journal = read(TEXT).collections
    assert (long.name, long.title) == (
        "2031.tree-long",
        "Proceedings of the 9th Meeting on Trees and $k$-Forests",
    )
    assert (long.venue, long.publisher, long.place, long.isbn, long.published) == (
        "TREE 2031",
        "Example Press",
        "Oslo, Norway",
        "978-0-00-000000-2",
        "2031-05",
    )
    assert long.editors == (Author("Eve Editor", "Eve", "Editor"),)
    assert long.links == {"doi": "https://doi.org/10.1000/tree-long"}
    assert (journal.name, journal.venue, journal.volume) == ("2031.tree-1", "", "7")


def test_old_ids_name_collections_in_small_letters():
    text = TEXT.replace('id="2031.tree"', 'id="P18"').replace('id="long"', 'id="1"', 1)
    assert read(text).papers[0].collections == ("p18-1",)


def test_what_is_no_paper_is_counted_and_what_has_no_title_is_refused():
    reading = read(TEXT)
    assert [(problem.line, problem.what) for problem in reading.problems] == [(41, "has no title")]
    assert reading.unread == {"frontmatter": 1, "event": 1, "video": 1}


def test_a_file_without_papers_or_with_a_document_type_is_refused():
    assert [problem.what for problem in read('<collection id="2031.x"></collection>').problems] == [
        "lists no paper"
    ]
    assert [problem.what for problem in read(f"<!DOCTYPE x>{TEXT}").problems] == ["declares a document type"]


def test_a_file_that_is_cut_anywhere_is_refused():
    for end in range(0, len(TEXT.rstrip()), 19):
        reading = read(TEXT[:end])
        assert (len(reading.papers), len(reading.problems)) == (0, 1)


NAMES = "volume meta paper title booktitle author first last url tex-math abstract pages award year month venue".split()
trees = st.recursive(
    st.text(alphabet="ab $<&1-", max_size=4).map(
        lambda text: text.replace("&", "&amp;").replace("<", "&lt;")
    ),
    lambda inner: st.tuples(st.sampled_from(NAMES), st.lists(inner, max_size=4)).map(
        lambda each: f'<{each[0]} id="1">{"".join(each[1])}</{each[0]}>'
    ),
    max_leaves=20,
)


@given(st.lists(trees).map("".join))
def test_every_paper_is_accounted_for_wherever_it_stands(inner):
    reading = read(f'<collection id="2031.x">{inner}</collection>')
    assert len(reading.papers) + len(reading.problems) == max(inner.count("<paper"), 1)


def test_depth_is_no_danger():
    deep = "<b>" * 50_000 + "x" + "</b>" * 50_000
    assert (
        read(f'<collection id="x"><paper><title>{deep}</title></paper></collection>').papers[0].title == "x"
    )


@pytest.mark.parametrize("name", ["2022.acl.xml", "2022.naloma.xml"])
def test_real_files(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    text = path.read_text(encoding="utf-8")
    reading = read(text)
    lines = text.split("\n")
    assert recognizes(text)
    assert reading.problems == []
    assert [paper.origin[0].line for paper in reading.papers] == [
        number for number, line in enumerate(lines, 1) if "<paper " in line
    ]
    assert [paper.citekey for paper in reading.papers] == re.findall(
        r"<bibkey>(.*)</bibkey>", re.sub(r"(?s)<frontmatter>.*?</frontmatter>", "", text)
    )
    assert len(reading.collections) == text.count("<volume ")
    assert sum(len(paper.authors) for paper in reading.papers) == text.count("<author>") + text.count(
        "<author "
    )
    assert all(re.search(r"\d–\d|^\d+$", paper.pages) for paper in reading.papers)
