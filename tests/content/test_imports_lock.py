"""The import's memory: what it wrote, in a file that Git can merge and a person can read."""

import json

import pytest

from regesta.content.imports_lock import ImportMemory, load_lock, save_lock, value_hash
from regesta.content.paper import Paper
from regesta.errors import RegestaError

PAPER = Paper("Sparse Trees", id="sparse-trees", tags=("a",), comments=0)


def memory(paper, *names):
    return ImportMemory({"title:sparsetrees"}, {name: value_hash(paper, name) for name in names})


def test_a_field_is_ours_while_it_holds_what_we_wrote():
    wrote = memory(PAPER, "title", "tags")
    assert wrote.is_ours(PAPER, "title")
    assert not wrote.is_ours(Paper("Sparse trees"), "title")
    assert not wrote.is_ours(Paper("Sparse Trees", tags=("a", "b")), "tags")
    assert not wrote.is_ours(Paper("Sparse Trees"), "tags")  # removed by hand


def test_a_field_that_we_never_wrote_is_ours_only_if_it_is_empty():
    wrote = memory(PAPER, "title")
    assert wrote.is_ours(Paper("x"), "venue")
    assert not wrote.is_ours(Paper("x", venue="By hand"), "venue")
    assert not wrote.is_ours(Paper("x", comments=0), "comments")


def test_the_lock_is_a_sorted_line_a_paper_and_is_written_only_if_it_changes(tmp_path):
    memories = {"b": memory(PAPER, "title"), "a": memory(PAPER, "abstract", "tags", "title")}
    assert save_lock(tmp_path, memories)
    entries = [json.loads(line) for line in (tmp_path / "imports.lock").read_text().splitlines()]
    assert [entry["id"] for entry in entries] == ["a", "b"]
    assert list(entries[0]["wrote"]) == ["title", "tags", "abstract"]
    assert load_lock(tmp_path / "imports.lock", "content/imports.lock") == memories
    assert not save_lock(tmp_path, dict(reversed(memories.items())))


def test_there_need_not_be_a_lock(tmp_path):
    assert load_lock(tmp_path / "imports.lock", "content/imports.lock") == {}


@pytest.mark.parametrize(
    "line",
    [
        "<<<<<<< HEAD",
        "{}",
        "[]",
        '{"id": "b"}',
        '{"id": "b", "keys": 3, "wrote": {}}',
        '{"id": "b", "keys": [], "wrote": 3}',
        "\xff",
        "[" * 9999,
        '{"id": "b", "keys": [1, "x"], "wrote": {}}',
        '{"id": "b", "keys": [], "wrote": {"title": [1]}}',
        '{"id": "../b", "keys": [], "wrote": {}}',
    ],
)
def test_a_broken_lock_is_named_with_its_line(tmp_path, line):
    folder = tmp_path / "content"
    folder.mkdir()
    (folder / "imports.lock").write_bytes(
        b'{"id": "a", "keys": [], "wrote": {}}\n' + line.encode("latin-1") + b"\n"
    )
    with pytest.raises(RegestaError) as caught:
        load_lock(folder / "imports.lock", "content/imports.lock")
    what = "is not a line of an import lock: restore the file from Git"
    assert str(caught.value) == f"content/imports.lock:2: {what}"
