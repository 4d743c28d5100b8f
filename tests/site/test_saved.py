"""Readers save papers in their browser: the list, its notes, the ways out of one browser and into another, and reading offline."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from built import Built, build
from playwright.sync_api import Browser, BrowserContext, Page, expect
from webserver import serving

PAPER, OTHER = "deep-equilibrium-models", "e1-learning-adaptive-control-of-reasoning-effort"
KEYED = "theramind-a-strategic-and-adaptive-agent-for-longitudinal-psychological"
LISTED = "main .entries > .entry"
PARTS = ("BibTeX", "RIS", "CSL-JSON")
#: A browser that keeps nothing, and one that has no room.
BLOCKED = (
    "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError') } })"
)
FULL = "Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }"
KEY = "regesta /my-repo/saved/"


@pytest.fixture
def other(chromium: Browser) -> Iterator[Page]:
    """A tab in another browser."""
    with chromium.new_context() as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def some_papers(site: Built, count: int) -> list[str]:
    """Return the ids of some papers."""
    return [address.split("/")[2] for address in site.kinds["papers/*"]][:count]


def save(page: Page, home: str, paper: str = PAPER) -> None:
    """Save a paper on its page."""
    page.goto(f"{home}papers/{paper}/")
    page.get_by_role("button", name="Save:").click()
    expect(page.get_by_role("button", name="Saved:")).to_have_attribute("aria-pressed", "true")


def put(page: Page, home: str, papers: list[dict[str, object]]) -> None:
    """Put papers into a browser as an earlier visit would have left them, and open the list."""
    page.goto(home + "robots.txt")
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, json.dumps({"version": 1, "papers": papers})])  # fmt: skip
    page.goto(home + "saved/")


def test_a_paper_is_saved_and_removed_on_its_page(page: Page, home: str) -> None:
    """The button says which, to a screen reader as well; the way to the list is there as long as it has papers."""
    page.goto(home)
    way = page.get_by_role("navigation", name="Main").get_by_role("link", name="Saved", exact=True)
    expect(way).to_be_hidden()
    save(page, home)
    expect(way).to_be_visible()
    way.click()
    expect(page.locator(LISTED)).to_have_count(1)
    expect(page.get_by_role("heading", name="Deep Equilibrium Models")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Saved:").click()
    expect(page.get_by_role("button", name="Save:")).to_have_attribute("aria-pressed", "false")
    expect(way).to_be_hidden()


def test_papers_are_saved_in_lists_by_click_and_by_key(page: Page, home: str) -> None:
    """A button there is no stop of the Tab key: the title that has the focus is saved by S."""
    page.goto(home)
    first, second = page.locator(".entry").nth(0), page.locator(".entry").nth(1)
    first.hover()
    first.get_by_role("button", name="Save:").click()
    expect(first.get_by_role("button", name="Saved:")).to_be_visible()
    second.locator(".entry-title a").focus()
    page.keyboard.press("s")
    expect(second.get_by_role("button", name="Saved:")).to_be_visible()
    assert page.locator(".entry button:not([tabindex='-1'])").count() == 0
    page.goto(home + "saved/")
    expect(page.locator(LISTED)).to_have_count(2)


def test_results_of_the_search_can_be_saved(page: Page, home: str) -> None:
    """Whatever the list of results becomes, each has its button."""
    page.goto(home + "search/?q=diffusion")
    page.locator(".entry .save").nth(1).dispatch_event("click")
    expect(page.locator(".entry .save").nth(1)).to_have_text("Saved")
    page.locator("main input[name=q]").fill("reward")
    expect(page.locator("main [data-part=results] .save")).to_have_count(10)


def test_a_paper_is_marked_noted_removed_and_brought_back(page: Page, home: str) -> None:
    """All is there after the page is left, and in another tab at once."""
    save(page, home)
    page.goto(home + "saved/")
    tab = page.context.new_page()
    tab.goto(home + "saved/")
    page.get_by_role("button", name="Note:").click()
    page.keyboard.type("Compare with <b>LoRA</b>.")
    expect(tab.get_by_role("textbox", name="Note on")).to_have_value("Compare with <b>LoRA</b>.")
    page.get_by_role("button", name="Mark as read:").click()
    expect(page.get_by_role("region", name="Read 1").locator(".entry")).to_have_count(1)
    expect(page.get_by_role("button", name="Mark as unread:")).to_be_focused()
    page.get_by_role("button", name="Remove:").click()
    expect(tab.locator(LISTED)).to_have_count(0)
    expect(page.get_by_role("button", name="Undo:")).to_be_focused()
    page.keyboard.press("Enter")
    page.reload()
    expect(page.get_by_role("textbox", name="Note on")).to_have_value("Compare with <b>LoRA</b>.")
    expect(page.get_by_role("region", name="Read 1").locator(".entry")).to_have_count(1)


def test_a_note_survives_a_paper_that_is_removed_and_saved_again(page: Page, home: str) -> None:
    """On the paper's page, where it is told that the note went, too."""
    put(page, home, [{"id": PAPER, "title": "D", "note": "Mine."}])
    page.goto(f"{home}papers/{PAPER}/")
    page.get_by_role("button", name="Saved:").click()
    expect(page.get_by_role("alert")).to_contain_text("your note")
    page.get_by_role("button", name="Save:").click()
    expect(page.get_by_role("button", name="Saved:")).to_be_visible()
    page.goto(home + "saved/")
    expect(page.get_by_role("textbox", name="Note on")).to_have_value("Mine.")


