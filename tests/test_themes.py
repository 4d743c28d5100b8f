"""Themes: a folder, and what it lacks from its parent."""

import re

import pytest

from regesta.errors import RegestaError
from regesta.themes import find_theme


@pytest.fixture
def root(tmp_path):
    """An archive with two themes of its own: `ours` extends `base`."""
    files = {
        "base/theme.yaml": "",
        "base/templates/home.html": "base home",
        "base/templates/tag.html": "base tag",
        "base/css/00-all.css": "a { }",
        "base/css/50-lists.css": "b { }",
        "base/js/search/page.js": "base()",
        "base/static/icon.svg": "<svg/>",
        "base/strings/en.yaml": "home: Home\ntags: Tags\n",
        "ours/theme.yaml": "extends: base\n",
        "ours/templates/home.html": "our home",
        "ours/css/50-lists.css": "c { }",
        "ours/css/90-ours.css": "d { }",
        "ours/strings/en.yaml": "home: Start\n",
        "ours/strings/de.yaml": "home: Anfang\n",
    }
    write(tmp_path, files)
    return tmp_path


def write(root, files):
    for name, text in files.items():
        path = root / "themes" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def test_a_child_hides_its_parents_files(root):
    templates = find_theme("ours", root).files("templates", "*.html")
    assert {name: path.read_text() for name, path in templates.items()} == {"home.html": "our home", "tag.html": "base tag"}


def test_style_sheets_are_joined_in_the_order_of_their_names(root):
    theme = find_theme("ours", root)
    assert theme.assets == {"site.css": b"a { }\nc { }\nd { }", "js/search/page.js": b"base()"}
    assert theme.static == {"icon.svg": b"<svg/>"}


def test_strings_of_the_child_replace_those_of_the_parent_one_by_one(root):
    theme = find_theme("ours", root)
    assert theme.strings("en") == {"home": "Start", "tags": "Tags"}
    assert theme.strings("de") == {"home": "Anfang"}


def test_a_language_without_strings_is_refused(root):
    with pytest.raises(RegestaError, match=r"has no strings in the language 'fr': add strings/fr.yaml"):
        find_theme("ours", root).strings("fr")


def test_the_asset_folder_names_its_content(root):
    before = find_theme("ours", root).asset_folder
    assert re.fullmatch("/assets/[0-9a-f]+/", before)
    assert find_theme("ours", root).asset_folder == before
    write(root, {"base/js/search/page.js": "changed()"})
    assert find_theme("ours", root).asset_folder != before


@pytest.mark.parametrize("name", ["ours/templates/home.html", "base/templates/tag.html", "base/theme.yaml", "ours/strings/de.yaml"])
def test_any_change_changes_the_fingerprint(root, name):
    before = find_theme("ours", root).fingerprint
    path = root / "themes" / name
    path.write_text(path.read_text() + "\n# changed\n")
    assert find_theme("ours", root).fingerprint != before


def test_where_a_file_lies_is_part_of_the_fingerprint(root):
    before = find_theme("ours", root).fingerprint
    (root / "themes/ours/templates/home.html").rename(root / "themes/ours/home.html")
    assert find_theme("ours", root).fingerprint != before


@pytest.mark.parametrize("extends", ["a", "b", "c"])
def test_a_circle_is_refused(tmp_path, extends):
    write(tmp_path, {"a/theme.yaml": "extends: b", "b/theme.yaml": "extends: c", "c/theme.yaml": f"extends: {extends}"})
    with pytest.raises(RegestaError, match=f"themes/{extends}/theme.yaml: extends itself: name another parent, or none"):
        find_theme("a", tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "../themes/base", "."])
def test_what_is_no_theme_is_refused(root, name):
    with pytest.raises(RegestaError, match="is no theme"):
        find_theme(name, root)


def test_a_parent_that_is_missing_is_named(tmp_path):
    write(tmp_path, {"a/theme.yaml": "extends: gone"})
    with pytest.raises(RegestaError, match="themes/gone: is no theme"):
        find_theme("a", tmp_path)


def test_a_broken_theme_file_is_named(tmp_path):
    write(tmp_path, {"a/theme.yaml": "- extends\n"})
    with pytest.raises(RegestaError, match=r"themes/a/theme\.yaml:1: is not a list of"):
        find_theme("a", tmp_path)


def test_broken_strings_are_named(root):
    write(root, {"ours/strings/en.yaml": "home: Start\nhome: Again\n"})
    with pytest.raises(RegestaError, match=r"themes/ours/strings/en\.yaml:2: has the key `home` twice"):
        find_theme("ours", root).strings("en")


def test_the_default_theme_is_found_from_anywhere(tmp_path):
    theme = find_theme("default", tmp_path)
    assert "base.html" in theme.files("templates", "*.html")
    assert theme.strings("en")["tags"] == "Tags"
    assert b"{" in theme.assets["site.css"]
