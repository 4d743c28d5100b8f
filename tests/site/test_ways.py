"""Ways of browsing in a real browser: charts fit the narrowest screen and lead on, letters lead to their papers."""

import re

import pytest
from built import Built
from lxml import html
from playwright.sync_api import Page, ViewportSize, expect

DESK, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
TOO_SMALL = """selector => [...document.querySelectorAll(selector)]
    .map(link => link.getBoundingClientRect()).filter(box => box.width < 24 || box.height < 24).length"""


def test_the_grid_of_months_fits_the_narrowest_screen(page: Page, home: str) -> None:
    """Twelve months in a row, each large enough for a finger, and nothing to scroll."""
    page.set_viewport_size(NARROW)
    page.goto(home + "dates/")
    months = page.locator(".year-grid a.dot")
    assert months.count() > 20
    assert not page.evaluate(SIDEWAYS)
    assert not page.evaluate(TOO_SMALL, ".year-grid a.dot")
    december = page.locator(".grid-months .m12 a").first.bounding_box()
    assert december
    assert december["x"] + december["width"] <= NARROW["width"]


@pytest.mark.parametrize("address", ["2025/", "2025/10/", "2025/W44/", "2025/10/01/"])
@pytest.mark.parametrize("size", [DESK, NARROW], ids=["desk", "phone"])
def test_dates_show_a_paper_on_the_first_screen(
    page: Page, home: str, address: str, size: ViewportSize
) -> None:
    """Strips and charts leave it room."""
    page.set_viewport_size(size)
    page.goto(home + address)
    first = page.locator(".entry-title").first.bounding_box()
    assert first
    assert first["y"] < size["height"]
    assert not page.evaluate(SIDEWAYS)
    assert not page.evaluate(TOO_SMALL, ".days a, .twelve a")


def test_a_strip_leads_from_day_to_day(page: Page, home: str) -> None:
    """The day where one is has no link, others have."""
    page.goto(home + "2025/10/01/")
    expect(page.locator(".days [aria-current]")).to_contain_text("1")
    page.locator(".days a").last.click()
    expect(page.locator("h1")).to_have_text("30 October 2025")


def test_a_letter_leads_to_the_undated_papers_that_begin_with_it(page: Page, home: str) -> None:
    """Also on another page of the list."""
    page.goto(home + "undated/")
    page.locator(".letters a", has_text="S").click()
    heading = page.locator("#letter-s")
    expect(heading).to_be_in_viewport()
    expect(page.locator("#letter-s + .entries .entry-title").first).to_have_text(re.compile("^.?S"))


def test_all_titles_are_listed_by_letter(site: Built) -> None:
    """Each paper once."""
    pages = [one for one in site.addresses if one.startswith("/papers/by/title/") and one.count("/") > 4]
    titles = [
        address
        for one in pages
        for address in html.document_fromstring(site.file(one).read_bytes()).xpath(
            "//ul[contains(@class, 'of-titles')]//a/@href"
        )
    ]
    papers = {one for one in site.addresses if re.fullmatch(r"/papers/[^/]+/", one)}
    assert len(titles) == len({*titles})
    assert {*titles} == papers


def test_no_two_pages_of_a_list_have_the_same_name(site: Built) -> None:
    """The links to the pages of a list tell them apart."""
    for address in site.addresses:
        if "/page/" in address:
            continue
        document = html.document_fromstring(site.file(address).read_bytes())
        labels = [one.text_content() for one in document.xpath("//nav[@id='pages']/ol/li")]
        assert len(labels) == len({*labels}), address
