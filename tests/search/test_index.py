"""The search index and its client. The tests in tests/search/*.mjs run in node, on an index that is made here."""

import json
import os
import random
import re
import subprocess
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import pytest
import yaml

from helpers import REPOSITORY, TESTS
from matches import QUERIES, chance_queries, invented_archive, paper_of
from regesta.archive.archive_rows import make_archive
from regesta.content.authors import Person
from regesta.content.paper import Paper
from regesta.search.blocks import TableWriter
from regesta.search.documents import Numbers, SearchDocument, numbered
from regesta.search.fields import ABSTRACT, FIELDS
from regesta.search.index import index_files
from regesta.search.layering import BASE, RECENT, interleaving, layers
from regesta.search.query import Query
from regesta.search.searchable import Searchable, known_names, searchable
from regesta.search.stems import stop_words, term_of, word_of
from regesta.search.tokens import placed_terms, spots, terms, words
from regesta.search.whole import whole_index
from regesta.text.formulas import plain

PAPERS = REPOSITORY / "content" / "papers"
READERS = json.loads((TESTS / "search" / "readers.json").read_text(encoding="utf-8"))
BLOCK_NAME, SHARD_NAME = 6, 4

# Texts on which tokenizers differ, with the terms that both of ours give.
NASTY = {
    "The café's owner naïvely ordered crème brûlée": "cafe owner naiv order creme brule",
    "E\u0301cole, ÉCOLE and e\u0301cole": "ecol ecol ecol",
    "Straße, Søren, Łódź, Encyclopædia, Đuro, İstanbul, ılık": "strass soren lodz encyclopaedia duro istanbul ilik",
    "ΟΔΟΣ οδός οδοσ": "οδοσ οδοσ οδοσ",
    "𝛼-divergence, ﬁrst ﬂow, ｗｉｄｅ, ℝⁿ, x² and ½": "alpha diverg alphadiverg first flow wide rn x2 1⁄2",
    "大语言模型 for トークン": "大 语 言 模 型 ト ー ク ン",
    "𠀀𠀁 한국어 обучение й": "𠀀 𠀁 한국어 обучение и",
    "🤗Transformers 👩‍🚀 ❤️ ™": "🤗 transform 👩 🚀 tm",
    "4.5, (60.01%) 10,000 -0.5 10⁻³ 3×": "4.5 60.01 10,000 0.5 10 3 3",
    "state-of-the-art pre–training yes—no and/or non\u2011local soft\u00adly zero\u200bwidth": (
        "state art pre train ye non local nonloc softli zerowidth"
    ),
    "model's models’ ‘model’s’ don't 'tis O'Brien l’oréal": "model model model don't o'brien l'oreal",
    "C++ C# _x_ a.b @home $β$ ``quoted'' {braces} …": "c++ c# x a.b home beta quot brace",
    "lay try happy sky yes flies ies agreed feeding hopping falling bed sing": (
        "lay tri happi ski ye fli i agre feed hop fall bed sing"
    ),
    "relational generalization probate rate cease controlling roll": "relat gener probat rate ceas control roll",
    "\u2028line\u2029feed\x85\x1c\xa0tab\t\x00nul": "line feed tab nul",
    "constructor __proto__ toString": "constructor proto tostr",
    "Qwen2.5, DeBERTaV3 conv2d GPT4o r1 4bit": "qwen 2.5 qwen2.5 deberta debertav v3 3 debertav3 con conv v2d 2d conv2d gpt 4o gpt4o r1 4bit",
    "use_cache_dir to_dict L_2 x^2 a__b": "us cach dir usecachedir dict todict l 2 l2 x 2 x2 b ab",
    "(C++), C++. C/C++ F# 10++ O(n log n) word(s)": "c++ c++ c c++ f# 10 o n log n word s",
    "Adapt-∞ ∀x ∇-free 2506.01234v2 2506.01234": "adapt ∞ adapt∞ ∀x ∇ free ∇free 2506.01234 2506.01234",
    "β-VAE Beta-VAE β beta αβγ": "beta vae betava beta vae betava beta beta αβγ",
    " \t - -- … '' ": "",
}

