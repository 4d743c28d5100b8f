"""The memory of a build: whatever happens to its file, the site is what a clean build makes."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from curator import bytes_of
from helpers import FIXTURES, clone
from regesta.cli import main
from regesta.memory import DamagedError, Memory, undamaged
from regesta.search import index


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive that was built, and in which one edit is a small part."""
    monkeypatch.setattr("regesta.search.difference._SHARE", 1)
    folder = clone(FIXTURES / "archive", tmp_path / "archive")
    build(folder)
    return folder


def build(root: Path, *options: str) -> None:
    assert main(["build", "--root", str(root), *options]) in (0, 1)


def memory_of(root: Path) -> Path:
    return next(root.glob(".regesta/memory-*.db"))


def edit(root: Path, words: str) -> None:
    path = min((root / "content/papers").rglob("*.md"))
    path.write_text(f"{path.read_text('utf-8').rstrip()} {words}\n", "utf-8")


def assert_right(root: Path, tmp_path: Path, *, changed: bool, spy: list[str]) -> None:
    """The site is that of a clean build, and the index was changed, or made from all papers."""
    made = ["changed" if changed else "whole"]
    assert spy == made
    anew = clone(root / "content", tmp_path / "anew" / "content").parent
    build(anew)
    assert bytes_of(root / "site") == bytes_of(anew / "site")