def test_a_list_moves_to_another_browser_by_a_link(page: Page, other: Page, home: str) -> None:
    """Nothing is added without being asked for; both notes on a paper are kept."""
    put(
        page,
        home,
        [{"id": PAPER, "title": "D", "note": "One."}, {"id": "gone", "title": "Gone – ∅", "read": True}],
    )
    page.get_by_role("button", name="Copy a link").click()
    expect(page.get_by_role("textbox", name="Link to this list")).to_be_visible()
    link = page.get_by_role("textbox", name="Link to this list").input_value()
    put(other, home, [{"id": PAPER, "title": "D", "note": "Two."}])
    other.goto("about:blank")
    other.goto(link)
    offer = other.get_by_role("region", name="A list from another browser")
    expect(offer).to_contain_text("Gone – ∅")
    expect(other.locator(LISTED)).to_have_count(1)
    offer.get_by_role("button", name="Add to my list").click()
    expect(other.locator(LISTED)).to_have_count(2)
    expect(other.get_by_role("textbox", name="Note on")).to_have_value("Two.\n\nOne.")
    assert "#" not in other.url
    other.goto(link[:-9])
    expect(other.get_by_role("status")).to_contain_text("brings no list")
    expect(other.locator(LISTED)).to_have_count(2)


def test_a_list_moves_to_another_browser_by_a_file(
    page: Page, other: Page, home: str, project_site: Built
) -> None:
    """With notes and all; papers are also found by a BibTeX file, wherever it comes from."""
    papers = some_papers(project_site, 8)
    put(page, home, [{"id": paper, "title": paper, "note": f"On {paper}", "read": i % 2 > 0} for i, paper in enumerate(papers)])  # fmt: skip
    files = {name: taken(page, name) for name in ("The whole list", *PARTS)}
    other.goto(home + "saved/")
    other.locator("input[type=file]").set_input_files(files["The whole list"])
    expect(other.get_by_role("status")).to_have_text("8 papers are new in your list.")
    assert listed(other) == listed(page)
    assert files["BibTeX"].read_text("utf-8").count("\n@") + 1 == 8
    assert files["RIS"].read_text("utf-8").count("\nER  - ") == 8
    assert len(json.loads(files["CSL-JSON"].read_text("utf-8"))) == 8


