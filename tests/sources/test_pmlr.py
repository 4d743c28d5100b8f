"""Posts of Proceedings of Machine Learning Research: one paper per file."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY, nasty_texts
from regesta.content.collections import Collection
from regesta.content.paper import Author
from regesta.sources import pmlr
from regesta.sources.common.dump import Dump

NAME = "2031-02-27-example31a.md"
TEXT = (FIXTURES / "sources" / "pmlr" / NAME).read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "pmlr" / "_posts"


def read(text):
    return pmlr.read(Dump(NAME, text))


def recognizes(text):
    return pmlr.recognizes(Dump(NAME, text))


def test_a_post_is_recognized_and_other_front_matter_is_not():
    assert recognizes(TEXT)
    assert not recognizes("---\nid: x\ntitle: A paper of our own\n---\n")
    assert not recognizes("---\nbooktitle: Proceedings\nlayout: proceedings\n---\n")
    assert not recognizes("tex_title: no front matter\n")


def test_a_post_is_a_paper():
    paper = read(TEXT).papers[0]
    assert (paper.title, paper.abstract) == (
        "Sparse $k$-Trees: Dense Forests",
        "We plant trees, and $x^2$ of them grow; a colon is quoted.",
    )
    assert paper.authors == (
        Author("Ada Example", "Ada", "Example"),
        Author("Björn de Sample", "Björn", "de Sample"),
    )
    assert (paper.type, paper.venue, paper.volume) == (
        "inproceedings",
        "Proceedings of the 9th Conference on Trees",
        "999",
    )
    assert (paper.published, paper.pages, paper.publisher) == ("2031-02-27", "15–27", "PMLR")
    assert (paper.session, paper.citekey) == ("Contributed Papers", "example31a")
    assert paper.links == {
        "pdf": "https://proceedings.mlr.press/v999/example31a/example31a.pdf",
        "discussion": "https://openreview.net/forum?id=AAAAexample",
        "code": "https://github.com/example/trees",
    }
    assert paper.origin[0].line == 5


def test_its_volume_is_a_collection():
    reading = read(TEXT)
    assert reading.papers[0].collections == ("pmlr-v999",)
    assert reading.collections == [
        Collection(
            "pmlr-v999",
            "Proceedings of the 9th Conference on Trees",
            series="Proceedings of Machine Learning Research",
            volume="999",
            publisher="PMLR",
            published="2031-02-27",
        )
    ]


def test_the_title_for_bibtex_stands_in_for_one_that_is_missing():
    text = TEXT.replace("title: 'Sparse $k$-Trees: Dense Forests'\n", "", 1)
    assert read(text).papers[0].title == "Sparse $k$-Trees: Dense Forests"


def test_a_post_of_old_has_a_year_and_a_month():
    old = TEXT.replace("date: 2031-02-27\n", "year: 2010\n")
    assert read(old).papers[0].published == "2010"
    assert read(old.replace("month: 0", "month: 3")).papers[0].published == "2010-03"


def test_fields_without_a_place_are_counted():
    assert read(TEXT).unread == {"issn": 1, "order": 1, "cycles": 1, "extras": 1}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("---\ntex_title: [\n---\n", 3, "is not valid YAML"),
        ("---\nvolume: 3\ncontainer-title: x\n---\n", 1, "has no title"),
        ("---\ntex_title: x\n", 1, "front matter is not closed"),
        ("---\ntitle: a\ntitle: b\n---\n", 3, "has the key `title` twice"),
    ],
)
def test_what_cannot_be_read_is_a_problem(text, line, what):
    reading = read(text)
    assert reading.papers == []
    assert [(problem.line, problem.what[: len(what)]) for problem in reading.problems] == [(line, what)]


def test_a_file_that_is_cut_anywhere_is_refused():
    for end in range(0, len(TEXT) - 5, 7):
        reading = read(TEXT[:end])
        assert (len(reading.papers), len(reading.problems)) == (0, 1)


@given(
    st.dictionaries(
        st.sampled_from("title tex_title author date volume page abstract id pdf".split()), nasty_texts()
    )
)
def test_nothing_makes_it_fail(values):
    reading = read("---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n")
    assert len(reading.papers) + len(reading.problems) == 1


def test_real_posts():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not on this machine")
    for path in sorted(SHARED.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        reading = read(text)
        assert recognizes(text)
        assert reading.problems == []
        paper = reading.papers[0]
        assert (paper.citekey, paper.published) == (path.stem[11:], path.stem[:10])
        assert len(paper.authors) == text.count("\n- given:")
        assert paper.abstract
        assert "–" in paper.pages
        assert text.split("\n")[paper.origin[0].line - 1].startswith("title:")
