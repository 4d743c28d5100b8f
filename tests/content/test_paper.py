"""The record of a paper, and its fields as plain data."""

import pytest

from regesta.content.paper import FIELDS, ID_PATTERN, KINDS, Author, Organization, Origin, Paper, value_of


def test_every_field_but_the_abstract_has_a_kind():
    assert set(FIELDS) - set(KINDS) == {"abstract"}
    assert set(KINDS) <= set(FIELDS)


def test_the_poorest_paper_knows_nothing():
    assert [name for name in FIELDS if value_of(Paper("A title"), name) is not None] == ["title"]


@pytest.mark.parametrize(
    ("known", "name", "value"),
    [
        ({"comments": 0}, "comments", 0),
        ({"lock": True}, "lock", True),
        ({"tags": ("a", "b")}, "tags", ["a", "b"]),
        ({"links": {"code": "https://a.example/b"}}, "links", {"code": "https://a.example/b"}),
        ({"organization": Organization("X")}, "organization", "X"),
        ({"organization": Organization("X", "x")}, "organization", {"name": "X", "id": "x"}),
        (
            {"authors": (Author("Ada"), Author("Bo", orcid="1"))},
            "authors",
            ["Ada", {"name": "Bo", "orcid": "1"}],
        ),
        (
            {"origin": (Origin("a.txt", 3), Origin("b.txt"))},
            "origin",
            [{"file": "a.txt", "line": 3}, {"file": "b.txt"}],
        ),
    ],
)
def test_a_field_as_it_is_written_in_a_file(known, name, value):
    assert value_of(Paper("A title", **known), name) == value


@pytest.mark.parametrize(
    ("known", "date", "day"),
    [
        ({}, "", ""),
        ({"published": "2025-06-02"}, "2025-06-02", "2025-06-02"),
        ({"published": "2025-06"}, "2025-06", ""),
        ({"published": "2025-06-02", "featured": "2025-07-01"}, "2025-07-01", "2025-07-01"),
        ({"added": "2026-11-20"}, "", ""),
    ],
)
def test_a_paper_is_listed_by_the_day_of_its_listing_or_publication(known, date, day):
    paper = Paper("A title", **known)
    assert (paper.date, paper.register_day) == (date, day)


@pytest.mark.parametrize("paper_id", ["a", "2410.21060", "sparse-trees_2", "x" * 80])
def test_ids(paper_id):
    assert ID_PATTERN.fullmatch(paper_id)


@pytest.mark.parametrize("paper_id", ["", ".hidden", "-a", "A", "a/b", "..", "x" * 81, "é", "a b"])
def test_no_ids(paper_id):
    assert not ID_PATTERN.fullmatch(paper_id)
