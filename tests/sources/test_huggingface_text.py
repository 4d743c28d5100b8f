"""Text dumps of a listing: every layout and oddity, and every way to break one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY, authors, dump_a, dump_b, nasty_texts
from regesta.content.paper import Organization, Origin
from regesta.sources import huggingface_text
from regesta.sources.common.dump import Dump
from regesta.text.prose import title_text

WHOLE = FIXTURES / "dumps" / "whole"
BROKEN = FIXTURES / "dumps" / "broken"
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "huggingface"

ONE = ("Sparse Trees", "Forests are large, trees are small, and a forest of sparse trees is in between.")
TWO = ("Dense Forests", "We plant a dense forest, and measure how much light there is below its crowns.")
THREE = ("Quiet Rivers", "A river that makes no sound is deep; we listen to nine of them for half a year.")


def read(text, name):
    return huggingface_text.read(Dump(name, text))


def recognizes(text):
    return huggingface_text.recognizes(Dump("x.txt", text))


def papers_of(text):
    reading = read(text, "scraped/010_dump.txt")
    assert reading.problems == []
    return reading.papers


def problems_of(text):
    return [str(problem) for problem in read(text, "a.txt").problems]


def fixture(name):
    return (WHOLE / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["010_layout_a.txt", "011_layout_b.txt", "012_layout_b_bare.txt"])
def test_both_layouts_are_recognized(name):
    assert recognizes(fixture(name))


@pytest.mark.parametrize("text", ["", "new\n", "new\n\nsomething else\n", "Title\nAbstract\n", "@article{x}"])
def test_other_texts_are_not(text):
    assert not recognizes(text)


def test_layout_a_is_a_line_of_title_and_a_line_of_abstract():
    papers = papers_of(fixture("010_layout_a.txt"))
    assert [(paper.title, paper.origin[0].line) for paper in papers] == [
        ("Sparse Trees for Dense Forests", 3),
        ("Adapt-∞: Learning Rings without End", 5),
        ("wave2map: Charts from the Sound of the Sea", 7),
        ("7 Ways to Fold a Map", 9),
        ("Orchard: Grafting Experts onto Grown Networks", 11),
    ]
    assert {(paper.published, paper.authors_count, paper.comments) for paper in papers} == {("", None, None)}


def test_layout_b_has_metadata_below_its_abstracts():
    papers = papers_of(fixture("011_layout_b.txt"))
    assert [
        (p.origin[0].line, p.published, p.inferred, p.authors_count, p.organization, p.comments)
        for p in papers
    ] == [
        (13, "2025-09-12", ("published",), 3, None, 4),
        (21, "2025-10-31", ("published",), None, Organization("Example Labs", "example-labs"), None),
        (29, "2024-02-28", (), 1, None, 12),
        (37, "", (), None, None, None),
        (41, "2025-01-02", ("published",), 17, None, None),
        (49, "2023-11-30", (), 2, None, None),
    ]
    assert all(paper.authors == () for paper in papers)  # a count is not a name


def test_layout_b_may_lack_metadata_and_its_heading():
    papers = papers_of(fixture("012_layout_b_bare.txt"))
    assert [(paper.origin[0].line, paper.published) for paper in papers] == [(11, ""), (15, ""), (19, "")]


def test_a_paper_knows_its_file_line_and_collection():
    paper = papers_of(dump_b(ONE))[0]
    assert paper.origin == (Origin("scraped/010_dump.txt", 13),)
    assert paper.collections == ("scrape-010",)
    assert paper.id == ""  # named where all papers are known


@pytest.mark.parametrize(
    ("name", "collection"),
    [
        ("scraped/002_d625c98d8a13f3c6.txt", "scrape-002"),
        ("Autumn.txt", "scrape-autumn"),
        ("My Scrape (1).txt", "scrape-my-scrape-1"),
        ("Überblick.txt", "scrape-uberblick"),
        ("日本.txt", "scrape"),
        ("x" * 200 + ".txt", "scrape-" + "x" * 60),
    ],
)
def test_a_collection_is_named_after_its_dump(name, collection):
    assert read(dump_a(ONE), name).papers[0].collections == (collection,)


def test_a_single_author_is_counted():
    assert papers_of(dump_b((*ONE, "  • 1 authors\n·\nJan 2, 2024")))[0].authors_count == 1


def test_an_organization_may_have_blanks_and_dots():
    paper = papers_of(dump_b((*ONE, "Example.Labs-2 The  Example Labs, Inc.\n·\nJan 2, 2024 7")))[0]
    assert paper.organization == Organization("The Example Labs, Inc.", "Example.Labs-2")
    assert (paper.authors_count, paper.comments) == (None, 7)


def test_absent_comments_are_unknown_and_zero_is_zero():
    papers = papers_of(dump_b((*ONE, authors(1, "Jan 2, 2024")), (*TWO, authors(1, "Jan 2, 2024 0"))))
    assert [paper.comments for paper in papers] == [None, 0]


def published(*dates, day="Oct 31"):
    entries = [(f"Paper number {i}", ONE[1], authors(1, date)) for i, date in enumerate(dates)]
    return [(paper.published, bool(paper.inferred)) for paper in papers_of(dump_b(*entries, day=day))]


def test_a_year_left_out_is_the_one_after_the_newest_written_out():
    assert published("Oct 31", "Jan 2", "Dec 24, 2024", "May 1, 2019") == [
        ("2025-10-31", True),
        ("2025-01-02", True),
        ("2024-12-24", False),
        ("2019-05-01", False),
    ]


def test_without_a_full_date_the_year_stays_unknown():
    assert published("Oct 30", "Jan 2") == [("", False), ("", False)]


def test_a_day_after_that_of_the_scrape_makes_the_year_unknown():
    assert published("Nov 1", "Jan 2", "Dec 24, 2024") == [("", False), ("", False), ("2024-12-24", False)]


def test_a_day_that_the_year_does_not_have_stays_unknown():
    assert published("Feb 29", "Feb 28", "Dec 24, 2024") == [
        ("", False),
        ("2025-02-28", True),
        ("2024-12-24", False),
    ]
    assert published("Feb 29", "Dec 24, 2023")[0] == ("2024-02-29", True)


def test_the_day_of_the_scrape_dates_no_paper():
    assert papers_of(dump_b(ONE, day="Oct 31"))[0].published == ""


def test_no_other_file_changes_what_a_year_is():
    alone = read(dump_b((*ONE, authors(1, "Jan 2"))), "a.txt").papers[0]
    assert alone.published == ""


@pytest.mark.parametrize(
    ("name", "problems", "titles"),
    [
        (
            "cut_abstract_a",
            [
                "7: ends in mid-abstract: scrape the page again and import the whole dump; this entry was left out"
            ],
            ["Sparse", "Adapt"],
        ),
        (
            "cut_abstract_b",
            [
                "21: ends in mid-abstract: scrape the page again and import the whole dump; this entry was left out"
            ],
            ["Sparse"],
        ),
        (
            "cut_title_b",
            ["21: 'Clay: Models Th' has no abstract: scrape the page again, or add the paper by hand"],
            ["Sparse"],
        ),
        (
            "cut_metadata_b",
            [
                "25: metadata that cannot be read: expected authors or an organization, a dot, and a date; this entry was left out"
            ],
            ["Sparse"],
        ),
        (
            "cut_header_b",
            [
                "1: has no line 'byAK and the research community' with the day of the scrape after it: scrape the page again"
            ],
            [],
        ),
        ("cut_after_header_b", ["11: lists no paper: scrape the page again"], []),
        (
            "title_without_abstract_a",
            [
                "5: 'Adapt-infty: Learning Rings without End' has no abstract: scrape the page again, or add the paper by hand"
            ],
            ["Sparse", "wave2map", "7"],
        ),
        (
            "title_with_empty_abstract_a",
            [
                "5: 'Adapt-infty: Learning Rings without End' has no abstract: scrape the page again, or add the paper by hand"
            ],
            ["Sparse", "wave2map", "7"],
        ),
        (
            "title_without_abstract_b",
            [
                "21: 'Adapt-infty: Learning Rings without End' has no abstract: scrape the page again, or add the paper by hand"
            ],
            ["Sparse", "Clay"],
        ),
        (
            "title_without_abstract_bare",
            [
                "17: 'Adapt-infty: Learning Rings without End' has no abstract: scrape the page again, or add the paper by hand"
            ],
            ["Sparse", "Lantern", "Bridges"],
        ),
        (
            "abstract_without_title",
            [
                "17: 'We study learners that meet their tasks in a ring, again and' has no title: scrape the page again, or add the paper by hand"
            ],
            ["Sparse", "Clay"],
        ),
        (
            "strange_metadata",
            [
                f"{line}: metadata that cannot be read: expected authors or an organization, a dot, and a date; this entry was left out"
                for line in (25, 33, 41)
            ],
            ["Sparse", "7"],
        ),
        (
            "stray_metadata",
            ["13: metadata that belongs to no entry: scrape the page again, or add the paper by hand"],
            ["Sparse"],
        ),
    ],
)
def test_what_is_broken_is_named_and_all_else_is_read(name, problems, titles):
    reading = read((BROKEN / f"{name}.txt").read_text(encoding="utf-8"), f"{name}.txt")
    assert [str(problem) for problem in reading.problems] == [f"{name}.txt:{problem}" for problem in problems]
    assert [
        paper.title.replace(":", " ").split(" ")[0].removesuffix("-∞") for paper in reading.papers
    ] == titles
    complete = {
        paper.title: paper.abstract
        for path in WHOLE.glob("*.txt")
        for paper in papers_of(path.read_text(encoding="utf-8"))
    }
    assert all(complete[paper.title] == paper.abstract for paper in reading.papers)


def test_no_metadata_goes_to_another_paper():
    papers = read((BROKEN / "abstract_without_title.txt").read_text(encoding="utf-8"), "a.txt").papers
    assert [(paper.published, paper.authors_count) for paper in papers] == [("", None), ("2023-11-30", 2)]


@pytest.mark.parametrize(
    "ending",
    [
        "It works.",
        "It works!",
        "It works (mostly).",
        "It “works”.",
        "Code: https://github.com/a/b",
        "See github.com/a/b",
        "It works ...",
    ],
)
@pytest.mark.parametrize("dump", [dump_a, dump_b])
def test_a_dump_may_end_where_an_abstract_does(dump, ending):
    assert len(papers_of(dump(ONE, (TWO[0], f"We plant. {ending}"), end=""))) == 2


def test_a_line_end_in_layout_a_says_that_the_dump_is_whole():
    assert len(papers_of(dump_a(ONE, (TWO[0], "An abstract that has no full stop")))) == 2


def test_short_abstracts_are_told_from_titles_by_what_follows():
    texts = [
        ("Title one", "Tiny abstract", authors(1, "Jan 2, 2024")),
        ("Title two.", "Tiny, too."),
        ("Title three", "Without a full stop"),
    ]
    assert [paper.title for paper in papers_of(dump_b(*texts[:2]))] == ["Title one", "Title two."]
    assert problems_of(dump_b(*texts)) == [
        "a.txt:25: ends in mid-abstract: scrape the page again and import the whole dump; this entry was left out"
    ]


@pytest.mark.parametrize("text", ["", "\n", "Subscribe", "Subscribe\n\n\n"])
def test_a_banner_alone_lists_nothing(text):
    banner = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\n"
    assert [problem.partition(": ")[2] for problem in problems_of(banner + text)] == [
        "lists no paper: scrape the page again"
    ]


def test_a_dump_that_is_cut_anywhere_yields_no_wrong_paper():
    text = fixture("011_layout_b.txt")
    whole = {paper.title: paper.abstract for paper in papers_of(text)}
    for end in range(200, len(text), 11):
        *papers, last = read(text[:end], "a.txt").papers or [read(text, "a.txt").papers[0]]
        assert all(paper.abstract == whole[paper.title] for paper in papers)
        # a cut right after a sentence, or in an address, looks like an end
        assert last.abstract == whole[last.title] or last.abstract.endswith((".", ":", ">"))


lines = nasty_texts().map(lambda text: " ".join(text.split("\n"))).filter(title_text)


@given(st.lists(st.tuples(lines, lines.map("{}.".format)), min_size=1, max_size=4))
def test_whatever_a_dump_holds_no_entry_is_lost(entries):
    for text in (dump_a(*entries), dump_b(*entries)):
        reading = read(text, "a.txt")
        assert len(reading.papers) + len(reading.problems) >= len(entries)
        assert all(paper.title for paper in reading.papers)


@pytest.mark.parametrize("name", ["search_page_text_Dec15.txt", "search_page_text_Nov20.txt"])
def test_real_dumps_that_were_cut(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    reading = read(path.read_text(encoding="utf-8"), name)
    assert [str(problem) for problem in reading.problems] == [
        f"{name}:21: ends in mid-abstract: scrape the page again and import the whole dump; this entry was left out"
    ]
    assert len(reading.papers) == 1
    assert reading.papers[0].inferred == ()
