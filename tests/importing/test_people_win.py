"""No import undoes what a person does to a paper's file: any field, list, comment, order or quote."""

import re
import shutil

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import authors, clone, dump_b, import_into, nasty_texts, new_root
from regesta.content import canonical_yaml as canonical
from regesta.content.paper import FIELDS, value_of
from regesta.content.paper_files import load_papers, parse

pytestmark = pytest.mark.slow

TEXT = "We plant a forest of sparse trees, count the leaves that fall in autumn, and show that fewer branches bear the same fruit."
FIRST = dump_b(("Sparse Trees", TEXT, authors(6, "Sep 12, 2024 3")))
#: What later scrapes of the same paper may say.
LATER = (
    dump_b(("Sparse Trees", f"{TEXT} Code: https://github.com/a/b", authors(7, "Sep 12, 2024 9"))),
    dump_b(("Sparse trees", TEXT, "lab Example Lab\n·\nSep 13, 2024 12")),
    dump_b(("Sparse Trees", TEXT)),
)
TAGS = "- {tag: trees, phrases: [tree]}\n- {tag: autumn, phrases: [autumn]}\n"
VALUES = {
    "title": "My Own Title", "published": "1999", "added": "2001-02-03", "authors_count": 2, "authors": ["Ada Example", {"name": "Bo", "id": "bo-2"}],
    "tags": ["mine", "trees"], "collections": ["mine"], "links": {"code": "https://example.org/mine"}, "comments": 0, "note": "Mine.", "venue": "Elsewhere",
    "citekey": "Key:1", "inferred": ["published"], "origin": [{"file": "by hand"}], "organization": "Our Lab", "license": "CC0", "upvotes": 4,
}  # fmt: skip


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return an archive with one imported paper."""
    root = new_root(tmp_path_factory.mktemp("people") / "archive", tags=TAGS)
    (root / "content" / "scraped").mkdir()
    (root / "content" / "scraped" / "001_a.txt").write_text(FIRST, encoding="utf-8")
    assert import_into(root, root / "content" / "scraped") == 0
    return root


def edited(text, edits):
    """Return a file's text after some edits by hand, and the edited fields."""
    decided = set()
    for kind, key, words in edits:
        head, body = re.split(r"^---\n", text.removeprefix("---\n"), maxsplit=1, flags=re.MULTILINE)
        blocks = re.findall(r"^\S.*\n(?:^[ ].*\n)*", head, re.MULTILINE)
        others = [block for block in blocks if not block.startswith(f"{key}:")]
        if kind == "set":
            blocks = [*others, f"{canonical.entry(key, VALUES[key])}\n"]
        elif kind == "remove" and key != "title":
            blocks = others
        elif kind == "comment":
            blocks = (
                [f"# {re.sub(chr(10), ' ', words)[:40].strip() or 'x'}\n", *blocks]
                if words.isprintable()
                else blocks
            )
        elif kind == "reorder":
            blocks = blocks[::-1]
        elif kind == "requote":
            blocks = [
                re.sub(r'^(title): "?([^"\n]*?)"?\n', r"\1: '\2'  # requoted\n", block)
                if "'" not in block
                else block
                for block in blocks
            ]
        elif kind == "abstract":
            body = f"\nMy own words about it: {' '.join(re.findall(r'[a-z]+', words))}.\n"
            decided.add("abstract")
        if kind == "set" or (kind == "remove" and f"\n{key}:" in text):
            decided.add(key)
        text = f"---\n{''.join(blocks)}---\n{body}"
    return text, decided


one_edit = st.tuples(
    st.sampled_from(["set", "set", "set", "remove", "comment", "reorder", "requote", "abstract"]),
    st.sampled_from(sorted(VALUES)),
    nasty_texts(2),
)


@given(
    st.lists(one_edit, max_size=6),
    st.lists(st.integers(0, len(LATER) - 1), min_size=1, max_size=3),
    st.booleans(),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_a_person_wrote_stays(archive, tmp_path, edits, scrapes, in_a_fresh_clone):
    shutil.rmtree(tmp_path / "work", ignore_errors=True)
    root = clone(archive, tmp_path / "work")
    path = root / "content" / "papers" / "sparse-trees.md"
    text, decided = edited(path.read_text(encoding="utf-8"), edits)
    path.write_text(text, encoding="utf-8")
    before = parse(text, "sparse-trees", path.name)
    for number in scrapes:
        if in_a_fresh_clone:
            shutil.rmtree(root / ".regesta", ignore_errors=True)
        (root / "content" / "scraped" / "002_b.txt").write_text(LATER[number], encoding="utf-8")
        assert import_into(root, root / "content" / "scraped") == 0
    after = parse(path.read_text(encoding="utf-8"), "sparse-trees", path.name)
    changed = {name for name in FIELDS if value_of(after, name) != value_of(before, name)}
    assert changed & (decided | {"added"}) == set()
    assert [line for line in text.splitlines() if line.startswith("#")] == [
        line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")
    ]
    assert len(load_papers(root / "content" / "papers")[0]) == 1
