"""The search page keeps its state in the address, narrows and sorts, and says what it cannot do."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect

HITS = "main ol > li a"
FIELD = "main input[name=q]"
COUNT = "main [data-part=count]"
FACETS = "main .facets"


def test_more_results_and_the_place_are_there_again_on_the_way_back(page: Page, home: str) -> None:
    """From far down a long list to a paper, back to the same place, and forward to the paper again."""
    page.goto(home + "search/?q=models")
    expect(page.locator(HITS)).to_have_count(10)
    page.locator("main [data-part=more]").click()
    expect(page.locator(HITS)).to_have_count(20)
    expect(page.locator(HITS).nth(10)).to_be_focused()
    hit = page.locator(HITS).nth(16)
    hit.scroll_into_view_if_needed()
    titles, place = page.locator(HITS).all_inner_texts(), page.evaluate("scrollY")
    assert place > 1000
    hit.click()
    page.wait_for_url(re.compile("/papers/"))
    paper = page.url
    page.go_back()
    expect(page.locator(HITS)).to_have_count(20)
    assert page.locator(HITS).all_inner_texts() == titles
    page.wait_for_function("place => Math.abs(scrollY - place) < 3", arg=place)
    page.go_forward()
    page.wait_for_url(paper)


def test_a_query_that_was_submitted_stays_in_the_history(page: Page, home: str) -> None:
    """What was only passed while typing does not."""
    page.goto(home + "search/")
    field = page.locator(FIELD)
    field.press_sequentially("retrieval")
    expect(page).to_have_url(home + "search/?q=retrieval")
    field.press("Enter")
    field.fill("diff")
    expect(page).to_have_url(home + "search/?q=diff")
    field.fill("diffusion")
    expect(page).to_have_url(home + "search/?q=diffusion")
    hits = page.locator(HITS).all_inner_texts()
    page.go_back()
    expect(field).to_have_value("retrieval")
    expect(page.locator(HITS).first).not_to_have_text(hits[0])
    page.go_forward()
    expect(field).to_have_value("diffusion")
    expect(page.locator(HITS).first).to_have_text(hits[0])


def test_the_newest_come_first_where_that_is_asked(page: Page, home: str) -> None:
    """By a link, whose address says so."""
    page.goto(home + "search/?q=models")
    by_date = page.locator("main [data-sort=date]")
    expect(by_date).to_have_attribute("href", "?q=models&sort=date")
    by_date.click()
    expect(page).to_have_url(home + "search/?q=models&sort=date")
    expect(by_date).to_have_attribute("aria-current", "true")
    shown = page.locator("main [data-part=results] [data-fill=year]")
    expect(shown.first).to_be_visible()
    years = [int(re.sub(r"\D", "", year)) for year in shown.all_inner_texts()]
    assert years == sorted(years, reverse=True)
    page.go_back()
    expect(page).to_have_url(home + "search/?q=models")
    expect(by_date).not_to_have_attribute("aria-current", "true")


def test_a_facet_narrows_to_as_many_papers_as_it_says(page: Page, home: str) -> None:
    """It is a link to the query with it; chosen, it is marked and leads back; a screen stays where it is."""
    page.goto(home + "search/?q=diffusion")
    facet = page.locator(f"{FACETS} [data-field=tag] a").first
    name = facet.get_attribute("data-facet")
    count = facet.locator("xpath=..").locator("span").inner_text()
    expect(facet).to_have_attribute("href", f"?q=diffusion+{name.replace(':', '%3A')}")
    facet.focus()
    page.keyboard.press("Enter")
    expect(page.locator(FIELD)).to_have_value(f"diffusion {name}")
    expect(page.locator(COUNT)).to_have_text(re.compile(rf"^{count} paper"))
    chosen = page.locator(f"{FACETS} a[aria-current=true]")
    expect(chosen).to_have_attribute("data-facet", name)
    expect(chosen).to_be_focused()
    page.reload()
    expect(chosen).to_have_attribute("href", "?q=diffusion")
    chosen.click()
    expect(page.locator(FIELD)).to_have_value("diffusion")
    expect(chosen).to_have_count(0)


def test_a_facet_that_was_typed_is_known(page: Page, home: str) -> None:
    """However a reader wrote it."""
    page.goto(home + "search/")
    page.locator(FIELD).fill("image")
    chosen = page.locator(f"{FACETS} a[aria-current=true]")
    for query in (
        'tag:"Diffusion models" image',
        "image Tag:diffusion-models",
        "+tag:“diffusion models” image",
    ):
        expect(chosen).to_have_count(0)
        page.locator(FIELD).fill(query)
        expect(chosen).to_have_attribute("data-facet", "tag:diffusion-models")
        expect(chosen).to_have_attribute("href", "?q=image")
        page.locator(FIELD).fill("image")


def test_facets_are_folded_on_a_phone(page: Page, home: str) -> None:
    """There they would push the results away; on a desk they are open, and stay as the reader leaves them."""
    page.goto(home + "search/?q=diffusion")
    expect(page.locator(f"{FACETS} a").first).to_be_visible()
    page.locator(f"{FACETS} > summary").click()
    page.wait_for_function("() => history.state?.facets === false")
    page.reload()
    expect(page.locator(HITS)).to_have_count(10)
    expect(page.locator(f"{FACETS} a")).to_have_count(0)
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(home + "search/?q=retrieval")
    expect(page.locator(HITS)).to_have_count(10)
    expect(page.locator(f"{FACETS} a")).to_have_count(0)
    page.locator(f"{FACETS} > summary").click()
    expect(page.locator(f"{FACETS} a").first).to_be_visible()


@pytest.mark.parametrize("query", ["diffusion OR", "image -", "image NOT", "image title:"])
def test_a_facet_does_not_complete_what_was_typed(page: Page, home: str, query: str) -> None:
    """It comes first where it would belong to the sign or the word before it."""
    page.goto(f"{home}search/?{urlencode({'q': query})}")
    facet = page.locator(f"{FACETS} [data-field=tag] a").first
    name = facet.get_attribute("data-facet")
    facet.click()
    expect(page.locator(FIELD)).to_have_value(f"{name} {query}")


def test_a_facet_leaves_the_last_word_incomplete(page: Page, home: str) -> None:
    """What it found while it was typed, it finds with the facet behind it."""
    page.goto(home + "search/")
    page.locator(FIELD).press_sequentially("diffus")
    page.wait_for_url("**/search/?q=diffus")
    page.wait_for_timeout(500)  # until the facets are those of the whole word, and not of its first letters
    facet = page.locator(f"{FACETS} [data-field=tag] a").first
    count = facet.locator("xpath=..").locator("span").inner_text()
    facet.click()
    expect(page.locator(COUNT)).to_have_text(re.compile(rf"^{count} paper"))


def test_papers_that_only_come_near_stand_apart(page: Page, home: str) -> None:
    """Under a heading of their own, after those that answer."""
    page.goto(home + "search/?q=diffusion+retrieval+hallucination+xylophone")
    expect(page.locator("main [data-part=near-results] > li").first).to_be_visible()
    expect(page.get_by_role("heading", name="Papers that match in part")).to_be_visible()
    expect(page.locator("main [data-part=results] > li")).to_have_count(0)
    expect(page.locator(COUNT)).to_contain_text(
        re.compile(r"No paper has all of these words; \d+ match in part")
    )


def test_words_that_are_too_common_are_no_failure(page: Page, home: str) -> None:
    """They are told apart from words that no paper has; then there is help."""
    page.goto(home + "search/?q=the+of")
    expect(page.locator(COUNT)).to_contain_text("too common")
    page.locator(FIELD).fill("xyzzyplugh")
    expect(page.locator(COUNT)).to_contain_text("No paper")
    expect(page.locator("main [data-part=ways] a", has_text="Tags")).to_be_visible()
    expect(page.locator("main [data-part=ways] a", has_text="Dates")).to_be_visible()


def test_a_screen_reader_hears_the_count_once_it_stays(page: Page, home: str) -> None:
    """Not with every key, each of which changes it."""
    page.goto(home + "search/")
    page.evaluate("""() => {
      window.heard = [];
      const status = document.querySelector("main [role=status]");
      new MutationObserver(() => heard.push(status.textContent)).observe(status, { childList: true });
    }""")
    for query in ("diff", "diffusion", "diffusion m", "diffusion mod", "diffusion models"):
        page.locator(FIELD).fill(query)
        expect(page.locator("main ol mark").first).to_be_visible()
    page.wait_for_function(
        "count => document.querySelector('main [role=status]').textContent === document.querySelector(count).textContent",
        arg=COUNT,
    )
    assert page.evaluate("heard.length") < 4


def test_without_the_index_it_says_so_and_tries_again(page: Page, home: str) -> None:
    """There are the other ways in, and the next key tries anew."""
    index = re.compile(r"/search/(?:[^/]+/)*[^/]+\.(json|txt)")
    page.route(index, lambda route: route.abort())
    page.goto(home + "search/?q=diffusio")
    expect(page.get_by_role("alert")).to_contain_text("could not be loaded")
    expect(page.locator("main [data-part=ways] a", has_text="Tags")).to_be_visible()
    expect(page.locator("main [data-part=ways] a", has_text="Dates")).to_be_visible()
    page.unroute(index)
    page.locator(FIELD).press("End")
    page.keyboard.type("n")
    expect(page.locator(HITS).first).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()
    expect(page.locator("main [data-part=ways]")).to_be_hidden()


def test_who_waits_is_told_so(page: Page, home: str) -> None:
    """But only if it takes long."""
    held: list[Route] = []
    page.route("**/search/manifest.json", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    page.goto(home + "search/?q=diffusion")
    expect(page.locator(COUNT)).to_have_text("Searching…")
    held[0].continue_()
    expect(page.locator(COUNT)).to_have_text(re.compile(r"\d+ papers"))


def test_no_query_does_harm(page: Page, home: str) -> None:
    """Neither in the field nor with the facets open; the page answers the next one."""
    harmful = (
        "<img src=x onerror=alert(1)>",
        "a" * 10_000,
        '"' * 999 + "(" * 999,
        "tag:" * 500,
        "{n} {word} $& $1",
    )
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(home + "search/?q=diffusion")
    for query in harmful:
        page.locator(FIELD).evaluate(
            "(field, value) => { field.value = value; field.dispatchEvent(new InputEvent('input')); }", query
        )
        page.wait_for_timeout(500)
        page.locator(FIELD).fill("diffusion models")
        expect(page.locator(COUNT)).to_have_text(re.compile(r"\d+ papers"))
        assert page.locator("main img").count() == 0
        assert errors == [], query
