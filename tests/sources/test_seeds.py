"""The five real dumps in `content/scraped`: their papers are counted, and the odd ones checked by hand."""

import io
import re
from collections import Counter
from contextlib import redirect_stdout
from html import unescape

import pytest

from helpers import SCRAPED, files_of, import_into, new_root
from regesta.content.paper_files import dump, load_papers, parse, update
from regesta.sources.common.dump import Dump
from regesta.sources.huggingface_text import read
from regesta.sources.registry import read_paths
from regesta.text.formulas import FORMULA, plain
from regesta.text.links import find_links, unmask
from regesta.text.markdown import abstract_html, lead_html, plain_text
from regesta.text.strings import one_line
from regesta.text.tex import restore

pytestmark = pytest.mark.slow

DUMPS = sorted(SCRAPED.glob("*.txt"))
BY_NUMBER = {path.name[:3]: path for path in DUMPS}


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """Return a new archive with the five dumps imported; `said.txt` holds the output of the import."""
    root = new_root(tmp_path_factory.mktemp("seeds"))
    (root / "content" / "scraped").mkdir()
    for path in DUMPS:
        (root / "content" / "scraped" / path.name).write_bytes(path.read_bytes())
    with redirect_stdout(io.StringIO()) as said:
        assert import_into(root, root / "content" / "scraped") == 0
    (root / "said.txt").write_text(said.getvalue())
    return root


@pytest.fixture(scope="module")
def papers(archive):
    """Return the 461 papers of the files, by id."""
    files, problems = load_papers(archive / "content" / "papers")
    assert problems == []
    return {file.paper.id: file.paper for file in files}


@pytest.fixture(scope="module")
def entries():
    """Return the 488 entries, by the number of their dump and the line of their title."""
    reading = read_paths([SCRAPED], SCRAPED.parent)
    assert reading.problems == []
    return {(paper.origin[0].file[8:11], paper.origin[0].line): paper for paper in reading.papers}


def raw(number, line):
    """Return the title and the abstract of an entry as the dump has them."""
    lines = BY_NUMBER[number].read_text(encoding="utf-8").split("\n")
    below = (text for text in lines[line:] if text)
    title = lines[line - 1]
    return title.removeprefix("Subscribe") if (number, line) == ("000", 3) else title, next(below)


def test_found_488_is_461_new_and_27_merged(archive):
    assert (archive / "said.txt").read_text() == "imported: found 488 = 461 new + 27 merged\n"


def test_importing_again_rewrites_no_file(archive, capsys):
    before = files_of(archive / "content")
    assert import_into(archive, archive / "content" / "scraped") == 0
    assert capsys.readouterr().out == "imported: found 488 = 461 unchanged + 27 merged\n"
    assert files_of(archive / "content") == before
    assert len([path for path in before if path.startswith("papers/")]) == 461


@pytest.mark.parametrize(
    ("number", "listed", "by_authors", "by_organization", "bare", "inferred", "full", "commented"),
    [
        ("000", 119, 0, 0, 119, 0, 0, 0),
        ("001", 121, 110, 2, 9, 46, 66, 34),
        ("002", 55, 47, 2, 6, 24, 25, 21),
        ("003", 87, 0, 0, 87, 0, 0, 0),
        ("004", 106, 0, 0, 106, 0, 0, 0),
    ],
)
def test_each_dump_holds_what_was_counted_in_it(
    number, listed, by_authors, by_organization, bare, inferred, full, commented
):
    reading = read(Dump(BY_NUMBER[number].name, BY_NUMBER[number].read_text(encoding="utf-8")))
    found = reading.papers
    assert reading.problems == []
    assert len(found) == listed
    assert sum(paper.authors_count is not None for paper in found) == by_authors
    assert sum(paper.organization is not None for paper in found) == by_organization
    assert sum(paper.authors_count is None and paper.organization is None for paper in found) == bare
    assert (
        sum(paper.inferred == ("published",) and paper.published.startswith("2025-") for paper in found)
        == inferred
    )
    assert sum(bool(paper.published) and not paper.inferred for paper in found) == full
    assert sum(paper.comments is not None for paper in found) == commented


