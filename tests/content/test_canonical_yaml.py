"""Canonical YAML: how values are written, and a reader of that form, which agrees with any YAML parser."""

import re
import subprocess
import sys

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from helpers import FIXTURES, NASTY, REPOSITORY, nasty_texts
from regesta.content.canonical_yaml import entry, read, read_items
from regesta.content.frontmatter import FrontMatterError, text_loader


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("Sparse trees", "key: Sparse trees"),
        ("PT-BR (large)", "key: PT-BR (large)"),
        ("no", 'key: "no"'),
        ("2410.21060", 'key: "2410.21060"'),
        ("2025-06-02", 'key: "2025-06-02"'),
        ("a: b", 'key: "a: b"'),
        ("# x", 'key: "# x"'),
        ('say "so"', 'key: "say \\"so\\""'),
        ("", 'key: ""'),
        ("two\nlines", 'key: "two\\nlines"'),
        ("soft\u00adhyphen\u2028and\x85", 'key: "soft\\u00adhyphen\\u2028and\\u0085"'),
        ("日本語 🙂", 'key: "日本語 🙂"'),
        (6, "key: 6"),
        (True, "key: true"),
        (["one", "2"], 'key: [one, "2"]'),
        ({"code": "https://a.example/b"}, 'key: {code: "https://a.example/b"}'),
        ([{"file": "scraped/a.txt", "line": 3}], "key:\n  - {file: scraped/a.txt, line: 3}"),
    ],
)
def test_an_entry_is_canonical(value, line):
    assert entry("key", value) == line


def test_long_lists_and_mappings_stand_below_their_key():
    names = [f"a-rather-long-tag-{number}" for number in range(10)]
    assert entry("tags", names) == "\n".join(["tags:", *(f"  - {name}" for name in names)])
    links = {f"kind-{number}": f"https://code.example/{'x' * 40}" for number in range(3)}
    assert entry("links", links).count("\n") == 3
    assert read(entry("links", links)) == {"links": links}


def test_other_readers_of_yaml_read_the_same():
    words = [
        form(word)
        for word in "true false yes no on off null y n".split()
        for form in (str, str.title, str.upper)
    ]
    texts = [*NASTY, *words, "1_000", "0o17", ".inf", "1.5", "2025-06-02 10:00", "<<", "="]
    assert yaml.safe_load(entry("key", texts)) == {"key": texts}


@pytest.mark.parametrize(
    ("source", "data"),
    [
        ("", {}),
        ("# A comment.\n\ntitle: a\n", {"title": "a"}),
        ("title: no\ndate: 2025-06-02\nlate: 12:30", {"title": "no", "date": "2025-06-02", "late": "12:30"}),
        ("title: Über Bäume, it's said – Band 2\n", {"title": "Über Bäume, it's said – Band 2"}),
        ('title: "a: \\"b\\" # \\\\c\\u00ad"\n', {"title": 'a: "b" # \\c\u00ad'}),
        ("empty:\nnone: []\nnothing: {}\n", {"empty": "", "none": [], "nothing": {}}),
        ("tags: [a, b-c, d e]\n", {"tags": ["a", "b-c", "d e"]}),
        ("tags:\n  - a, b\n  - [c]\n", {"tags": ["a, b", ["c"]]}),
        (
            'authors: [Ada Example, {name: "É", id: e}]\n',
            {"authors": ["Ada Example", {"name": "É", "id": "e"}]},
        ),
        ("origin:\n  - {file: a.txt, line: 3}\n", {"origin": [{"file": "a.txt", "line": "3"}]}),
    ],
)
def test_canonical_yaml_is_read(source, data):
    assert read(source) == data
    assert by_parser(source) == data


@pytest.mark.parametrize(
    "source",
    [
        "title: a\ntitle: b\n",
        "title: 'a'\n",
        "title: a  # b\n",
        "title: a: b\n",
        "title:  a\n",
        "title: a \n",
        "title: a\n  b\n",
        "title: |\n  a\n",
        "title: &x a\n",
        "title: *x\n",
        "title: !!str a\n",
        'title: "a" "b"\n',
        'title: "a\n',
        'title: "\\ud83d\\ude00"\n',
        'title: "a\u2028b"\n',
        "title: a\u0085b\n",
        "title: a\rb\n",
        "title: a\x00\n",
        "tags: [a, b\n",
        "tags: [a,b]\n",
        "tags: [a]]\n",
        "tags: [a] [b]\n",
        "tags: [a: b]\n",
        "tags:\n  - a\n\n  - b\n",
        "tags:\n- a\n",
        "tags:\n  - a\n  b: c\n",
        "links: {code: https://a.example}\n",
        "links: {code: a, code: b}\n",
        "links:\n  code: a\n  code: b\n",
        "origin: [{file: a, file: b}]\n",
        "links: {code:}\n",
        "links:\n  code: a\n    b\n",
        " title: a\n",
        "- a\n",
        "a\n",
        "---\n",
        f"links: {{{'k' * 1100}: v}}\n",
        f"mine: {'[' * 500}{']' * 500}\n",
    ],
)
def test_all_else_is_left_to_the_parser(source):
    assert read(source) is None


