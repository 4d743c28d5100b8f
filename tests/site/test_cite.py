"""The citations on a paper's page: copied, saved as files, and read without JavaScript or a mouse."""

from pathlib import Path

import pytest
from built import Built
from lxml import html
from playwright.sync_api import Browser, Page, expect

PAPER = "papers/deep-equilibrium-models/"


@pytest.fixture
def texts(project_site: Built) -> dict[str, str]:
    """The citation in each format, as the page has it."""
    tree = html.parse(project_site.file(f"/{PAPER}")).getroot()
    return {shown.get("data-cite"): shown.text_content() for shown in tree.xpath("//*[@data-cite]")}


@pytest.fixture
def paper(page: Page, home: str) -> Page:
    """A paper's page, which may use the clipboard."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(home + PAPER)
    return page


@pytest.mark.parametrize(
    ("name", "kind"), [("Cite", "plain"), ("BibTeX", "bibtex"), ("RIS", "ris"), ("CSL-JSON", "csl-json")]
)
def test_a_button_copies_a_citation_whether_its_fold_is_open_or_not(
    paper: Page, texts: dict[str, str], name: str, kind: str
) -> None:
    """One click; the button says so, and offers the same again."""
    paper.get_by_role("button", name=f"Copy: {name}", exact=True).click()
    expect(paper.get_by_role("button", name=f"Copied: {name}", exact=True)).to_have_text("Copied")
    assert paper.evaluate("navigator.clipboard.readText()") == texts[kind]
    expect(paper.get_by_role("button", name=f"Copy: {name}", exact=True)).to_have_text("Copy")


@pytest.mark.parametrize(
    ("name", "kind", "end"), [("BibTeX", "bibtex", "bib"), ("CSL-JSON", "csl-json", "json")]
)
def test_a_button_saves_a_citation_as_a_file(
    paper: Page, texts: dict[str, str], tmp_path: Path, name: str, kind: str, end: str
) -> None:
    """Named by the paper's key, and the same text, under the strict policy of the page."""
    assert saved(paper, name, f"deep-equilibrium-models.{end}", tmp_path) == f"{texts[kind]}\n".encode()


def test_lines_of_ris_end_as_its_specification_says(
    paper: Page, texts: dict[str, str], tmp_path: Path
) -> None:
    """CRLF in the file."""
    text = f"{texts['ris']}\n".replace("\n", "\r\n")
    assert saved(paper, "RIS", "deep-equilibrium-models.ris", tmp_path) == text.encode()


def saved(paper: Page, name: str, file: str, folder: Path) -> bytes:
    """The bytes of the file that a button saves."""
    with paper.expect_download() as download:
        paper.get_by_role("button", name=f"Download: {name}", exact=True).click()
    assert download.value.suggested_filename == file
    download.value.save_as(folder / file)
    return (folder / file).read_bytes()


def test_where_copying_fails_the_text_is_selected(page: Page, home: str, texts: dict[str, str]) -> None:
    """To be copied by hand."""
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject() } })"
    )
    page.goto(home + PAPER)
    page.get_by_role("button", name="Copy: Cite").click()
    page.wait_for_function("String(getSelection())")
    assert page.evaluate("String(getSelection())").strip() == texts["plain"]


def test_keys_open_a_fold_and_lead_into_it(paper: Page) -> None:
    """Enter on its name opens it; then come its text, which arrows scroll, and its buttons."""
    paper.locator("summary", has_text="BibTeX").focus()
    paper.keyboard.press("Enter")
    text = paper.locator("pre[data-cite=bibtex]")
    expect(text).to_be_visible()
    paper.keyboard.press("Tab")
    expect(text).to_be_focused()
    paper.keyboard.press("Tab")
    expect(paper.get_by_role("button", name="Copy: BibTeX")).to_be_focused()


def test_the_link_to_cite_leads_there(paper: Page) -> None:
    """From the line under the title."""
    paper.locator(".actions").get_by_role("link", name="Cite").click()
    expect(paper.locator("#cite")).to_be_in_viewport()


def test_without_javascript_the_folds_open_and_no_button_is_dead(
    chromium: Browser, home: str, texts: dict[str, str]
) -> None:
    """Nothing is offered that does not work."""
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(home + PAPER)
        expect(page.locator("main button")).to_have_count(0)
        expect(page.locator("[data-save]")).to_be_hidden()
        page.locator("summary", has_text="RIS").click()
        expect(page.locator("pre[data-cite=ris]")).to_have_text(texts["ris"], use_inner_text=True)