# Invented papers: their subjects differ, and they share some words.
SUBJECTS = [
    (
        "Counting Moss on North Walls",
        "We count moss on the north walls of forty barns and model its growth with rain.",
    ),
    (
        "A Model of Slow Rivers",
        "Slow rivers carry sand. Our model of the sand predicts where a river bends next.",
    ),
    (
        "Rivers, Revisited: The Model’s Own Errors",
        "The model errs where rivers are fast; we measure its errors and mend them.",
    ),
    (
        "Learning to Bake Bread without Ovens",
        "Learning from bakers, we generalize baking to pans, coals and hot stones.",
    ),
    ("Naïve Cafés", "A café that opens naïvely closes early. We compare cafés in ﬁve towns."),
    (
        "𝛼-Divergence for Beginners",
        "Divergence measures how far two distributions are apart; we explain α-divergence.",
    ),
    (
        "大语言模型 and Large Language Models",
        "Language models of any size, large or small, translate poems with errors.",
    ),
    (
        "State-of-the-Art Kites",
        "Kites fly 4.5, 10,000 or 12 metres high. We fly the state of the art in strong wind.",
    ),
    (
        "Why Bridges Hum: Measurements in Strong Wind",
        "Bridges hum in wind; measurements on nine bridges locate the tone.",
    ),
    (
        "Optimization of Tea",
        "Optimizing the time of brewing is harder than optimizing its heat. Tea models help.",
    ),
    (
        "Generative Gardens 🤗",
        "Gardens that generate themselves from seeds, by generative rules and learning.",
    ),
    (
        "The Constructor’s Handbook of __proto__",
        "What toString and constructor mean to those who measure bridges and walls.",
    ),
]


def document(
    paper_id: str, title: str, abstract: str = "", date: str = "", **fields: tuple[str, ...]
) -> SearchDocument:
    """A paper as search knows it."""
    year = date[:4]
    names = tuple(
        sorted(
            (
                *fields.pop("names", ()),
                *([f"year/{year}"] if year else []),
                *(f"tag/{'-'.join(words(tag))}" for tag in fields.get("tags", ())),
            )
        )
    )
    text = Searchable(
        title,
        abstract,
        fields.get("authors", ()),
        fields.get("organization", ()),
        fields.get("tags", ()),
        (),
        year,
        names,
    )
    return SearchDocument(paper_id, date, text, (title, year, date, "", text.tags, "", abstract[:60]))


def own_papers() -> list[SearchDocument]:
    """The papers of SUBJECTS, some of them dated."""
    dates = ["", "2024-03-01", "2023", "2024-03-01", "", "2025-01-31"]
    return [
        document(
            f"paper-{position:02}", title, abstract, dates[position % 6], authors=("Søren Example", f"Ada Number{position % 4}"),
            organization=("Example Institute",) if position % 3 == 0 else (), tags=("Measurement",) if "measure" in abstract else (),
            names=("has/code",) if position % 2 else (),
        )
        for position, (title, abstract) in enumerate(SUBJECTS)
    ]  # fmt: skip


def archive_papers() -> list[SearchDocument]:
    """The papers of this repository, read in the simplest way."""
    papers = []
    for path in sorted(PAPERS.rglob("*.md")):
        _, head, body = path.read_text("utf-8").split("---\n", 2)
        facts = yaml.load(head, yaml.BaseLoader)
        text = re.sub(r"\\([^\w\s])", r"\1", body).strip()
        papers.append(
            document(
                facts["id"],
                facts["title"],
                text,
                facts.get("published", ""),
                tags=tuple(facts.get("tags", ())),
            )
        )
    return papers