def taken(page: Page, name: str) -> Path:
    """Press a button that gives a file, and return where that lies, with its ending."""
    with page.expect_download() as download:
        page.get_by_role("button", name=name).click()
    path = Path(download.value.path())
    return Path(shutil.copy(path, path.with_name(download.value.suggested_filename)))


def listed(page: Page) -> list[dict[str, object]]:
    """Return what a browser keeps, sorted."""
    papers = page.evaluate("key => JSON.parse(localStorage.getItem(key)).papers", KEY)
    return sorted(papers, key=lambda paper: str(paper["id"]))


def test_papers_of_a_bibtex_file_are_found(page: Page, home: str, tmp_path: Path) -> None:
    """By title, by the address here, by key; what is not here is told by its name."""
    (tmp_path / "a.bib").write_text(
        f"""@comment{{x, title = {{Never}}}}
        @article{{bai2019, title = "{{Deep}} Equilibrium {{Models}}", author = {{Bai, S. and others}}, year = 2019}}
        @misc(other, url = {{{home}papers/{OTHER}/}}, title = {{Not as here}})
        @misc{{{KEYED}, title = {{Here it has another title}}}}
        @book{{knuth, title = {{The Art of {{Computer}} Programming}}}}
        @misc{{broken, title = {{never ends""",
        encoding="utf-8",
    )
    page.goto(home + "saved/")
    page.locator("input[type=file]").set_input_files(tmp_path / "a.bib")
    status = page.get_by_role("status")
    expect(status).to_have_text(
        "3 papers are new in your list. Not in this archive: The Art of Computer Programming; never ends"
    )
    expect(page.get_by_role("heading", name="Deep Equilibrium Models")).to_be_visible()
    (tmp_path / "b.json").write_text("{", encoding="utf-8")
    page.locator("input[type=file]").set_input_files(tmp_path / "b.json")
    expect(status).to_contain_text("neither a list of saved papers nor BibTeX")


def test_saved_papers_are_read_offline(page: Page, project_site: Built) -> None:
    """When the host is gone and the browser's cache is empty; a paper that was not saved is not there."""
    with serving(project_site, Connection="close") as home:
        save(page, home)
        page.wait_for_function("navigator.serviceWorker.ready.then(() => true)")
        page.goto(home + "saved/")
        expect(page.locator(LISTED)).to_have_count(1)
        page.wait_for_load_state("networkidle")
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    page.goto(home + "saved/")
    page.get_by_role("link", name="Deep Equilibrium Models").click()
    expect(page.locator(".abstract")).to_contain_text("equilibrium")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(251, 250, 246)"
    expect(page.get_by_role("button", name="Saved:")).to_be_visible()
    with pytest.raises(Exception, match="ERR_"):
        page.goto(home)


def test_what_the_network_says_comes_first(page: Page, project_site: Built, tmp_path: Path) -> None:
    """A page that was published anew is shown at once, and from then on offline as well."""
    site = Built(shutil.copytree(project_site.folder, tmp_path / "site"), project_site.url)
    file = site.file(f"/papers/{PAPER}/")
    with serving(site, Connection="close", Cache_Control="no-cache") as home:
        save(page, home)
        page.goto(home + "saved/")
        page.wait_for_load_state("networkidle")
        file.write_bytes(file.read_bytes().replace(b"</h1>", b" (second edition)</h1>"))
        page.goto(f"{home}papers/{PAPER}/")
        expect(page.locator("h1")).to_contain_text("(second edition)")
        page.wait_for_load_state("networkidle")
    page.goto(f"{home}papers/{PAPER}/")
    expect(page.locator("h1")).to_contain_text("(second edition)")


