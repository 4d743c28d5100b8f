"""The policy that each page brings holds: nothing on any page is blocked by it, and nothing that it forbids is done."""

import re
import threading
from collections.abc import Iterator

import pytest
from built import Built
from playwright.sync_api import Page, expect

from regesta.serve import Builds, Server

COUNT_VIOLATIONS = """
  window.violations = [];
  document.addEventListener("securitypolicyviolation",
    event => window.violations.push(`${event.violatedDirective} ${event.sample}`));
"""
SINKS = """() => [
  () => new DOMParser().parseFromString("<p>", "text/html"),
  () => { document.createElement("p").innerHTML = "<p>"; },
  () => trustedTypes.createPolicy("any", {}),
].filter(sink => { try { sink(); return true; } catch { return false; } }).length"""


@pytest.fixture
def watched(page: Page) -> Iterator[Page]:
    """A tab on whose last page the policy has blocked nothing when the test ends."""
    page.add_init_script(COUNT_VIOLATIONS)
    yield page
    assert page.evaluate("window.violations") == []


def test_nothing_is_blocked_on_any_kind_of_page(watched: Page, home: str, project_site: Built) -> None:
    """On the largest page of each kind, with the search opened over it; a redirect leads on to such a page."""
    for address in project_site.largest():
        watched.goto(home + address[1:])
        policy = watched.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content")
        assert policy.endswith("require-trusted-types-for 'script'; trusted-types offline"), address
        watched.keyboard.press("/")
        expect(watched.locator("input:focus")).to_be_visible()
        assert watched.evaluate("window.violations") == [], address


def test_nothing_is_blocked_while_one_searches(watched: Page, home: str) -> None:
    """In the pop-up and on the search page, with results, facets and none."""
    watched.goto(f"{home}papers/deep-equilibrium-models/")
    watched.keyboard.press("/")
    watched.locator("dialog input").fill("diffusion")
    expect(watched.locator("dialog [role=option]").first).to_be_visible()
    assert watched.evaluate("window.violations") == []
    watched.keyboard.press("Enter")
    watched.wait_for_url("**/search/?q=diffusion")
    expect(watched.locator("main ol > li").first).to_be_visible()
    watched.locator("details.facets > summary").click()
    watched.locator("main input[name=q]").fill("xyzzyplugh")
    expect(watched.locator("main ol > li")).to_have_count(0)


def test_no_script_makes_markup_of_a_text(page: Page, home: str) -> None:
    """The browser refuses it, whoever asks for it."""
    page.goto(home)
    assert page.evaluate(SINKS) == 0


def test_a_violation_is_noticed(page: Page, home: str) -> None:
    """If one occurred, the tests here would tell."""
    page.add_init_script(COUNT_VIOLATIONS)
    page.goto(home)
    page.evaluate(SINKS)
    expect(page.locator("body")).to_be_visible()
    found = page.evaluate("window.violations")
    assert [re.sub(" .*", "", violation) for violation in found].count("require-trusted-types-for") == 2


def test_the_preview_reloads_its_pages(watched: Page, project_site: Built) -> None:
    """The script that `regesta serve` adds to each page works under the policy, too."""
    builds = Builds()
    with Server(project_site.folder, project_site.base, 0, builds) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with watched.expect_response("**/.regesta/events"):
            watched.goto(f"http://localhost:{server.server_port}/")
        expect(watched.locator("h1")).to_be_visible()
        watched.evaluate("document.querySelector('h1').remove()")
        builds.announce()
        expect(watched.locator("h1")).to_be_visible()
        server.shutdown()