@pytest.fixture(scope="module", autouse=True)
def _many_groups() -> Iterator[None]:
    """Let so few papers fall into several groups, with numbers left out between them."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("regesta.search.documents._GAPS", ((1 << 20, 3, 8),))
        yield


def by_number(papers: Sequence[SearchDocument]) -> dict[int, SearchDocument]:
    """Return papers by their numbers."""
    numbers = Numbers(len(papers))
    return {numbers.take(paper.id): paper for paper in numbered(papers)}


@pytest.fixture(scope="module", params=[own_papers, pytest.param(archive_papers, marks=pytest.mark.slow)])
def papers(request: pytest.FixtureRequest) -> list[SearchDocument]:
    """The invented papers, and those of this repository."""
    found: list[SearchDocument] = request.param()
    if not found:
        pytest.skip("content/papers/ holds no papers")
    return found


@pytest.fixture(scope="module")
def index(papers: list[SearchDocument]) -> "Read":
    """Their index in one layer, as a browser reads it."""
    return Read(index_files({"base": papers}, {"tag/measurement": "Measurements"}), "base")


def in_layers(papers: Sequence[SearchDocument]) -> dict[str, Sequence[SearchDocument]]:
    """The index with every seventh paper in the recent layer."""
    return {"base": [paper for i, paper in enumerate(papers) if i % 7], "recent": papers[::7]}


@pytest.mark.parametrize("text", NASTY)
def test_terms(text: str) -> None:
    """Diacritics, ligatures, scripts without spaces, symbols and stems are treated as documented."""
    assert " ".join(terms(text)) == NASTY[text]


def test_stop_words_have_a_place_and_two_halves_are_found_as_one() -> None:
    """So a phrase differs from words that merely occur."""
    assert placed_terms("The state of the art, pre-training") == [
        (1, "state"),
        (4, "art"),
        (5, "pre"),
        (6, "train"),
        (6, "pretrain"),
    ]


def test_a_paper_is_found_by_every_kind_of_text(papers: list[SearchDocument], index: "Read") -> None:
    """Each term of each field is in a block, with the paper, the frequency and, except in abstracts, the length."""
    expected = defaultdict(lambda: [{} for _ in FIELDS])
    for number, paper in by_number(papers).items():
        for position, items in enumerate(paper.items):
            found = [term for item in items for term in terms(item)]
            for term, frequency in Counter(found).items():
                length = 0 if position == ABSTRACT else len(found)
                expected[term][position][number] = (frequency, length)
    for term, fields in expected.items():
        found = index.papers(term)
        assert fields == found + [{}] * (len(FIELDS) - len(found))


def test_the_places_of_terms_are_theirs(papers: list[SearchDocument], index: "Read") -> None:
    """They are for phrases; between two authors, one position stays empty."""
    places = cache(partial(index.places, field=ABSTRACT))
    for number, paper in [*by_number(papers).items()][:40]:
        for place, term in placed_terms(paper.text.abstract):
            assert place in places(term)[number]
    if papers[0].text.authors:
        authors = FIELDS.index("authors")
        assert [index.places(term, authors)[0][0] for term in terms("Søren Example Ada")] == [0, 1, 3]


def test_names_lead_to_their_papers(papers: list[SearchDocument], index: "Read") -> None:
    """`tag:x` and the like are looked up like terms; the label is beside them."""
    order = by_number(papers)
    for name in {name for paper in papers for name in paper.text.names}:
        holders = [number for number, paper in order.items() if name in paper.text.names]
        assert index.named(name)[0] == holders
    if papers[0].id == "paper-00":
        assert index.named("tag/measurement")[1] == "Measurements"


def test_blocks_follow_utf16_and_their_borders(index: "Read") -> None:
    """The client finds the block of a term by comparing it with the borders, in JavaScript's order."""
    for table in index.tables().values():
        before = b""
        for border, lines in table:
            for line in lines:
                word = line.split("\t")[0].encode("utf-16-be")
                assert before < word
                assert border.encode("utf-16-be") <= word
                before = word


