"""Tags: the rule, errors in tags.yaml, and the quality of this archive's own taxonomy."""

import re
from collections import Counter

import pytest
import yaml

from regesta.archive.tags.suggestions import MOST_TAGS, Tagger
from regesta.content.paper import Paper
from regesta.content.paper_files import load_papers
from regesta.content.taxonomy import Tag, load_tags
from regesta.errors import RegestaError

MERGING = Tag("merging", "Merging", phrases=("model merging",), hints=("weight",))


def suggest(title="", abstract="", tags=(MERGING,)):
    return Tagger(tags).suggest(Paper(title, abstract))


@pytest.fixture
def taxonomy(tmp_path):
    """Return a function that reads a text as tags.yaml."""

    def read(text):
        (tmp_path / "tags.yaml").write_text(text, encoding="utf-8")
        return load_tags(tmp_path)

    return read


def complaints(read, text):
    with pytest.raises(RegestaError) as caught:
        read(text)
    return [str(problem).partition("/")[2] for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("title", "abstract", "tagged"),
    [
        ("On model merging", "", True),
        ("", "We study model merging. Model merging is cheap.", True),
        ("", "We study model merging, and model merging again. It is cheap.", False),
        ("On weights", "", False),
        ("On weights", "A weight is a number. Another weight is too.", True),
        ("", "Weights here. Weights there. Weights again.", False),
        ("", "Model merging joins models. Weights are added. Weights are averaged.", False),
        ("", "Model merging joins models. Others merge models by model merging.", False),
        ("", "Model merging joins models. Others study model merging. We do model merging.", True),
        ("", "We merge by model merging, in this paper. Model merging is known.", True),
        ("", "Model merging is old. Model merging is new. Model merging is borrowed.", True),
    ],
)
def test_a_title_or_sentences_about_the_work_give_a_tag_and_a_hint_counts_half(title, abstract, tagged):
    assert suggest(title, abstract) == (("merging",) if tagged else ())


@pytest.mark.parametrize(
    ("phrase", "title", "found"),
    [
        ("state space", "State-Space Models", True),
        ("context window", "Longer context windows", True),
        ("RL", "Two RLs compared", True),
        ("RL", "The url of it", False),
        ("RL", "On rl", False),
        ("LoRA", "LORA revisited", True),
        ("reward", "Rewarding work", False),
        ("learning theory", "On learning, theory and practice", False),
        ("learning theory", "Learning (theory)", False),
    ],
)
def test_phrases_are_whole_words_with_hyphens_plurals_and_capitals_as_documented(phrase, title, found):
    assert bool(suggest(title, tags=[Tag("it", "It", phrases=(phrase,))])) is found


def test_the_best_come_first_ties_in_the_order_of_the_file_and_six_at_most():
    tags = [
        Tag(name, name, phrases=(name,)) for name in ("one", "two", "three", "four", "five", "six", "seven")
    ]
    assert suggest("seven six five four three two one", "Three again.", tags) == (
        "three",
        "one",
        "two",
        "four",
        "five",
        "six",
    )
    assert len(suggest("seven six five four three two one", "", tags)) == MOST_TAGS


def test_an_archive_without_a_taxonomy_has_no_tags(tmp_path, taxonomy):
    assert load_tags(tmp_path) == {}
    assert taxonomy("# none yet\n") == {}


def test_a_tag_keeps_its_texts_and_is_labelled_by_its_name_if_nothing_else(taxonomy):
    tags = taxonomy("- tag: r1\n- {tag: no, label: 'Refusal ', phrases: [no, 2.0]}\n")
    assert tags["r1"].label == "r1"
    assert tags["no"] == Tag("no", "Refusal", phrases=("no", "2.0"))