def test_what_is_known_of_the_461(papers):
    known = papers.values()
    assert len(known) == 461
    assert sum(bool(paper.published) for paper in known) == 161
    assert len({paper.published for paper in known if paper.published}) == 150
    assert sum("published" in paper.inferred for paper in known) == 70
    assert sum(paper.organization is not None for paper in known) == 4
    assert sum(paper.comments is not None for paper in known) == 55
    assert not any(paper.authors for paper in known)
    assert min(paper.published for paper in known if paper.published)[:4] == "2017"
    assert max(paper.published for paper in known)[:4] == "2025"


def test_every_place_of_origin_is_kept(papers):
    assert sum(len(paper.origin) for paper in papers.values()) == 488
    assert Counter(len(paper.origin) for paper in papers.values()) == {1: 436, 2: 23, 3: 2}
    for paper in papers.values():
        assert {f"scrape-{origin.file[8:11]}" for origin in paper.origin} == set(paper.collections)


def test_a_copy_with_a_date_enriches_one_without(papers):
    twice = [paper for paper in papers.values() if len(paper.origin) > 1]
    dated = [
        paper
        for paper in twice
        if paper.published and {origin.file[8:11] for origin in paper.origin} & {"000", "003", "004"}
    ]
    assert len(dated) == 15
    angles = papers["angles-dont-lie-unlocking-training-efficient-rl-through-the-models-own-signals"]
    assert (angles.published, angles.inferred, angles.authors_count, angles.comments) == (
        "2025-06-02",
        ("published",),
        9,
        2,
    )
    assert [(origin.file[8:11], origin.line) for origin in angles.origin] == [("002", 85), ("003", 317)]


def test_no_title_and_no_abstract_is_cut(entries, papers):
    """Text without TeX, mirrors and odd spaces is shown to the character."""
    odd = re.compile(
        r"[\\$^{}]|--|[A-Za-z)]~|``|\dtimes|\bsim ?\d|leq ?\d|infty|rightarrow|pages\.dev|effarig"
    )
    same = 0
    for (number, line), paper in entries.items():
        title, abstract = raw(number, line)
        if not odd.search(title):
            assert paper.title == title
        if not odd.search(abstract):
            assert plain_text(paper.abstract) == abstract
            same += 1
        assert len(plain_text(paper.abstract)) > 0.9 * len(abstract)
    assert same > 330
    assert len(papers) == len({paper.title for paper in entries.values()})


def test_every_abstract_is_shown_exactly_as_it_was_cleaned(papers):
    """It holds for all 461, as plain text, as HTML, and as far as lists show it."""
    for paper in papers.values():
        number, line = paper.origin[0].file[8:11], paper.origin[0].line
        cleaned = restore(unmask(one_line(raw(number, line)[1])))
        assert plain_text(paper.abstract) == " ".join(plain(cleaned).split())
        wanted = letters(FORMULA.sub("", cleaned))
        assert letters(text_of(abstract_html(paper.abstract))) == wanted
        assert wanted.startswith(letters(text_of(lead_html(paper.abstract))))


def text_of(html):
    return unescape(
        re.sub(
            r"<[^>]+>", "", re.sub(r"<math.*?</math>|<code class=.*?</code>|<su[bp]>.*?</su[bp]>", "", html)
        )
    )


def letters(text):
    return "".join(text.split()).replace("…", "")


def test_front_matter_is_written_read_and_written_the_same(archive):
    files, _ = load_papers(archive / "content" / "papers")
    assert len(files) == 461
    for file in files:
        text = file.path.read_text(encoding="utf-8")
        assert dump(parse(text, file.path.stem, file.path.name)) == text


def test_an_update_that_changes_nothing_changes_no_character(archive):
    for file in load_papers(archive / "content" / "papers")[0][::10]:
        text = file.path.read_text(encoding="utf-8")
        assert update(text, file.paper, ("title", "tags", "origin", "abstract")) == text