def test_shards_show_every_paper_once(papers: list[SearchDocument], index: "Read") -> None:
    """A shard holds the papers of four numbers, or of eight, in their order."""
    assert {number: shown[0] for number, shown in index.shown().items()} == {
        number: paper.id for number, paper in by_number(papers).items()
    }


def test_words_that_may_have_been_meant(papers: list[SearchDocument], index: "Read") -> None:
    """All words of titles and names, and words of several abstracts; many words of only one abstract are mistakes."""
    tables = index.tables()
    spelled = {line for _, lines in tables["words"] for line in lines}
    assert {
        word
        for paper in papers
        for word in words(paper.text.title)
        if len(word) > 3 and term_of(word) and (len(spots(word)) == 1 or word.isalnum())
    } <= spelled
    assert {line[::-1] for _, lines in tables["endings"] for line in lines} == spelled


def test_the_same_papers_give_the_same_bytes(papers: list[SearchDocument]) -> None:
    """The order in which papers come does not matter."""
    by_layer = in_layers(papers)
    shuffled = {name: random.Random(3).sample(there, len(there)) for name, there in by_layer.items()}
    assert index_files(shuffled, {}) == index_files(by_layer, {})


def test_new_papers_leave_the_files_of_the_others_alone(papers: list[SearchDocument]) -> None:
    """Only the manifest and the recent layer are written again."""
    by_layer = in_layers(papers)
    more = {
        **by_layer,
        "recent": [
            *by_layer["recent"],
            document("new", "A New Paper on Rivers", "It measures.", "2026-01-01"),
        ],
    }
    before, after = index_files(by_layer, {}), index_files(more, {})
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed
    assert all(path.startswith("search/recent/") or path == "search/manifest.json" for path in changed)


@pytest.mark.parametrize(("count", "days", "recent"), [(0, 1, 0), (461, 30, 0), (3000, 1, 0), (10_000, 1, 0)])
def test_small_archives_and_those_of_one_day_have_one_layer(count: int, days: int, recent: int) -> None:
    """A second file for each word would cost more than it saves."""
    by_layer = layers([Paper(str(i), added=f"2025-01-{1 + i % days:02}") for i in range(count)])
    assert {name: len(there) for name, there in by_layer.items()} == ({"base": count - recent})


@pytest.mark.slow
def test_the_base_stays_while_papers_are_added_day_by_day() -> None:
    """In 60 days of 30 papers it changes only a few times, and its papers depend on the days only."""
    papers = [Paper(str(i), id=str(i), added="2025-01-01") for i in range(10_000)]
    bases = []
    for day in range(60):
        papers += [
            Paper("x", id=f"d{day}-{i}", added=f"2025-{2 + day // 28:02}-{1 + day % 28:02}")
            for i in range(30)
        ]
        by_layer = layers(random.Random(day).sample(papers, len(papers)))
        assert {p.id for there in by_layer.values() for p in there} == {p.id for p in papers}
        bases.append(frozenset(p.id for p in by_layer["base"]))
    assert len(set(bases)) <= 8
    assert all(len(papers) - len(base) <= 2000 for base in bases)


def test_how_two_layers_are_interleaved() -> None:
    """For each recent paper, the number of base papers between it and the recent paper before it."""
    assert interleaving([BASE, RECENT, BASE, RECENT, BASE, BASE, RECENT, RECENT]) == "__`^"


def numbers_of(ids: Sequence[str]) -> dict[str, int]:
    """Return the number of each paper by its id."""
    numbers = Numbers(len(ids))
    return {paper_id: numbers.take(paper_id) for paper_id in ids}


