"""The search index and its client. The tests in `tests/search/` run in node, on an index that is made here."""

import json
import os
import random
import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from regesta.outputs.search import FIELDS, SHARD_SIZE, SearchDocument, numbered, search_files
from regesta.tokens import stop_words, term_of, terms, words

TESTS = Path(__file__).parent
PAPERS = TESTS.parent / "content" / "papers"

# Texts on which tokenizers differ, with the terms that both of ours make of them.
NASTY = {
    "The café's owner naïvely ordered crème brûlée": "cafe owner naiv order creme brule",
    "E\u0301cole, ÉCOLE and e\u0301cole": "ecol ecol ecol",
    "Straße, Søren, Łódź, Encyclopædia, Đuro, İstanbul, ılık": "strass soren lodz encyclopaedia duro istanbul ilik",
    "ΟΔΟΣ οδός οδοσ": "οδοσ οδοσ οδοσ",
    "𝛼-divergence, ﬁrst ﬂow, ｗｉｄｅ, ℝⁿ, x² and ½": "α diverg first flow wide rn x2 1⁄2",
    "大语言模型 for トークン": "大 语 言 模 型 ト ー ク ン",
    "𠀀𠀁 한국어 обучение й": "𠀀 𠀁 한국어 обучение и",
    "🤗Transformers 👩‍🚀 ❤️ ™": "🤗 transform 👩 🚀 tm",
    "4.5, (60.01%) 10,000 -0.5 10⁻³ 3×": "4.5 60.01 10,000 0.5 10 3 3",
    "state-of-the-art pre–training yes—no and/or non\u2011local soft\u00adly zero\u200bwidth": (
        "state art pre train ye non local softli zerowidth"
    ),
    "model's models’ ‘model’s’ don't 'tis O'Brien l’oréal": "model model model don't o'brien l'oreal",
    "C++ C# _x_ a.b @home $β$ ``quoted'' {braces} …": "c c _x_ a.b home β quot brace",
    "lay try happy sky yes flies ies agreed feeding hopping falling bed sing": (
        "lai try happi sky ye fli i agre feed hop fall bed sing"
    ),
    "relational generalization probate rate cease controlling roll": "relat gener probat rate ceas control roll",
    "\u2028line\u2029feed\x85\x1c\xa0tab\t\x00nul": "line feed tab nul",
    "constructor __proto__ toString": "constructor __proto__ tostr",
    " \t - -- … '' ": "",
}

# Papers of our own: subjects far apart, and some words in common.
SUBJECTS = [
    ("Counting Moss on North Walls", "We count moss on the north walls of forty barns and model its growth with rain."),
    ("A Model of Slow Rivers", "Slow rivers carry sand. Our model of the sand predicts where a river bends next."),
    ("Rivers, Revisited: The Model’s Own Errors", "The model errs where rivers are fast; we measure its errors and mend them."),
    ("Learning to Bake Bread without Ovens", "Learning from bakers, we generalize baking to pans, coals and hot stones."),
    ("Naïve Cafés", "A café that opens naïvely closes early. We compare cafés in ﬁve towns."),
    ("𝛼-Divergence for Beginners", "Divergence measures how far two distributions are apart; we explain α-divergence."),
    ("大语言模型 and Large Language Models", "Language models of any size, large or small, translate poems with errors."),
    ("State-of-the-Art Kites", "Kites fly 4.5, 10,000 or 12 metres high. We fly the state of the art in strong wind."),
    ("Why Bridges Hum: Measurements in Strong Wind", "Bridges hum in wind; measurements on nine bridges locate the tone."),
    ("Optimization of Tea", "Optimizing the time of brewing is harder than optimizing its heat. Tea models help."),
    ("Generative Gardens 🤗", "Gardens that generate themselves from seeds, by generative rules and learning."),
    ("The Constructor’s Handbook of __proto__", "What toString and constructor mean to those who measure bridges and walls."),
]


