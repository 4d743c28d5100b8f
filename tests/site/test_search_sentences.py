"""A result shows the sentence that matches, without a jump, and its page opens with that sentence marked."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlencode

import pytest
from built import Built, build
from playwright.sync_api import Page, Route, expect
from webserver import serving

SNIPPET = "main ol [data-fill=snippet]"
LINK = "main ol > li a"
FILLER = "Nothing is said here about what one looks for. " * 30
PAPERS = {
    "adapters": (
        "On adapters",
        f"We look at the sea. {FILLER}Pre-trained adapters & LoRA - e.g. of size 4.5, quantised - win. The end.",
    ),
    "waves": (
        "Waves and tides",
        rf"A first one. {FILLER}The tidal cost is $O(n \log n)$ in theory. The end.",
    ),
    "quokka": ("Quokka habits", f"Marsupials eat. They sleep. {FILLER}"),
    "apart": ("Of lakes", f"Slow boats on many rivers. {FILLER}We follow slow rivers. The end."),
    "hostile": ("Of marks", f"A first one. {FILLER}A `<img src=x onerror=alert(1)>` is a gargoyle. The end."),
    "bare": ("Bare pumpkin", ""),
}
SHIFTS = """
  window.shifts = [];
  new PerformanceObserver((list) => shifts.push(...list.getEntries())).observe({ type: "layout-shift", buffered: true });
