"""Nothing leaves the site, nothing goes wrong on the quiet, and a strict host changes nothing."""

import pytest
from built import Built
from playwright.sync_api import Browser, Page, expect

COUNT_VIOLATIONS = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation",
    event => window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def noted(page: Page, home: str) -> list[str]:
    """What the page asks for elsewhere, fails to get, or complains about."""
    origin = home.removesuffix("/my-repo/")
    faults: list[str] = []

    def note(fault: str, *, wrong: bool = True) -> None:
        if wrong:
            faults.append(fault)

    page.on("request", lambda it: note(f"asked for {it.url}", wrong=not it.url.startswith((origin, "data:"))))
    page.on("response", lambda it: note(f"{it.status} {it.url}", wrong=it.status >= 400))
    page.on("console", lambda it: note(f"console: {it.text}", wrong=it.type in {"error", "warning"}))
    page.on("pageerror", lambda it: note(f"error: {it}"))
    return faults


def test_pages_ask_nobody_and_complain_of_nothing(
    page: Page, home: str, project_site: Built, noted: list[str]
) -> None:
    """On every kind of page: no request to another host, none that fails, no message in the console."""
    for address in project_site.largest():
        page.goto(home + address[1:], wait_until="load")
    page.wait_for_load_state("networkidle")
    assert not noted, "\n".join(noted)


def test_searching_asks_nobody_and_complains_of_nothing(page: Page, home: str, noted: list[str]) -> None:
    """The same while one searches, for something and for nothing."""
    page.goto(home + "search/")
    field = page.locator("main input[name=q]")
    field.press_sequentially("diffusion")
    expect(page.locator("main ol > li").first).to_be_visible()
    field.fill("xyzzyplugh")
    expect(page.locator("main ol > li")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert not noted, "\n".join(noted)


def test_a_strict_policy_changes_nothing(
    chromium: Browser, home: str, strict_home: str, project_site: Built
) -> None:
    """Under `default-src 'none'` and no inline code each kind of page looks the same, and nothing is blocked."""
    with chromium.new_context() as context:
        context.add_init_script(COUNT_VIOLATIONS)
        page = context.new_page()
        for address in set(project_site.largest()) - {"/search/"}:
            plain = _look(page, home + address[1:])
            strict = _look(page, strict_home + address[1:])
            assert page.evaluate("window.violations") == [], address
            assert strict == plain, f"{address} looks different"


def test_a_strict_policy_does_not_hinder_search(page: Page, home: str, strict_home: str) -> None:
    """The script runs, loads what it needs and shows the same results."""
    page.add_init_script(COUNT_VIOLATIONS)
    results = []
    for address in (home, strict_home):
        page.goto(address + "search/?q=diffusion")
        page.locator("main ol > li").first.wait_for()
        page.wait_for_load_state("networkidle")  # the sentences are there as well
        results.append(page.locator("main").inner_text())
        assert page.evaluate("window.violations") == []
    assert results[0] == results[1]


def _look(page: Page, address: str) -> bytes:
    """A picture of the top of a page; Playwright's own style for it is left out, as the policy would block it."""
    page.goto(address)
    return page.screenshot(caret="initial", animations="allow")
