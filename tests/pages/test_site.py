"""Papers as lists show them, and addresses of names."""

import pytest

from helpers import site_of, tiny_site
from regesta.content.paper import Author, Organization, Paper
from regesta.content.taxonomy import Tag
from regesta.pages.list_item import list_groups, list_item
from regesta.pages.page import Link
from regesta.pages.site import name_addresses, paper_address, plain_title


def item_of(**known):
    paper = Paper(**({"title": "Sparse Trees", "id": "a"} | known))
    return list_item(site_of([paper], [Tag("maps", "Maps & charts")]), paper)


def test_a_poor_paper_has_a_plain_item():
    item = item_of()
    assert (item.address, item.title, item.year) == ("/papers/a/", "Sparse Trees", "")
    assert (
        item.people,
        item.authors_count,
        item.organization,
        item.tags,
        item.pdf,
        item.code,
        item.comments,
        item.lead,
        item.status,
    ) == ((), None, "", (), "", "", None, "", "")


def test_a_rich_paper_shows_its_first_people_and_how_many_there_are():
    item = item_of(
        title="A & <b> $x^2$",
        authors=tuple(Author(name) for name in ("Ada", "Bo", "Cy", "Di")),
        organization=Organization("Example Labs"),
        tags=("maps", "of-our-own"),
        published="2024-12-30",
        featured="2025-01-06",
        status="withdrawn",
    )
    assert (item.people, item.authors_count) == (("Ada", "Bo", "Cy"), 4)
    assert item.title.startswith("A &amp; &lt;b&gt; <math")
    assert (item.year, item.organization, item.status) == ("2025", "Example Labs", "withdrawn")
    assert item.tags == (Link("Maps & charts", "/tags/maps/"), Link("of our own", "/tags/of-our-own/"))


@pytest.mark.parametrize(
    ("known", "day", "year", "noted"),
    [
        ({"published": "2025-06-02"}, "2 Jun", "2025", ""),
        ({"published": "2025-06-02", "inferred": ("published",)}, "2 Jun", "[2025]", ""),
        ({"published": "2025-06"}, "Jun", "2025", ""),
        ({"published": "2025"}, "", "2025", ""),
        ({"featured": "2025-10-31"}, "31 Oct", "2025", "listed"),
        ({"featured": "2025-10-31", "published": "2025-10-28"}, "31 Oct", "2025", "published 28 Oct"),
        ({"featured": "2025-10-31", "published": "2025"}, "31 Oct", "2025", "published 2025"),
        ({"featured": "2025-10-31", "published": "2024-06"}, "31 Oct", "2025", "published June 2024"),
        ({"added": "2026-11-20"}, "", "", ""),
    ],
)
def test_an_item_has_its_date_and_says_if_it_is_not_that_of_publication(known, day, year, noted):
    item = item_of(**known)
    assert (item.day, item.year, item.noted) == (day, year, noted)


def test_the_pdf_and_the_code_are_links_of_an_item():
    item = item_of(id="2410.21060", links={"code": "https://a.example/b"})
    assert (item.pdf, item.code) == ("https://arxiv.org/pdf/2410.21060", "https://a.example/b")


def test_more_authors_may_be_counted_than_named():
    assert item_of(authors=(Author("Ada"),), authors_count=6).authors_count == 6


def test_only_a_count_is_known_where_only_a_count_is_known():
    item = item_of(authors_count=6)
    assert (item.people, item.authors_count) == ((), 6)


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Dense Trees"},
        {"abstract": "Text."},
        {"tags": ("maps",)},
        {"status": "retracted"},
        {"authors_count": 3},
        {"published": "2025"},
        {"comments": 3},
        {"links": {"code": "https://a.example/b"}},
    ],
)
def test_an_item_shows_what_changes(change):
    assert item_of(**change) != item_of()


def test_what_an_item_does_not_show_does_not_change_it():
    assert item_of(note="Mine", license="CC0", links={"project": "https://a.example/b"}) == item_of()


def test_names_that_share_an_address_get_one_of_their_own():
    addresses = name_addresses(
        "authors", dict.fromkeys(["Ada Example", "Ada-Example", "Éva", "中文", "日本"], ())
    )
    assert addresses["Éva"] == "/authors/eva/"
    assert len(set(addresses.values())) == 5
    assert all(address.startswith("/authors/") and address.endswith("/") for address in addresses.values())
    assert addresses["Ada Example"].startswith("/authors/ada-example-")
    assert name_addresses("authors", {"Ada Example": ()}) == {"Ada Example": "/authors/ada-example/"}


def test_no_name_can_take_the_address_of_another_by_its_hash():
    twins = name_addresses("authors", dict.fromkeys(["Ada Example", "ada example"], ()))
    forged = [address.split("/")[2].replace("-", " ") for address in twins.values()]
    assert len(set(name_addresses("authors", dict.fromkeys([*twins, *forged], ())).values())) == 4


def test_the_undated_of_a_page_stand_apart():
    site = tiny_site()
    groups = list_groups(site, site.archive.papers.entries[-4:], 3)
    assert [(group["heading"], [entry.id for entry in group["items"]]) for group in groups] == [
        ("", ["uber-baume"]),
        ("Date unknown (3)", ["apple", "zebra", "japanese"]),
    ]
    assert list_groups(site, (), 0) == []


def test_addresses_and_plain_titles():
    paper = Paper("Met$^2$Net", id="2410.21060")
    assert (paper_address(paper), plain_title(paper)) == ("/papers/2410.21060/", "Met²Net")