def test_every_wrong_entry_is_reported_with_its_line(taxonomy):
    text = """\
- tag: good
- label: nameless
- tag: Not a name
- tag: good
- tag: odd
  phrase: [x]
- tag: listless
  phrases: word
- tag: wordless
  hints: ["?"]
- tag: deep
  label: [a, b]
  phrases:
    - fine
    - {b: c}
- plain
"""
    assert complaints(taxonomy, text) == [
        "tags.yaml:2: this entry has no tag: add a line `tag: …`",
        "tags.yaml:3: `tag` cannot be read: 'Not a name' is not a tag's name: use a-z, 0-9 and dashes",
        "tags.yaml:4: this entry names the tag 'good' a second time: join the two, or rename one",
        "tags.yaml:6: `phrase` is not a known key: did you mean `phrases`?",
        "tags.yaml:8: `phrases` cannot be read: write a list of words, as [one, two]",
        "tags.yaml:10: `hints` cannot be read: '?' is not a word: use letters and digits",
        "tags.yaml:12: `label` cannot be read: write text here, not a list",
        "tags.yaml:15: `phrases` cannot be read: write text here; quotes make text of what holds a colon",
        "tags.yaml:16: this entry cannot be read: write {tag: …}, and perhaps label, description, phrases, hints, aliases, group",
    ]


def test_a_file_that_is_no_list_of_tags_is_refused(taxonomy, tmp_path):
    assert complaints(taxonomy, "tag: one\n") == [
        "tags.yaml:1: is not a list: begin each tag with `- tag: name`, as docs/tags.md shows"
    ]
    assert complaints(taxonomy, "- tag: one\n- [\n") == [
        "tags.yaml:3: is not valid YAML (did not find expected node content): begin each tag with `- tag: name`, as docs/tags.md shows"
    ]
    (tmp_path / "tags.yaml").write_bytes(b"- tag: \xff\n")
    with pytest.raises(RegestaError, match="not UTF-8"):
        load_tags(tmp_path)


def test_the_example_in_the_documentation_is_true(repository, taxonomy):
    text = (repository / "docs/tags.md").read_text(encoding="utf-8")
    tagger = Tagger(list(taxonomy(re.search(r"```yaml\n(.*?)```", text, re.DOTALL)[1]).values()))
    quote = " ".join(re.findall(r"^> (.*)", text, re.MULTILINE))
    title, abstract = re.fullmatch(r"\*\*(.*)\*\* (.*)", quote).groups()
    assert tagger.suggest(Paper(title, abstract)) == ("long-context",)
    assert tagger.suggest(Paper("", abstract)) == ()


@pytest.fixture(scope="module")
def suggestions(repository):
    """Return the tags that this archive's taxonomy suggests for each of its papers, by id."""
    files, _ = load_papers(repository / "content/papers")
    if not files:
        pytest.skip("no papers are imported")
    tagger = Tagger(list(load_tags(repository / "content").values()))
    return {file.paper.id: tagger.suggest(file.paper) for file in files}


def test_every_paper_of_this_archive_gets_tags_and_no_tag_is_too_wide_or_too_narrow(repository, suggestions):
    borne = Counter(tag for tags in suggestions.values() for tag in tags)
    assert [paper for paper, tags in suggestions.items() if not 1 <= len(tags) <= MOST_TAGS] == []
    assert [
        tag for tag in load_tags(repository / "content") if not 3 <= borne[tag] <= len(suggestions) / 3
    ] == []


def test_a_reader_agrees_with_the_tags_of_fifty_papers(repository, suggestions):
    verdicts = yaml.safe_load((repository / "tests/tag_verdicts.yaml").read_text(encoding="utf-8"))
    wanted = {v["id"]: {*v["right"], *v.get("missing", [])} for v in verdicts if v["id"] in suggestions}
    given = {paper: set(suggestions[paper]) for paper in wanted}
    agreed = sum(len(given[paper] & wanted[paper]) for paper in wanted)
    assert agreed / sum(map(len, given.values())) >= 0.9
    assert agreed / sum(map(len, wanted.values())) >= 0.8


@pytest.mark.parametrize("sample", ["first", "second"])
def test_readers_who_had_not_seen_the_tags_agree_with_them(repository, suggestions, sample):
    judgements = yaml.safe_load((repository / "tests/tag_judgements.yaml").read_text(encoding="utf-8"))[
        sample
    ]
    core = {j["id"]: {*j["core"]} for j in judgements if j["id"] in suggestions}
    accepted = {j["id"]: {*j["core"], *j.get("fine", ())} for j in judgements}
    given = {paper: set(suggestions[paper]) for paper in core}
    right = sum(len(given[paper] & accepted[paper]) for paper in core)
    assert right / sum(map(len, given.values())) >= 0.9
    assert sum(len(given[paper] & core[paper]) for paper in core) / sum(map(len, core.values())) >= 0.8
