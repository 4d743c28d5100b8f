"""The search opens as a pop-up over every page, by keys that need no mouse, and closes without a trace."""

import re
from urllib.parse import urlencode

import pytest
from built import Built
from chromium import keeping_pages
from playwright.sync_api import Browser, Page, expect
from webserver import serving

PAPER = "papers/deep-equilibrium-models/"
OPTIONS = "dialog [role=option]"
FIELD = "dialog input"


@pytest.fixture
def paper(page: Page, home: str) -> Page:
    """A paper's page, on a phone as narrow as there are."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(home + PAPER)
    return page


def ask(page: Page, query: str) -> None:
    """Open the pop-up and wait for what it finds; before, it shows what the first letters find."""
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    page.keyboard.type(query)
    expect(page.locator("dialog [data-part=all]")).to_have_js_property(
        "search", f"?{urlencode({'q': query})}"
    )
    expect(page.locator(OPTIONS).first).to_be_visible()


@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_it_and_escape_leads_back(paper: Page, keys: str) -> None:
    """What had the focus has it again; meanwhile the page behind is out of reach."""
    link = paper.locator("main a").nth(3)
    link.focus()
    paper.keyboard.press(keys)
    expect(paper.get_by_role("dialog", name="Search")).to_be_visible()
    expect(paper.locator(FIELD)).to_be_focused()
    expect(paper.locator(FIELD)).to_have_value("")
    for _ in range(4):
        paper.keyboard.press("Tab")
        assert paper.evaluate(
            "document.activeElement === document.body || Boolean(document.activeElement.closest('dialog'))"
        )
    paper.keyboard.press("Escape")
    expect(paper.locator("dialog")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_link_to_the_search_opens_it(paper: Page) -> None:
    """A plain click does; with a key held it is the link that it always is."""
    paper.locator(".masthead a[data-search-link]").click()
    expect(paper.locator(FIELD)).to_be_focused()
    paper.get_by_role("button", name="Close").click()
    expect(paper.locator("dialog")).to_be_hidden()
    with paper.context.expect_page() as tab:
        paper.locator(".masthead a[data-search-link]").click(modifiers=["ControlOrMeta"])
    assert tab.value.url.endswith("/my-repo/search/")


def test_a_slash_that_is_typed_is_a_slash(page: Page, home: str) -> None:
    """In a field it opens nothing."""
    page.goto(home)
    page.locator("main input[name=q]").press_sequentially("a/b")
    expect(page.locator("main input[name=q]")).to_have_value("a/b")
    assert page.locator("dialog").count() == 0


def test_on_the_search_page_the_keys_lead_to_its_field(page: Page, home: str) -> None:
    """There is no second search over the first."""
    page.goto(home + "search/?q=diffusion")
    field = page.locator("main input[name=q]")
    for key in ("/", "Control+k"):
        page.locator("main ol a").first.focus()
        page.keyboard.press(key)
        expect(field).to_be_focused()
        expect(field).to_have_value("diffusion")
    assert page.locator("dialog").count() == 0


def test_arrow_keys_choose_and_enter_opens(paper: Page) -> None:
    """The focus stays in the field, which names the option that is chosen."""
    ask(paper, "diffusion")
    field, options = paper.locator(FIELD), paper.locator(OPTIONS)
    expect(field).to_have_attribute("aria-expanded", "true")
    last = options.count() - 1
    for key, chosen in (
        ("ArrowDown", 0),
        ("ArrowDown", 1),
        ("End", last),
        ("ArrowDown", None),
        ("ArrowUp", last),
        ("Home", 0),
        ("ArrowUp", None),
        ("ArrowDown", 0),
    ):
        paper.keyboard.press(key)
        expect(field).to_be_focused()
        expect(paper.locator(f"{OPTIONS}[aria-selected=true]")).to_have_count(int(chosen is not None))
        if chosen is None:
            expect(field).not_to_have_attribute("aria-activedescendant", re.compile("."))
        else:
            expect(options.nth(chosen)).to_have_attribute("aria-selected", "true")
            expect(options.nth(chosen)).to_be_in_viewport()
            expect(field).to_have_attribute("aria-activedescendant", options.nth(chosen).get_attribute("id"))
    paper.keyboard.press("End")
    title = options.last.locator(".option-title").inner_text()
    paper.keyboard.press("Enter")
    paper.wait_for_url(re.compile(r"/my-repo/papers/[^/]+/(#:~:text=.*)?$"))
    expect(paper.locator("h1")).to_have_text(title)


def test_enter_without_a_choice_leads_to_all_results(paper: Page) -> None:
    """So does the link below the options."""
    ask(paper, "diffusion models")
    everything = paper.get_by_role("link", name="All results").evaluate("link => link.href")
    paper.keyboard.press("Enter")
    paper.wait_for_url(re.compile(r"/my-repo/search/\?q=diffusion\+models$"))
    assert paper.url == everything


def test_an_option_is_opened_by_a_click(paper: Page) -> None:
    """And the page behind closes the pop-up."""
    ask(paper, "retrieval")
    expect(paper.locator("dialog [role=status]")).to_have_text(re.compile(r"\d+ papers"))
    paper.locator(OPTIONS).nth(1).click()
    paper.wait_for_url(re.compile(r"/my-repo/papers/[^/]+/(#:~:text=.*)?$"))
    assert PAPER not in paper.url


@pytest.mark.parametrize("way", ["option", "all", "Enter"])
def test_the_way_back_leads_to_its_words(paper: Page, way: str) -> None:
    """From a result and from all results; once it is closed, it stays closed."""
    ask(paper, "retrieval")
    titles = paper.locator(OPTIONS).all_inner_texts()
    ways = {"option": paper.locator(OPTIONS).nth(1), "all": paper.get_by_role("link", name="All results")}
    paper.locator(FIELD).press("Enter") if way == "Enter" else ways[way].click()
    paper.wait_for_function("() => !location.pathname.includes('equilibrium')")
    paper.go_back()
    expect(paper.locator(FIELD)).to_have_value("retrieval")
    expect(paper.locator(OPTIONS)).to_have_count(len(titles))
    paper.keyboard.press("Escape")
    expect(paper.locator("dialog")).to_be_hidden()
    paper.reload()
    paper.wait_for_load_state("networkidle")
    assert paper.locator("dialog").count() == 0


def test_a_page_that_the_browser_kept_has_it_as_it_was(chromium: Browser, home: str) -> None:
    """The pop-up is in the way back of browsers that keep pages, too."""
    with keeping_pages(chromium) as browser:
        tab = browser.new_page()
        tab.add_init_script("addEventListener('pageshow', event => (window.wasKept = event.persisted))")
        tab.goto(home + PAPER)
        ask(tab, "retrieval")
        tab.locator(OPTIONS).nth(1).click()
        tab.wait_for_function("() => !location.pathname.includes('equilibrium')")
        tab.evaluate("history.back()")
        tab.wait_for_function("() => window.wasKept")
        expect(tab.locator(FIELD)).to_have_value("retrieval")
        expect(tab.locator(OPTIONS).first).to_be_visible()
        tab.get_by_role("button", name="Close").click()
        expect(tab.locator("dialog")).to_be_hidden()


def test_a_result_on_this_very_page_is_shown(page: Page, home: str) -> None:
    """The pop-up closes, and does not stay over it."""
    page.goto(home + PAPER)
    ask(page, "deep equilibrium models")
    page.wait_for_function("() => document.querySelector('dialog [role=option]').dataset.href.includes('#')")
    page.locator(OPTIONS).first.click()
    expect(page.locator("dialog")).not_to_be_visible()


def test_it_tells_that_there_is_nothing_and_that_it_cannot_tell(paper: Page) -> None:
    """Nothing found, and no index, are two things."""
    ask(paper, "retrieval")
    paper.locator(FIELD).fill("xyzzyplugh")
    expect(paper.locator("dialog [data-part=count]")).to_contain_text("No paper")
    expect(paper.locator(OPTIONS)).to_have_count(0)
    expect(paper.locator(FIELD)).to_have_attribute("aria-expanded", "false")
    paper.route(re.compile(r"/search/(?:[^/]+/)*[^/]+\.(json|txt)"), lambda route: route.abort())
    paper.locator(FIELD).fill("hallucination")
    expect(paper.locator("dialog [data-part=count]")).to_contain_text("could not be loaded")
    expect(paper.get_by_role("link", name="All results")).to_be_visible()


@pytest.mark.parametrize("lost", ["/js/search.js", "/search.css", "/search/"])
def test_what_it_cannot_fetch_leads_to_the_search_page(page: Page, project_site: Built, lost: str) -> None:
    """If a part of it is missing, the page of its own takes over."""
    with serving(project_site, lost) as home:
        page.goto(home + PAPER)
        page.keyboard.press("/")
        page.wait_for_url("**/my-repo/search/", wait_until="commit", timeout=60_000)


def test_nothing_of_it_is_fetched_before_it_is_asked_for(page: Page, home: str) -> None:
    """A page costs its readers the small scripts only."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(home + PAPER, wait_until="networkidle")
    assert [url for url in asked if "search" in url] == []
    scripts = {url.rpartition("/")[2] for url in asked if url.endswith(".js")}
    assert scripts == {"shortcut.js", "save.js", "copy.js"}