def test_an_archive_that_ends_saving_takes_its_worker_back(page: Page, project_site: Built, archive: Path, tmp_path: Path) -> None:  # fmt: skip
    """`saved: false`: no button, no page, and the worker of earlier visits removes itself with all that it kept."""
    root = tmp_path / "archive"
    shutil.copytree(
        archive / "content", root / "content", ignore=shutil.ignore_patterns("papers", "imports.lock")
    )
    (root / "content/papers").mkdir()
    shutil.copy(archive / f"content/papers/{PAPER}.md", root / "content/papers")
    config = root / "content/archive.yaml"
    config.write_text(config.read_text("utf-8").partition("searches:")[0] + "\nsaved: false\n", "utf-8")
    folder = shutil.copytree(project_site.folder, tmp_path / "site")
    without = build(root, tmp_path / "without", project_site.url)
    assert "saved/index.html" not in without.files
    with serving(Built(folder, project_site.url), Cache_Control="no-cache") as home:
        save(page, home)
        page.wait_for_function("caches.keys().then(keys => keys.length)")
        shutil.rmtree(folder)
        shutil.copytree(without.folder, folder)
        page.goto(f"{home}papers/{PAPER}/")
        expect(page.locator("script[data-list], .save")).to_have_count(0)
        page.evaluate("navigator.serviceWorker.getRegistration().then(it => it?.update())")
        page.wait_for_function("caches.keys().then(keys => !keys.length)")
        page.wait_for_function("navigator.serviceWorker.getRegistrations().then(all => !all.length)")


def test_archives_on_one_host_do_not_mix(page: Page, project_site: Built, tmp_path: Path) -> None:
    """As on GitHub Pages: each has its own list, and what another one keeps is left alone."""
    for name in ("my-repo", "my-repo-2"):
        shutil.copytree(project_site.folder, tmp_path / name)
        for path in (tmp_path / name).rglob("*.html"):
            path.write_bytes(path.read_bytes().replace(b"/my-repo/", f"/{name}/".encode()))
    with serving(Built(tmp_path, "https://example.org/")) as host:
        save(page, f"{host}my-repo/")
        page.goto(f"{host}my-repo-2/saved/")
        expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
        page.wait_for_load_state("networkidle")
        page.goto(f"{host}my-repo/saved/")
        expect(page.locator(LISTED)).to_have_count(1)
        assert page.evaluate("caches.keys()") == ["regesta /my-repo/"]


HOSTILE = [
    {"id": "a", "title": "<img src=/canary onerror=ran()>", "note": "</textarea><script>ran()</script>", "about": "<b>x</b>"},
    {"id": "b", "title": 7, "note": {"toString": None}, "read": "no", "saved": "yesterday"},
    {"id": "../../evil", "title": "a way out"}, {"id": "javascript:ran()"}, {"id": "x" * 200}, {"id": "__proto__"}, {"id": 3}, None, [], "text", 5,
]  # fmt: skip