@pytest.fixture
def spy(root: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How each layer of the index is made from now on, when it was made before."""
    assert memory_of(root).exists()
    found: list[str] = []

    def noted(name: str, make):
        def method(self):
            files = make(self)
            found.extend([name] if files else [])
            return files

        return method

    monkeypatch.setattr(index._Layer, "_changed", noted("changed", index._Layer._changed))
    monkeypatch.setattr(index._Layer, "_whole", noted("whole", index._Layer._whole))
    return found


def test_an_edit_changes_the_index(root: Path, tmp_path: Path, spy: list[str]) -> None:
    edit(root, "Gravel and otters.")
    build(root)
    assert_right(root, tmp_path, changed=True, spy=spy)


def damaged(root: Path) -> None:
    memory_of(root).write_bytes(b"no database")


def cut(root: Path) -> None:
    data = memory_of(root).read_bytes()
    memory_of(root).write_bytes(data[: len(data) // 2])


def removed(root: Path) -> None:
    memory_of(root).unlink()


def execute(root: Path, statement: str) -> None:
    with sqlite3.connect(memory_of(root)) as opened:
        opened.execute(statement)


def without_entry(root: Path) -> None:
    execute(root, "DELETE FROM said")


def senseless(root: Path) -> None:
    execute(root, "UPDATE said SET text = '[1, 2]'")


def of_other_papers(root: Path) -> None:
    execute(root, "UPDATE layer SET fingerprint = 'other'")


def of_other_code(root: Path) -> None:
    execute(root, "UPDATE stage SET valid_for = 'other'")


def block_changed(root: Path) -> None:
    for path in (root / "site/search/base/terms").iterdir():
        path.write_bytes(path.read_bytes() + b"\nzzz\t^")


def block_removed(root: Path) -> None:
    for path in (root / "site/search/base/places").glob("*.txt"):
        path.unlink()


def shard_removed(root: Path) -> None:
    for path in (root / "site/search/base/shown").iterdir():
        path.unlink()


@pytest.mark.parametrize(
    "harm",
    [
        damaged,
        cut,
        removed,
        without_entry,
        senseless,
        of_other_papers,
        of_other_code,
        block_changed,
        block_removed,
        shard_removed,
    ],
)
def test_a_memory_or_site_that_is_not_what_it_was_is_not_believed(
    root: Path, tmp_path: Path, spy: list[str], harm
) -> None:
    edit(root, "Gravel and otters.")
    harm(root)
    build(root)
    assert spy[-1] == "whole"
    spy[:] = ["whole"]
    assert_right(root, tmp_path, changed=False, spy=spy)
    del spy[:]
    edit(root, "Again.")
    build(root)
    assert spy == ["changed"]


def test_a_locked_memory_counts_as_missing(root: Path, tmp_path: Path, spy: list[str]) -> None:
    edit(root, "Gravel and otters.")
    other = sqlite3.connect(memory_of(root), isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    build(root)
    other.close()
    assert_right(root, tmp_path, changed=False, spy=spy)


def test_a_full_build_and_a_dry_run_leave_it_alone_or_make_it_anew(root: Path, spy: list[str]) -> None:
    before = memory_of(root).read_bytes()
    edit(root, "Gravel and otters.")
    build(root, "--dry-run")
    assert memory_of(root).read_bytes() == before
    assert spy == ["changed"]
    build(root, "--full")
    assert spy == ["changed", "whole"]


@pytest.mark.skipif(os.name != "posix", reason="kills a process")
def test_a_killed_build_leaves_the_old_memory(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    first = Memory(path)
    first.recall("words", "one", {"words": "(word)"})
    first.write("INSERT INTO words VALUES (?)", [("old",)])
    first.commit()
    code = (
        "import os, sys, pathlib; from regesta.memory import DamagedError, Memory\n"
        "memory = Memory(pathlib.Path(sys.argv[1]))\n"
        "memory.write('INSERT INTO words VALUES (?)', [('new' * 1000,)] * 30000)\n"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", code, str(path)], check=False).returncode < 0
    again = Memory(path)
    assert again.recall("words", "one", {"words": "(word)"})
    assert again.rows("SELECT word FROM words") == [("old",)]
    assert not again.recall("words", "two", {"words": "(word)"})
    assert again.rows("SELECT word FROM words") == []
    again.close()


def test_a_damaged_memory_is_removed(tmp_path: Path) -> None:
    path = tmp_path / "memory.db"
    path.write_bytes(b"SQLite format 3\0" + b"\1" * 5000)
    memory = Memory(path)
    assert not memory.recall("words", "one", {"words": "(word)"})
    with pytest.raises(DamagedError, match=r"memory\.db"):
        memory.rows("SELECT word FROM nowhere")
    assert not path.exists()


def not_utf_8(path: Path, table: str, column: str) -> None:
    with sqlite3.connect(path) as opened:
        opened.execute(
            f"UPDATE {table} SET {column} = CAST(x'66756c6cff' AS TEXT)"
        )  # "full", and half a letter


@pytest.mark.parametrize(
    ("name", "table", "column"), [("pieces", "piece", "text"), ("memory", "file", "inputs")]
)
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_text_that_is_not_utf_8_is_damage(
    root: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    table: str,
    column: str,
    jobs: str,
) -> None:
    not_utf_8(next(root.glob(f".regesta/{name}-*.db")), table, column)
    path = root / "content/archive.yaml"
    path.write_text(path.read_text("utf-8").replace("title: ", "title: New ", 1), "utf-8")
    edit(root, "Gravel and otters.")
    capsys.readouterr()
    build(root, "--jobs", jobs)
    said = capsys.readouterr().err
    assert "disk" not in said
    assert "template" not in said
    anew = clone(root / "content", tmp_path / "anew" / "content").parent
    build(anew)
    assert bytes_of(root / "site") == bytes_of(anew / "site")


def test_pieces_that_are_not_utf_8_are_made_anew(root: Path, tmp_path: Path) -> None:
    pieces = next(root.glob(".regesta/pieces-*.db"))
    not_utf_8(pieces, "piece", "text")
    edit(root, "Gravel and otters.")
    build(root)
    with sqlite3.connect(pieces) as opened:
        assert opened.execute(
            "SELECT count(*) FROM piece WHERE CAST(text AS BLOB) = x'66756c6cff'"
        ).fetchone() == (0,)
    anew = clone(root / "content", tmp_path / "anew" / "content").parent
    build(anew)
    assert bytes_of(root / "site") == bytes_of(anew / "site")


def test_an_error_that_quotes_a_damaged_file_is_damage(tmp_path: Path) -> None:
    """The schema of the file names a table in bytes that are not UTF-8, and so does the error."""
    path = tmp_path / "memory.db"
    first = Memory(path)
    first.recall("words", "one", {"words": "(word)"})
    first.commit()
    path.write_bytes(path.read_bytes().replace(b"CREATE TABLE words (word)", b"CREATE TABLE wo \xffds(word)"))
    with pytest.raises(UnicodeDecodeError), closing(sqlite3.connect(path)) as opened:
        opened.execute("SELECT 1 FROM stage")
    memory = Memory(path)
    assert not memory.recall("words", "one", {"words": "(word)"})
    memory.commit()
    assert Memory(path).recall("words", "one", {"words": "(word)"})


def test_a_file_that_may_not_be_written_is_made_anew(tmp_path: Path) -> None:
    """A byte of its head says that it may only be read; for SQLite, it is as if the system did."""
    path = tmp_path / "memory.db"
    first = Memory(path)
    first.recall("words", "one", {"words": "(word)"})
    first.commit()
    data = path.read_bytes()
    path.write_bytes(data[:18] + b"\7" + data[19:])

    def again() -> bool:
        with closing(Memory(path)) as memory:
            memory.recall("words", "one", {"words": "(word)"})
            memory.write("INSERT INTO words VALUES (?)", [("new",)])
            memory.commit()
        return True

    assert undamaged(again)
    assert Memory(path).rows("SELECT word FROM words") == [("new",)]


def test_a_damaged_file_that_cannot_be_removed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "unlink", refuse)
    memory = Memory(tmp_path / "memory.db")
    with pytest.raises(OSError, match="cannot be written"):
        memory.rows("SELECT word FROM nowhere")
