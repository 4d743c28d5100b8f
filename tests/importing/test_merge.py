"""Copies of one paper are recognized, and merged into the richest."""

from itertools import permutations

from regesta.content.paper import Author, Organization, Origin, Paper
from regesta.importing.merge import merge

ARXIV = {"arxiv": "https://arxiv.org/abs/2410.21060"}
DOI = {"doi": "https://doi.org/10.5555/ABC.1"}


def copy(line, **known):
    return Paper("Sparse Trees", origin=(Origin("scraped/a.txt", line),), **known)


def test_the_richest_of_each_field_is_kept():
    poor = copy(
        5,
        abstract="Text.",
        collections=("scrape-002",),
        links={"code": "https://a.example/code", "pdf": "https://a.example/pdf"},
    )
    rich = copy(
        85,
        abstract="Text.",
        collections=("scrape-001",),
        published="2025-06-02",
        inferred=("published",),
        authors_count=9,
        comments=2,
    )
    merged = merge([poor, rich])
    assert merged.published == "2025-06-02"
    assert merged.inferred == ("published",)
    assert (merged.authors_count, merged.comments) == (9, 2)
    assert merged.collections == ("scrape-001", "scrape-002")
    assert merged.links == {"code": "https://a.example/code", "pdf": "https://a.example/pdf"}
    assert merged.origin == (Origin("scraped/a.txt", 5), Origin("scraped/a.txt", 85))


def test_a_date_that_was_read_beats_one_that_was_worked_out():
    worked_out = copy(
        1,
        published="2025-06-02",
        inferred=("published",),
        authors_count=3,
        comments=1,
        organization=Organization("X"),
    )
    read = copy(2, published="2024-06-02")
    for copies in permutations([worked_out, read]):
        merged = merge(list(copies))
        assert (merged.published, merged.inferred) == ("2024-06-02", ())
        assert merged.authors_count == 3


def test_a_precise_date_beats_a_coarse_one():
    merged = merge(
        [copy(1, published="2025", comments=4), copy(2, published="2025-06-02", inferred=("published",))]
    )
    assert (merged.published, merged.comments) == ("2025-06-02", 4)


def test_no_comments_is_something_known():
    assert merge([copy(1, comments=0), copy(2, comments=None)]).comments == 0


def test_merging_does_not_depend_on_the_order():
    copies = [
        copy(1, published="2025"),
        copy(2, comments=3, tags=("a",)),
        copy(3, abstract="Text.", links=ARXIV),
        copy(4, tags=("b",)),
    ]
    results = [merge(list(order)) for order in permutations(copies)]
    assert all(result == results[0] for result in results)


def test_the_longer_abstract_is_the_one_that_was_not_cut():
    whole, cut = (
        copy(1, abstract="It grows. It falls."),
        copy(2, abstract="It grows.", published="2025-06-02", comments=1),
    )
    assert merge([cut, whole]).abstract == "It grows. It falls."


def test_authors_come_from_the_copy_that_knows_them_best():
    names, parts = (
        (Author("A. One"), Author("B. Two")),
        (Author("A. One", "A.", "One"), Author("B. Two", "B.", "Two")),
    )
    assert merge([copy(1, authors=names, published="2025-06-02"), copy(2, authors=parts)]).authors == parts
    assert merge([copy(1, authors=names), copy(2, authors=parts[:1])]).authors == names


def test_counts_only_grow():
    assert (
        merge([copy(1, comments=2, upvotes=5, published="2025"), copy(2, comments=7, upvotes=1)]).comments
        == 7
    )


def test_very_many_copies_are_joined_in_linear_steps(monkeypatch):
    """Each comparison of two places of origin is counted: sorting them all again for each copy would be a million."""
    counted, before = [], Origin.__lt__
    monkeypatch.setattr(Origin, "__lt__", lambda one, other: counted.append(1) or before(one, other))
    copies = [Paper(title=f"A title {number}", origin=(Origin("a.jsonl", number),)) for number in range(1000)]
    assert len(merge(copies).origin) == 1000
    assert len(counted) < 50_000
