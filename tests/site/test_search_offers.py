"""What the pop-up offers besides papers: the last queries, the ways in, and tags by their names."""

from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, expect

OFFERS = "dialog .offer"
FIELD = "dialog input"


def open_popup(page: Page) -> None:
    """As a reader does by a key."""
    page.keyboard.press("/")
    expect(page.locator(FIELD)).to_be_focused()
    expect(page.locator(OFFERS).first).to_be_visible()


def test_before_anything_is_typed_it_offers_the_ways_in(page: Page, home: str) -> None:
    """They are options like any other."""
    page.goto(home + "dates/")
    open_popup(page)
    ways = ["Papers", "Tags", "Map", "Dates", "Collections", "Organizations", "Discussed"]
    expect(page.locator(OFFERS)).to_have_text(ways)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(home + "tags/")


def test_a_query_that_was_followed_is_offered_again_until_the_reader_forgets_it(
    page: Page, home: str
) -> None:
    """It comes first, leads to its results, and stays in this browser."""
    page.goto(home + "search/")
    page.locator("main input[name=q]").fill("reward hacking")
    with page.expect_response("**/offers.js"):
        page.keyboard.press("Enter")
    expect(page.locator("main [data-part=results] > li").first).to_be_visible()
    page.goto(home + "tags/")
    open_popup(page)
    expect(page.locator(OFFERS).first).to_contain_text("reward hacking")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=*")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["reward hacking"]}
    page.goto(home + "tags/")
    open_popup(page)
    page.get_by_role("button", name="Forget these searches").click()
    expect(page.locator(OFFERS).first).to_have_text("Papers")
    expect(page.get_by_role("button", name="Forget these searches")).to_be_hidden()


def test_a_tag_is_offered_before_papers_once_its_words_are_begun(page: Page, home: str) -> None:
    """With the number of its papers; what is chosen leads to its page."""
    page.goto(home + "tags/")
    open_popup(page)
    page.keyboard.type("reinf lear")
    expect(page.locator(OFFERS).first).to_have_text("Reinforcement learning tag, 63 papers")
    expect(page.locator("dialog [role=option]:not(.offer)").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(home + "tags/reinforcement-learning/")


def test_what_somebody_else_wrote_into_the_store_does_no_harm(page: Page, home: str) -> None:
    """Nor does markup in a query."""
    page.goto(home + "tags/")
    for stored in ("{", '{"a":1}', '["<img src=x onerror=alert(1)>"]'):
        page.evaluate("stored => localStorage.setItem('searched /my-repo/', stored)", stored)
        page.reload()
        open_popup(page)
        assert page.locator(f"{OFFERS} img").count() == 0


def test_on_home_the_key_leads_to_the_field_that_is_there(page: Page, home: str) -> None:
    """And not to a second one over it."""
    page.goto(home)
    page.keyboard.press("/")
    expect(page.locator("main input[name=q]")).to_be_focused()
    assert page.locator("dialog").count() == 0


def test_a_lost_address_is_ready_to_be_searched_for(page: Page, home: str) -> None:
    """The words of the address stand in the field."""
    page.goto(home + "papers/deep-equilibrium_models.html")
    expect(page.locator("main input[name=q]")).to_have_value("deep equilibrium models")
