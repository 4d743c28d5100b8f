"""A site in German says nothing in English: every word that a reader meets is the theme's German or the archive's own."""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from built import Built, build
from lxml import etree, html
from playwright.sync_api import Page, expect
from webserver import serving

from helpers import FIXTURES, REPOSITORY
from regesta.building.themes import find_theme

WORD = re.compile(r"[^\W\d_]{2,}")
#: Addresses, and names of files.
ADDRESS = re.compile(r"\S*[/:.@_]\w\S*")
#: What is the same in German: names of formats, programs and hosts, the fields of queries, keys; letters of titles.
SAME = """
Regesta RSS Atom JSON Feed CSL RIS BibTeX Markdown Schema SHA OPML PDF DOI ORCID ISBN kB MD Esc Google Scholar Semantic Crossref arXiv
author title tag has year code Lines Kre Moo Bir Tor Wol
""".split()
#: Attributes that hold words; what starts with `data-` is said by scripts, if it is more than one word or begins large.
ATTRIBUTES = {"title", "aria-label", "placeholder", "alt", "content"}
SAID_LATER = re.compile(r"[A-ZÄÖÜ][^/]*|[^/]+ [^/]+")
#: Elements of feeds that hold words.
IN_WORDS = {"title", "subtitle", "description", "summary", "content", "encoded", "category"}
#: What is written for programs.
SILENT = "//script | //style | //pre | //meta[not(@name='description' or @property='og:description' or @property='og:title')]"


@pytest.fixture(scope="module")
def german(shared: Path, once: Callable[[Path, Callable[[], object]], Path]) -> Built:
    """A small archive with something on every kind of page."""
    root, output, url = shared / "moor", shared / "moor-site", "https://example.org/moor/"

    def make() -> None:
        shutil.copytree(FIXTURES / "moor" / "content", root / "content")
        build(root, output, url)

    once(output, make)
    return Built(output, url)


@pytest.fixture
def german_home(german: Built) -> Iterator[str]:
    with serving(german) as address:
        yield address


@pytest.fixture(scope="module")
def known() -> set[str]:
    """The words of the theme's German and of the archive."""
    strings = find_theme("default", REPOSITORY).strings("de")
    contents = (path for path in (FIXTURES / "moor").rglob("*") if path.suffix in {".md", ".yaml"})
    texts = [*texts_in(strings), *(path.read_text("utf-8") for path in contents), *SAME]
    return {word.lower() for text in texts for word in WORD.findall(text)}


def texts_in(data: Any) -> Iterator[str]:
    """Yield every text in lists and mappings."""
    if isinstance(data, str):
        yield data
    for one in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        yield from texts_in(one)


def texts_of_page(data: bytes | str) -> Iterator[str]:
    """Yield what a page says, now or later: its texts, those of its templates, attributes, and the words for scripts."""
    page = html.fromstring(data)
    for words in page.xpath("//template[@data-part='words']"):
        yield from json.loads(words.text).values()
        words.drop_tree()
    for element in page.xpath(SILENT):
        element.drop_tree()
    for element in page.iter(etree.Element):
        yield from (element.text or "", element.tail or "")
        for name, value in element.attrib.items():
            if name in ATTRIBUTES or (name.startswith("data-") and SAID_LATER.fullmatch(value)):
                yield value


def texts_of_feed(data: bytes) -> Iterator[str]:
    """Yield the texts of a feed, and of the HTML in them."""
    for element in etree.fromstring(data).iter(etree.Element):
        text = element.text or ""
        if etree.QName(element).localname in IN_WORDS:
            yield from texts_of_page(text) if "<" in text else [text]
        yield element.get("text", "")


def foreign(texts: Iterator[str], known: set[str]) -> set[str]:
    """Return the words that are neither the theme's nor the archive's."""
    return {
        word for text in texts for word in WORD.findall(ADDRESS.sub(" ", text)) if word.lower() not in known
    }


