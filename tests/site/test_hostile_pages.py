"""In a real browser no script of the hostile corpus runs: not on the site, not through the search, and not without the pages' policy."""

import os
import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest
from built import Built
from playwright.sync_api import Page
from webserver import serving

from hostile.corpus import corpus, plant
from hostile.markup import ADDRESSES, MARKUP, TEX
from hostile.sizes import SHORT
from hostile.trying import in_a_process

IS_WIDE = bool(os.environ.get("WIDE"))
LOOK = Path(__file__).with_name("hostile_frames.js").read_text("utf-8")
POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy"[^>]*>')
#: What every script of the corpus calls, in every frame before anything else.
WATCH = "window.ran = () => { window.hasRun = true; };"
#: Cases that are many alike: a few thousand pages less.
ALIKE = re.compile(r"many|^run-|^no-|^date|^file|-name-")
QUERIES = (
    *MARKUP, *ADDRESSES, *(tex for tex in TEX if len(tex) < 200),
    "constructor", "__proto__", "toString", "hasOwnProperty", "valueOf*", "__proto__:x", "title:<script>", '"<img src=/canary onerror=ran()>"', '+ - * : " ~ ^ \\',
    "(" * 500, "[" * 500, "*" * 2000, '"' * 999, "-" * 999, "a*" * 500, "a-" * 900, "x" * 100_000, "\u0301\u0323" * 900, "\u202e", "\ud800", "\U0010ffff\U0001fffe", "\x00\x01",
)  # fmt: skip
#: Queries as they may stand in an address, well-formed or not.
SEARCHES = (
    "?q=%",
    "?q=%FF",
    "?q=%E0%A4%A",
    "?q=%00",
    "?q=a&q=<script>ran()</script>",
    "?q[]=x",
    "?q=" + "%22" * 500,
    "?q=x#<img src=/canary onerror=ran()>",
    "?" + "&" * 500,
)


@pytest.fixture(scope="module")
def hostile_site(shared: Path, once: Callable[[Path, Callable[[], object]], Path]) -> Built:
    """A site of all kinds of cases, built as a curator would."""
    root = once(shared / "hostile", lambda: _build(shared / "hostile"))
    return Built(root / "site", "https://example.org/lab/")


def _build(root: Path) -> None:
    plant(
        root,
        [case for case in corpus(SHORT) if not (case.stops_all or case.is_dump or ALIKE.search(case.name))],
    )
    assert in_a_process("build", root).status == 1


