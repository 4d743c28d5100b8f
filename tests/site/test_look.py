"""What a reader sees and reaches first: papers on the first screen, short entries, few steps for the keyboard, nothing cut off."""

from statistics import fmean

import pytest
from built import Built
from playwright.sync_api import Browser, FloatRect, Page, ViewportSize, expect

DESK, PHONE, NARROW = (
    {"width": 1280, "height": 900},
    {"width": 390, "height": 844},
    {"width": 320, "height": 640},
)
HEIGHTS = "[...document.querySelectorAll('.entry')].map(entry => entry.getBoundingClientRect().height)"
FOCUSED = "document.activeElement.closest('.entry') !== null"


def box(page: Page, selector: str) -> FloatRect:
    """Where an element stands on the screen."""
    found = page.locator(selector).bounding_box()
    assert found
    return found


def tabs_to_the_first_paper(page: Page) -> int:
    """How often a reader presses Tab."""
    for count in range(1, 60):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED):
            return count
    raise AssertionError("no paper is reached")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_home_shows_a_whole_paper_on_the_first_screen(page: Page, home: str, size: ViewportSize) -> None:
    """Title, facts and the abstract's lines."""
    page.set_viewport_size(size)
    page.goto(home)
    first = box(page, ".entry:first-child")
    assert first["y"] + first["height"] < size["height"]


@pytest.mark.parametrize(("size", "most"), [(DESK, 150), (PHONE, 240)], ids=["desk", "phone"])
@pytest.mark.parametrize("address", ["", "tags/reasoning/", "undated/"])
def test_entries_are_short(page: Page, home: str, address: str, size: ViewportSize, most: int) -> None:
    """On average, whatever fonts this machine has."""
    page.set_viewport_size(size)
    page.goto(home + address)
    assert fmean(page.evaluate(HEIGHTS)) <= most


def test_the_keyboard_reaches_the_first_paper_of_home_soon(page: Page, home: str) -> None:
    """With Tab alone within 15 steps; by the skip link in two."""
    page.goto(home)
    assert tabs_to_the_first_paper(page) <= 15
    page.goto(home)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert tabs_to_the_first_paper(page) == 1


def test_the_focus_shows_on_the_whole_entry(page: Page, home: str) -> None:
    """The line round it is there only while its title has the focus."""
    page.goto(home)
    entry = page.locator(".entry").nth(1)
    expect(entry).to_have_css("outline-style", "none")
    entry.locator("h3 a").focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(entry).to_have_css("outline-style", "solid")


@pytest.mark.parametrize("size", [NARROW, PHONE], ids=["narrow", "phone"])
def test_no_page_is_wider_than_a_phone(
    page: Page, home: str, project_site: Built, size: ViewportSize
) -> None:
    """Of each kind of page the largest."""
    page.set_viewport_size(size)
    for address in project_site.largest():
        page.goto(home + address.removeprefix("/"))
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], address


def test_on_a_phone_the_ways_in_are_one_row_that_shows_what_has_the_focus(page: Page, home: str) -> None:
    """The name and the search are above it; the last way comes into sight by the keyboard."""
    page.set_viewport_size(NARROW)
    page.goto(home + "tags/")
    name, search = box(page, ".masthead-title"), box(page, ".masthead-search")
    first, last = ".masthead-ways > div > a:first-child", ".more-ways summary"
    assert abs(name["y"] - search["y"]) < 8
    assert abs(box(page, first)["y"] - box(page, last)["y"]) < 2
    assert box(page, last)["y"] > name["y"]
    page.locator(last).focus()
    seen = box(page, last)
    assert (
        0 <= seen["x"] <= NARROW["width"] - seen["width"] / 2
    )  # browsers need not scroll to what is half in sight


def test_inner_pages_mark_the_way_in_they_belong_to(page: Page, home: str) -> None:
    """A tag's page marks Tags, a day's page Dates."""
    for address, way in (
        ("tags/reasoning/", "Tags"),
        ("2025/10/", "Dates"),
        ("discussed/", "Discussed"),
        ("search/", "Search"),
    ):
        page.goto(home + address)
        expect(page.locator(".masthead [aria-current]")).to_have_text(way)


def test_without_scripts_no_form_pretends_to_search(chromium: Browser, home: str) -> None:
    """The search page offers the other ways in instead."""
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for address in ("", "search/", "404.html"):
            page.goto(home + address)
            expect(page.locator("input:visible")).to_have_count(0)
        page.goto(home + "search/")
        expect(page.locator("main").get_by_role("link", name="Tags")).to_be_visible()