def test_an_old_paper_less_changes_few_numbers() -> None:
    """Only those of its group, and not those of all later papers."""
    ids = [f"paper-{number}" for number in range(600)]
    before = numbers_of(ids)
    changed = []
    for gone in range(0, 600, 7):
        rest = [*ids[:gone], *ids[gone + 1 :]]
        after = numbers_of(rest)
        changed.append(sum(number != before[paper_id] for paper_id, number in after.items()))
    assert sorted(changed)[len(changed) // 2] <= 8


def test_a_changed_line_changes_its_own_block_only() -> None:
    """Borders between blocks do not move, except now and then the next one."""
    lines = {f"{random.Random(i).random()}": b"x" * (10 + i % 30) for i in range(2000)}
    before = TableWriter("", 500).put(lines)
    written = []
    for word in [*lines][::50]:
        after = TableWriter("", 500).put({**lines, word: lines[word] + b"yyy"})
        written.append(len(after.keys() - before.keys()))
    assert sorted(written)[len(written) // 2] == 1
    assert sum(written) < 1.5 * len(written)
    sizes = sorted(map(len, before.values()))
    assert sizes[len(sizes) // 20] >= 250
    assert sizes[-1] <= 750


def test_an_inferred_year_is_shown_in_brackets_and_found_without_them() -> None:
    """What was inferred is not shown as a fact."""
    paper = own_papers()[1]
    index = Read(
        index_files({"base": [paper._replace(shown=("T", "[2024]", "1 March", "", (), "", ""))]}, {}), "base"
    )
    assert index.shown()[0][2:4] == ["[2024]", "1 March"]
    assert index.papers("2024")


def test_the_index_knows_which_word_of_a_stem_a_paper_has() -> None:
    """For each ending the papers, and whether the title has it; the bare word only where there is another one."""
    papers = [
        document("a", "Adapters, Generic and General", "They adapt. Adaptation is generic.", "2021"),
        document("b", "News of Adapting", "We adapt what is new.", "2022"),
        document("c", "Modelling a Model", "Models.", "2023"),
    ]
    forms = Read(index_files({"base": papers}, {}), "base").forms()
    assert forms == {
        "adapt er": [(0, True)],
        "adapt ation": [(0, False)],
        "adapt =": [(0, False)],
        "gener ic": [(0, True)],
        "gener al": [(0, True)],
        "new s": [(8, True)],
        "new =": [(8, False)],
    }


def test_stop_words_have_places_in_titles_and_in_rows_of_three() -> None:
    """So they are found in quotes; elsewhere they would cost more than they find."""
    papers = [document("who", "The Who", "To be or not to be of the essence, or of the kind.", "2021")]
    index = Read(index_files({"base": papers}, {}), "base")
    assert index.places(" who", 0) == {0: [1]}
    assert index.places(" be", ABSTRACT) == {0: [1, 5]}
    assert index.places(" of", ABSTRACT) == {0: [6, 10]}


def test_an_empty_archive_has_an_index() -> None:
    """A site without papers can be searched; nothing is found."""
    manifest = json.loads(index_files({"base": []}, {})["search/manifest.json"])
    assert [(layer["documents"], layer["terms"], layer["shards"]) for layer in manifest["layers"]] == [
        (0, {"borders": [], "blocks": ""}, "")
    ]


@pytest.mark.node
@pytest.mark.parametrize("layered", [False, True])
def test_the_client_in_node(papers: list[SearchDocument], tmp_path: Path, *, layered: bool) -> None:
    """Tokens, scores, ranking and malformed queries: tests/search/*.test.mjs on this index."""
    if len(papers) > len(SUBJECTS) and not layered and not os.environ.get("WIDE"):
        pytest.skip("site/test_search.py asks as much of this archive, in one layer, in a browser")
    write(tmp_path, index_files(in_layers(papers) if layered else {"base": papers}, {}))
    (tmp_path / "lunr.json").write_bytes(whole_index(papers))
    (tmp_path / "cases.json").write_text(json.dumps(cases(papers)), "utf-8")
    run_in_node(tmp_path, sorted(str(path) for path in (TESTS / "search").glob("*.test.mjs")))


@pytest.mark.node
def test_the_page_finds_what_saved_searches_find(tmp_path: Path) -> None:
    """On a table written by hand and on 2,000 random queries, Python and JavaScript agree."""
    archive = invented_archive()
    texts = {paper.id: searchable(archive, paper, paper.abstract) for paper in archive.papers}
    documents = [
        SearchDocument(paper.id, paper.date, texts[paper.id], (paper.title, "", "", "", (), "", ""))
        for paper in archive.papers
    ]
    write(tmp_path, index_files({"base": documents}, {}))
    names = known_names(archive)
    found = {
        query: [name for name, text in texts.items() if Query(query, names).matches(text.terms())]
        for query in chance_queries(2000)
    }
    table = {f"{query} ": [*ids] for query, ids in QUERIES.items()}
    (tmp_path / "matches.json").write_text(json.dumps(found | table), "utf-8")
    run_in_node(tmp_path, [str(TESTS / "search" / "matches.mjs")])


@pytest.mark.node
def test_readers_find_what_they_mean(tmp_path: Path) -> None:
    """The table of queries in readers.json, on invented papers."""
    papers = [paper_of({"published": "2025", **known}) for known in READERS["papers"]]
    archive = make_archive(papers, {}, {}, [Person("Jane Doe-Smith", aliases=("J. D. Smith",))])
    texts = {paper.id: searchable(archive, paper, paper.abstract) for paper in archive.papers}
    documents = [SearchDocument(p.id, p.date, texts[p.id], (p.title, "", "", "", (), "", "")) for p in papers]
    ask_as_readers(tmp_path, documents, [query for _, queries in READERS["queries"] for query in queries])


@pytest.mark.node
@pytest.mark.slow
def test_readers_find_what_they_mean_here(tmp_path: Path) -> None:
    """The table of queries on this repository's papers."""
    papers = [
        paper._replace(text=paper.text._replace(title=plain(paper.text.title))) for paper in archive_papers()
    ]
    if not papers:
        pytest.skip("content/papers/ holds no papers")
    ask_as_readers(tmp_path, papers, READERS["own"])


def ask_as_readers(
    folder: Path, documents: Sequence[SearchDocument], queries: Sequence[Sequence[str]]
) -> None:
    """Ask queries, each of which has the id of a paper that must be found."""
    write(folder, index_files({"base": documents}, {}))
    (folder / "readers.json").write_text(json.dumps(queries), "utf-8")
    run_in_node(folder, [str(TESTS / "search" / "readers.mjs")])


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of an index."""
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)


def run_in_node(folder: Path, tests: Sequence[str], **settings: str) -> None:
    """Run tests on the index in a folder."""
    result = subprocess.run(
        ["node", "--test", *tests],
        env=os.environ | {"REGESTA_SEARCH": str(folder)} | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stdout + result.stderr


def cases(papers: Sequence[SearchDocument]) -> dict[str, object]:
    """What the tests in node should find: the terms of texts, and for each paper, words that lead to it."""
    spread = Counter(
        term for paper in papers for term in set(terms(paper.text.title)) | set(terms(paper.text.abstract))
    )
    found = [
        {"id": paper.id, "length": len(terms(paper.text.abstract)), "url": f"/papers/{paper.id}/", "title": paper.text.title, "abstract": paper.text.abstract, "rarer": " ".join(rarer(paper.text.title, spread))}
        for paper in numbered(papers)
    ]  # fmt: skip
    spoken = {
        word
        for paper in papers
        for word in words(paper.text.title + " " + paper.text.abstract)
        if re.fullmatch("[a-z]{2,}", word)
    }
    texts = [
        *NASTY,
        *stop_words(),
        *(text for paper in papers for text in (paper.text.title, paper.text.abstract)),
    ]
    return {
        "texts": [
            [text, [term for w in words(text) for spot in spots(w) for one in spot if (term := term_of(one))]]
            for text in texts
        ],
        "forms": [
            [word, *filter(None, [word_of(word).ending])]
            for word in sorted(spoken | {w for text in texts for w in words(text)})
        ],
        "papers": found,
        "terms": sorted(spread),
        "words": sorted(word for word in spoken if term_of(word)),
    }


def rarer(title: str, spread: Counter[str]) -> list[str]:
    """The three words of a title that the fewest papers have."""
    known = [word for word in dict.fromkeys(words(title)) if term_of(word)]
    return sorted(known, key=lambda word: spread[term_of(word)])[:3]


class Read:
    """A layer of an index, read as `docs/search.md` describes."""

    def __init__(self, files: Mapping[str, bytes], layer: str) -> None:
        self.files, self.folder = files, f"search/{layer}/"
        self.manifest = json.loads(files[f"{self.folder}manifest.json"])
        self._tables = self.tables()
        self._lines = {
            name: {line.split("\t")[0]: line.split("\t")[1:] for _, lines in table for line in lines}
            for name, table in self._tables.items()
        }

    def tables(self) -> dict[str, list[tuple[str, list[str]]]]:
        """The border and the lines of each block of each table."""
        tables = {"terms": self.manifest["terms"]}
        tables |= {
            name: json.loads(self.files[self.folder + self.manifest["more"][name]])
            for name in ("places", "words", "endings")
        }
        return {
            name: [
                *zip(
                    table["borders"],
                    (self._block(f"{name}/{block}") for block in _cut(table["blocks"], BLOCK_NAME)),
                    strict=True,
                )
            ]
            for name, table in tables.items()
        }

    def _block(self, name: str) -> list[str]:
        return self.files[f"{self.folder}{name}.txt"].decode().split("\n")

    def shown(self) -> dict[int, list[object]]:
        """Number → what a result shows."""
        size = self.manifest["shardSize"]
        names = {
            shard * size: f"{self.folder}shown/{shard}-{name}.json"
            for shard, name in enumerate(_cut(self.manifest["shards"], SHARD_NAME))
            if name.strip()
        }
        return {
            first + place: paper
            for first, name in names.items()
            for place, paper in enumerate(json.loads(self.files[name]))
        }

    def papers(self, term: str) -> list[dict[int, tuple[int, int]]]:
        """Field → paper → (frequency, length, 0 in abstracts)."""
        return [self._postings(digits, field) for field, digits in enumerate(self._lines["terms"][term])]

    def _postings(self, digits: str, field: int) -> dict[int, tuple[int, int]]:
        found, paper, rest = {}, 0, iter(_numbers(digits))
        for step in rest:
            paper += step // 2
            found[paper] = (next(rest) if step % 2 else 1, 0 if field == ABSTRACT else next(rest))
        return found

    def places(self, term: str, field: int) -> dict[int, list[int]]:
        """Paper → positions of a term in a field."""
        steps, found = iter(_numbers(self._lines["places"][term][field])), {}
        for paper, (frequency, _) in self.papers(term)[field].items():
            place = 0
            found[paper] = [place := place + next(steps) for _ in range(frequency)]
        return found

    def forms(self) -> dict[str, list[tuple[int, bool]]]:
        """The papers of each form of a word, and whether the title has it."""
        found = defaultdict[str, list[tuple[int, bool]]](list)
        for word, parts in self._lines["terms"].items():
            if " " in word[1:] and not word.startswith(":"):
                number = 0
                for step in _numbers(parts[0]):
                    number += step >> 1
                    found[word].append((number, step % 2 > 0))
        return found

    def named(self, name: str) -> tuple[list[int], str]:
        """The papers of a name, and its label."""
        digits, label = (*self._lines["terms"][f":{name}"], "")[:2]
        number = 0
        return [number := number + (step >> 1) for step in _numbers(digits)], label


def _cut(text: str, size: int) -> list[str]:
    return [text[i : i + size] for i in range(0, len(text), size)]


def _numbers(digits: str) -> list[int]:
    return [
        sum(
            (ord(digit) - (94 if digit >= "^" else 62)) * 32**power
            for power, digit in enumerate(reversed(text))
        )
        for text in re.findall(r"[>-\]]*[\^-}]", digits)
    ]
