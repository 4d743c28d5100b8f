"""The archive: the order of papers, and every index of them."""

from itertools import permutations

import pytest

from helpers import tiny_site
from regesta.archive.archive_rows import make_archive
from regesta.archive.overviews import most_discussed, tags_of
from regesta.content.collections import Collection, Listed
from regesta.content.paper import Author, Organization, Paper


@pytest.fixture(scope="module")
def archive():
    """The tiny archive."""
    return tiny_site().archive


def ids(papers):
    return [paper.id for paper in papers]


def test_the_most_discussed_are_those_with_most_comments():
    known = {"a": (2, 5), "b": (7, None), "c": (2, 9), "d": (0, 99), "e": (None, None), "f": (2, None)}
    papers = [Paper(name, id=name, comments=n, upvotes=more) for name, (n, more) in known.items()]
    archive = make_archive(papers, {}, {})
    found = [(entry.id, n) for entry, n in most_discussed(archive, 9)]
    assert [(paper, n) for paper, n in found if n] == [("b", 7), ("c", 2), ("a", 2), ("f", 2)]
    assert found[-1] == ("d", 0), "upvotes count where there are no comments"
    assert len(most_discussed(archive, 2)) == 2


def test_the_newest_comes_first_and_the_undated_last_by_title(archive):
    assert ids(archive.papers) == [
        "lantern", "2410.21060", "tidenet", "ledger", "seven-ways", "wave2map", "folds", "quoted", "uber-baume",
        "apple", "zebra", "japanese",
    ]  # fmt: skip
    assert ids(archive.undated) == ["apple", "zebra", "japanese"]


def test_the_order_does_not_depend_on_that_of_the_files():
    papers = [
        Paper("B", id="b"),
        Paper("a", id="a2"),
        Paper("A", id="a1"),
        Paper("c", id="c", published="2025"),
        Paper("é", id="e"),
    ]
    assert {tuple(ids(make_archive(order, {}, {}).papers)) for order in permutations(papers)} == {
        ("c", "a1", "a2", "b", "e")
    }


def test_the_day_of_a_listing_counts_before_that_of_publication(archive):
    assert "seven-ways" in ids(archive.days["2025-01-06"])
    assert "2024-12-30" not in archive.days


def test_every_date_index_holds_what_is_known_so_precisely(archive):
    assert {year: len(papers) for year, papers in archive.years.items()} == {
        "2017": 1,
        "2019": 1,
        "2024": 1,
        "2025": 6,
    }
    assert {month: ids(papers) for month, papers in archive.months.items() if month.startswith("2025")} == {
        "2025-01": ["seven-ways"],
        "2025-06": ["lantern", "2410.21060", "tidenet", "ledger"],
    }
    assert set(archive.days) == {"2017-03-01", "2019-02-28", "2024-12-31", "2025-01-06", "2025-06-02"}
    assert set(archive.weeks) == {"2017-W09", "2019-W09", "2025-W01", "2025-W02", "2025-W23"}
    assert {day: len(papers) for day, papers in archive.added.items()} == {
        "2026-11-20": 5,
        "2026-11-21": 1,
        "2026-11-22": 3,
        "2026-11-23": 2,
    }


def test_every_other_index(archive):
    assert {tag: len(papers) for tag, papers in archive.tags.items()} == {
        "maps": 6,
        "of-our-own": 1,
        "trees": 4,
    }
    assert list(archive.organizations) == ["Ecole d'Exemple", "Example Labs"]
    assert {name: ids(papers) for name, papers in archive.authors.items()} == {
        "Ada Example": ["2410.21060", "ledger"],
        "Bo Example": ["2410.21060"],
        "Cy Example": ["ledger"],
        "Éva Example": ["uber-baume"],
    }
    assert list(archive.venues) == ["Workshop on Maps & Trees"]


def test_a_collection_keeps_the_curators_order_and_then_those_that_name_it(archive):
    assert ids(archive.collected["autumn"]) == ["tidenet", "2410.21060"]
    assert archive.collected["bare"] == ()
    papers = [
        Paper("A", id="a", collections=("c",)),
        Paper("B", id="b"),
        Paper("C", id="c", collections=("c",)),
    ]
    collected = make_archive(
        papers, {}, {"c": Collection("c", "C", papers=tuple(map(Listed, ("c", "b", "gone"))))}
    ).collected
    assert ids(collected["c"]) == ["c", "b", "a"]


def test_today_is_the_newest_day_in_the_content(archive):
    assert archive.newest_day == "2026-11-23"
    assert make_archive([Paper("A", id="a")], {}, {}).newest_day == ""
    assert (
        make_archive(
            [Paper("A", id="a", published="2025-06"), Paper("B", id="b", published="2024-01-01")], {}, {}
        ).newest_day
        == "2024-01-01"
    )


def test_tags_have_labels_and_neighbours(archive):
    assert [archive.label(tag) for tag in ("maps", "of-our-own")] == ["Maps & charts", "of our own"]
    assert tags_of(archive, "tags", "maps", 5) == [("of-our-own", 1), ("trees", 1)]
    assert tags_of(archive, "tags", "maps", 1) == [("of-our-own", 1)]


def test_an_empty_name_is_in_no_index():
    paper = Paper("A", id="a", organization=Organization("X"), authors=(Author("Ada Example"),))
    archive = make_archive([paper, Paper("B", id="b")], {}, {})
    for index in (
        archive.organizations,
        archive.authors,
        archive.venues,
        archive.years,
        archive.added,
        archive.tags,
    ):
        assert "" not in index


def test_a_collection_stands_for_the_venue_that_has_its_title():
    papers = [
        Paper("A", id="a", venue="Proceedings of Trees", collections=("trees",)),
        Paper("B", id="b", venue="Rivers 2025"),
    ]
    archive = make_archive(papers, {}, {"trees": Collection("trees", "Proceedings of Trees")})
    assert list(archive.venues) == ["Rivers 2025"]