def test_whatever_is_kept_is_shown_as_text(page: Page, home: str) -> None:
    """Data that is damaged, of another format or made to do harm: what is a paper is shown, and nothing is run."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("request", lambda request: faults.append(request.url) if "canary" in request.url else None)
    page.add_init_script("window.ran = () => { window.hasRun = true; };")
    put(page, home, HOSTILE)  # type: ignore[arg-type]
    expect(page.locator(LISTED)).to_have_count(2)
    expect(page.get_by_role("heading", name="<img src=/canary onerror=ran()>")).to_be_visible()
    assert page.evaluate("window.hasRun") is None
    for text in ("{", "null", "[]", '{"papers": 3}', '{"version": 9, "papers": []}', '"x"'):
        page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
        page.goto(f"{home}papers/{PAPER}/")
        page.goto(home + "saved/")
        expect(page.get_by_text("Nothing is saved yet")).to_be_visible()
    assert faults == []


def test_a_damaged_list_can_be_taken_away(page: Page, home: str) -> None:
    """A new one begins, and nothing of the old one is thrown away."""
    page.goto(home + "robots.txt")
    page.evaluate('key => localStorage.setItem(key, \'{"papers": [{"id": "a\')', KEY)
    save(page, home)
    page.goto(home + "saved/")
    expect(page.locator(LISTED)).to_have_count(1)
    assert taken(page, "Download the damaged list").read_text("utf-8") == '{"papers": [{"id": "a'


@pytest.mark.parametrize(
    ("script", "told"), [(BLOCKED, "does not let this site keep anything"), (FULL, "is full")]
)
def test_a_browser_that_keeps_nothing_is_told_of(page: Page, home: str, script: str, told: str) -> None:
    """Where one tries to save, and on the page of the list; nothing else suffers."""
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.add_init_script(script)
    page.goto(f"{home}papers/{PAPER}/")
    page.get_by_role("button", name="Save:").click()
    expect(page.get_by_role("alert")).to_contain_text(told)
    expect(page.get_by_role("button", name="Save:")).to_have_attribute("aria-pressed", "false")
    page.goto(home)
    page.goto(home + "saved/")
    expect(page.get_by_role("status")).to_contain_text(told)
    assert faults == []


def test_a_paper_that_left_the_archive_keeps_its_title(page: Page, home: str) -> None:
    """It has no citation any more, which is said by its name; one with a new address has its own."""
    put(page, home, [{"id": "gone", "title": "Gone with the network"}, {"id": PAPER, "title": "D"}])
    expect(page.get_by_role("link", name="Gone with the network")).to_be_visible()
    assert taken(page, "RIS").read_text("utf-8").count("ER  - ") == 1
    expect(page.get_by_role("status")).to_contain_text("Gone with the network")


def test_found_papers_are_taken_as_a_file(page: Page, home: str) -> None:
    """All that a search found, not only those that are shown."""
    page.goto(home + "search/?q=diffusion")
    page.locator("main ol > li").first.wait_for()
    count = int(page.locator("main [data-part=count]").inner_text().split()[0])
    assert count > 10
    assert taken(page, "BibTeX").read_text("utf-8").count("\n@") + 1 == count


def test_home_tells_what_was_added_since_the_last_visit(page: Page, home: str, project_site: Built) -> None:
    """At the first visit nothing; later the number and the day; nothing is asked of the network for it."""
    page.goto(home)
    expect(page.get_by_text("since your last visit")).to_be_hidden()
    page.goto(home)
    expect(page.get_by_text("since your last visit")).to_be_hidden()
    added = page.locator("[data-since]").get_attribute("data-since") or ""
    total, newest = added.split()[0], added.split()[1]
    before = f"{int(total) - 12} {newest.partition(':')[0]}:{int(newest.partition(':')[2]) - 12}"
    set_visit = """added => { sessionStorage.clear(); localStorage.setItem("regesta /my-repo/ visit", JSON.stringify({ day: "2026-12-03T12:00:00Z", added })) }"""
    page.evaluate(set_visit, before)
    page.goto(home)
    link = page.get_by_role("link", name="12 papers were added since your last visit on 3 December")
    expect(link).to_be_visible()
    assert (link.get_attribute("href") or "").removeprefix(project_site.base[:-1]) in project_site.addresses
    for damaged in ("", "x", "1 2026:NaN", "9" * 400):
        page.evaluate(set_visit, damaged)
        page.goto(home)
    page.evaluate("() => { sessionStorage.clear(); localStorage.setItem('regesta /my-repo/ visit', '{') }")
    page.goto(home)
    expect(page.get_by_text("since your last visit")).to_be_hidden()


def test_nothing_leaves_the_host(page: Page, home: str) -> None:
    """Saving, reading, writing and taking away ask this site only, and never send anything."""
    asked: list[str] = []
    context: BrowserContext = page.context
    context.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    save(page, home)
    page.goto(home + "saved/")
    page.get_by_role("button", name="Note:").click()
    page.keyboard.type("A secret")
    taken(page, "BibTeX")
    page.get_by_role("button", name="Copy a link").click()
    page.wait_for_load_state("networkidle")
    assert asked
    assert [one for one in asked if not one.startswith((f"GET {home}", "GET blob:"))] == []
    assert not any("secret" in one for one in asked)
