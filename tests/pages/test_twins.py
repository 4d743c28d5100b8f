"""Markdown twins of papers' pages, and llms.txt, which leads there."""

import re

import pytest
from hypothesis import given
from markdown_it import MarkdownIt

from helpers import made, nasty_texts, site_of, tiny_site, unrelated
from regesta.content.paper import Author, Organization, Paper
from regesta.content.taxonomy import Tag
from regesta.pages import llms, papers, site
from regesta.pages.twins import link, paper_markdown
from regesta.text.strings import one_line


def twin_of(**known):
    archive = site_of([Paper(**({"title": "Sparse Trees", "id": "a"} | known))], [Tag("one", "The [One]")])
    return paper_markdown(archive, archive.archive.papers[0])


def test_it_says_what_the_page_says():
    text = twin_of(
        abstract="It *is* $x$.",
        authors=(Author("Ada Example"), Author("Bo Example")),
        authors_count=3,
        published="2025-06",
        inferred=("published",),
        organization=Organization("Lab"),
        venue="Salt",
        tags=("one",),
        status="retracted",
        note="Mine.",
        links={"code": "https://code.example/a"},
    )
    assert text.startswith("# Sparse Trees\n\n- Authors: Ada Example, Bo Example, and 1 other\n")
    for line in (
        "- Organization: Lab",
        "- Published: 2025-06 (year inferred)",
        "- Status: Retracted",
        "- Venue: Salt",
        r"- Tags: [The \[One\]](https://example.org/lab/tags/one/)",
        "- Links: [code](https://code.example/a)",
        "- Page: <https://example.org/lab/papers/a/>",
        "It *is* $x$.",
        "Mine.",
        "@inproceedings{a,",
    ):
        assert line in text.split("\n"), line


def test_what_is_unknown_is_left_out():
    assert (
        twin_of().split("## Cite")[0] == "# Sparse Trees\n\n- Page: <https://example.org/lab/papers/a/>\n\n"
    )


def test_each_paper_has_one_and_its_page_says_so():
    found = made(papers.plan(tiny_site(), unrelated))
    pages = [path for path in found if path.endswith("index.html") and found[path].is_article]
    assert all(path.replace(".html", ".md") in found and found[path].has_twin for path in pages)


@pytest.mark.parametrize(("settings", "most"), [({"outputs": "lean"}, 100), ({}, 2)])
def test_large_and_lean_archives_have_none(monkeypatch, settings, most):
    monkeypatch.setattr(site, "_TWINS", most)
    found = made(papers.plan(tiny_site(**settings), unrelated))
    assert not [path for path in found if path.endswith(".md")]
    assert not any(page.has_twin for page in found.values())


@given(nasty_texts().map(one_line).filter(bool))
def test_a_title_is_one_heading_and_no_markup(text):
    tokens = MarkdownIt("commonmark").parse(twin_of(title=text, authors=(Author(text),), venue=text))
    assert [token.tag for token in tokens if token.type == "heading_open"] == ["h1", "h2"]
    assert not any(token.type.startswith("html") for token in tokens)
    inside = [one.type for token in tokens for one in token.children or ()]
    assert "html_inline" not in inside
    assert "image" not in inside


@given(nasty_texts().map(one_line).filter(bool))
def test_a_link_is_one_whatever_its_label(label):
    (paragraph,) = [
        token
        for token in MarkdownIt("commonmark").parse(f"x {link(label, 'https://a.example/(b)')}")
        if token.children
    ]
    assert [one.attrs["href"] for one in paragraph.children if one.type == "link_open" and "a.example/(b)" in one.attrs["href"]]  # fmt: skip


def test_llms_txt_leads_everywhere():
    text = llms.plan(tiny_site(description="For *all*.")).make().decode()
    lines = text.split("\n")
    assert lines[0] == "# The papers of the forest" or lines[0].startswith("# ")
    assert lines[2].startswith(r"> For \*all\*.")
    targets = re.findall(r"^- \[[^\]]+\]\(([^)]+)\)(?:: .+)?$", text, re.MULTILINE)
    assert targets == [line.split("](")[1].split(")")[0] for line in lines if line.startswith("- ")]
    for name in (
        "papers.jsonl",
        "papers.bib",
        "papers.ris",
        "papers.csl.json",
        "papers.schema.json",
        "papers.sha256",
        "feeds/",
        "tags/trees/",
    ):
        assert any(target.endswith(f"/{name}") for target in targets), name  # fmt: skip


def test_llms_txt_names_the_index_of_many_lists(monkeypatch):
    monkeypatch.setattr(llms, "_MOST", 1)
    text = llms.plan(tiny_site()).make().decode()
    assert re.search(r"- \[Tags\]\(\S+/tags/\): \d+\n", text)