def test_addresses(entries):
    links = {place: find_links(unmask(raw(*place)[1])) for place in entries}
    found = [link for several in links.values() for link in several]
    assert (
        sum(link.url.startswith("http") and link.url != "https://muse-bench.github.io" for link in found)
        == 122
    )
    assert sum(bool(several) for several in links.values()) == 119 + 1  # one has no scheme
    assert not [link.url for link in found if re.search(r"[.,;)}]$|pages\.dev|effarig", link.url)]
    assert Counter(link.kind for link in found) == {"code": 93, "project": 25, "model": 3, "data": 1, "": 1}


@pytest.mark.parametrize(
    ("number", "line", "links"),
    [
        ("000", 47, {"code": "https://github.com/locuslab/deq"}),
        ("000", 153, {"model": "https://huggingface.co/tiiuae/falcon-mamba-7b"}),
        (
            "000",
            211,
            {
                "model": "https://huggingface.co/nlpie",
                "code": "https://github.com/nlpie-research/Compact-Biomedical-Transformers",
            },
        ),
        ("001", 525, {"project": "https://huggingface.co/spaces/ortal1602/ARvsFM"}),
        ("001", 785, {"project": "https://mathcritique.github.io/"}),
        ("001", 117, {"code": "https://github.com/UESTC-GQJ/TKRE"}),
        ("002", 21, {}),
        ("002", 317, {"model": "https://huggingface.co/hydroxai"}),
        ("003", 41, {}),  # the front page of a host is not a link to code
        ("003", 97, {"project": "https://llm-stacking.github.io/"}),
        (
            "003",
            237,
            {"code": "https://github.com/chschroeder/self-training-for-sample-efficient-active-learning"},
        ),
        (
            "004",
            107,
            {
                "data": "https://huggingface.co/collections/chungimungi/arxiv-hard-negatives-68027bbc601ff6cc8eb1f449"
            },
        ),
        ("004", 383, {"project": "https://fywalter.github.io/nudging/"}),
        ("004", 403, {"project": "http://rwku-bench.github.io"}),
        ("004", 419, {"project": "https://muse-bench.github.io"}),
    ],
)
def test_links_of_odd_addresses(entries, number, line, links):
    assert entries[number, line].links == links


@pytest.mark.parametrize(
    ("number", "line", "name", "identifier"),
    [
        ("001", 429, "NVIDIA", "nvidia"),
        ("001", 729, "Tencent", "tencent"),
        ("002", 129, "Tencent", "tencent"),
        ("002", 309, "Cohere Labs", "CohereLabs"),
    ],
)
def test_organizations(entries, number, line, name, identifier):
    organization = entries[number, line].organization
    assert (organization.name, organization.id) == (name, identifier)
    assert entries[number, line].authors_count is None


@pytest.mark.parametrize(
    "place",
    [
        *(("001", line) for line in (21, 73, 77, 113, 333, 385, 453, 513, 693)),
        *(("002", line) for line in (117, 185, 253, 281, 285, 305)),
    ],
)
def test_entries_without_metadata_stay_undated(entries, place):
    paper = entries[place]
    assert (paper.published, paper.authors_count, paper.organization, paper.comments) == (
        "",
        None,
        None,
        None,
    )


@pytest.mark.parametrize(
    ("number", "line", "title"),
    [
        ("000", 75, "multiMentalRoBERTa: A Fine-tuned Multiclass Classifier for Mental Health Disorder"),
        ("000", 217, "2 OLMo 2 Furious"),
        ("001", 89, "mPLUG-Owl: Modularization Empowers Large Language Models with Multimodality"),
        (
            "001",
            517,
            "Met$^2$Net: A Decoupled Two-Stage Spatio-Temporal Forecasting Model for Complex Meteorological Systems",
        ),
        ("002", 221, "e1: Learning Adaptive Control of Reasoning Effort"),
        (
            "002",
            237,
            "PanGu-$α$: Large-scale Autoregressive Pretrained Chinese Language Models with Auto-parallel Computation",
        ),
        ("002", 341, '"Give Me BF16 or Give Me Death"? Accuracy-Performance Trade-Offs in LLM Quantization'),
        ("003", 101, "ReST-MCTS*: LLM Self-Training via Process Reward Guided Tree Search"),
        ("004", 367, "Adapt-∞: Scalable Lifelong Multimodal Instruction Tuning via Dynamic Data Selection"),
    ],
)
def test_odd_titles(entries, number, line, title):
    assert entries[number, line].title == title


