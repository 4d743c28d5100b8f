"""Themes: their files, and those of their parents."""

import gzip
import re

import pytest

from regesta.building import styles
from regesta.building.themes import find_theme
from regesta.errors import RegestaError
from regesta.memory import Memory


@pytest.fixture
def root(tmp_path):
    """An archive with two themes of its own: `ours` extends `base`."""
    files = {
        "base/theme.yaml": "",
        "base/templates/home.html": "base home",
        "base/templates/tag.html": "base tag",
        "base/css/00-all.css": "a { }",
        "base/css/50-lists.css": "b { }",
        "base/css/search/60-search.css": "e { }",
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
    templates = find_theme("ours", root).files("templates", ".html")
    assert {name: path.read_text() for name, path in templates.items()} == {
        "home.html": "our home",
        "tag.html": "base tag",
    }


def test_style_sheets_are_joined_in_the_order_of_their_names(root):
    theme = find_theme("ours", root)
    assert theme.assets == {
        "site.css": b"a{}c{}d{}\n",
        "search.css": b"e{}\n",
        "js/search/page.js": b"base()\n",
    }
    assert theme.static() == {"icon.svg": b"<svg/>"}


def test_style_sheets_lose_comments_and_white_space_but_no_text_in_quotes():
    sheets = [
        b"/* One: 'a */\n.a > b ,\n.c:hover  {\n  margin: calc(1px + 2em) 0;\n}\n",
        b"""@media (width > 4em) { .d::after { content: "/* ; */ {  }\\" x"; font: 'A  B', c } }""",
        b".e { background: url(data:image/svg+xml;x,/*  */); --f:  a   b }",
    ]
    assert styles.joined(sheets) == (
        b".a > b,.c:hover{margin: calc(1px + 2em) 0;}"
        b"""@media (width > 4em){.d::after{content: "/* ; */ {  }\\" x";font: 'A  B',c}}"""
        b".e{background: url(data:image/svg+xml;x,/*  */);--f: a b}\n"
    )


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


def test_what_pages_load_is_recalled_until_a_file_changes(root):
    def recalled():
        theme = find_theme("ours", root)
        theme.recall_assets(memory)
        return theme.assets

    memory = Memory()
    before = recalled()
    assert [*recalled().items()] == [*before.items()]
    write(root, {"base/js/search/page.js": "changed()"})
    assert recalled() == before | {"js/search/page.js": b"changed()\n"}


@pytest.mark.parametrize(
    "name", ["ours/templates/home.html", "base/templates/tag.html", "base/theme.yaml", "ours/strings/de.yaml"]
)
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
    write(
        tmp_path,
        {"a/theme.yaml": "extends: b", "b/theme.yaml": "extends: c", "c/theme.yaml": f"extends: {extends}"},
    )
    with pytest.raises(
        RegestaError, match=f"themes/{extends}/theme.yaml: extends itself: name another parent, or none"
    ):
        find_theme("a", tmp_path)


@pytest.mark.parametrize("name", ["nowhere", "../themes/base", "."])
def test_what_is_not_a_theme_is_refused(root, name):
    with pytest.raises(RegestaError, match="is not a theme"):
        find_theme(name, root)


def test_a_missing_parent_is_reported(tmp_path):
    write(tmp_path, {"a/theme.yaml": "extends: gone"})
    with pytest.raises(RegestaError, match="themes/gone: is not a theme"):
        find_theme("a", tmp_path)


def test_a_broken_theme_file_is_reported(tmp_path):
    write(tmp_path, {"a/theme.yaml": "- extends\n"})
    with pytest.raises(RegestaError, match=r"themes/a/theme\.yaml:1: is not a list of"):
        find_theme("a", tmp_path)


def test_broken_strings_are_reported(root):
    write(root, {"ours/strings/en.yaml": "home: Start\nhome: Again\n"})
    with pytest.raises(RegestaError, match=r"themes/ours/strings/en\.yaml:2: has the key `home` twice"):
        find_theme("ours", root).strings("en")


def test_the_default_theme_is_found_from_anywhere(tmp_path):
    theme = find_theme("default", tmp_path)
    assert "base.html" in theme.files("templates", ".html")
    assert theme.strings("en")["tags"] == "Tags"
    assert b"{" in theme.assets["site.css"]


SEARCH = {
    "base/js/search/main.js": '/** Starts. */\nimport { page } from "./page.js";\n\nexport const start = () => page();  // now\n',
    "base/js/search/page.js": 'import {\n  shout,\n  WORD,\n} from "./words.js";\nimport { other } from "./other.js";\n\n/** The page. */\nexport function page() {\n  return shout(`${WORD}  // ${other()}`);\n}\n',
    "base/js/search/other.js": 'import { WORD } from "./words.js";\nexport const other = () => WORD.replace(/[/*"]+ /u, "");\n',
    "base/js/search/words.js": 'export const WORD = "word";\nexport async function shout(word) { return word; }\n',
    "base/js/search/left-out.js": "export default 1;\n",
    "base/js/alone.js": "/** A comment. */\nalone();\n",
}


def joined(root, files=()):
    """Return what `ours` publishes as js/search.js."""
    write(root, SEARCH | dict(files))
    return find_theme("ours", root).assets["js/search.js"].decode()


def test_the_modules_of_a_folder_with_a_main_become_one(root):
    text = joined(root)
    assert text == (
        'const WORD="word";async function shout(word){return word;}\n'
        'const other=()=>WORD.replace(/[/*"]+ /u,"");function page(){return shout(`${WORD}  // ${other()}`);}\n'
        "export const start=()=>page();\n"
    )
    assert {*find_theme("ours", root).assets} == {"site.css", "search.css", "js/search.js", "js/alone.js"}
    assert find_theme("ours", root).assets["js/alone.js"] == b"alone();\n"


def test_a_child_replaces_a_single_module(root):
    assert 'const WORD="ours"' in joined(
        root,
        {"ours/js/search/words.js": 'export const WORD = "ours";\nexport const shout = (word) => word;\n'},
    )


@pytest.mark.parametrize(
    ("module", "text", "message"),
    [
        (
            "other",
            'import { WORD as word } from "./words.js";',
            "other.js:1: has `import { WORD as word } from",
        ),
        ("other", '\nimport words from "./words.js";', "other.js:2: has `import words from"),
        ("other", 'import "./words.js";', 'other.js:1: has `import "./words.js";`, which cannot be joined'),
        ("other", 'import { x } from "elsewhere";', "other.js:1: has `import { x } from"),
        ("other", "export default function other() {}", "other.js:1: has `export default function other"),
        ("other", 'const a = 1;\nexport * from "./words.js";', "other.js:2: has `export * from"),
        ("other", "const a = 1;\nexport { a };", "other.js:2: has `export { a };`"),
        ("other", "export const { a } = {};", "other.js:1: has `export const { a } = {};`"),
        (
            "other",
            'import { x } from "./nowhere.js";',
            "other.js:1: imports nowhere.js, which does not exist: mend the name, or add the file",
        ),
        (
            "other",
            'import { SWORD } from "./words.js";\nexport const other = 1;',
            "other.js:1: imports `SWORD`, which words.js does not export",
        ),
        (
            "page",
            '/** The page.\n */\nexport const page = 1;\nlet WORD = 2;\nimport { shout } from "./words.js";',
            "page.js:4: declares `WORD`, as search/words.js does",
        ),
    ],
)
def test_what_cannot_be_joined_is_reported_with_its_line(root, module, text, message):
    with pytest.raises(RegestaError, match=re.escape(f"themes/ours/js/search/{message}")):
        joined(root, {f"ours/js/search/{module}.js": text})


def test_a_module_that_is_not_text_is_reported(root):
    write(root, SEARCH)
    (root / "themes/base/js/search/words.js").write_bytes(b"// \n\xff")
    with pytest.raises(RegestaError, match=r"themes/base/js/search/words\.js:2: is not UTF-8"):
        find_theme("ours", root).assets  # noqa: B018


def test_the_scripts_of_the_default_theme_are_small(tmp_path):
    assets = find_theme("default", tmp_path).assets
    assert {name for name in assets if name.endswith(".js")} == {
        "js/copy.js",
        "js/lost.js",
        "js/offers.js",
        "js/save.js",
        "js/saved.js",
        "js/search.js",
        "js/shortcut.js",
        "js/since.js",
    }
    assert len(gzip.compress(assets["js/search.js"], 9)) <= 19 * 1024
    assert len(gzip.compress(assets["js/shortcut.js"], 9)) <= 1050
    assert len(gzip.compress(assets["js/save.js"], 9)) <= 998  # both are on every page: 2 KiB
    assert len(gzip.compress(assets["js/saved.js"], 9)) <= 8 * 1024
    assert len(gzip.compress(assets["js/since.js"], 9)) <= 1024
    assert b"expansionOrder" not in assets["js/search.js"]  # lunr.js is for the tests only


def test_no_rule_for_spans_reaches_into_a_title(tmp_path):
    """A formula and its word stand in a `<span>` in titles: β-VAE."""
    sheets = find_theme("default", tmp_path).assets["site.css"].decode()
    assert ".whole{" in sheets
    assert not re.findall(r"[\w\])*] +span\b[^{}]*\{", sheets)
