"""Each kind of page is usable by everyone: axe-core's rules for WCAG 2.2 AA, in light and dark, on phone and desk."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import Built
from faults import told
from playwright.sync_api import Browser, Page

AXE = "tests/node_modules/axe-core/axe.min.js"
#: What is asked in light: all rules. In dark only those on colours: on all others it makes no difference.
RULES = {
    "light": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "dark": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
}
RUN_AXE = """async (rules) => {
  const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"] });
  return violations.flatMap(it => it.nodes.map(node => [`${it.id}: ${it.help}`, `${node.target} ${node.failureSummary}`]));
}"""
PHONE, DESK = 320, 1280
SCROLLS_SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def width(request: pytest.FixtureRequest) -> int:
    """The width of a window, in CSS pixels."""
    return request.param  # type: ignore[no-any-return]


@pytest.fixture
def tab(chromium: Browser, repository: Path, width: int) -> Iterator[Page]:
    """A tab of that width that knows axe."""
    with chromium.new_context(viewport={"width": width, "height": 800}) as context:
        context.add_init_script(path=repository / AXE)
        yield context.new_page()


def test_axe_finds_no_violation(tab: Page, home: str, project_site: Built) -> None:
    """On the largest page of each kind."""
    found = []
    for address in project_site.largest():
        tab.goto(home + address[1:])
        found += [(rule, f"{address} {where}") for rule, where in _violations(tab)]
    assert not found, told(found)


def test_axe_finds_no_violation_among_search_results(tab: Page, home: str) -> None:
    """The list that a script makes is held to the same."""
    tab.goto(home + "search/?q=diffusion")
    tab.locator("main ol > li").first.wait_for()
    found = _violations(tab)
    assert not found, told(found)


def test_axe_finds_no_violation_with_the_facets_open(tab: Page, home: str, width: int) -> None:
    """Beside the results on a desk, above them on a phone; nothing is wider than the screen."""
    tab.goto(home + "search/?q=models")
    if width == PHONE:
        tab.locator(".facets > summary").click()
    tab.locator(".facets a").first.wait_for()
    found = _violations(tab)
    assert not found, told(found)
    assert not tab.evaluate(SCROLLS_SIDEWAYS)


def test_axe_finds_no_violation_in_the_pop_up(tab: Page, home: str) -> None:
    """Before a query, and with an option chosen."""
    tab.goto(home + "about/")
    tab.keyboard.press("/")
    tab.locator("dialog input").wait_for()
    found = _violations(tab)
    tab.keyboard.type("diffusion")
    tab.locator("dialog [role=option]").first.wait_for()
    tab.keyboard.press("ArrowDown")
    found += _violations(tab)
    assert not found, told(found)
    assert not tab.evaluate(SCROLLS_SIDEWAYS)


def test_axe_finds_no_violation_among_saved_papers(tab: Page, home: str) -> None:
    """To be read, read, with a note, and one that was just removed; nothing is wider than the screen."""
    papers = [
        {"id": f"p{i}", "title": f"A title of two lines or more, number {i}", "about": "Ada Lovelace · 2024"}
        for i in range(6)
    ]
    papers[1] |= {"note": "A note"}
    papers[2] |= {"read": True}
    tab.goto(home + "robots.txt")
    kept = json.dumps({"papers": papers})
    tab.evaluate("text => localStorage.setItem('regesta /my-repo/saved/', text)", kept)
    tab.goto(home + "saved/")
    tab.get_by_role("button", name="Remove:").first.click()
    tab.get_by_role("button", name="Copy a link").click()
    tab.get_by_role("textbox", name="Link to this list").wait_for()
    found = _violations(tab)
    assert not found, told(found)
    assert not tab.evaluate(SCROLLS_SIDEWAYS)


def _violations(tab: Page) -> list[tuple[str, str]]:
    """Return which rules the page in a tab breaks, and where, in light and in dark."""
    found = []
    for scheme, rules in RULES.items():
        tab.emulate_media(color_scheme=scheme)
        found += [(rule, f"in {scheme}: {where}") for rule, where in tab.evaluate(RUN_AXE, rules)]
    return found


def test_nothing_scrolls_sideways_on_a_phone(chromium: Browser, home: str, project_site: Built) -> None:
    """At 320 px no kind of page, and no paper with a formula, is wider than the screen."""
    formulas = {
        page
        for page in project_site.kinds["papers/*"]
        if "<math" in project_site.file(page).read_text("utf-8")
    }
    assert formulas
    with chromium.new_context(viewport={"width": PHONE, "height": 640}) as context:
        tab = context.new_page()
        wide = []
        for address in sorted({*project_site.largest(), *formulas}):
            tab.goto(home + address[1:])
            if tab.evaluate(SCROLLS_SIDEWAYS):
                wide.append(address)
    assert not wide, "\n".join(wide)
