"""Tables: JSON Lines, lists of flat objects, and CSV."""

import csv
import gzip
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, REPOSITORY, nasty_texts
from regesta.content.paper import Author
from regesta.sources import tables
from regesta.sources.common.dump import Dump
from regesta.sources.registry import read_paths
from regesta.text.prose import title_text

FOLDER = FIXTURES / "sources" / "tables"
LINES = (FOLDER / "papers.jsonl").read_text(encoding="utf-8")
TABLE = (FOLDER / "papers.csv").read_text(encoding="utf-8")
SHARED = REPOSITORY.parent / "shared" / "fixtures" / "papers-20k.jsonl.gz"
WHO = {"Paper Title": "title", "Who": "authors"}


def read_jsonl(text, **columns):
    return tables.read_jsonl(Dump("papers.jsonl", text, columns))


def read_csv(text, columns=None):
    return tables.read_csv(Dump("papers.csv", text, columns or {}))


def paper_of(**values):
    (paper,) = read_jsonl(json.dumps({"title": "Trees"} | values)).papers
    return paper


def names(authors):
    return [author.name for author in paper_of(authors=authors).authors]


def test_json_lines_are_recognized_by_their_name_or_by_a_title():
    def recognizes(text, name="papers.txt"):
        return tables.recognizes_jsonl(Dump(name, text))

    assert recognizes(LINES)
    assert recognizes('[\n {"Title": "A"}]')
    assert recognizes('{"x": 1}\n', "papers.jsonl.gz")
    assert not recognizes('{"status": "ok", "message": {"title": ["A"]}}')
    assert not recognizes('{"title": {"value": "A"}}')
    assert not recognizes('{"title": "cut')
    assert not recognizes("[1, 2]")


def test_a_table_is_recognized_by_its_name_or_by_a_column_for_titles():
    def recognizes(text, name="papers.txt", **columns):
        return tables.recognizes_csv(Dump(name, text, columns))

    assert recognizes("Title;Year\nA;2031\n")
    assert recognizes('"year"\t"TITLE"\n')
    assert recognizes("Paper,Year\n", Paper="title")
    assert recognizes("Paper,Year\n", "papers.tsv")
    assert not recognizes("Title\nAbstract\n")
    assert not recognizes("@article{x, title = {A}}\n")
    assert not recognizes("One,two\rthree,four\nfive\n")


def test_a_line_is_a_paper():
    paper = read_jsonl(LINES).papers[0]
    assert (paper.title, paper.abstract, paper.venue, paper.published) == (
        "Sparse Trees",
        "We plant trees.",
        "trees",
        "2031",
    )
    assert [author.name for author in paper.authors] == ["Ada Example", "Björn Sample"]
    assert paper.links == {
        "arxiv": "https://arxiv.org/abs/2406.00001",
        "page": "https://trees.example/1",
        "code": "https://github.com/example/trees",
    }
    assert (paper.keywords, paper.origin[0].line) == (("trees",), 1)


def test_columns_go_by_many_names():
    paper = read_jsonl(LINES).papers[1]
    assert paper.authors == (
        Author("Ada Example", "Ada", "Example"),
        Author("Björn Sample", "Björn", "Sample"),
    )
    assert (paper.published, paper.links, paper.keywords) == (
        "2031-05-02",
        {"doi": "https://doi.org/10.1000/rivers"},
        ("rivers", "noise"),
    )
    assert (paper.upvotes, paper.comments, paper.status, paper.pages) == (3, 0, "retracted", "1–9")


def test_each_line_that_cannot_be_used_is_named():
    assert [(problem.line, problem.what) for problem in read_jsonl(LINES).problems] == [
        (4, "has no title"),
        (5, "is not JSON (unterminated string starting at)"),
        (6, "is not a JSON object"),
    ]


def test_what_is_not_a_number_is_unknown():
    paper = read_jsonl(LINES).papers[2]
    assert (paper.abstract, paper.published, paper.origin[0].line) == ("", "", 7)


def test_what_has_no_place_is_counted():
    assert read_jsonl(LINES).unread == {"area": 1, "id": 1, "year": 1}


def test_a_list_of_objects_is_read_with_their_lines():
    reading = read_jsonl('[\n {"title": "A"},\n 3,\n {"title": "B"}\n]')
    assert [(paper.title, paper.origin[0].line) for paper in reading.papers] == [("A", 2), ("B", 4)]
    assert [problem.line for problem in reading.problems] == [3]
    assert [paper.title for paper in read_jsonl('{\n"title": "A"\n}\n').papers] == ["A"]


