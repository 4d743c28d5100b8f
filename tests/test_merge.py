"""Copies of one paper are recognized, and merged into the richest."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import nasty_texts
from regesta.merge import group, keys, merge
from regesta.paper import Organization, Origin, Paper

ARXIV = {"arxiv": "https://arxiv.org/abs/2410.21060"}
DOI = {"doi": "https://doi.org/10.5555/ABC.1"}


def copy(line, **known):
    return Paper("Sparse Trees", origin=(Origin("scraped/a.txt", line),), **known)


def test_a_paper_is_known_by_its_title_arxiv_id_and_doi():
    assert keys(Paper("Sparse Trees", links=ARXIV | DOI)) == {"title:sparsetrees", "arxiv:2410.21060", "doi:10.5555/abc.1"}


def test_the_richest_of_each_field_is_kept():
    poor = copy(5, abstract="Text.", collections=("scrape-002",), links={"code": "https://a.example/code", "pdf": "https://a.example/pdf"})
    rich = copy(85, abstract="Text.", collections=("scrape-001",), published="2025-06-02", inferred=("published",), authors_count=9, comments=2)
    merged = merge([poor, rich])
    assert merged.published == "2025-06-02"
    assert merged.inferred == ("published",)
    assert (merged.authors_count, merged.comments) == (9, 2)
    assert merged.collections == ("scrape-001", "scrape-002")
    assert merged.links == {"code": "https://a.example/code", "pdf": "https://a.example/pdf"}
    assert merged.origin == (Origin("scraped/a.txt", 5), Origin("scraped/a.txt", 85))


def test_a_date_that_was_read_beats_one_that_was_worked_out():
    worked_out = copy(1, published="2025-06-02", inferred=("published",), authors_count=3, comments=1, organization=Organization("X"))
    read = copy(2, published="2024-06-02")
    for copies in permutations([worked_out, read]):
        merged = merge(list(copies))
        assert (merged.published, merged.inferred) == ("2024-06-02", ())
        assert merged.authors_count == 3


def test_a_precise_date_beats_a_coarse_one():
    merged = merge([copy(1, published="2025", comments=4), copy(2, published="2025-06-02", inferred=("published",))])
    assert (merged.published, merged.comments) == ("2025-06-02", 4)


def test_no_comments_is_something_known():
    assert merge([copy(1, comments=0), copy(2, comments=None)]).comments == 0


def test_merging_does_not_depend_on_the_order():
    copies = [copy(1, published="2025"), copy(2, comments=3, tags=("a",)), copy(3, abstract="Text.", links=ARXIV), copy(4, tags=("b",))]
    results = [merge(list(order)) for order in permutations(copies)]
    assert all(result == results[0] for result in results)


def test_copies_are_found_by_any_of_their_names():
    first, second = Paper("Sparse Trees", links=ARXIV), Paper("Sparse trees!", venue="x")
    renamed = Paper("Sparse Trees, Revisited", links={"arxiv": "https://arxiv.org/abs/2410.21060/"})
    other = Paper("Dense Forests")
    assert group([first, other, second, renamed]) == [[first, second, renamed], [other]]


some_papers = st.lists(
    st.builds(
        Paper,
        title=st.sampled_from(["Trees", "Forests", "Woods"]),
        links=st.sampled_from([{}, ARXIV, DOI, {"arxiv": "https://arxiv.org/abs/2501.00001"}]),
        venue=nasty_texts(1),
    ),
    max_size=7,
)


@given(some_papers, st.randoms())
def test_grouping_loses_nobody_and_does_not_depend_on_the_order(papers, random):
    shuffled = list(papers)
    random.shuffle(shuffled)
    assert as_sets(group(papers)) == as_sets(group(shuffled))
    assert sorted(map(id, papers)) == sorted(id(paper) for copies in group(papers) for paper in copies)


def as_sets(groups):
    return {frozenset(map(id, copies)) for copies in groups}


@pytest.mark.parametrize(("one", "other"), [("TÜLU 3", "Tulu 3"), ("PanGu-$α$", "PanGu-α")])
def test_spellings_of_a_title_are_one_paper(one, other):
    assert len(group([Paper(one), Paper(other)])) == 1
