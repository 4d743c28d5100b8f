"""Queries of saved searches and of `regesta tag add`: which papers match, and which mistakes are reported."""

import pytest

from matches import QUERIES, invented_archive
from regesta.content.paper import Author, Paper
from regesta.search.conditions import PaperTerms
from regesta.search.query import Query, mistakes
from regesta.search.searchable import known_names, searchable, unknown_names

ARCHIVE = invented_archive()
NAMES = known_names(ARCHIVE)
PAPERS = {paper.id: searchable(ARCHIVE, paper, paper.abstract).terms() for paper in ARCHIVE.papers}


def found(query):
    return {paper_id for paper_id, terms in PAPERS.items() if Query(query, NAMES).matches(terms)}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_the_papers_that_match_it(query):
    assert found(query) == QUERIES[query]


def reported(query):
    return [f"{what}: {remedy}" for what, remedy in (*mistakes(query), *unknown_names(ARCHIVE, NAMES, query))]


@pytest.mark.parametrize(
    "query",
    [
        "trees",
        "the trees",
        "art & wind",
        "-wind",
        "tag:learning",
        'tag:"Reinforcement Learning"',
        "has:video",
        "year:1999",
        "collection:reading-group",
        "12:30",
    ],
)
def test_valid_queries_have_no_mistakes(query):
    assert reported(query) == []


@pytest.mark.parametrize(
    ("query", "what"),
    [
        ("", "asks for nothing: write words that are not too common, or field:word"),
        ("of the", "asks for nothing: write words that are not too common, or field:word"),
        (
            "colour:red wind",
            "has the unknown field `colour:`: fields are title, abstract, author, org, venue, tag, keyword, collection, year and has; in quotes it is text",
        ),
        ("wind title:", "asks for nothing with `title:`: write a word after it"),
        ("wind title:the", "asks for nothing with `title:the`: write words, or field:word"),
        ("wind -", "asks for nothing with `-`: write words, or field:word"),
        ('wind ""', 'asks for nothing with `""`: write words, or field:word'),
        ("wind year:soon", "cannot read the years `soon`: write 2025, 2024..2025, 2024.. or ..2025"),
        ("year:2025..2024", "cannot read the years `2025..2024`: write 2025, 2024..2025, 2024.. or ..2025"),
        ("tag:reasonin", "asks for `tag:reasonin`, which no paper has: did you mean `tag:reasoning`?"),
        (
            "tag:quarks",
            "asks for `tag:quarks`, which no paper has: there are language-models, learning-to-rank, reasoning, rivers, rl, trees",
        ),
        (
            "-collection:reading-groop",
            "asks for `collection:reading-groop`, which no paper has: did you mean `collection:reading-group`?",
        ),
        ("has:cod", "asks for `has:cod`, which no paper has: did you mean `has:code`?"),
        ("wind " * 33, "is too long: write at most 2000 characters and 32 words"),
        ("w" * 2001, "is too long: write at most 2000 characters and 32 words"),
    ],
)
def test_mistakes_are_reported(query, what):
    assert reported(query) == [what]


def test_all_mistakes_are_reported_at_once():
    assert [what.partition(" ")[0] for what in reported("colour:red year:soon tag:reasonin")] == [
        "has",
        "cannot",
        "asks",
    ]


def test_only_the_beginning_of_a_long_query_is_read():
    assert found("wind " + "zzz" * 2000) == found("wind " + "zzz" * 600) == set()
    assert found(" " * 3000 + "zzz") == set()
    assert found("wind" + " " * 3000 + "zzz") == found("wind")
    assert found('"' * 1999) == found("title:" * 500) == set()


def test_only_texts_that_are_asked_for_are_read():
    read = []
    terms = PaperTerms(lambda text: read.append(text) or ("wind",), ["tag/rivers"])
    assert not Query("tag:rl wind", ["tag/rl"]).matches(terms)
    assert Query("title:wind tag:rivers", ["tag/rivers"]).matches(terms)
    assert read == ["title"]


def test_a_paper_without_a_date_is_of_no_year():
    bare = searchable(ARCHIVE, Paper("Trees", id="bare"), "").terms()
    assert not Query("year:1000..9999").matches(bare)
    assert Query("-year:2025").matches(bare)


def test_all_that_the_site_says_of_a_paper_is_searchable():
    paper = next(paper for paper in ARCHIVE.papers if paper.id == "trees")
    known = searchable(ARCHIVE, paper, "Plain.", ["slides"])
    assert known.names == (
        "collection/reading-group",
        "has/abstract",
        "has/authors",
        "has/code",
        "has/date",
        "has/pdf",
        "has/slides",
        "has/tags",
        "tag/trees",
        "year/2025",
    )
    assert (known.organization, known.tags, known.year, known.abstract) == (
        ("Example Lab", "examplelab"),
        ("Trees", "random forest"),
        "2025",
        "Plain.",
    )
    twin = searchable(
        ARCHIVE, Paper("$x^2$", id="p", authors=(Author("C. Mueller"), Author("Cy Müller"))), ""
    )
    assert (twin.title, twin.authors, twin.names) == ("x²", ("C. Mueller", "Cy Müller"), ("has/authors",))
