"""Front matter: every scalar is text, writing is canonical, and a change touches only its own keys."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpers import nasty_texts
from regesta.content.canonical_yaml import entry
from regesta.content.frontmatter import FrontMatterError, change, dump, line_of, load, load_items, split

ORDER = ("id", "title", "published", "tags", "links", "comments", "note", "origin")

CURATED = """\
# Reviewed in May.
id: sparse-trees      # never change this

title: >-
  Sparse trees
  for dense forests
tags:                 # mine
  - trees
  - forests           # and this one

links: {code: https://code.example/a}   # moved
note: |
  First line.

  Second one.

mine: [1, 2]
# the end
"""


def test_split_gives_yaml_and_body_with_their_line_ends():
    assert split("---\na: 1\n---\n\nText\n---\nmore\n") == ("a: 1\n", "\nText\n---\nmore\n")
    assert split("---\n---\n") == ("", "")
    assert split("---\na: 1\n--- \t\nText") == ("a: 1\n", "Text")
    assert split("---\na: |\n  ---\nb: 2\n---") == ("a: |\n  ---\nb: 2\n", "")


@pytest.mark.parametrize(
    "text", ["", "Text only", " ---\na: 1\n---\n", "--- \na: 1\n---\n", "\n---\na: 1\n---\n"]
)
def test_front_matter_must_begin_the_file(text):
    with pytest.raises(FrontMatterError, match="does not begin with front matter") as caught:
        split(text)
    assert caught.value.line == 1


def test_front_matter_must_be_closed():
    with pytest.raises(FrontMatterError, match="is not closed by a line of three dashes"):
        split("---\ntitle: a\n--- not closed\n ---\n")


def test_every_scalar_is_text():
    source = "arxiv: 2410.21060\nanswer: no\nempty:\ndate: 2025-06-02\ntime: 12:30\nhex: 0x1F\nlist: [1, yes, ~]\nmap: {on: off}\n"
    assert load(source) == {
        "arxiv": "2410.21060", "answer": "no", "empty": "", "date": "2025-06-02", "time": "12:30", "hex": "0x1F",
        "list": ["1", "yes", "~"], "map": {"on": "off"},
    }  # fmt: skip
    assert load("") == load("# only a comment\n") == {}


@pytest.mark.parametrize(
    ("source", "message", "line"),
    [
        ("title: a\ntags: [b\n", "is not valid YAML", 4),
        ("title: a: b\n", "is not valid YAML", 2),
        ("a: 1\n\tb: 2\n", "is not valid YAML", 3),
        (
            "title: é\ntags: \x1b\n",
            "is not valid YAML (unacceptable character #x001b: control characters are not allowed)",
            3,
        ),
        ("- a\n- b\n", "is not a list of `key: value` lines", 2),
        ("just words\n", "is not a list of `key: value` lines", 2),
        ("title: a\ntags: [b]\ntitle: c\n", "has the key `title` twice", 4),
        ('title: a\n"title": c\n', "has the key `title` twice", 3),
        ("title: \ta\ntitle: b\n", "has the key `title` twice", 3),
        ("title: a\nmine: " + "[" * 5000 + "]" * 5000 + "\n", "is nested too deeply", 3),
        ("title: a\nmine:\n  " + "- " * 5000 + "\n", "is nested too deeply", 4),
        ("mine: &x {inside: *x}\n", "is not valid YAML (found unconstructable recursive node)", 2),
        (
            f"mine: &x {'long' * 1000}\nagain: [{'*x, ' * 1000}]\n",
            "grows to more than 10 times its size by YAML's & and *",
            2,
        ),
        (
            "a: &a ["
            + "lol, " * 9
            + "]\n"
            + "".join(f"{b}: &{b} [{f'*{a}, ' * 9}]\n" for a, b in pairwise("abcdefghi")),
            "grows to more than 10 times its size",
            2,
        ),
    ],
)
def test_what_cannot_be_read_is_named_with_its_line(source, message, line):
    with pytest.raises(FrontMatterError, match=re.escape(message)) as caught:
        load(source, first=2)
    assert caught.value.line == line


@pytest.mark.parametrize("depth", [160, 500, 900, 1000, 10_000])
@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ("{a: ", "}"), ("[", "")])
def test_deep_nesting_is_refused_in_our_words_whoever_notices_it(depth, opening, closing):
    """From 6.0.4 on, PyYAML itself refuses a thousand brackets; older versions accept any number."""
    nested = opening * depth + closing * depth
    for read, source in ((load, f"title: a\nmine: {nested}\n"), (load_items, f"- name: a\n- {nested}\n")):
        with pytest.raises(FrontMatterError) as caught:
            read(source)
        assert (str(caught.value), caught.value.line) == ("is nested too deeply", 2)


def test_a_colon_in_a_value_is_no_second_key():
    assert load('title: "a: b"\nnote: |\n  title: inside\n  title: again\n') == {
        "title": "a: b",
        "note": "title: inside\ntitle: again\n",
    }


def test_the_line_of_a_key_is_counted_from_where_the_yaml_begins():
    keys = ("id", "title", "tags", "note", "nothing")
    assert [line_of(CURATED, key, first=2) for key in keys] == [3, 5, 8, 13, 1]
    assert [line_of(CURATED, key) for key in keys] == [2, 4, 7, 12, 1]


def test_a_line_is_found_by_keys_and_numbers_as_far_as_they_lead():
    source = "- name: Ada\n  links:\n    page: x\n    code: y\n- [a,\n  b]\n"
    paths = [(0,), (0, "links"), (0, "links", "code"), (1,), (1, 1), (1, "no"), (0, "links", "no"), (2,), ()]
    assert [line_of(source, *path) for path in paths] == [1, 2, 4, 5, 6, 5, 2, 1, 1]


values = st.recursive(
    nasty_texts(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(nasty_texts(2), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(nasty_texts(2), values, max_size=4))
def test_whatever_is_written_is_read_back(data):
    data = plain(data)
    text = dump(data)
    assert load(split(text)[0]) == data
    assert dump(load(split(text)[0])) == text


def plain(value):
    """Return data with texts without lone surrogates, which a file cannot hold."""
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    return (
        [plain(item) for item in value] if isinstance(value, list) else re.sub("[\ud800-\udfff]", "", value)
    )


def test_a_change_touches_nothing_else():
    changed = change(CURATED, {"title": "A new title", "tags": ["trees"], "comments": 3}, ORDER)
    assert (
        changed
        == """\
# Reviewed in May.
id: sparse-trees      # never change this

title: A new title
tags: [trees]           # and this one

links: {code: https://code.example/a}   # moved
comments: 3
note: |
  First line.

  Second one.

mine: [1, 2]
# the end
"""
    )


def test_a_change_of_one_value_keeps_its_comment():
    changed = change(CURATED, {"links": {"code": "https://code.example/b"}, "note": "Short."}, ORDER)
    assert (
        'links: {code: "https://code.example/b"}   # moved\nnote: Short.\n\nmine: [1, 2]\n# the end\n'
        in changed
    )
    assert changed.startswith(CURATED[: CURATED.index("links")])


def test_a_key_is_taken_out_with_its_lines():
    changed = change(CURATED, {"tags": None, "nothing": None}, ORDER)
    assert changed == CURATED.replace(
        "tags:                 # mine\n  - trees\n  - forests           # and this one\n", ""
    )
    assert change("a: 1\n", {"a": None}, ORDER) == ""


@pytest.mark.parametrize(
    ("source", "changed"),
    [
        ("title: a\nmine: b\n", "title: a\ntags: [x]\nmine: b\n"),
        ("links: {}\ntitle: a\nid: b\n", "links: {}\ntitle: a\ntags: [x]\nid: b\n"),
        ("mine: b\n", "tags: [x]\nmine: b\n"),
        ("", "tags: [x]\n"),
        ("# mine\n", "tags: [x]\n# mine\n"),
        ("title: a   # why\n", "title: a   # why\ntags: [x]\n"),
        ('"title": a\n', '"title": a\ntags: [x]\n'),
    ],
)
def test_a_new_key_stands_behind_its_neighbour(source, changed):
    assert change(source, {"tags": ["x"]}, ORDER) == changed


def test_anchors_of_the_curator_survive():
    source = "title: a\nmine: &x [one, two]\ntags: *x\nnote: b\n"
    changed = change(source, {"tags": ["three"], "note": "c"}, ORDER)
    assert changed == "title: a\nmine: &x [one, two]\ntags: [three]\nnote: c\n"


@pytest.mark.parametrize(
    "source",
    [
        "{title: a, mine: [b]}   # all in braces\n",
        "? title\n: a\nmine: [b]\n",
        "title: &x a\nmine: [b]\nnote: *x\n",
    ],
)
@pytest.mark.parametrize("values", [{"tags": ["y"]}, {"title": "c, d"}, {"title": None}])
def test_rare_forms_of_yaml_lose_no_value(source, values):
    wanted = {key: value for key, value in (load(source) | values).items() if value is not None}
    assert load(change(source, values, ORDER)) == wanted


COMMENTS = ["# a comment", "", "   # another", "# key: value"]
texts = nasty_texts(3).map(plain)
simple = (
    texts | st.lists(texts, max_size=3) | st.dictionaries(st.sampled_from(["code", "pdf"]), texts, max_size=2)
)


@given(
    st.dictionaries(st.sampled_from(ORDER), simple, max_size=5),
    st.lists(st.sampled_from(COMMENTS), min_size=9, max_size=9),
    st.dictionaries(st.sampled_from(ORDER), simple | st.none(), max_size=3),
)
def test_any_change_says_what_it_should_and_keeps_every_comment(data, comments, changes):
    lines = [
        line
        for (key, value), comment in zip(data.items(), comments, strict=False)
        for line in (comment, entry(key, value))
    ]
    source = "".join(f"{line}\n" for line in [*lines, comments[-1]])
    changed = change(source, changes, ORDER)
    wanted = {key: value for key, value in (data | changes).items() if value is not None}
    assert load(changed) == wanted
    untouched = [line for line in source.splitlines(keepends=True) if line.strip().startswith("#")]
    assert [line for line in changed.splitlines(keepends=True) if line in untouched] == untouched
