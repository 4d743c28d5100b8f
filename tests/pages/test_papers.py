"""The page of a paper: what a reader opens first stands first, and nothing is empty or invented."""

import json
from html import unescape

import pytest
from lxml import html

from helpers import drafts_of, site_of, unrelated
from regesta.cli import main
from regesta.content.paper import Author, Paper
from regesta.pages import papers
from regesta.pages.citation import bibtex
from regesta.pages.csl_json import csl_json
from regesta.pages.ris import ris

FULL = """---
id: full
title: Silk Kites
authors: [Ada Example, Bo Sample]
published: "2025-06-02"
inferred: [published]
featured: "2025-07-01"
venue: KITES 2025
tags: [kites, wind]
collections: [kept]
links:
  discussion: "https://talk.example/1"
  code-2: "https://other.example/b"
  code: "https://code.example/a"
  slides: "https://slides.example/s"
  arxiv: "https://arxiv.org/abs/2506.00001"
comments: 1
upvotes: 20
license: CC BY 4.0
tldr: "Silk <b>flies</b> in $x^2$."
---

A silk kite flies. Another silk kite is red.
"""
POOR = "---\nid: poor\ntitle: Only a Title\n---\n"
ALIKE = (
    '---\nid: alike\ntitle: More Silk Kites\npublished: "2024"\ntags: [kites]\n---\n\nA silk kite falls.\n'
)
LISTED = "---\ntitle: Kept\npapers: [alike, nowhere, full, poor]\n---\n"


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Return a function that gives the tree of a paper's page."""
    root = tmp_path_factory.mktemp("kites")
    files = {
        "archive.yaml": "title: Kites\nurl: https://example.org/\n",
        "papers/full.md": FULL,
        "papers/poor.md": POOR,
        "papers/alike.md": ALIKE,
        "collections/kept.md": LISTED,
        "files/full/paper.pdf": "%PDF",
        "files/full/data.csv": "1,2",
        **{f"papers/f{n}.md": f"---\nid: f{n}\ntitle: Study {n}\n---\n" for n in range(8)},
    }
    for name, text in files.items():
        path = root / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    main(["build", "--root", str(root)])
    return lambda name: html.fromstring((root / f"site/papers/{name}/index.html").read_text(encoding="utf-8"))


def said(element):
    return " ".join(element.text_content().split())


def section(tree, name):
    found = tree.xpath(f"//section[@aria-labelledby='{name}']")
    return found[0] if found else None


def test_what_most_readers_open_comes_first(pages):
    actions = pages("full").xpath("//ul[@class='actions']/li/a")
    assert [said(action) for action in actions] == [
        "PDF", "PDF (arxiv.org)", "arXiv", "Code", "Code (other.example)", "Slides", "Discussion", "Cite",
    ]  # fmt: skip
    assert [action.get("href") for action in (actions[0], actions[-1])] == ["/papers/full/paper.pdf", "#cite"]
    assert {action.get("rel") for action in actions[1:-1]} == {"external"}


def test_only_a_paper_without_its_text_is_to_be_looked_up(pages):
    assert not pages("full").xpath("//p[@class='lookups']")
    (lookups,) = pages("poor").xpath("//p[@class='lookups']")
    assert [said(link) for link in lookups.iter("a")] == ["arXiv", "Semantic Scholar", "Google Scholar"]


def test_a_line_says_when_and_where_it_was_published(pages):
    (line,) = pages("full").xpath("//p[@class='dateline']")
    assert said(line) == "Published 2 June 2025 [year inferred] in KITES 2025 Listed 1 July 2025"
    assert line.xpath(".//a/@href") == ["/venues/kites-2025/", "/2025/07/01/"]
    assert not pages("poor").xpath("//p[@class='dateline']")


def test_the_sources_own_summary_is_shown_as_text(pages):
    (standfirst,) = pages("full").xpath("//p[@class='standfirst']")
    assert said(standfirst).startswith("Silk <b>flies</b> in")
    assert standfirst.xpath(".//math")


def test_related_papers_have_their_year_and_first_tag(pages):
    (other,) = section(pages("full"), "related").iter("li")
    assert said(other) == "More Silk Kites 2024 · kites both on: silk kite"


def test_a_collection_with_an_order_has_neighbours(pages):
    listed = section(pages("full"), "listed")
    assert [said(part) for part in listed.iter("a")] == ["Kept", "More Silk Kites", "Only a Title"]
    assert [said(part) for part in listed.iter("dt")] == ["Previous", "Next"]
    assert [said(part) for part in section(pages("poor"), "listed").iter("dt")] == ["Previous"]


def test_the_margin_tells_the_rest(pages):
    tree = pages("full")
    assert said(section(tree, "discussion")) == "When listed 1 comment, 20 upvotes"
    assert [said(file) for file in section(tree, "files").iter("li")] == [
        "PDF paper.pdf, 4 bytes",
        "data.csv 3 bytes",
    ]
    assert said(section(tree, "publication")) == "Publication LicenseCC BY 4.0"


def test_a_poor_paper_has_no_empty_part(pages):
    tree = pages("poor")
    empty = [part for part in tree.xpath("//main//*[not(node())]") if "data-save" not in part.attrib]
    assert empty == []
    headings = [said(heading) for heading in tree.iter("h2")]
    assert headings == ["Cite", "Listed in"]


def test_each_format_of_the_citation_is_there_to_be_taken(pages):
    for name in ("full", "poor"):
        cite = section(pages(name), "cite")
        assert cite.get("data-file") == name
        texts = {pre.get("data-cite"): pre.text for pre in cite.iter("pre")}
        assert list(texts) == ["bibtex", "ris", "csl-json"]
        assert texts["bibtex"].startswith("@")
        assert texts["ris"].startswith("TY  - ")
        assert texts["ris"].endswith("ER  - ")
        assert json.loads(texts["csl-json"])[0]["id"] == name


def test_citations_are_those_of_the_downloads():
    site = site_of([Paper("One & <Two>", id="a", authors=(Author("Ada Example", "Ada", "Example"),))])
    paper = site.archive.papers[0]
    (draft,) = (
        draft for draft in drafts_of(papers.plan(site, unrelated)) if draft.path == "papers/a/index.html"
    )
    formats = draft.make().data["formats"]
    texts = [unescape(text) for *_, text in formats]
    assert texts[:2] == [bibtex(paper, site), ris(paper, site)]
    assert json.loads(texts[2]) == [csl_json(paper, site)]
