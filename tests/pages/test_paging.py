"""Lists are cut into pages that stay unchanged when papers are added."""

import pytest

from helpers import site_of
from regesta.content.paper import Paper
from regesta.pages.page import Link
from regesta.pages.paging import PaperList, list_pages


def some_papers(dated, undated=0):
    """Return papers of one month after another, and some without a date."""
    known = [
        Paper(
            f"Paper {i}", id=f"p{i:03}", published=f"{2000 + i // 12}-{i % 12 + 1:02}-01", added="2026-11-20"
        )
        for i in range(dated)
    ]
    return known + [Paper(f"{chr(65 + i)} undated", id=f"u{i:03}") for i in range(undated)]


def drafts_of(papers, size=10):
    site = site_of(papers, page_size=size)
    return list(
        list_pages(
            site, PaperList("/tags/maps/", "tag.html", "Maps", site.archive.papers.entries, "All maps.")
        )
    )


def pages_of(papers, size=10):
    return [draft.make() for draft in drafts_of(papers, size)]


def ids(page):
    return [item.id for group in page.data["groups"] for item in group["items"]]


def fingerprints(papers):
    """Return what each page is made from, which must change if and only if the page does."""
    found = {draft.address: draft.fingerprint for draft in drafts_of(papers)}
    assert found.keys() == {page.address for page in pages_of(papers)}
    return found


@pytest.mark.parametrize("dated", [0, 1, 9, 10, 19, 20, 21, 29, 30, 31, 95])
@pytest.mark.parametrize("undated", [0, 7, 25])
def test_every_paper_is_listed_exactly_once(dated, undated):
    papers = some_papers(dated, undated)
    pages = pages_of(papers)
    listed = [paper_id for page in pages for paper_id in ids(page)]
    assert listed == [paper.id for paper in site_of(papers).archive.papers]
    assert len(ids(pages[0])) <= 2 * 10
    assert all(len(ids(page)) == 10 for page in pages[1:])


def test_page_1_is_the_oldest_and_the_unnumbered_the_newest():
    pages = pages_of(some_papers(35))
    assert [page.address for page in pages] == ["/tags/maps/", "/tags/maps/page/2/", "/tags/maps/page/1/"]
    assert ids(pages[0])[0] == "p034"
    assert ids(pages[-1])[-1] == "p000"


@pytest.mark.parametrize("count", range(1, 60, 3))
def test_a_new_paper_rewrites_two_pages_at_most(count):
    before, after = pages_of(some_papers(count)), pages_of(some_papers(count + 1))
    old, new = fingerprints(some_papers(count)), fingerprints(some_papers(count + 1))
    changed = [address for address in old if new[address] != old[address]]
    split = len(after) > len(before)
    assert changed[0] == "/tags/maps/"
    assert len(changed) <= (2 if split else 1)
    assert [ids(page) for page in before[1:]] == [ids(page) for page in after[len(after) - len(before) + 1 :]]


@pytest.mark.parametrize("count", [39, 40, 45])
def test_page_1_stays_what_it_is(count):
    assert (
        fingerprints(some_papers(count))["/tags/maps/page/1/"]
        == fingerprints(some_papers(59))["/tags/maps/page/1/"]
    )


def test_what_only_the_unnumbered_page_shows_changes_no_other():
    site = site_of(some_papers(45), page_size=10)
    lists = [
        PaperList("/tags/maps/", "tag.html", "Maps", site.archive.papers.entries, opening={"bars": bars})
        for bars in ("few", "many")
    ]
    before, after = ([draft.fingerprint for draft in list_pages(site, papers)] for papers in lists)
    assert (before[0] != after[0], before[1:] == after[1:]) == (True, True)
    assert ["bars" in draft.make().data for draft in list_pages(site, lists[0])] == [
        True,
        False,
        False,
        False,
    ]


def test_only_the_unnumbered_page_links_to_all_others():
    first, *numbered = pages_of(some_papers(45))
    assert [link.address for link in first.data["pager"]["all"]] == [
        "/tags/maps/", "/tags/maps/page/3/", "/tags/maps/page/2/", "/tags/maps/page/1/",
    ]  # fmt: skip
    assert all(page.data["pager"]["all"] == [] for page in numbered)


