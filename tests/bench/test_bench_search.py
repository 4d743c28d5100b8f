"""The search benchmark's tools: queries that are always the same and are made of their papers' words, an index that is accounted for."""

import json
import subprocess
import sys

import pytest

from helpers import REPOSITORY
from helpers import run_bench as run

pytestmark = pytest.mark.slow

BENCH = REPOSITORY / "tests" / "bench"
PAPERS = 40


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    folder = tmp_path_factory.mktemp("bench-search")
    (folder / "pagefind").mkdir()  # as if it had been made: the tests do without it
    run("search/archives.py", folder, "--papers", PAPERS)
    return folder


@pytest.fixture(scope="module")
def papers(work):
    return {paper["url"]: paper for paper in json.loads((work / "papers.json").read_text(encoding="utf-8"))}


def queries(work, *arguments, **environment):
    return [
        json.loads(line) for line in run("search/queries.py", work, *arguments, **environment).splitlines()
    ]


def is_typed_of(query, words):
    """Tell whether the words of a query begin words of a text, but for one of them that is mistyped."""
    typed = query["text"].split()
    known = [word for word in typed if any(other.startswith(word) for other in words)]
    return len(known) >= len(typed) - (query["set"] == "typo")


def test_the_same_seed_makes_the_same_queries(work):
    first = queries(work, PYTHONHASHSEED="1")
    assert first == queries(work, PYTHONHASHSEED="2")
    assert first != queries(work, "--seed", 2)


def test_queries_are_made_of_their_papers_words(work, papers):
    found = queries(work, "--count", PAPERS)
    assert {query["set"] for query in found} == {"title", "abstract", "author", "typo", "cut"}
    for query in found:
        paper = papers[query["wanted"]]
        if query["set"] == "author":
            assert query["text"] in paper["authors"]
        else:
            words = (
                paper["abstract" if query["set"] == "abstract" else "title"].lower().replace("-", " ").split()
            )
            assert is_typed_of(query, [word.strip("()[]\"'“”‘’.,;:!?") for word in words]), query


def test_a_typo_changes_a_word(work):
    exact = {query["text"] for query in queries(work, "--sets", "title")}
    assert not exact & {query["text"] for query in queries(work, "--sets", "typo")}


def test_every_file_of_the_index_is_accounted_for(work):
    code = "import sys, archives, ours; print(*(not ours.kind_of(path) and path for path in sys.argv[1:]))"
    names = [
        path.relative_to(work / "site").as_posix()
        for path in (work / "site" / "search").rglob("*")
        if path.is_file()
    ]
    said = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=BENCH / "search", capture_output=True, text=True, check=True
    ).stdout
    assert set(said.split()) - {"False"} == {"search/index.html"}


def test_change_and_cost_are_counted(work):
    said = run("search/churn.py", work)
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in said.splitlines()[2:]]
    assert [row[0] for row in rows] == ["30 papers added", "one abstract edited", "one paper deleted"]
    assert all(0 < int(row[1]) <= int(row[4]) for row in rows)
    cost = json.loads(run("search/cost.py", work, "--once"))
    assert cost["cpu"] > 0
    assert cost["files"] > 20