"""
SHIFTED = "shifts.filter(({ hadRecentInput }) => !hadRecentInput).map(({ value, sources }) => [value, ...sources.map(({ node }) => node?.className)])"
#: What moved, even where a key was pressed just before; what stands below the results follows them.
MOVED = "shifts.flatMap(({ sources }) => sources.map(({ node }) => node)).filter((node) => node?.closest?.('main') && !node.closest('.search-take')).map(({ className }) => className)"


@pytest.fixture(scope="module")
def sentences(shared: Path, once: Callable[[Path, Callable[[], object]], Path]) -> Iterator[str]:
    """The home address of a small archive."""
    root, url = shared / "sentences", "https://example.org/"

    def make() -> None:
        papers = root / "content/papers"
        papers.mkdir(parents=True)
        (root / "content/archive.yaml").write_text(
            "title: Sentences\ndescription: A few.\nurl: https://example.org/\n", "utf-8"
        )
        for name, (title, abstract) in PAPERS.items():
            (papers / f"{name}.md").write_text(f"---\nid: {name}\ntitle: {title}\n---\n{abstract}\n", "utf-8")
        build(root, root / "site", url)

    once(root, make)
    with serving(Built(root / "site", url)) as home:
        yield home


def asked(page: Page, home: str, query: str) -> None:
    """Open the search page with a query, and wait until the sentence is there."""
    page.goto(f"{home}search/?{urlencode({'q': query})}")
    page.wait_for_function(
        "() => document.querySelector('main ol a')?.hash || document.fragmentDirective === undefined"
    )


@pytest.mark.parametrize(
    ("query", "sentence", "marks"),
    [
        (
            "pretrained adapter",
            "Pre-trained adapters & LoRA - e.g. of size 4.5, quantised - win.",
            ["Pre-trained", "adapters"],
        ),
        (
            "quantize adapters",
            "Pre-trained adapters & LoRA - e.g. of size 4.5, quantised - win.",
            ["adapters", "quantised"],
        ),
        (
            "adaptrs lora",
            "Pre-trained adapters & LoRA - e.g. of size 4.5, quantised - win.",
            ["adapters", "LoRA"],
        ),
        ("tidal", "The tidal cost is O(n log n) in theory.", ["tidal"]),
        ('"slow rivers"', "We follow slow rivers.", ["slow", "rivers"]),
        ("quokka", "Marsupials eat.", []),
        ("gargoyle", "A <img src=x onerror=alert(1)> is a gargoyle.", ["gargoyle"]),
    ],
)
def test_the_sentence_that_matches_is_shown(
    page: Page, sentences: str, query: str, sentence: str, marks: list[str]
) -> None:
    """With its words marked, however they are written; if the abstract has none of them, its first sentence."""
    asked(page, sentences, query)
    expect(page.locator(SNIPPET).first).to_have_text(sentence)
    assert page.locator(SNIPPET).first.locator("mark").all_inner_texts() == marks
    assert page.locator("main img").count() == 0


def test_a_paper_without_an_abstract_shows_none(page: Page, sentences: str) -> None:
    """There is no empty space for it."""
    asked(page, sentences, "pumpkin")
    assert page.locator(SNIPPET).count() == 0


def test_titles_come_first_and_do_not_move(page: Page, home: str) -> None:
    """Until the sentences are there, and if they never come, results show how the abstracts begin."""
    held: list[Route] = []
    page.route("**/papers/*/", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks what it calls
    page.goto(home + "search/?q=diffusion+models")
    expect(page.locator(LINK)).to_have_count(10)
    page.wait_for_timeout(500)
    places = "[...document.querySelectorAll('main ol > li')].map((item) => item.getBoundingClientRect().top)"
    before, beginnings = page.evaluate(places), page.locator(SNIPPET).all_inner_texts()
    assert all(beginnings)
    assert 0 < len(held) < len(before)  # only what can be seen
    held[0].abort()
    for route in held[1:]:
        route.continue_()
    page.wait_for_function("() => document.querySelectorAll('main ol a')[1].hash")
    assert page.evaluate(places) == before
    assert page.locator(SNIPPET).first.inner_text() == beginnings[0]
    page.unroute("**/papers/*/")
    page.locator(LINK).last.scroll_into_view_if_needed()
    page.wait_for_function("() => document.querySelector('main ol > li:last-child a').hash")


def test_pages_are_not_fetched_with_every_key(page: Page, home: str) -> None:
    """Only when the reader pauses, and each once."""
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(home + "search/")
    page.locator("main input[name=q]").press_sequentially("diffusion models", delay=20)
    page.wait_for_function("() => document.querySelector('main ol a')?.hash")
    page.locator("main input[name=q]").press_sequentially(" ")
    page.wait_for_timeout(500)
    pages = [url for url in asked_for if "/papers/" in url]
    assert 0 < len(pages) < 10
    assert len(pages) == len({*pages})


@pytest.mark.parametrize("width", [1280, 320])
def test_nothing_jumps(page: Page, home: str, width: int) -> None:
    """The cumulative layout shift is 0: on arrival, while typing, and when more results are shown; nothing moves with a key, either."""
    page.set_viewport_size({"width": width, "height": 800})
    page.add_init_script(SHIFTS)
    page.goto(home + "search/?q=diffusion+retrieval+hallucination")
    expect(page.locator(LINK).first).to_be_visible()
    page.wait_for_timeout(700)
    assert page.evaluate(SHIFTED) == []
    page.goto(home + "search/")
    page.keyboard.type("diffusion models", delay=50)
    page.wait_for_function("() => document.querySelector('main ol a')?.hash")
    page.wait_for_timeout(500)
    assert page.evaluate(MOVED) == []
    page.locator("[data-part=more]").click()
    expect(page.locator(LINK)).to_have_count(20)
    page.wait_for_timeout(500)
    assert page.evaluate(SHIFTED) == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("pretrained", ["Pre-trained adapters & LoRA", "4.5, quantised - win."]),
        ("tidal", ["The tidal cost is"]),
        ("quokka", ["Quokka habits"]),
    ],
)
def test_the_page_opens_with_the_sentence_marked(
    page: Page, sentences: str, query: str, text: list[str]
) -> None:
    """As the page has it, without formulas; for whom only the title matches, the title."""
    asked(page, sentences, query)
    fragment = page.locator(LINK).first.get_attribute("href").partition("#:~:text=")[2]
    assert "-" not in fragment
    assert "&" not in fragment
    assert [unquote(part) for part in fragment.split(",")] == text


def test_the_reader_is_led_to_the_sentence(page: Page, sentences: str) -> None:
    """The browser scrolls to it; the address is that of the paper."""
    page.set_viewport_size({"width": 320, "height": 500})
    asked(page, sentences, "pretrained")
    page.locator(LINK).first.click()
    page.wait_for_function("() => location.pathname === '/papers/adapters/' && scrollY > 300")
    assert page.evaluate("location.href") == f"{sentences}papers/adapters/"


def test_a_browser_that_cannot_mark_gets_plain_links(page: Page, sentences: str) -> None:
    """Sentences are the same."""
    page.add_init_script("delete Document.prototype.fragmentDirective")
    asked(page, sentences, "tidal")
    expect(page.locator(SNIPPET).first).to_have_text(re.compile("^The tidal cost"))
    assert page.locator(LINK).first.get_attribute("href") == "/papers/waves/"


def test_the_pop_up_shows_sentences_too(page: Page, sentences: str) -> None:
    """In one line, which has the word."""
    page.goto(f"{sentences}papers/bare/")
    page.keyboard.press("/")
    page.keyboard.type("lora")
    option = page.locator("dialog [role=option]:not(.offer)").first
    expect(option.locator(".option-snippet mark")).to_have_text("LoRA")
    expect(option).to_have_attribute(
        "data-href", re.compile(f"/papers/adapters/#:~:text={quote('Pre').replace('-', '%2D')}")
    )
