"""Queries for papers, as `regesta tag add` takes them."""

import pytest

from regesta.errors import RegestaError
from regesta.paper import Author, Organization, Paper
from regesta.query import Query

PAPER = Paper(
    "Sparse Trees for Dense Forests", "We grow forests of decision trees, and measure the naïve ones in São Paulo. A forest sings.", published="2025-06-02",
    authors=(Author("Ada Example"),), organization=Organization("Example Lab", "examplelab"), venue="Proceedings of Forestry", tags=("trees",),
    collections=("autumn",), keywords=("random forest",), links={"code": "https://a.example/c"},
)  # fmt: skip


@pytest.mark.parametrize(
    "query",
    [
        "trees", "TREE", "growing forests", "sao paulo", '"decision trees"', '"trees for dense"', "title:sparse", "abstract:sings", "author:ada", 'author:"ada example"',
        "org:lab", "org:examplelab", "venue:forestry", "tag:trees", "collection:autumn", "keyword:random", "year:2025", "year:2024..2025", "year:2025..", "year:..2026",
        "has:code", "has:date", "has:authors", "-has:pdf", "-rivers", "trees -title:rivers", '-"dense trees"',
    ],
)  # fmt: skip
def test_what_finds_it(query):
    assert Query(query).finds(PAPER)


@pytest.mark.parametrize(
    "query",
    ["rivers", "trees rivers", '"dense trees"', "title:sings", "author:bo", "year:2024", "year:..2024", "year:2026..", "has:pdf", "tag:tree", "-trees", "-year:2025", "-has:code"],
)
def test_what_does_not(query):
    assert not Query(query).finds(PAPER)


def test_a_paper_without_a_date_is_of_no_year():
    assert not Query("year:1000..9999").finds(Paper("Trees"))
    assert Query("-year:2025").finds(Paper("Trees"))


@pytest.mark.parametrize(("query", "what"), [("", "asks for nothing"), ("colour:red", "names no field by `colour:`"), ("year:soon", "cannot read the years 'soon'")])
def test_what_cannot_be_asked_is_said(query, what):
    with pytest.raises(RegestaError, match=what):
        Query(query)