def test_no_page_says_anything_in_english(german: Built, known: set[str]) -> None:
    """Every page, with what its scripts will say, and the twin of each paper in Markdown."""
    found = {
        address: foreign(texts_of_page(german.file(address).read_bytes()), known)
        for address in german.addresses
    }
    found |= {
        name: foreign(
            iter([re.sub(r"```.*?```", "", (german.folder / name).read_text("utf-8"), flags=re.DOTALL)]),
            known,
        )
        for name in german.files
        if name.endswith((".md", "llms.txt"))
    }
    assert {address: words for address, words in found.items() if words} == {}


def test_pages_and_feeds_say_that_they_are_german(german: Built, known: set[str]) -> None:
    """To browsers, readers of feeds and search engines; and feeds say nothing in English."""
    assert all(
        html.fromstring(german.file(address).read_bytes()).get("lang") == "de" for address in german.addresses
    )
    feeds = [
        name
        for name in german.files
        if name.endswith(("feed.xml", "atom.xml", "feeds.opml", "daily.xml", "weekly.xml"))
    ]
    assert len(feeds) > 10
    found = {name: foreign(texts_of_feed((german.folder / name).read_bytes()), known) for name in feeds}
    assert {name: words for name, words in found.items() if words} == {}
    assert "<language>de</language>" in (german.folder / "feed.xml").read_text("utf-8")
    assert 'xml:lang="de"' in (german.folder / "atom.xml").read_text("utf-8")
    assert json.loads((german.folder / "feed.json").read_text("utf-8"))["language"] == "de"
    assert "<Language>de</Language>" in (german.folder / "opensearch.xml").read_text("utf-8")
    assert '"inLanguage":"de"' in german.file("/tags/torf/").read_text("utf-8")


TEXTS = """
[...document.querySelectorAll("body, body :not(script, noscript, pre)")].flatMap(({ childNodes }) => [...childNodes])
  .filter(({ nodeType }) => nodeType === Node.TEXT_NODE).map(({ data }) => data)
"""


def shown(page: Page) -> Iterator[str]:
    """Yield what a page shows, and what it tells a screen reader."""
    yield from page.evaluate(TEXTS)
    for name in ("title", "aria-label", "placeholder"):
        yield from page.evaluate(
            f"[...document.querySelectorAll('[{name}]')].map((one) => one.getAttribute('{name}'))"
        )


def test_scripts_speak_german(page: Page, german_home: str, known: set[str]) -> None:
    """Search, pop-up, saved papers and copying; on a browser that is set to English."""
    page.goto(german_home + "search/?q=torf wiesen")
    expect(page.locator(".search-found .entry").first).to_be_visible()
    expect(page.get_by_role("link", name="Torf", exact=True)).to_be_visible()
    assert foreign(shown(page), known) == set()
    page.goto(german_home + "search/?q=wolgras")
    expect(page.locator("[data-part=instead]")).to_have_text(
        "„wolgras“ kommt nicht vor: Ergebnisse für wollgras."
    )
    page.goto(german_home + "search/?q=qqqqqqqqqq")
    expect(page.locator("[data-part=count]")).to_have_text("Keine Treffer für diese Suche.")
    page.goto(german_home + "papers/torf-und-zeit/")
    page.get_by_role("button", name="Merken: Torf und Zeit").click()
    expect(page.get_by_role("button", name="Gemerkt: Torf und Zeit")).to_be_visible()
    assert foreign(shown(page), known) == set()
    page.keyboard.press("/")
    page.keyboard.type("torf")
    expect(page.locator("dialog [role=option]").first).to_be_visible()
    assert foreign(shown(page), known) == set()
    page.goto(german_home + "saved/")
    expect(page.locator("main .entry-line")).to_have_text(
        re.compile(r"Gemerkt am \d+\. (Jan\.|Feb\.|März|Apr\.|Mai|Juni|Juli|Aug\.|Sep\.|Okt\.|Nov\.|Dez\.)$")
    )
    for name in ("Notiz", "Als gelesen markieren", "Link zu dieser Liste kopieren", "Entfernen"):
        page.get_by_role("button", name=name).click()
        assert foreign(shown(page), known) == set()