@pytest.mark.parametrize(
    ("number", "line", "text"),
    [
        ("000", 17, "DeBERTa-large-MNLI model of <0.5B parameters"),
        ("000", 25, r"based on the \answerdotai/ModernBERT-large architecture"),
        ("000", 33, "which we named Albertina PT-*, a strong model"),
        ("000", 47, "available at https://github.com/locuslab/deq ."),
        ("000", 97, "the following resources: 1. We release the Llama-Nemotron"),
        ("000", 139, r"computed using \RTP (RTP) benchmark"),
        ("000", 149, "a residual matrix W^res for error correction"),
        ("000", 173, "fast inference (5× higher throughput"),
        ("000", 175, "a resolution of {64× 64× 64}"),
        ("000", 197, "(observation times action → observation)"),
        ("000", 207, "naïve learner"),
        ("000", 217, "best practices from Tülu 3"),
        ("001", 65, "models with 2× larger scales by ~2.6%"),
        ("001", 117, r"\footnote{The code and data are released on https://github.com/UESTC-GQJ/TKRE"),
        ("001", 125, r"we propose \method, a two-stage framework"),
        ("001", 173, "Knights & Knaves (K&K) logic puzzles"),
        ("001", 173, "(≤100 examples)"),
        ("001", 369, "up to 2.29× for LLaVA-1.5-7B"),
        ("001", 453, "drops 74.9 → 57.2"),
        ("001", 589, "termed “scaling law crossover,” where"),
        ("001", 637, r"(\eg adapters)"),
        ("001", 645, "a 10× improvement"),
        ("001", 889, "we propose PATIENT-Ψ, a novel"),
        ("002", 153, "additional 5∼15% improvements"),
        ("002", 265, "1.8× faster than RT-DETR-R18"),
        ("002", 317, r"\textbf{We will open-source all trained models"),
        ("002", 325, "Low Rank Adapters (LoRA)"),
        ("003", 33, "compact size (13~15M)"),
        ("003", 85, "we introduce TÜLU 3, a family"),
        ("003", 97, "our G_stack model converges"),
        ("003", 101, "called ReST-MCTS*, based on"),
        ("003", 149, "the SequenceMatch-chi^2 divergence"),
        ("003", 169, "up to ∼99% of the performance"),
        ("003", 281, "could be “reprogrammed” to solve"),
        ("004", 87, "(∼1% of pretraining epochs)"),
        ("004", 91, "T\u00dcLU 3, which builds on"),
        ("004", 95, "maximizing p(caption|image) and p(image|caption)"),
        ("004", 107, "Query → LLM HN approach"),
        ("004", 187, "at least 180× training acceleration"),
        ("004", 367, "we propose Adapt-∞, a new"),
        ("004", 407, "large models (∼2.6B parameters)"),
    ],
)
def test_odd_abstracts(entries, number, line, text):
    assert text in plain_text(entries[number, line].abstract).replace("\u00a0", " ")


def test_tex_that_stands_for_characters_is_gone(papers):
    left = Counter(
        command
        for paper in papers.values()
        for command in re.findall(r"\\(?:[A-Za-z]+|.)", plain_text(paper.abstract))
    )
    assert left == {"\\method": 2, "\\RTP": 1, "\\eg": 1, "\\answerdotai": 1, "\\footnote": 1, "\\textbf": 1}


def test_ids_are_readable_and_safe(papers):
    assert all(re.fullmatch(r"[a-z0-9][a-z0-9-]{0,79}", paper_id) for paper_id in papers)
    hashed = [paper_id for paper_id in papers if re.search(r"-[0-9a-f]{8}$", paper_id)]
    assert hashed == []
