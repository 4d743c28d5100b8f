"""Related papers: papers on one subject are, whatever their order and however they came."""

import random
import re
from functools import cache

import pytest

from helpers import SCRAPED, tiny_site
from regesta.archive.related import RelatedPapers
from regesta.archive.terms import term_counts
from regesta.content.paper_files import load_papers
from regesta.memory import Memory
from regesta.pages.site import plain_title

FILLER = {
    f"filler-{i}": (f"Study {i} of thing{i}", f"Thing{i} is studied. We study thing{i} again.")
    for i in range(30)
}
PAIR = {
    "a": ("Folding Maps", "A map is folded. Folded maps are small. Tide tables are not folded."),
    "b": ("Maps, Folded Often", "We fold a map. A folded map is thin; folding maps is an art."),
    "c": ("Baking Bread", "Bread is baked. Baked bread is warm."),
}


counted_once = cache(term_counts)


def about(texts):
    return {paper_id: counted_once(*text) for paper_id, text in texts.items()}


def alike(texts):
    """Return the neighbours of each paper with the words that tie them."""
    related = RelatedPapers(Memory(), "")
    related.update(about(texts).items())
    return related.of([*texts])


@pytest.fixture(scope="module")
def real():
    """Texts of the first 150 papers of this repository's own archive."""
    files, _ = load_papers(SCRAPED.parent / "papers")
    return {file.paper.id: (file.paper.title, file.paper.abstract) for file in files[:150]}


def test_papers_on_one_subject_are_related_and_others_are_not():
    ties = alike(PAIR | FILLER)
    assert [other for other, _ in ties["a"]] == ["b"]
    assert [other for other, _ in ties["b"]] == ["a"]
    assert ties["c"] == []


def test_the_tie_is_what_both_say():
    ((_, words),) = alike(PAIR | FILLER)["a"]
    assert "map" in words
    assert "tide" not in words


def tied(*texts):
    """Return the words that tie two papers among many others, "" if nothing does."""
    found = alike({"a": texts[0], "b": texts[1]} | FILLER)["a"]
    return dict(found).get("b", "")


def test_one_word_may_be_chance_and_two_are_not():
    assert tied(("Kites", "A kite. Kites fly."), ("Kites", "A kite for a child. This kite is red.")) == ""
    assert tied(("GPUs", "A GPU is hot."), ("GPUs", "One GPU, two GPUs.")) == ""
    assert tied(("Kites and Wind", "A kite."), ("Wind in Kites", "The wind blows.")) == "kite, wind"


def test_a_rare_pair_of_words_ties_alone_if_both_say_it_often():
    often = ("Silk Kites", "A silk kite flies. Another silk kite is thin.")
    assert tied(often, ("Silk Kites", "Red birds sing.")) == "silk kite"
    assert tied(("Silk Kites", "Red fish."), ("Silk Kites", "Blue bones.")) == ""


def test_initials_are_no_second_term():
    texts = ("Silk Kites", "A silk kite (SK) flies. Our SK is red.")
    assert tied(texts, ("Our Silk Kites", "SK: a silk kite. SK.")) == "silk kite"


@pytest.mark.parametrize(
    "cliche", ["A Closer Look at {}", "{} Is All You Need", "Towards {}", "Revisiting {}", "Rethinking {}"]
)
def test_cliches_of_titles_tie_none(cliche):
    kites, fish = (
        (cliche.format(name), f"{cliche.format(name)}: {name} are red.") for name in ("Kites", "Fish")
    )
    assert tied(kites, fish) == ""


def test_every_tie_that_is_shown_occurs_in_both_papers(real):
    ties = alike(real)
    assert sum(map(len, ties.values())) > 100
    for paper_id, neighbours in ties.items():
        for other, words in neighbours:
            assert words
            for word in (part for term in words.split(", ") for part in term.split()):
                assert says(real[paper_id], word), (paper_id, word)
                assert says(real[other], word), (other, word)


def says(text, word):
    """Tell whether a text holds a word, in the singular or the plural."""
    forms = {word, f"{word}s", f"{word.removesuffix('y')}ies"}
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", " ".join(text), re.IGNORECASE))


def test_neighbours_do_not_depend_on_the_order_of_papers(real):
    shuffled = list(real.items())
    random.Random(1).shuffle(shuffled)
    assert alike(dict(shuffled)) == alike(real)


def test_no_paper_is_related_to_itself_or_to_more_than_five(real):
    ties = alike(real)
    assert ties.keys() == real.keys()
    assert max(map(len, ties.values())) == 5
    assert not any(paper_id == other for paper_id, neighbours in ties.items() for other, _ in neighbours)


def test_poor_papers_are_related_to_none():
    assert alike({}) == {}
    assert alike({"a": ("", ""), "b": ("", "")}) == {"a": [], "b": []}
    assert alike({"a": ("日本語", ""), "b": ("中文", "")}) == {"a": [], "b": []}


def test_a_word_that_all_papers_say_ties_none():
    texts = {f"p{i}": (f"Model {i}", "The gadget works. A gadget is a gadget.") for i in range(60)}
    assert not any(alike(texts).values())


def test_the_tiny_archive_knows_its_folded_maps():
    site = tiny_site()
    ties = alike({paper.id: (plain_title(paper), site.text(paper)) for paper in site.archive.papers})
    assert [other for other, _ in ties["folds"]] == ["seven-ways"]


def test_one_edit_changes_the_neighbours_of_few(real):
    before = alike(real)
    edited = sorted(real)[7]
    after = alike(real | {edited: (real[edited][0], real[edited][1].partition(". ")[2])})
    assert sum(before[paper_id] != after[paper_id] for paper_id in real) <= 8