def test_a_list_of_mappings_is_read_with_its_lines():
    source = "# Ours.\n\n- tag: a\n  phrases: [b, c,\n    d e]\n\n# Others.\n- tag: f\n  links:\n    g: h\n  mine:\n    - i\n"
    items = [
        (3, {"tag": "a", "phrases": ["b", "c", "d e"]}),
        (8, {"tag": "f", "links": {"g": "h"}, "mine": ["i"]}),
    ]
    assert read_items(source) == items
    assert yaml.load(source, Loader=text_loader()) == [data for _, data in items]
    assert read_items("# None yet.\n") == []


@pytest.mark.parametrize(
    "source",
    [
        "tag: a\n",
        "- a\n",
        "- # a\n  tag: b\n",
        "-  tag: a\n",
        "- tag: a\n label: b\n",
        "- tag: a\nlabel: b\n",
        "- tag: a\n  tag: b\n",
        "- tag: a\n  phrases: [b\n    c]\n",
        "- tag: a\n  phrases: [b,\n  c]\n",
        "- tag: a\n  phrases: [b,\n\n    c]\n",
        "- tag: a\n# phrases: [b,\n    c]\n",
        "# a\u2028- tag: b\n- tag: c\n",
        "- tag: a",
    ],
)
def test_any_other_list_is_left_to_the_parser(source):
    assert read_items(source) is None


def by_parser(source):
    """Return what libyaml reads; None if the text is invalid."""
    try:
        data = yaml.load(source, Loader=text_loader())
        keys = [key.value for key, _ in yaml.compose(source, Loader=text_loader()).value] if data else []
    except (yaml.YAMLError, FrontMatterError):
        return None
    return data or {} if len(set(keys)) == len(keys) else None


keys = st.sampled_from(["title", "tags", "links", "mine", "x-1"])
texts = nasty_texts(2).map(lambda text: re.sub("[\ud800-\udfff]", "", text))
people = st.fixed_dictionaries(
    {"name": st.sampled_from(["Ada Example", "Éva", "no"])}, optional={"id": st.just("ada")}
)
values = (
    texts
    | st.integers(0)
    | st.booleans()
    | st.lists(texts | people, max_size=4)
    | st.dictionaries(keys, texts, max_size=4)
)
written = st.dictionaries(keys, values).map(
    lambda data: "".join(f"{entry(key, value)}\n" for key, value in data.items())
)


@given(written)
def test_what_is_written_needs_no_parser_unless_it_cannot_be_seen(source):
    data = read(source)
    assert data == (by_parser(source) if source.replace("\n", "").isprintable() else None)


PIECES = [
    "",
    " ",
    "\n",
    "\n  ",
    "\n  - ",
    "- ",
    ": ",
    ", ",
    " #",
    "\n# c\n",
    '"',
    "'",
    "\\",
    "\\u0041",
    "[",
    "]",
    "{",
    "}",
    "{a: b}",
    "\t",
    *NASTY,
]
edits = st.lists(
    st.tuples(st.integers(0, 5000), st.integers(0, 8), st.sampled_from(PIECES)), min_size=1, max_size=4
)


@given(
    written | st.sampled_from([path.read_text(encoding="utf-8") for path in FIXTURES.rglob("papers/*.md")]),
    edits,
)
def test_whatever_becomes_of_a_file_it_is_read_as_the_parser_reads_it_or_not_at_all(source, edits):
    source = source.removeprefix("---\n").partition("---\n")[0]
    for place, length, piece in edits:
        start = place % (len(source) + 1)
        source = source[:start] + piece + source[start + length :]
    data = read(source)
    assert data is None or data == by_parser(source)


def test_what_regesta_ships_needs_no_parser():
    paths = [*(REPOSITORY / "themes").rglob("*.yaml"), REPOSITORY / "content" / "archive.yaml"]
    assert [path.name for path in paths if read(path.read_text(encoding="utf-8")) is None] == []
    assert read_items((REPOSITORY / "content" / "tags.yaml").read_text(encoding="utf-8"))


def test_canonical_files_are_read_without_loading_pyyaml(tmp_path):
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "a.md").write_text(
        f"---\n{entry('title', 'a: b')}\n{entry('tags', ['c', 'd'])}\n---\n\nText.\n", encoding="utf-8"
    )
    code = (
        "import sys; from pathlib import Path; from regesta.content.paper_files import load_papers\n"
        f"papers, problems = load_papers(Path({str(tmp_path / 'papers')!r}))\n"
        "print(len(papers), problems, 'yaml' in sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said == "1 [] False\n"
