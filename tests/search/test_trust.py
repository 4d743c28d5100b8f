"""What once broke the search, found by people who tried to break it."""

import json
from dataclasses import replace

import pytest

from helpers import clone, new_root
from matches import paper_of
from regesta.archive.archive_rows import make_archive
from regesta.cli import main
from regesta.content.collections import Collection
from regesta.search import layering
from regesta.search.documents import SearchDocument
from regesta.search.index import index_files
from regesta.search.query import Query
from regesta.search.searchable import known_names, searchable
from regesta.search.whole import whole_index


def papers_of(**texts):
    """Return papers with these titles, by their ids."""
    return [paper_of({"id": name, "title": title}) for name, title in texts.items()]


def matching(papers, query):
    archive = make_archive(papers, {}, {})
    return [
        p.id
        for p in archive.papers
        if Query(query, known_names(archive)).matches(searchable(archive, p, p.abstract).terms())
    ]


def test_a_star_finds_words_whose_stems_are_shorter():
    papers = papers_of(
        a="Generative gardens",
        b="The generator",
        c="A generatix thing",
        d="Mining",
        e="Performance of simulation",
        f="Minimal",
    )
    assert {*matching(papers, "generat*")} == {"a", "b", "c"}
    assert {*matching(papers, "generativ*")} >= {"a"}
    assert [matching(papers, query) for query in ("minin*", "performa*", "simulat*")] == [["d"], ["e"], ["e"]]


def test_a_hyphen_makes_two_words_and_one():
    papers = papers_of(a="pretraining of models", b="pre-training of models", h="GPT-4", i="gpt4")
    assert {*matching(papers, "pre-training")} == {"a", "b"} == {*matching(papers, "title:pre-training")}
    assert {*matching(papers, "GPT-4")} == {"h", "i"} == {*matching(papers, "gpt4")}


def test_a_colon_stands_between_words():
    papers = [
        replace(paper, abstract="See arXiv:2410.21060.")
        for paper in papers_of(a="DeepMind:AlphaZero revisited")
    ]
    for query in ("alphazero", "DeepMind:AlphaZero", "arXiv:2410.21060", "2410.21060"):
        assert matching(papers, query) == ["a"]


def test_a_paper_is_found_by_its_identifiers():
    links = {"arxiv": "https://arxiv.org/abs/1706.03762", "doi": "https://doi.org/10.1000/xyz.5"}
    papers = [replace(paper, links=links) for paper in papers_of(a="Of trees")] + papers_of(
        **{"2401.00001": "Of rivers"}
    )
    for query in (
        "1706.03762",
        "arXiv:1706.03762",
        "https://arxiv.org/abs/1706.03762",
        "10.1000/xyz.5",
        "https://doi.org/10.1000/xyz.5",
    ):
        assert matching(papers, query) == ["a"]
    assert matching(papers, "arxiv:2401.00001") == ["2401.00001"]


def test_names_are_folded_in_the_index_as_in_queries():
    archive = make_archive(
        [replace(p, collections=("a--b",)) for p in papers_of(a="Wind")],
        {},
        {"a--b": Collection("a--b", "A and B")},
    )
    text = searchable(archive, archive.papers[0], "")
    paper = SearchDocument("a", "", text, ("Wind", "", "", "", (), "", ""))
    files = index_files({"base": [paper]}, {"collection/a--b": "A and\tB"})
    assert any(b":collection/a-b\t^\tA and B" in data for data in files.values())


def test_an_empty_archive_has_a_whole_index():
    assert json.loads(whole_index([]))["invertedIndex"] == []


@pytest.fixture(scope="module", autouse=True)
def _small_layers():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(layering, "_SMALL", 8)
        yield


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """An archive of two layers, built."""
    root = new_root(tmp_path_factory.mktemp("layered") / "archive")
    for number in range(41):
        write(root, number, f"Paper {number} of wind")
    assert main(["build", "--root", str(root)]) == 0
    assert (root / "site/search/recent/manifest.json").exists()
    return root


@pytest.fixture
def layered(built, tmp_path):
    """A copy of it, to be changed."""
    return clone(built, tmp_path / "archive")


@pytest.fixture(scope="module")
def edited_and_built_anew(built, tmp_path_factory):
    """The manifest of the index after an edit and a full build."""
    root = clone(built, tmp_path_factory.mktemp("anew") / "archive")
    write(root, 40, "Another title")
    assert main(["build", "--root", str(root), "--full"]) == 0
    return (root / "site/search/manifest.json").read_bytes()


def write(root, number, title):
    day = 1 + number // 2
    (root / f"content/papers/paper-{number}.md").write_text(
        f'---\ntitle: {title}\nadded: "2026-01-{day:02}"\n---\n\nText.\n', encoding="utf-8"
    )


@pytest.mark.parametrize(
    "harm", ["[]", "null", "5", "{}", "[" * 100_000, '{"documents": 3}', "", "\udcff", None]
)
def test_a_changed_manifest_of_a_layer_is_not_trusted(layered, edited_and_built_anew, harm):
    manifest = layered / "site/search/base/manifest.json"
    if harm is None:
        manifest.unlink()
    else:
        manifest.write_text(harm, encoding="utf-8", errors="surrogateescape")
    write(layered, 40, "Another title")
    assert main(["build", "--root", str(layered)]) == 0
    assert (layered / "site/search/manifest.json").read_bytes() == edited_and_built_anew
