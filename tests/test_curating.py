"""What a curator meets sooner or later: renamed papers, a lost imports.lock, wrong folders, mistakes in lists and themes."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from helpers import FIXTURES
from regesta.cli import main
from regesta.new import new_archive

pytestmark = pytest.mark.slow


@pytest.fixture
def root(tmp_path):
    folder = tmp_path / "archive"
    new_archive(folder)
    (folder / "content/papers/an-example-paper.md").unlink()
    (folder / "content/scraped").mkdir()
    shutil.copy(next((FIXTURES / "dumps/whole").glob("011*")), folder / "content/scraped")
    assert run(folder, "import", folder / "content/scraped") == 0
    return folder


def run(root, *words):
    return main([str(words[0]), "--root", str(root), *map(str, words[1:])])


def import_again(root, capsys):
    """Import the dumps once more; return all that is printed."""
    capsys.readouterr()
    run(root, "import", root / "content/scraped")
    captured = capsys.readouterr()
    return captured.out + captured.err


def any_paper(root):
    return min((root / "content/papers").glob("*.md"))


@pytest.mark.parametrize("alias", [True, False])
@pytest.mark.parametrize("moved", [True, False])
def test_a_paper_may_be_renamed(root, capsys, alias, moved):
    path = any_paper(root)
    text = path.read_text()
    head = "id: new-name\n" + (f"aliases: [{path.stem}]\n" if alias else "")
    path.write_text(text.replace(f"id: {path.stem}\n", head))
    if moved:
        path.rename(path.with_stem("new-name"))
    output = import_again(root, capsys)
    assert "deleted" not in output
    assert "cannot be read" not in output
    assert " new" not in output
    assert run(root, "build") == 0


def test_a_lost_imports_lock_is_noticed(root, capsys):
    (root / "content/imports.lock").unlink()
    assert "restore it from Git" in import_again(root, capsys)


def test_an_import_needs_an_archive(tmp_path, capsys):
    (tmp_path / "dump.txt").write_text("anything")
    assert run(tmp_path / "nowhere", "import", tmp_path / "dump.txt") == 2
    assert "run this in an archive's folder" in capsys.readouterr().err
    assert not (tmp_path / "nowhere").exists()


def test_a_tag_whose_phrase_is_gone_is_removed_where_nobody_edited(root, capsys):
    tags = root / "content/tags.yaml"
    path = any_paper(root)
    title_line = next(line for line in path.read_text().splitlines() if line.startswith("title: "))
    first_word = title_line.split()[1].strip('"')
    tags.write_text(f"- tag: found\n  phrases: [{first_word}]\n")
    import_again(root, capsys)
    assert "tags: [found]" in path.read_text()
    tags.write_text("- tag: found\n  phrases: [nowhere to be read]\n")
    import_again(root, capsys)
    assert "tags:" not in path.read_text()


def test_an_unknown_paper_in_a_list_is_reported(root, capsys):
    lists = root / "content/collections"
    (lists / "ours.md").write_text("---\ntitle: Ours\npapers:\n  - no-such-paper\n---\n")
    assert run(root, "build") == 1
    error = capsys.readouterr().err
    assert "content/collections/ours.md:4: lists 'no-such-paper', which is not a paper's id" in error


def test_a_list_finds_a_paper_by_its_old_id(root):
    path = any_paper(root)
    path.write_text(path.read_text().replace("title:", "aliases: [old-name]\ntitle:", 1))
    (root / "content/collections/ours.md").write_text("---\ntitle: Ours\npapers: [old-name]\n---\n")
    assert run(root, "build") == 0
    assert f"/papers/{path.stem}/" in (root / "site/collections/ours/index.html").read_text()


def test_two_papers_cannot_share_an_alias(root, capsys):
    first, second = sorted((root / "content/papers").glob("*.md"))[:2]
    for path in (first, second):
        path.write_text(path.read_text().replace("title:", "aliases: [old-name]\ntitle:", 1))
    assert run(root, "build") == 1
    error = capsys.readouterr().err
    assert f"{second.name}:3: has the alias 'old-name', which belongs to papers/{first.name}" in error


def test_a_folder_of_somebody_else_is_not_built_into(root, tmp_path, capsys):
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    (theirs / "index.html").write_text("mine")
    assert run(root, "build", "--output", theirs) == 2
    assert (theirs / "index.html").read_text() == "mine"
    assert "holds files that Regesta did not make" in capsys.readouterr().err
    for place in (root / "themes/site", root / ".git", theirs / "index.html"):
        assert run(root, "build", "--output", place) == 2


def test_a_site_is_recognized_after_the_caches_were_deleted(root):
    run(root, "build")
    shutil.rmtree(root / ".regesta")
    assert run(root, "build") == 0


@pytest.mark.parametrize(
    ("template", "message"),
    [
        ("{% if %}", "themes/ours/templates/own.html:1: "),
        ("{{ nosuch.thing }}", "own.html:1: 'nosuch' is undefined"),
        ("{{ 'nosuch' | t }}", "has no text for 'nosuch'"),
    ],
)
def test_a_mistake_in_a_template_is_reported(root, capsys, template, message):
    theme = root / "themes/ours"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: default\n")
    (theme / "templates/own.html").write_text(template)
    with (root / "content/archive.yaml").open("a") as settings:
        settings.write("theme: ours\n")
    assert run(root, "build") == 3
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("port", ["0", "99999", "-1", "web"])
def test_a_port_is_a_number_of_the_right_size(root, port):
    assert run(root, "serve", "--port", port) == 2


def test_the_preview_leaves_the_site_alone(root):
    run(root, "build", "--url", "https://example.org/base/")
    assert "https://example.org/base/" in (root / "site/feed.xml").read_text()
    assert not (root / ".regesta/preview").exists()


def test_displayed_mathematics_is_typeset(root):
    path = any_paper(root)
    path.write_text(path.read_text().rstrip() + "\n\n$$\\int_0^1 w\\,dt$$\n")
    run(root, "build")
    html = (root / f"site/papers/{path.stem}/index.html").read_text()
    assert '<math display="block">' in html
    assert "$$" not in html


def test_a_build_that_failed_first_can_be_mended(root):
    theme = root / "themes/ours"
    (theme / "templates").mkdir(parents=True)
    (theme / "theme.yaml").write_text("extends: default\n")
    (theme / "templates/paper.html").write_text("{{ nosuch.thing }}")
    settings = root / "content/archive.yaml"
    settings.write_text(settings.read_text() + "theme: ours\n")
    assert run(root, "build") == 3
    (theme / "templates/paper.html").unlink()
    assert run(root, "build") == 0


def test_a_site_that_was_thrown_away_is_built_again(root):
    run(root, "build")
    shutil.rmtree(root / "site")
    any_paper(root).unlink()
    assert run(root, "build") == 0


def test_an_edited_title_stays_even_if_another_dump_says_the_same(root, capsys):
    head = "Get trending papers in your email inbox once a day!\nGet trending papers in your email inbox!\nSubscribe"
    dumps = root / "content/scraped"
    (dumps / "100_a.txt").write_text(f"{head}Alpha and more\nWhat alpha is about.\n")
    import_again(root, capsys)
    path = root / "content/papers/alpha-and-more.md"
    path.write_text(path.read_text().replace("title: Alpha and more", "title: Beta and more"))
    (dumps / "101_b.txt").write_text(f"{head}Beta and more\nWhat alpha is about.\n")
    for _ in range(3):
        assert " new" not in import_again(root, capsys)
        assert "title: Beta and more" in path.read_text()


@pytest.mark.parametrize("name", ["a?b.md", "Ünsafe.md", "nul.md", "dot..md"])
def test_a_page_needs_a_name_that_can_be_an_address(root, capsys, name):
    (root / "content/pages" / name).write_text("---\ntitle: Text\n---\n")
    assert run(root, "build") == 1
    assert "has a name that cannot be an address" in capsys.readouterr().err
    assert not (root / "index.html").exists()


def test_a_page_cannot_have_the_address_of_another_file(root, capsys):
    (root / "content/pages/feed.xml.md").write_text("---\ntitle: Text\n---\n")
    assert run(root, "build") == 3
    error = capsys.readouterr().err
    assert "/feed.xml: is the address of a file and the folder of /feed.xml/index.html" in error


def test_a_static_file_replaces_nothing(root, capsys):
    (root / "content/static").mkdir()
    (root / "content/static/feed.xml").write_text("mine")
    assert run(root, "build") == 3
    assert "static/feed.xml: has the name of a file that the build makes" in capsys.readouterr().err


def test_a_terminal_that_lacks_a_letter_is_no_reason_to_stop(root):
    command = [sys.executable, "-m", "regesta", "build", "--json", "--root", str(root)]
    command += ["--output", str(root / "né")]
    ascii_only = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, env=ascii_only, check=True)
    assert json.loads(done.stdout)["output"].endswith("né")