def own_papers() -> list[SearchDocument]:
    """The papers of SUBJECTS, some of them dated."""
    dates = ["", "2024-03-01", "2023", "2024-03-01", "", "2025-01-31"]
    return [
        SearchDocument(
            url=f"/papers/{position}/",
            title=title,
            abstract=abstract,
            authors="Søren Example",
            organization="Example Institute" if position % 3 == 0 else "",
            tags=("Measurement",) if "measure" in abstract else (),
            year=dates[position % 6][:4],
            shown_year=dates[position % 6][:4],
            date=dates[position % 6],
            sort_date=dates[position % 6],
            snippet=abstract[:60],
        )
        for position, (title, abstract) in enumerate(SUBJECTS)
    ]


def archive_papers() -> list[SearchDocument]:
    """The papers of this repository, read as plainly as will do."""
    papers = []
    for path in sorted(PAPERS.rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        facts = yaml.load(head, yaml.BaseLoader)
        text = re.sub(r"\\([^\w\s])", r"\1", body).strip()
        date = facts.get("published", "")
        tags = tuple(facts.get("tags", ()))
        url = f"/papers/{facts['id']}/"
        papers.append(SearchDocument(url, facts["title"], text, tags=tags, year=date[:4], shown_year=date[:4], sort_date=date, snippet=text[:200]))
    return papers


@pytest.fixture(scope="module", params=[own_papers, archive_papers])
def papers(request: pytest.FixtureRequest) -> list[SearchDocument]:
    """A small archive of our own, and the one of this repository."""
    found: list[SearchDocument] = request.param()
    if not found:
        pytest.skip("content/papers/ holds no papers")
    return found


@pytest.mark.parametrize("text", NASTY)
def test_terms(text: str) -> None:
    """Marks, ligatures, scripts without spaces, signs and stems all have one treatment."""
    assert " ".join(terms(text)) == NASTY[text]


def test_a_paper_is_found_by_every_kind_of_text(papers: list[SearchDocument]) -> None:
    """Each term of each field is in a block, with the paper, its frequency and the length of the field."""
    index = read_index(search_files(papers))
    for number, paper in enumerate(numbered(papers)):
        for position, name in enumerate(FIELDS):
            found = terms(paper.field(name))
            for term, frequency in Counter(found).items():
                assert index[term][position][number] == (frequency, len(found))


def test_blocks_follow_utf16_and_their_borders(papers: list[SearchDocument]) -> None:
    """A reader finds the block of a term by comparing it with the borders as JavaScript compares."""
    files = search_files(papers)
    manifest = json.loads(files["search/manifest.json"])
    before = b""
    for border, name in zip(manifest["borders"], manifest["blocks"], strict=True):
        for line in files[f"search/{name}.txt"].decode().splitlines():
            term = line.split("\t")[0].encode("utf-16-be")
            assert before < term
            assert border.encode("utf-16-be") <= term
            before = term
    assert manifest["documents"] == len(papers)


def test_shards_show_every_paper_once(papers: list[SearchDocument]) -> None:
    """The shards hold the papers by their numbers, so many to a file."""
    files = search_files(papers)
    manifest = json.loads(files["search/manifest.json"])
    shards = [json.loads(files[f"search/{name}.json"]) for name in manifest["shards"]]
    assert {len(shard) for shard in shards[:-1]} <= {SHARD_SIZE}
    assert [paper[0] for shard in shards for paper in shard] == [paper.url for paper in numbered(papers)]


def test_a_year_that_was_worked_out_is_shown_in_brackets_and_found_without_them() -> None:
    """Nobody is told as a fact what was inferred."""
    paper = replace(own_papers()[1], shown_year="[2024]", date="1 March")
    files = search_files([paper])
    manifest = json.loads(files["search/manifest.json"])
    assert json.loads(files[f"search/{manifest['shards'][0]}.json"])[0][2:4] == ["[2024]", "1 March"]
    assert any(b"\n2024\t" in b"\n" + files[f"search/{name}.txt"] for name in manifest["blocks"])


def test_the_same_papers_give_the_same_bytes(papers: list[SearchDocument]) -> None:
    """The order in which papers come does not matter."""
    shuffled = papers.copy()
    random.Random(3).shuffle(shuffled)
    assert search_files(shuffled) == search_files(papers)


def test_a_newer_paper_leaves_the_other_numbers_alone() -> None:
    """The undated come first, and the newest paper last."""
    papers = own_papers()
    newest = replace(papers[0], url="/papers/new/", sort_date="2026-01-01")
    assert numbered([newest, *papers]) == [*numbered(papers), newest]
    assert [paper.sort_date for paper in numbered(papers)] == sorted(paper.sort_date for paper in papers)


def test_an_empty_archive_has_an_index() -> None:
    """A site without papers can be searched, in vain."""
    manifest = json.loads(search_files([])["search/manifest.json"])
    assert (manifest["documents"], manifest["blocks"], manifest["shards"]) == (0, [], [])


@pytest.mark.node
def test_the_client_in_node(papers: list[SearchDocument], tmp_path: Path) -> None:
    """Tokens, scores, ranking and malformed queries: what tests/search/*.test.mjs assert about this index."""
    for path, content in search_files(papers).items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(content)
    (tmp_path / "cases.json").write_text(json.dumps(cases(papers)), "utf-8")
    tests = sorted(str(path) for path in (TESTS / "search").glob("*.test.mjs"))
    result = subprocess.run(
        ["node", "--test", *tests],
        env=os.environ | {"REGESTA_SEARCH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def cases(papers: Sequence[SearchDocument]) -> dict[str, object]:
    """What the tests in node are to find: the terms of texts, and for each paper, words that lead to it."""
    spread = Counter(term for paper in papers for term in set(terms(paper.title)) | set(terms(paper.abstract)))
    found = [
        {
            "url": paper.url,
            "title": paper.title,
            "fields": {name: terms(paper.field(name)) for name in FIELDS},
            "rarer": " ".join(rarer(paper.title, spread)),
        }
        for paper in numbered(papers)
    ]
    texts = [*NASTY, *stop_words(), *(text for paper in papers for text in (paper.title, paper.abstract))]
    spoken = {word for paper in papers for word in words(paper.title + " " + paper.abstract) if re.fullmatch("[a-z]{2,}", word)}
    return {
        "texts": [[text, terms(text)] for text in texts],
        "papers": found,
        "terms": sorted(spread),
        "words": sorted(word for word in spoken if term_of(word)),
    }


def rarer(title: str, spread: Counter[str]) -> list[str]:
    """The three words of a title that the fewest papers have."""
    known = [word for word in dict.fromkeys(words(title)) if term_of(word)]
    return sorted(known, key=lambda word: spread[term_of(word)])[:3]


def read_index(files: dict[str, bytes]) -> dict[str, list[dict[int, tuple[int, int]]]]:
    """Term → field → paper → (frequency, length), as `docs/search.md` says that a block is read."""
    blocks = "".join(content.decode() for path, content in files.items() if path.endswith(".txt"))
    index = {}
    for line in blocks.splitlines():
        term, *fields = line.split("\t")
        index[term] = [postings(digits) for digits in fields]
    return index


def postings(digits: str) -> dict[int, tuple[int, int]]:
    """Paper → (frequency, length)."""
    numbers = [
        sum((ord(digit) - (94 if digit >= "^" else 62)) * 32**power for power, digit in enumerate(reversed(text)))
        for text in re.findall(r"[>-\]]*[\^-}]", digits)
    ]
    found, paper, rest = {}, 0, iter(numbers)
    for step in rest:
        paper += step // 2
        found[paper] = (next(rest) if step % 2 else 1, next(rest))
    return found