def test_separators_of_authors():
    assert names("Ada Example; Björn Sample") == ["Ada Example", "Björn Sample"]
    assert names("Ada Example and Björn Sample") == ["Ada Example", "Björn Sample"]
    assert names("Example, Ada and Sample, Björn") == ["Ada Example", "Björn Sample"]
    assert names("Ada Example, Björn Sample, and Cy Person") == ["Ada Example", "Björn Sample", "Cy Person"]
    assert names("Ada Example, Björn Sample, et al.") == ["Ada Example", "Björn Sample"]
    assert names("Alexandra Sandstrand") == ["Alexandra Sandstrand"]
    assert names([{"given": "Ada", "family": "Example"}, {"name": "Björn"}, "", None]) == [
        "Ada Example",
        "Björn",
    ]


def test_what_is_no_address_or_status_is_not_taken():
    paper = paper_of(
        github="example/trees",
        pdf="trees.pdf is here",
        url="www.trees.example/a b",
        doi="none",
        status="accepted",
        upvotes="many",
    )
    assert (paper.links, paper.status, paper.upvotes) == ({}, "", None)


@pytest.mark.parametrize(
    ("date", "published"),
    [
        ("2031", "2031"),
        (2031, "2031"),
        ("2031.0", "2031"),
        ("2031/5/2", "2031-05-02"),
        ("2031-05", "2031-05"),
        ("May", ""),
    ],
)
def test_dates_are_read_as_precisely_as_they_are_written(date, published):
    assert paper_of(date=date).published == published


def test_the_curator_says_what_columns_hold():
    reading = read_csv(TABLE, WHO)
    assert [(paper.title, paper.origin[0].line) for paper in reading.papers] == [
        ("Sparse Trees, Dense Forests", 2),
        ("Quiet Rivers", 4),
        ("Last One", 8),
    ]
    paper = reading.papers[0]
    assert [author.name for author in paper.authors] == ["Ada Example", "Björn Sample"]
    assert (paper.venue, paper.number, paper.published, paper.links) == (
        "Journal of Trees",
        "2",
        "2031",
        {"doi": "https://doi.org/10.1000/trees"},
    )
    assert len(reading.papers[2].authors) == 3
    assert (reading.papers[2].published, reading.unread) == ("2029", {"notes": 1, "doi": 1})


def test_rows_that_cannot_be_used_are_named():
    assert [(problem.line, problem.what) for problem in read_csv(TABLE, WHO).problems] == [
        (5, "has 2 cells where the table has 7 columns"),
        (7, "has no title"),
    ]


def test_the_curator_wins_over_a_columns_name():
    paper = read_jsonl('{"title": "series", "name": "Trees"}', name="title").papers[0]
    assert paper.title == "Trees"


def test_an_unknown_key_is_one_problem():
    reading = read_csv("title,who\nA,B\nC,D\n", {"who": "wrote"})
    assert [(problem.line, problem.what) for problem in reading.problems] == [
        (1, "has a column 'who' for 'wrote', which no paper has")
    ]
    assert "name one of title, abstract, authors, " in reading.problems[0].remedy
    assert len(reading.papers) == 2


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_three_separators(separator):
    text = f'title{separator}"venue, or; so"{separator}year\nA{separator}B{separator}2031\n'
    assert [(paper.title, paper.published) for paper in read_csv(text).papers] == [("A", "2031")]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("name,year\nA,2031\n", [(1, "has no column for titles, but 'name', 'year'")]),
        ("title,year\n", [(1, "lists no paper")]),
        ("", [(1, "lists no paper")]),
        (
            'title,year\nA,1\n"B,2\nC,3\n',
            [(3, "has a quotation that is not closed: the rest of the file belongs to it")],
        ),
        ('title,year\n"A"B,1\nC,3\n', [(2, "is not a row of a table (',' expected after '\"')")]),
        ("title,year\nA,2031,x\nB,2031,\n", [(2, "has 3 cells where the table has 2 columns")]),
    ],
)
def test_tables_that_are_broken(text, problems):
    assert [(problem.line, problem.what) for problem in read_csv(text).problems] == problems


