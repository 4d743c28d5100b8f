"""Two records are one paper, two papers, or doubtful; doubtful cases are never guessed."""

import json

import pytest

from helpers import REPOSITORY
from regesta.content.paper import Author, Origin, Paper
from regesta.importing.likeness import Lookup, Verdict, features, judge, text_hash

PAIRS = REPOSITORY.parent / "shared" / "fixtures" / "enrichment" / "pairs.jsonl"
TEXT = "We plant a forest of sparse trees, count the leaves that fall in autumn, and show that fewer branches bear the same fruit in less time."
OTHER = "Rivers carry sand to the sea; a model of nine equations says how much, and two winters of measurements by boat agree with it."


def arxiv(number):
    return {"arxiv": f"https://arxiv.org/abs/{number}"}


def verdict(one, two):
    results = {judge(features(one), features(two)).verdict, judge(features(two), features(one)).verdict}
    assert len(results) == 1, "the order of the two does not matter"
    return results.pop().name


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        (Paper("A", links=arxiv("2410.21060")), Paper("B", links=arxiv("2410.21060v3")), "SAME"),
        (
            Paper("A", links=arxiv("2410.21060")),
            Paper("B", links={"doi": "https://doi.org/10.48550/arXiv.2410.21060"}),
            "DIFFERENT",
        ),
        (Paper("Sparse Trees", TEXT), Paper("Sparse trees", TEXT), "SAME"),
        (Paper("Sparse Trees", TEXT), Paper("On Sparse Trees", TEXT), "SAME"),
        (Paper("Sparse Trees", TEXT), Paper("Sparse Trees", OTHER), "DOUBTFUL"),
        (Paper("Sparse Trees", TEXT), Paper("Rivers and Sand", TEXT), "DOUBTFUL"),
        (Paper("Sparse Trees", TEXT), Paper("Sparse Forests", OTHER), "DIFFERENT"),
        (Paper("C++ Tools"), Paper("C# Tools"), "DOUBTFUL"),
        (
            Paper("FuseChat", TEXT, links=arxiv("2402.16107")),
            Paper("FuseChat", TEXT, links=arxiv("2408.07990")),
            "DOUBTFUL",
        ),
        (
            Paper("Trees", links={"doi": "https://doi.org/10.5555/1"}),
            Paper("Trees", links={"doi": "https://dx.doi.org/10.5555/1"}),
            "SAME",
        ),
        (
            Paper("Trees", links={"doi": "https://doi.org/10.5555/1"}),
            Paper("Rivers", links={"doi": "https://doi.org/10.5555/1"}),
            "DOUBTFUL",
        ),
        (Paper("Trees", TEXT, published="2019"), Paper("Trees", TEXT, published="2020"), "SAME"),
        (Paper("Trees", TEXT, published="2019"), Paper("Trees", TEXT, published="2021"), "DOUBTFUL"),
        (Paper("Trees", TEXT, authors_count=3), Paper("Trees", TEXT, authors_count=6), "DOUBTFUL"),
        (Paper("Trees", TEXT, status="withdrawn"), Paper("Trees", TEXT), "DOUBTFUL"),
        (
            Paper("Trees", authors=(Author("Ada Example"),)),
            Paper("Trees", TEXT, authors=(Author("A. Example"),)),
            "SAME",
        ),
        (
            Paper("Trees", authors=(Author("Ada Example"),)),
            Paper("Trees", TEXT, authors=(Author("Bo Other"),)),
            "DOUBTFUL",
        ),
        (Paper("Trees", published="2025-06-02"), Paper("Trees", published="2025-06-04"), "SAME"),
        (Paper("Trees", published="2025-06-02"), Paper("Trees", published="2025-06-05"), "DOUBTFUL"),
        (Paper("$\\text{Transformer}^2$: Trees", TEXT), Paper("Transformer^2: Trees", TEXT), "SAME"),
        (Paper("TÜLU 3", TEXT), Paper("Tulu 3", TEXT), "SAME"),
    ],
)
def test_what_is_one_paper(one, two, expected):
    assert verdict(one, two) == expected


def test_a_doubt_says_what_speaks_for_and_against_it():
    one, two = (Paper("FuseChat", TEXT, links=arxiv(number)) for number in ("2402.16107", "2408.07990"))
    why = judge(features(one), features(two)).why
    assert (
        why
        == "titles equal, 100% of the abstract shared; but their arXiv ids differ (2402.16107, 2408.07990)"
    )


def test_only_what_is_alike_is_compared():
    lookup = Lookup()
    papers = [
        Paper("Sparse Trees", TEXT),
        Paper("Rivers and Sand", OTHER),
        Paper("Sparse Trees"),
        Paper("Renamed", f"{TEXT} And more of it."),
    ]
    numbers = [lookup.add(features(paper)) for paper in papers]
    assert [[other for other, _ in lookup.like(number)] for number in numbers] == [[], [], [0], [0]]


def test_a_record_is_told_from_another_by_all_that_may_differ():
    records = [
        Paper("Editorial"), Paper("Editorial", published="2019"), Paper("Editorial", pages="1–2"), Paper("Editorial", authors=(Author("A. One"),)),
        Paper("Editorial", TEXT), Paper("Editorial", TEXT, links=arxiv("2410.21060")),
    ]  # fmt: skip
    assert len({text_hash(record) for record in records}) == len(records)
    assert text_hash(Paper("Editorial", TEXT, comments=3, upvotes=2, origin=(Origin("a", 1),))) == text_hash(
        Paper("editorial!", TEXT)
    )


@pytest.mark.skipif(
    not PAIRS.exists(),
    reason="labelled pairs lie beside the project: ../shared/fixtures/enrichment is not there",
)
def test_labelled_pairs_are_told_apart():
    found = {"same": [], "different": []}
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        judgement = judge(features(as_paper(pair["a"])), features(as_paper(pair["b"])))
        found[pair["label"]].append((pair["kind"], judgement.verdict))
    assert Verdict.SAME not in dict(map(reversed, found["different"]))
    assert [verdict for kind, verdict in found["same"] if kind == "identical-title"] == [Verdict.SAME] * 100
    renamed = [verdict for kind, verdict in found["same"] if kind == "renamed"]
    assert (len(renamed), Verdict.DIFFERENT in renamed) == (5, False)


def as_paper(record):
    authors = tuple(map(Author, record.get("authors", ())))
    links = arxiv(record["arxiv"]) if record.get("arxiv") else {}
    return Paper(
        record["title"],
        record.get("abstract") or "",
        published=str(record.get("year") or ""),
        authors=authors,
        links=links,
    )