def test_neighbours_lead_through_all_pages():
    pages = pages_of(some_papers(45))
    by_address = {page.address: page for page in pages}
    seen, address = [], "/tags/maps/"
    while address:
        seen.append(address)
        address = by_address[address].data["pager"]["after"]
    assert seen == [page.address for page in pages]
    assert [page.data["pager"]["before"] for page in pages] == ["", *seen[:-1]]


def test_a_short_list_needs_no_pager():
    (page,) = pages_of(some_papers(19))
    assert (page.data["pager"]["all"], page.data["pager"]["before"], page.data["pager"]["after"]) == (
        [],
        "",
        "",
    )
    assert page.data["pager"]["here"] == "Jul 2001 – Jan 2000"


def test_pages_are_named_by_what_they_span():
    pages = pages_of(some_papers(12, 14))
    assert [link.label for link in pages[0].data["pager"]["all"]] == ["Dec 2000 – Undated", "Eun – Nun"]
    assert [page.title for page in pages] == ["Maps", "Maps, page 1: Eun – Nun"]


@pytest.mark.parametrize(
    ("dates", "labels"),
    [
        (["2022-05"] * 4, ["May 2022, Aaa – Bbb", "May 2022, Ccc – Ddd"]),
        (["2022-05-01"] * 4, ["1 May 2022, Aaa – Bbb", "1 May 2022, Ccc – Ddd"]),
        (["2022-05-31", "2022-05-30", "2022-05-02", "2022-05-01"], ["30–31 May 2022", "1–2 May 2022"]),
        (["2022", "2022", "2022", "2021"], ["2022, Aaa – Bbb", "2022 – 2021"]),
    ],
)
def test_pages_of_one_month_are_told_apart(dates, labels):
    titles = ("Aaa", "Bbb", "Ccc", "Ddd")
    papers = [
        Paper(title, id=title.lower(), published=date) for title, date in zip(titles, dates, strict=True)
    ]
    first, second = pages_of(papers, size=2)
    assert [link.label for link in first.data["pager"]["all"]] == labels
    assert second.data["pager"]["here"] == labels[1]


def test_pages_that_would_be_called_the_same_are_told_apart_by_places():
    papers = [Paper(f"Glass {n}", id=f"p{n}", published="2022-05") for n in range(6)]
    pages = pages_of(papers, size=2)
    assert [link.label for link in pages[0].data["pager"]["all"]] == ["1–2", "3–4", "5–6"]
    assert pages[-1].title == "Maps, page 1: May 2022, Gla"


def test_a_list_in_an_order_of_its_own_has_places():
    site = site_of(some_papers(45), page_size=10)
    papers = PaperList("/collections/a/", "collection.html", "A", site.archive.papers.entries, order="own")
    labels = [draft.make().data["pager"]["here"] for draft in list_pages(site, papers)]
    assert labels == ["1–15", "16–25", "26–35", "36–45"]


def test_a_list_by_title_stands_below_letters_with_links_to_each():
    site = site_of(some_papers(0, 26), page_size=10)
    papers = PaperList("/undated/", "date.html", "Undated", site.archive.papers.entries, order="title")
    first, second = (draft.make() for draft in list_pages(site, papers))
    assert [group["heading"] for group in second.data["groups"]] == [*"QRSTUVWXYZ"]
    letters = first.data["pager"]["letters"]
    assert letters[0] == Link("A", "/undated/#letter-a")
    assert letters[-1] == Link("Z", "/undated/page/1/#letter-z")
    assert second.data["pager"]["letters"] == []


def test_the_undated_stand_below_a_heading_with_their_number():
    page = pages_of(some_papers(2, 3))[0]
    assert [(group["heading"], len(group["items"])) for group in page.data["groups"]] == [
        ("", 2),
        ("Date unknown (3)", 3),
    ]


def test_the_first_page_describes_the_list_and_the_others_lead_back():
    first, second = pages_of(some_papers(25))
    assert (first.description, second.description) == ("All maps.", "")
    assert first.crumbs == ()
    assert second.crumbs == (Link("Maps", "/tags/maps/"),)
    assert first.lastmod == "2026-11-20"


def test_an_empty_list_is_a_page():
    (page,) = pages_of([])
    assert (page.data["count"], page.data["groups"], page.lastmod) == (0, [], "")
