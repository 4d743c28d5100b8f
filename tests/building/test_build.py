"""The build as a curator sees it: what is written, kept, deleted and refused."""

import json

import pytest

from regesta.cli import main
from regesta.new import new_archive

PAPER = """\
---
title: {title}
published: "{published}"
tags: [language-models]
added: "2026-01-02"
---

{abstract}
"""


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    new_archive(root)
    (root / "content/papers/an-example-paper.md").unlink()
    for number in range(1, 6):
        add_paper(root, f"paper-{number}", title=f"Paper {number}", published=f"2025-0{number}-10")
    return root


def add_paper(root, name, title="A title", published="2025-01-10", abstract="An abstract."):
    path = root / f"content/papers/{name}.md"
    path.write_text(PAPER.format(title=title, published=published, abstract=abstract), encoding="utf-8")
    return path


def build(root, *options):
    return main(["build", "--root", str(root), *options])


def page(root, address):
    return (root / "site" / address.lstrip("/") / "index.html").read_text(encoding="utf-8")


def snapshot(root):
    files = [path for path in (root / "site").rglob("*") if path.is_file()]
    return {
        path.relative_to(root / "site").as_posix(): (path.stat().st_mtime_ns, path.read_bytes())
        for path in files
    }


def changed(before, after):
    return sorted(path for path in before.keys() | after.keys() if before.get(path) != after.get(path))


def test_a_build_says_what_it_did(archive, capsys):
    assert build(archive) == 0
    assert "5 papers" in capsys.readouterr().out
    assert "Paper 3" in page(archive, "/papers/paper-3/")


def test_a_second_build_writes_nothing(archive):
    build(archive)
    before = snapshot(archive)
    assert build(archive) == 0
    assert snapshot(archive) == before


def test_an_edit_rewrites_only_the_pages_that_show_it(archive):
    for number in range(60):
        add_paper(archive, f"more-{number}", title=f"More {number}", published="2019-01-01")
    build(archive)
    before = snapshot(archive)
    add_paper(
        archive, "paper-3", title="Paper 3", published="2025-03-10", abstract="Another text altogether."
    )
    build(archive)
    pages = [path for path in changed(before, snapshot(archive)) if path.endswith(".html")]
    assert "papers/paper-3/index.html" in pages
    assert "papers/more-1/index.html" not in pages
    assert len(pages) < 15


def test_a_changed_title_of_the_archive_rewrites_every_page(archive):
    build(archive)
    config = archive / "content/archive.yaml"
    config.write_text(config.read_text().replace("My papers", "Our papers"))
    build(archive)
    assert "Our papers" in page(archive, "/papers/paper-1/")


def test_a_deleted_paper_leaves_no_page_and_foreign_files_stay(archive):
    build(archive)
    foreign = archive / "site/papers/paper-1/notes.txt"
    foreign.write_text("mine")
    for name in ("paper-1", "paper-2"):
        (archive / f"content/papers/{name}.md").unlink()
    build(archive)
    assert not (archive / "site/papers/paper-1/index.html").exists()
    assert foreign.read_text() == "mine"
    assert not (archive / "site/papers/paper-2").exists()


def test_a_removed_page_comes_back(archive):
    build(archive)
    (archive / "site/papers/paper-1/index.html").unlink()
    build(archive)
    assert "Paper 1" in page(archive, "/papers/paper-1/")


def test_incremental_and_full_builds_agree(archive):
    build(archive)
    add_paper(archive, "late", title="A late paper", published="2025-09-09")
    (archive / "content/papers/paper-2.md").unlink()
    build(archive)
    build(archive, "--output", str(archive / "full"))
    whole = {
        p.relative_to(archive / "full").as_posix(): p.read_bytes()
        for p in (archive / "full").rglob("*")
        if p.is_file()
    }
    assert {path: data for path, (_, data) in snapshot(archive).items()} == whole


def test_one_broken_paper_is_reported_and_the_others_are_built(archive, capsys):
    add_paper(archive, "broken", published="soon")
    assert build(archive) == 1
    captured = capsys.readouterr()
    assert (
        "papers/broken.md:3: `published` cannot be read: 'soon' is not a date: write 2025-10-31, 2025-10 or 2025"
        in captured.err
    )
    assert "Paper 5" in page(archive, "/papers/paper-5/")


def test_an_archive_of_broken_papers_publishes_nothing(archive):
    build(archive)
    before = snapshot(archive)
    for path in (archive / "content/papers").glob("*.md"):
        path.write_text("no front matter")
    assert build(archive) == 3
    assert snapshot(archive) == before


def test_settings_are_refused_all_at_once(archive, capsys):
    (archive / "content/archive.yaml").write_text("titel: Papers\nurl: here\npage_size: many\n")
    assert build(archive) == 2
    lines = capsys.readouterr().err.splitlines()
    assert [line.split(": ")[0] for line in lines] == [f"content/archive.yaml:{n}" for n in (1, 2, 3)]
    assert "did you mean `title`?" in lines[0]