def test_a_file_that_is_cut_anywhere_is_read_up_to_there():
    for end in range(0, len(LINES), 7):
        reading = read_jsonl(LINES[:end])
        filled = sum(bool(line.strip()) for line in LINES[:end].split("\n"))
        assert len(reading.papers) + len(reading.problems) == max(filled, 1)
    for end in range(0, len(TABLE), 7):
        assert read_csv(TABLE[:end], WHO).problems or read_csv(TABLE[:end], WHO).papers


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda values: st.lists(values) | st.dictionaries(st.text(), values),
    max_leaves=8,
)
KEYS = "title abstract authors year date venue doi arxiv url pdf code keywords pages status upvotes organization x".split()


@pytest.mark.slow
@given(
    st.lists(st.dictionaries(st.sampled_from(KEYS), json_values | nasty_texts()) | json_values, min_size=1)
)
def test_whatever_lines_hold_every_one_is_accounted_for(values):
    reading = read_jsonl(
        "".join(f"{json.dumps(value)}\n" for value in [{}, *values])
    )  # one that begins with [ is a list
    assert len(reading.papers) + len(reading.problems) == len(values) + 1


@given(st.lists(st.tuples(nasty_texts(), nasty_texts()), min_size=1))
def test_whatever_cells_hold_every_row_is_accounted_for(rows):
    file = io.StringIO()
    csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows([("title", "authors"), *rows])
    reading = read_csv(file.getvalue())
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(reading.papers) + len(reading.problems) == max(len(filled), 1)
    assert [paper.title for paper in reading.papers] == [
        title for row in rows if (title := title_text(row[0]))
    ]


@given(st.text())
def test_nothing_makes_it_fail(text):
    for recognizes, read in (
        (tables.recognizes_csv, tables.read_csv),
        (tables.recognizes_jsonl, tables.read_jsonl),
    ):
        recognizes(Dump("x", text))
        assert read(Dump("x", text)).problems or read(Dump("x", f"title\n{text}"))


@pytest.mark.slow
def test_twenty_thousand_real_papers():
    if not SHARED.exists():
        pytest.skip(f"{SHARED} is not on this machine")
    text = gzip.decompress(SHARED.read_bytes()).decode()
    reading = read_jsonl(text)
    records = [json.loads(line) for line in text.split("\n") if line]
    assert reading.problems == []
    assert [paper.origin[0].line for paper in reading.papers] == list(range(1, len(records) + 1))
    assert [len(paper.authors) for paper in reading.papers] == [
        sum(bool(name.strip()) for name in record["authors"]) for record in records
    ]
    assert sum("arxiv" in paper.links for paper in reading.papers) == sum(
        bool(record["arxiv"]) for record in records
    )
    assert sum("code" in paper.links for paper in reading.papers) + reading.unread["github"] == sum(
        bool(record["github"]) for record in records
    )
    assert not any(set(paper.title) & {"\r", "\n", "\x00"} for paper in reading.papers)


def test_a_library_that_a_reference_manager_wrote_as_a_table_is_read(tmp_path):
    header = '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Abstract Note","Date","Notes","File Attachments","Manual Tags"'
    row = '"X4Y5Z6A7","journalArticle","2024","Example, Ada; Example, Bo","Sparse Trees","Journal of Trees","10.5555/1","We plant.","2024-05-02","secret","/home/ada/a.pdf","oak; ash"'
    (tmp_path / "library.csv").write_text(f"\ufeff{header}\n{row}\n", encoding="utf-8")
    reading = read_paths([tmp_path / "library.csv"], tmp_path)
    (paper,) = reading.papers
    assert (paper.title, paper.venue, paper.published, paper.citekey) == (
        "Sparse Trees",
        "Journal of Trees",
        "2024-05-02",
        "",
    )
    assert ([author.name for author in paper.authors], paper.keywords) == (
        ["Ada Example", "Bo Example"],
        ("oak", "ash"),
    )
    assert {"notes", "file attachments", "key"} <= set(reading.unread)
    assert "secret" not in repr(paper)
    assert "/home" not in repr(paper)


@pytest.mark.parametrize("digits", [309, 4000, 5000])
def test_a_number_of_very_many_digits_is_not_a_count(digits):
    reading = read_jsonl(
        f'{{"title": "A", "upvotes": {"9" * digits}, "volume": {"9" * digits}}}\n{{"title": "B"}}'
    )
    assert [paper.title for paper in reading.papers][-1] == "B"
    assert all(paper.upvotes is None for paper in reading.papers)