@pytest.fixture(scope="module")
def bare_site(hostile_site: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same without the policy that each page brings, as if a browser did not know of such."""
    folder = shutil.copytree(hostile_site.folder, tmp_path_factory.mktemp("bare") / "site")
    for path in (path for path in folder.rglob("*.html") if path.is_file()):
        data, count = POLICY.subn(b"", path.read_bytes())
        assert count == 1 or b'http-equiv="refresh"' in data, path
        path.write_bytes(data)
    return Built(folder, hostile_site.url)


class Home(NamedTuple):
    """The home address of a site, its files, and whether its pages bring a policy."""

    address: str
    site: Built
    has_policy: bool

    def some(self, tries: Sequence[str]) -> Sequence[str]:
        """What is to be tried: with WIDE=1 all, else a part of it, a smaller one with a policy, which is a second guard."""
        return tries if IS_WIDE else tries[::8] if self.has_policy else tries[::2]


@pytest.fixture(params=["hostile_site", "bare_site"], ids=["with-policy", "without-policy"])
def home(request: pytest.FixtureRequest) -> Iterator[Home]:
    """Each of the two in turn."""
    site = request.getfixturevalue(request.param)
    with serving(site) as address:
        yield Home(address, site, has_policy=request.param == "hostile_site")


@pytest.fixture
def faults(page: Page) -> list[str]:
    """What the browser notices by itself: dialogs, errors, requests that only a script or an image of the corpus makes."""
    met: list[str] = []
    page.on("dialog", lambda dialog: (met.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("pageerror", lambda error: met.append(f"error {error}"))
    page.on("popup", lambda popup: met.append(f"popup {popup.url}"))
    page.on(
        "request", lambda request: met.append(f"asked for {request.url}") if _is_canary(request.url) else None
    )
    page.add_init_script(WATCH)
    return met


def _is_canary(url: str) -> bool:
    """Tell whether an address is one that only a trick leads to; a query in the search page's own address is not one."""
    return "/canary" in url.partition("?")[0] or not url.startswith(("http://127.0.0.1:", "data:image/"))


def test_no_script_runs_on_any_page(page: Page, home: Home, faults: list[str]) -> None:
    """Each page is opened (WIDE=1), or those of papers and of each other kind the largest, and looked through as the browser understood it."""
    site = home.site
    opened = site.addresses if IS_WIDE else {*home.some(site.kinds["papers/*"]), *site.largest()}
    assert _look(page, home.address, [path[1:] for path in sorted(opened)]) + faults == []


def test_a_script_that_runs_is_noticed(page: Page, tmp_path: Path, faults: list[str]) -> None:
    """If one did run, or a picture were asked for, the tests here would tell."""
    tricks = {
        "a.html": "<script>ran()</script>",
        "b.html": "<img src=/canary onerror=ran()>",
        "c.html": "<a href='java\tscript:ran()'>x</a>",
    }
    for name, trick in tricks.items():
        (tmp_path / name).write_text(
            f"<!doctype html><title>x</title><a href=/>x</a>{trick}", encoding="utf-8"
        )
    (tmp_path / "robots.txt").touch()
    with serving(Built(tmp_path, "https://example.org/")) as address:
        found = _look(page, address, [*tricks])
    assert {fault.partition(address)[2].partition(":")[0] for fault in found} == {*tricks}
    assert sum("a script ran" in fault for fault in found) >= 1
    assert any("/canary" in fault for fault in faults)


def test_no_script_runs_through_the_search_field(page: Page, home: Home, faults: list[str]) -> None:
    """Typed queries that are markup, addresses, TeX, or hard on whoever takes them apart."""
    address = home.address
    page.goto(address + "search/")
    field, status = page.locator("main input[name=q]"), page.locator("main [role=status]")
    for query in home.some(QUERIES):
        field.evaluate(
            "(field, value) => { field.value = value; field.dispatchEvent(new InputEvent('input', { bubbles: true })); }",
            query,
        )
    field.fill("innocent")
    status.get_by_text(re.compile(r"\d")).wait_for()
    page.wait_for_timeout(500)  # the address follows the field a little later
    assert "innocent" in page.locator("main ol").first.inner_text()
    assert page.evaluate("window.hasRun") is None
    assert faults == []


def test_no_script_runs_through_the_address(page: Page, home: Home, faults: list[str]) -> None:
    """Links to the search page that carry a query, as anybody may pass them on."""
    address = home.address
    queries = home.some(QUERIES if IS_WIDE else QUERIES[::4])
    searches = [
        *SEARCHES,
        *(f"?q={quote(query.encode('utf-8', 'replace'))}" for query in queries if len(query) < 1000),
    ]
    assert _look(page, address, [f"search/{search}" for search in searches]) + faults == []


def _look(page: Page, home: str, paths: list[str]) -> list[str]:
    """What is wrong with some pages, opened in frames of a document that has no policy of its own."""
    page.goto(home + "robots.txt")
    found: list[str] = page.evaluate(LOOK, [home + path for path in paths])
    return found


def test_found_titles_are_shown_as_text(page: Page, home: Home, faults: list[str]) -> None:
    """Results whose titles are markup are listed as their words."""
    address = home.address
    page.goto(address + "search/?q=script")
    titles = page.locator("main ol > li a")
    titles.first.wait_for()
    assert any("<script>ran()</script>" in title for title in titles.all_inner_texts())
    assert page.locator("main ol script, main ol img, main ol [onerror]").count() == 0
    assert faults == []
