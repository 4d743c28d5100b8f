"""Saved searches: each has a page and a feed, and a build evaluates only what changed."""

from pathlib import Path

import pytest
from lxml import etree, html

from helpers import clone, new_root
from matches import QUERIES, invented_archive
from regesta.archive.touched import Touched
from regesta.cli import main
from regesta.content.saved_searches import SavedSearch
from regesta.search import matches

SETTINGS = """\
title: Our papers
page_size: 2
searches:
  wind:
    title: Strong <wind>
    query: '"strong wind" -tag:rivers'
    description: What flies, and what hums.
  none: {title: None yet, query: zeppelin}
"""
PAPERS = {f"paper-{n}": f"Of strong wind, part {n}" for n in range(5)} | {"river": "Of rivers in strong wind"}


@pytest.fixture
def root(tmp_path):
    """An archive of six papers with two saved searches."""
    root = new_root(tmp_path / "archive", tags="- tag: rivers\n")
    for number, (name, title) in enumerate(PAPERS.items()):
        write(
            root,
            name,
            title,
            f'added: "2026-01-0{number + 1}"\npublished: "202{number}"\n'
            + ("tags: [rivers]\n" if name == "river" else ""),
        )
    settings(root, SETTINGS)
    return root


def write(root, name, title, lines="", abstract="Text."):
    (root / f"content/papers/{name}.md").write_text(
        f"---\ntitle: {title}\n{lines}---\n\n{abstract}\n", encoding="utf-8"
    )


def settings(root, text):
    (root / "content/archive.yaml").write_text(text, encoding="utf-8")


def build(root, *options):
    return main(["build", "--root", str(root), *options])


def page(root, address):
    return html.fromstring((root / "site" / address / "index.html").read_text(encoding="utf-8"))


def links(page):
    return page.xpath("//main//h3/a/@href")


def test_a_saved_search_is_a_list_with_a_feed(root):
    assert build(root) == 0
    first = page(root, "searches/wind")
    assert links(first) == ["/papers/paper-4/", "/papers/paper-3/", "/papers/paper-2/"], "the newest first"
    assert first.xpath("//h1/text()") == ["Saved search: Strong <wind>"]
    assert first.xpath("//p[@class='standfirst']/text()") == ["What flies, and what hums."]
    assert links(page(root, "searches/wind/page/1")) == ["/papers/paper-1/", "/papers/paper-0/"]
    feed = etree.parse(root / "site/searches/wind/feed.xml")
    assert feed.findtext("channel/title") == "Strong <wind> · Our papers"
    assert [Path(link.text).name for link in feed.iterfind("channel/item/link")] == [
        f"paper-{n}" for n in (4, 3, 2, 1, 0)
    ]
    assert first.xpath("//link[@type='application/rss+xml']/@href")[-1] == "/searches/wind/feed.xml"


def test_its_query_is_shown_and_leads_to_the_search_page(root):
    build(root)
    shown = page(root, "searches/wind")
    assert shown.xpath("//code/text()") == ['"strong wind" -tag:rivers']
    assert "/search/?q=%22strong%20wind%22%20-tag%3Arivers+" in shown.xpath("//a/@href")


def test_a_search_that_finds_nothing_has_its_page_all_the_same(root):
    assert build(root) == 0
    assert links(page(root, "searches/none")) == []
    assert "No paper matches this search yet" in page(root, "searches/none").text_content()
    assert (
        etree.parse(root / "site/searches/none/feed.xml").findtext("channel/description")
        == "Papers that match: zeppelin"
    )


def test_every_way_in_leads_to_them(root):
    build(root)
    assert "/searches/" in page(root, "papers/river").xpath("//header//a/@href")
    for address, kind in (("", "counts"), ("searches", "index")):
        assert [
            *page(root, address).xpath(
                f"//main//ul[starts-with(@class, '{kind}')]/li/a[contains(@href, '/searches/')]/@href"
            )
        ] == [
            "/searches/wind/",
            "/searches/none/",
        ], address
    assert "/searches/wind/" in (root / "site/sitemap.xml").read_text(encoding="utf-8")
    assert main(["check", "--root", str(root)]) == 0


def test_without_saved_searches_no_page_mentions_them(root):
    settings(root, "title: Our papers\n")
    build(root)
    assert not (root / "site/searches").exists()
    assert "/searches/" not in (root / "site/index.html").read_text(encoding="utf-8")


