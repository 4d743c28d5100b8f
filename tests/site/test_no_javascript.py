"""Without JavaScript every paper is within three clicks, by links that can be seen."""

from collections import deque
from urllib.parse import urldefrag, urljoin

import pytest
from built import Built
from lxml import html
from playwright.sync_api import Browser, expect

# What a browser hides when no script runs. A closed <details> could be opened, but that is a click too.
# A mark of a chart is not counted: one cannot read where it leads.
HIDDEN = "ancestor-or-self::*[@hidden] or ancestor::template or ancestor::details[not(@open)][not(descendant::summary//a)]"


@pytest.fixture(scope="module")
def ways(project_site: Built) -> dict[str, list[str]]:
    """The shortest way from home to each page, as the addresses on it, home not counted."""
    found: dict[str, list[str]] = {"/": []}
    queue = deque(found)
    while queue:
        here = queue.popleft()
        for link in _visible_links(project_site, here):
            if link not in found:
                found[link] = [*found[here], link]
                queue.append(link)
    return found


def test_every_paper_is_within_three_clicks(ways: dict[str, list[str]], project_site: Built) -> None:
    """From home, by visible links only."""
    far = [paper for paper in project_site.kinds["papers/*"] if len(ways.get(paper, "....")) > 3]
    assert not far, "\n".join(far)


def test_every_page_can_be_reached(ways: dict[str, list[str]], project_site: Built) -> None:
    """No page is an orphan."""
    orphans = [page for page in project_site.addresses if page not in ways and page != "/404.html"]
    assert not orphans, f"{len(orphans)} pages, the first of them {orphans[:5]}"


def test_a_real_walk_without_javascript(
    chromium: Browser, home: str, ways: dict[str, list[str]], project_site: Built
) -> None:
    """The links of three of the longest ways can be seen and clicked where scripts are off."""
    papers = sorted(project_site.kinds["papers/*"], key=lambda paper: (-len(ways[paper]), paper))
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        for paper in papers[:3]:
            page.goto(home)
            for step in ways[paper]:
                path = project_site.base + step[1:]
                page.locator(f'a[href="{path}"]').filter(visible=True).first.click()
                expect(page).to_have_url(urljoin(home, path))
            expect(page.locator("h1")).to_be_visible()


def _visible_links(site: Built, address: str) -> list[str]:
    if not address.endswith("/"):
        return []
    document = html.document_fromstring(site.file(address).read_bytes())
    here = site.base + address[1:]
    targets = (
        urldefrag(urljoin(here, link))[0]
        for link in document.xpath(f"//body//a[not({HIDDEN})][not(ancestor::svg)]/@href")
    )
    inside = ("/" + target.removeprefix(site.base) for target in targets if target.startswith(site.base))
    return [target for target in inside if target in site.addresses]