@pytest.mark.parametrize("place", ["content", "content/site", "."])
def test_output_on_in_or_around_the_content_is_refused(archive, place, capsys):
    assert build(archive, "--output", str(archive / place)) == 2
    assert "build into a folder of its own" in capsys.readouterr().err


def test_collisions_of_addresses_are_reported_together(archive, capsys):
    for name in ("tags", "dates"):
        (archive / f"content/pages/{name}.md").write_text(f"---\ntitle: My {name}\n---\nText.\n")
    assert build(archive) == 3
    error = capsys.readouterr().err
    assert "/tags/index.html" in error
    assert "/dates/index.html" in error


def test_an_old_id_leads_to_the_paper(archive):
    path = archive / "content/papers/paper-1.md"
    path.write_text(path.read_text().replace("added:", "aliases: [old-name]\nadded:"))
    build(archive, "--url", "https://example.org/base/")
    assert 'content="0; url=/base/papers/paper-1/"' in page(archive, "/papers/old-name/")


def test_text_of_strangers_is_shown_not_run(archive):
    text = (
        "<script>alert(1)</script> [x](javascript:alert(1)) ![i](https://elsewhere.example/i.png) {{ site }}"
    )
    add_paper(archive, "evil", title="'</script><script>alert(2)</script>'", abstract=text)
    build(archive)
    html = page(archive, "/papers/evil/")
    assert "<script>alert" not in html
    assert 'href="javascript' not in html
    assert "<img" not in html
    assert "{{ site }}" in html


def test_no_author_is_invented_from_a_count(archive):
    path = archive / "content/papers/paper-1.md"
    path.write_text(path.read_text().replace("added:", "authors_count: 6\nadded:"))
    build(archive)
    html = page(archive, "/papers/paper-1/")
    assert "6 authors" in html
    assert "citation_author" not in html
    assert '"author"' not in html


def test_a_paper_in_another_language_says_so_where_it_is_read_aloud(archive):
    for number, language in ((1, "pt-BR"), (2, "en")):
        path = archive / f"content/papers/paper-{number}.md"
        path.write_text(path.read_text().replace("added:", f"language: {language}\nadded:"))
    build(archive)
    html = page(archive, "/papers/paper-1/")
    assert '<h1 dir="auto" lang="pt-BR">' in html
    assert '<div dir="auto" lang="pt-BR">' in html
    assert html.count("lang=") == 3
    assert page(archive, "/papers/paper-2/").count("lang=") == 1


def test_authors_reach_scholars_tools(archive):
    path = archive / "content/papers/paper-1.md"
    people = "authors: [{name: Ada Example, given: Ada, family: Example}, Bo Example]\nadded:"
    path.write_text(path.read_text().replace("added:", people))
    build(archive, "--url", "https://example.org/base/")
    html = page(archive, "/papers/paper-1/")
    assert '<meta name="citation_author" content="Example, Ada">' in html
    assert '<meta name="citation_publication_date" content="2025/01/10">' in html
    assert (archive / "site/authors/ada-example/index.html").exists()


def test_a_retracted_paper_says_so_everywhere(archive):
    path = archive / "content/papers/paper-1.md"
    path.write_text(path.read_text().replace("added:", "status: retracted\nadded:"))
    build(archive)
    assert "Retracted" in page(archive, "/papers/paper-1/")
    assert "Retracted" in page(archive, "/tags/language-models/")
    assert "Retracted: Paper 1" in (archive / "site/feed.xml").read_text()


def test_the_report_for_scripts(archive, capsys):
    build(archive, "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["papers"] == 5
    assert report["written"] == report["files"]
    assert set(report["seconds"]) == {"look", "load", "search", "render", "publish"}


def test_an_empty_archive_is_a_site(archive):
    for path in (archive / "content/papers").glob("*.md"):
        path.unlink()
    assert build(archive) == 0
    assert "0 papers" in page(archive, "/")


def test_an_own_theme_extends_the_default(archive):
    theme = archive / "themes/ours"
    (theme / "css").mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: default\n")
    (theme / "css/95-ours.css").write_text(".ours { color: red; }\n")
    config = archive / "content/archive.yaml"
    config.write_text(config.read_text() + "theme: ours\n")
    assert build(archive) == 0
    sheet = next((archive / "site/assets").rglob("site.css")).read_text()
    assert ".masthead" in sheet
    assert ".ours" in sheet


def test_static_files_are_copied(archive):
    (archive / "content/static").mkdir()
    (archive / "content/static/CNAME").write_text("papers.example.org\n")
    build(archive)
    assert (archive / "site/CNAME").read_text() == "papers.example.org\n"
