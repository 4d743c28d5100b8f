"""Scripts that are written from right to left: foreign titles and names on an English site, and a whole site in such a language."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from built import Built, build
from lxml import html
from playwright.sync_api import Page
from webserver import serving

from helpers import FIXTURES, REPOSITORY

#: German words of an archive, written from right to left: what a line is, not what it means, is asked here.
LETTERS = str.maketrans("abcdefghijklmnopqrstuvwxyzäöüß", "אבגדהוזחטיכלמנסעפצקרשתאבגדהוזח")
HEBREW = re.compile("[א-ת]")
#: What curators and authors write on one line of a file: a title, names, a label, a description, an abstract.
WRITTEN = re.compile(
    r"^( *(?:- )?(?:title|authors|editors|organization|venue|publisher|place|series|label|description|group|keywords|note|license): )(.*)$|^([A-ZÄÖÜ].*)$",
    re.MULTILINE,
)
#: What has a direction of its own; code, which the style sheet sets from left to right; what nobody sees; and the one line of a list
#: that ends in what its page spans.
SET_APART = "//*[@dir][ancestor::body] | //bdi | //pre | //*[@class='unseen'] | //*[local-name()='svg'] | //script | //template[@data-part='names'] | //*[@class='tally']"
STRINGS = "themes/default/strings/en.yaml"


@pytest.fixture(scope="module")
def hebrew(shared: Path, once: Callable[[Path, Callable[[], object]], Path]) -> dict[str, Built]:
    """The same archive in Hebrew letters, on an English site and on one from right to left."""
    return {language: _built(shared, once, language) for language in ("en", "he")}


def _built(shared: Path, once: Callable[[Path, Callable[[], object]], Path], language: str) -> Built:
    root, output, url = (
        shared / f"moor-{language}",
        shared / f"moor-site-{language}",
        "https://example.org/moor/",
    )

    def make() -> None:
        shutil.copytree(FIXTURES / "moor" / "content", root / "content")
        for path in [*root.rglob("*.md"), *root.rglob("tags.yaml")]:
            path.write_text(WRITTEN.sub(_in_hebrew, path.read_text("utf-8")), "utf-8")
        settings = root / "content" / "archive.yaml"
        settings.write_text(
            settings.read_text("utf-8").replace("language: de", f"language: {language}\ntheme: ours"), "utf-8"
        )
        strings = root / "themes" / "ours" / "strings"
        strings.mkdir(parents=True)
        (strings.parent / "theme.yaml").write_text("extends: default\n", "utf-8")
        shutil.copyfile(REPOSITORY / STRINGS, strings / "he.yaml")
        build(root, output, url)

    once(output, make)
    return Built(output, url)


def _in_hebrew(found: re.Match[str]) -> str:
    key, value, text = found.groups("")
    return key + (value or text).lower().translate(LETTERS)


def test_foreign_text_is_set_apart_on_every_kind_of_page(hebrew: dict[str, Built]) -> None:
    """It has its own direction, so that a number or a full stop beside it stays where it belongs."""
    site = hebrew["en"]
    assert len(site.kinds) > 20
    faults = {}
    for address in site.examples():
        page = html.fromstring(site.file(address).read_bytes())
        for element in page.xpath(SET_APART):
            element.drop_tree()
        bare = [str(text) for text in page.xpath("//body//text()") if HEBREW.search(text)]
        if bare:
            faults[address] = bare
    assert faults == {}


def test_a_whole_site_runs_from_right_to_left(hebrew: dict[str, Built]) -> None:
    """Every page says so, if its language is written so; in English it says nothing."""
    for language, way in (("en", None), ("he", "rtl")):
        site = hebrew[language]
        pages = [html.fromstring(site.file(address).read_bytes()) for address in site.addresses]
        assert {(page.get("lang"), page.get("dir")) for page in pages} == {(language, way)}


@pytest.mark.parametrize("width", [1280, 390])
def test_its_pages_begin_at_the_right_and_end_in_the_window(
    page: Page, hebrew: dict[str, Built], width: int
) -> None:
    """The masthead's name and the title stand at the right edge; nothing is cut off, and the skip link is out of sight."""
    site = hebrew["he"]
    page.set_viewport_size({"width": width, "height": 800})
    with serving(site) as home:
        for address in (
            "",
            "tags/torf/",
            "papers/torf-und-zeit/",
            "search/?q=xyz",
            "saved/",
            "dates/",
            "map/",
            "feeds/",
        ):
            page.goto(home + address)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
            for selector in (".masthead-title", "main h1"):
                box = page.locator(selector).bounding_box()
                assert box
                assert box["x"] + box["width"] > width * 0.8, (address, selector)
            skip = page.locator(".skip").bounding_box()
            assert skip
            assert skip["x"] >= width, address


PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right)|left|right|border-(?:top|bottom)-(?:left|right)-radius)\s*:|:\s*(?:left|right)\b"
    r"|^\s*(?:margin|padding|inset|border-width)\s*:\s*(\S+) (\S+) (\S+) (?!\2;)\S+;$",
    re.MULTILINE,
)


def test_style_sheets_say_start_and_end() -> None:
    """Left and right would be wrong in half of all directions; in a shorthand of four, both sides are alike."""
    sheets = sorted((REPOSITORY / "themes").rglob("*.css"))
    calculated = re.compile(r"[\w-]+\((?:[^()]|\([^()]*\))*\)")
    found = {
        path.name: [one[0] for one in PHYSICAL.finditer(calculated.sub("0", path.read_text("utf-8")))]
        for path in sheets
    }
    assert {name: rules for name, rules in found.items() if rules} == {}
