"""All papers: the newest, by title, and the most discussed."""

from helpers import made, site_of
from regesta.content.paper import Paper
from regesta.pages import all_papers, discussed
from regesta.pages.page import Link
from regesta.pages.site import navigation


def pages_of(papers, **settings):
    return made(all_papers.plan(site_of(papers, **settings)))


def test_the_newest_papers_come_first_and_years_lead_to_the_others():
    papers = [Paper(f"P{n}", id=f"p{n}", published=f"20{10 + n}-01") for n in range(8)]
    page = pages_of([*papers, Paper("Undated", id="u")], page_size=3)["papers/index.html"]
    assert [item.id for item in page.data["entries"]] == ["p7", "p6", "p5"]
    assert page.data["years"][0] == Link("2017", "/2017/", 1)
    assert (page.data["count"], page.data["undated"], page.data["bars"][-1].address) == (9, 1, "/undated/")


def test_titles_have_a_page_for_each_letter():
    papers = [
        Paper("Éa", id="a"),
        Paper("Zoo", id="b", published="2024", inferred=("published",), status="retracted"),
        Paper("Eb", id="c"),
        Paper("3 Things", id="d"),
        Paper("言葉", id="e"),
    ]
    pages = pages_of(papers)
    letters = pages["papers/by/title/index.html"].data["letters"]
    assert [(link.label, link.address, link.papers) for link, _ in letters] == [
        ("E", "/papers/by/title/e/", 2),
        ("Z", "/papers/by/title/z/", 1),
        ("Other", "/papers/by/title/other/", 2),
    ]
    assert [width for _, width in letters] == [100, 50, 100]
    of_e = pages["papers/by/title/e/index.html"].data["papers"]
    assert [link for link, _, _ in of_e] == [Link("Éa", "/papers/a/"), Link("Eb", "/papers/c/")]
    ((_, *facts),) = pages["papers/by/title/z/index.html"].data["papers"]
    assert facts == ["[2024]", "retracted"]


def test_a_letter_with_many_titles_has_several_pages(monkeypatch):
    monkeypatch.setattr(all_papers, "_PAGE", 2)
    pages = pages_of([Paper(title, id=title.lower()) for title in ("Ash", "Alder", "“Apple” tree")])
    assert "papers/by/title/a/2/index.html" not in pages
    assert [link.label for link, _ in pages["papers/by/title/index.html"].data["letters"]] == ["A", "Other"]
    pages = pages_of([Paper(title, id=title.lower()) for title in ("Ash", "Alder", "Aspen")])
    first, second = (pages[f"papers/by/title/a/{n}index.html"] for n in ("", "2/"))
    assert first.data["pages"] == [
        Link("Alder – Ash", "/papers/by/title/a/"),
        Link("Aspen – Aspen", "/papers/by/title/a/2/"),
    ]
    assert [link.label for link, _, _ in second.data["papers"]] == ["Aspen"]


def test_the_most_discussed_come_first_and_the_page_says_how_many_counts_are_known():
    papers = [
        Paper("A", id="few", comments=1),
        Paper("B", id="many", comments=9),
        Paper("C", id="voted", upvotes=80),
        Paper("D", id="nobody", comments=0),
        Paper("E", id="newer", comments=1, published="2025"),
        Paper("F", id="unknown"),
    ]
    page = made(discussed.plan(site_of(papers)))["discussed/index.html"]
    (group, *others) = page.data["groups"]
    found = [item.id for one in (group, *others) for item in one["items"]]
    assert found == ["many", "newer", "few", "voted"]
    assert page.data["known"].startswith("Comment counts are known for 5 of 6 papers.")


def test_without_counts_there_is_no_list_of_the_discussed():
    site = site_of([Paper("A", id="a", comments=0)])
    assert made(discussed.plan(site)) == {}
    addresses = [link.address for link in navigation(site.archive, {}, site.t)["ways"]]
    assert (addresses[0], "/discussed/" in addresses) == ("/papers/", False)
    assert [link.label for link in all_papers.views(site)] == ["Newest", "A–Z"]