def test_an_unknown_name_is_reported_with_its_line(root, capsys):
    settings(root, SETTINGS.replace("zeppelin", "tag:river zeppelin has:cod"))
    assert build(root) == 1
    told = capsys.readouterr().err
    assert "content/archive.yaml:8: `searches.none.query` asks for `tag:river`" not in told, (
        "a word of a tag will do"
    )
    assert (
        "content/archive.yaml:8: `searches.none.query` asks for `has:cod`, which no paper has: did you mean `has:code`?"
        in told
    )
    settings(root, SETTINGS.replace("zeppelin", "tag:rivres"))
    assert build(root) == 1
    assert (
        "content/archive.yaml:8: `searches.none.query` asks for `tag:rivres`, which no paper has: did you mean `tag:rivers`?"
        in capsys.readouterr().err
    )
    assert (root / "site/searches/none/index.html").exists()


def test_a_renamed_tag_is_reported_with_its_new_name(root, capsys):
    settings(root, SETTINGS.replace("zeppelin", "tag:streams"))
    (root / "content/tags.yaml").write_text("- {tag: rivers, aliases: [streams]}\n", encoding="utf-8")
    assert build(root) == 1
    assert (
        "content/archive.yaml:8: `searches.none.query` asks for `tag:streams`, which no paper has: it is `tag:rivers` now"
        in capsys.readouterr().err
    )


def written(root, capsys):
    capsys.readouterr()
    assert build(root, "--dry-run") == 0
    said = capsys.readouterr().out.splitlines()
    return {
        line.strip().split(" ")[0].partition(":")[0]
        for line in said
        if "searches/" in line or "papers/" in line
    }


def test_a_paper_changes_only_the_searches_that_it_matches(root, capsys):
    build(root)
    write(root, "new", "Of zeppelins", 'added: "2026-02-01"\npublished: "2026"\n')
    changed = written(root, capsys)
    assert {"searches/none/index.html", "searches/none/feed.xml", "searches/index.html"} <= changed
    assert not {path for path in changed if "searches/wind" in path}


def test_another_search_leaves_all_other_pages_as_they_are(root, capsys):
    build(root)
    settings(root, SETTINGS.replace("zeppelin", "zeppelin*"))
    assert written(root, capsys) == {"searches/none/index.html", "searches/none/feed.xml"}


def test_a_copy_built_from_nothing_has_the_same_searches(root, tmp_path):
    build(root)
    write(root, "paper-1", "Of strong gales", 'added: "2026-01-02"\n', "A strong wind.")
    write(root, "river", "Of rivers", "", "Zeppelins.")
    settings(root, SETTINGS + "  more: {title: More, query: gales}\n")
    build(root)
    fresh = clone(root / "content", tmp_path / "copy" / "content").parent
    build(fresh)
    files = [path.relative_to(root / "site") for path in (root / "site/searches").rglob("*.*")]
    assert len(files) > 5
    assert all((root / "site" / path).read_bytes() == (fresh / "site" / path).read_bytes() for path in files)


ARCHIVE = invented_archive()
SEARCHES = [SavedSearch(f"s{number}", query, query) for number, query in enumerate(QUERIES)]


@pytest.fixture
def read(monkeypatch):
    """The ids of the papers whose text is looked at for the saved searches."""
    found, searchable = [], matches.searchable

    def noted(archive, paper, *others):
        found.append(paper.id)
        return searchable(archive, paper, *others)

    monkeypatch.setattr(matches, "searchable", noted)
    return found


def matching(searches, touched):
    """Return the ids of the papers that match each saved search, by its name."""
    matches.update_matches(ARCHIVE, searches, {}, touched, "")
    return {search.name: [paper.id for paper in ARCHIVE.searches.get(search.name, ())] for search in searches}


def test_the_matches_are_those_of_the_queries_in_the_order_of_lists():
    found = matching(SEARCHES, Touched(everything=True))
    order = [paper.id for paper in ARCHIVE.papers]
    for search in SEARCHES:
        assert found[search.name] == sorted(QUERIES[search.query], key=order.index)


def test_only_what_is_new_is_read_again(read):
    found = matching(SEARCHES[:9], Touched(everything=True))
    assert len(read) == len(ARCHIVE.papers)
    read.clear()
    assert matching(SEARCHES[:9], Touched(texts={"kites"})) == found
    assert read == ["kites"]
    read.clear()
    matching(SEARCHES[:10], Touched())
    assert len(read) == len(ARCHIVE.papers), "a search is new"
