"""A reader goes through the archive by clicking, in a real browser."""

import re

import pytest
from built import Built, kind_of
from lxml import html
from playwright.sync_api import Page, expect


def test_from_home_by_a_tag_to_a_paper_and_back(page: Page, home: str) -> None:
    """Each page says what was clicked, and the browser's own way back works."""
    page.goto(home)
    tag_address = _follow(page, r"/tags/[^/]+/$")
    title = page.locator("main a[href*='/papers/']").first.inner_text()
    _follow(page, r"/papers/[^/]+/$")
    expect(page.locator("h1")).to_have_text(title)
    page.go_back()
    expect(page).to_have_url(tag_address)
    page.go_back()
    expect(page).to_have_url(home)


def test_by_date_down_to_a_paper(page: Page, home: str) -> None:
    """From the date index to a year, a month, a day and a paper of that day."""
    page.goto(home + "dates/")
    for pattern in (r"/\d{4}/$", r"/\d{4}/\d\d/$", r"/\d{4}/\d\d/\d\d/$", r"/papers/[^/]+/$"):
        address = _follow(page, pattern)
    expect(page.locator("h1")).to_be_visible()
    assert "/papers/" in address


def test_one_day_on_and_one_day_back(page: Page, home: str, project_site: Built) -> None:
    """Next and previous are there to be clicked."""
    first, second, *_ = project_site.kinds["N/N/N"]
    page.goto(home + first[1:])
    page.locator("main a[rel=next]").first.click()
    expect(page).to_have_url(home + second[1:])
    page.locator("main a[rel=prev]").first.click()
    expect(page).to_have_url(home + first[1:])


@pytest.mark.parametrize("kind", ["N", "N/N", "N/N/N"], ids=["years", "months", "days"])
def test_previous_and_next_skip_what_is_empty(site: Built, kind: str) -> None:
    """From the first year, month or day with papers to the last, without a gap or a dead end."""
    pages = site.kinds[kind]
    for before, here, after in zip([None, *pages], pages, [*pages[1:], None], strict=False):
        document = html.document_fromstring(site.file(here).read_bytes())
        assert _of_kind(kind, document.xpath("//a[@rel='prev']/@href")) == {before} - {None}, here
        assert _of_kind(kind, document.xpath("//a[@rel='next']/@href")) == {after} - {None}, here
        assert document.xpath("//main//a[starts-with(@href, '/papers/')]"), f"{here} is empty"


def _of_kind(kind: str, addresses: list[str]) -> set[str]:
    """Only those that lead to another year, month or day, not to another page of a long list."""
    return {address for address in addresses if kind_of(address) == kind}


def _follow(page: Page, pattern: str) -> str:
    """Click the first visible link of the page's own part whose address fits; gives the address."""
    links = page.locator("main a[href]").filter(visible=True)
    hrefs = links.evaluate_all("links => links.map(link => link.getAttribute('href'))")
    position = next(at for at, href in enumerate(hrefs) if re.search(pattern, href))
    links.nth(position).click()
    page.wait_for_url(re.compile(pattern))
    return page.url
