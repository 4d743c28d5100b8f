"""The search page finds papers by their titles and by their rarer words, and needs no mouse.

Here a part of the papers is looked for, or with WIDE=1 each; `test_search_index.py` has each of them looked for without a browser.
"""

import os
import re
from collections import Counter
from hashlib import sha256
from pathlib import Path

import pytest
from built import Built
from lxml import html
from playwright.sync_api import Page, expect

SEARCH = Path(__file__).with_name("search_queries.js").read_text("utf-8")
HITS = "main ol > li a"


@pytest.fixture(scope="module")
def papers(project_site: Built) -> dict[str, tuple[str, str]]:
    """Title and abstract of each paper as plain text, by the path of its page."""
    found = {}
    for address in project_site.kinds["papers/*"]:
        document = html.document_fromstring(project_site.file(address).read_bytes())
        title = document.xpath("string(//meta[@property='og:title']/@content)")
        abstract = document.xpath("//*[@aria-labelledby='abstract']//text()[not(ancestor::math)]")
        found[project_site.base + address[1:]] = (title, "".join(abstract))
    return found


def test_each_title_typed_in_full_is_the_first_hit(
    page: Page, home: str, papers: dict[str, tuple[str, str]]
) -> None:
    page.goto(home + "search/")
    titles = _some({paper: title for paper, (title, _) in papers.items()})
    answers = page.evaluate(SEARCH, {"queries": [*titles.values()], "most": 1})
    missed = [f"{paper}: {hits}" for paper, hits in zip(titles, answers, strict=True) if hits != [paper]]
    assert not missed, "\n".join(missed)


def test_three_rarer_words_bring_it_into_the_first_ten(
    page: Page, home: str, papers: dict[str, tuple[str, str]]
) -> None:
    """Any three of the rarest third of a paper's words; which three, its address decides."""
    page.goto(home + "search/")
    queries = _some(_rarer_words(papers))
    answers = page.evaluate(SEARCH, {"queries": list(queries.values()), "most": 10})
    both = zip(queries.items(), answers, strict=True)
    missed = [f"{query}: {paper}" for (paper, query), hits in both if paper not in hits]
    assert not missed, "\n".join(missed)


def test_search_by_keyboard_alone(page: Page, home: str) -> None:
    """From home: to the field, words, to the first hit, and there."""
    page.goto(home)
    _press_tab_until(page, "document.activeElement.matches('input[name=q]')")
    page.keyboard.type("diffusion models")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/search/\?q=diffusion(\+|%20)models$"))
    expect(page.locator("#search-said")).to_contain_text(re.compile(r"\d+ "))
    expect(page.locator("main ol > li").first).to_be_visible()
    title = page.locator(HITS).first.inner_text()
    _press_tab_until(page, "document.activeElement.matches('main ol > li a')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/papers/[^/]+/(#:~:text=.*)?$"))
    expect(page.locator("h1")).to_have_text(title)


def test_arrow_keys_walk_through_the_hits(page: Page, home: str) -> None:
    """Down from the field to a hit and on, up again, and Enter opens it."""
    page.goto(home + "search/")
    page.keyboard.type("diffusion")
    expect(page.locator(HITS).nth(1)).to_be_visible()
    for key, focused in (("ArrowDown", 0), ("ArrowDown", 1), ("ArrowUp", 0)):
        page.keyboard.press(key)
        expect(page.locator(HITS).nth(focused)).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/papers/[^/]+/(#:~:text=.*)?$"))


def test_the_query_is_in_the_address(page: Page, home: str) -> None:
    """What is typed can be passed on as a link, and the way back from a hit leads to the same hits."""
    page.goto(home + "search/")
    page.locator("main input[name=q]").press_sequentially("retrieval")
    expect(page).to_have_url(home + "search/?q=retrieval")
    first = page.locator(HITS).first
    title = first.inner_text()
    first.click()
    page.go_back()
    expect(page.locator("main input[name=q]")).to_have_value("retrieval")
    expect(page.locator(HITS).first).to_have_text(title)


def test_without_a_hit_it_says_so(page: Page, home: str) -> None:
    """Nothing found is said in words, to a screen reader too."""
    page.goto(home + "search/?q=xyzzyplugh")
    expect(page.locator("#search-said")).to_have_text(re.compile(r"\w+"))
    expect(page.locator("main ol > li")).to_have_count(0)


def _some(queries: dict[str, str]) -> dict[str, str]:
    return dict([*queries.items()][:: 1 if os.environ.get("WIDE") else 5])


def _press_tab_until(page: Page, condition: str, most: int = 60) -> None:
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(condition):
            return
    pytest.fail(f"after {most} times Tab still not: {condition}")


def _rarer_words(papers: dict[str, tuple[str, str]]) -> dict[str, str]:
    """Three words for each paper, out of the rarest third of its own, picked by their digest."""
    words = {paper: _words(" ".join(texts)) for paper, texts in papers.items()}
    frequency = Counter(word for found in words.values() for word in found)
    chosen = {}
    for paper, found in words.items():
        by_rarity = sorted(found, key=lambda word: (frequency[word], word))
        rarest = by_rarity[: max(3, len(by_rarity) // 3)]
        chosen[paper] = " ".join(
            sorted(rarest, key=lambda word: sha256((paper + word).encode()).digest())[:3]
        )
    return chosen


def _words(text: str) -> set[str]:
    """Words of letters only, from four letters on, as a reader would pick them from a text."""
    pieces = (piece.strip("()[]\"'“”‘’.,;:!?") for piece in re.split(r"[\s\-–—]+", text))
    return {piece.lower() for piece in pieces if piece.isalpha() and len(piece) > 3}
