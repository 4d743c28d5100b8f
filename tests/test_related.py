"""Related papers: alike in what they speak of, and always for the same reason."""

import random
import re

import pytest

from helpers import SCRAPED, tiny_site
from regesta.listing import plain_title
from regesta.related import related
from regesta.store import load_papers

FILLER = {f"filler-{i}": (f"Study {i} of thing{i}", f"Thing{i} is studied. We study thing{i} again.") for i in range(30)}
PAIR = {
    "a": ("Folding Maps", "A map is folded. Folded maps are small. Tide tables are not folded."),
    "b": ("Maps, Folded Often", "We fold a map. A folded map is thin; folding maps is an art."),
    "c": ("Baking Bread", "Bread is baked. Baked bread is warm."),
}


@pytest.fixture(scope="module")
def real():
    """Texts of the first 150 papers of this repository's own archive."""
    files, _ = load_papers(SCRAPED.parent / "papers")
    return {file.paper.id: (file.paper.title, file.paper.abstract) for file in files[:150]}


def test_papers_on_one_subject_are_related_and_others_are_not():
    ties = related(PAIR | FILLER)
    assert [other for other, _ in ties["a"]] == ["b"]
    assert [other for other, _ in ties["b"]] == ["a"]
    assert ties["c"] == []


def test_the_tie_is_what_both_say():
    (_, words), = related(PAIR | FILLER)["a"]
    assert "map" in " ".join(words)
    assert "tide" not in " ".join(words)


def test_every_tie_that_is_shown_occurs_in_both_papers(real):
    ties = related(real)
    assert sum(map(len, ties.values())) > 100
    for paper_id, neighbours in ties.items():
        for other, words in neighbours:
            assert words
            for word in (part for term in words for part in term.split()):
                assert says(real[paper_id], word), (paper_id, word)
                assert says(real[other], word), (other, word)


def says(text, word):
    """Tell whether a text holds a word, in the singular or the plural."""
    forms = {word, f"{word}s", f"{word.removesuffix('y')}ies"}
    return bool(re.search(rf"\b(?:{'|'.join(map(re.escape, forms))})\b", " ".join(text), re.IGNORECASE))


def test_neighbours_do_not_depend_on_the_order_of_papers(real):
    shuffled = list(real.items())
    random.Random(1).shuffle(shuffled)
    assert related(dict(shuffled)) == related(real)


def test_nobody_is_related_to_itself_nor_to_more_than_asked_for(real):
    ties = related(real, most=3)
    assert ties.keys() == real.keys()
    assert max(map(len, ties.values())) == 3
    assert not any(paper_id == other for paper_id, neighbours in ties.items() for other, _ in neighbours)


def test_poor_papers_are_related_to_nobody():
    assert related({}) == {}
    assert related({"a": ("", ""), "b": ("", "")}) == {"a": [], "b": []}
    assert related({"a": ("日本語", ""), "b": ("中文", "")}) == {"a": [], "b": []}


def test_a_word_that_all_papers_say_ties_none():
    texts = {f"p{i}": (f"Model {i}", "The gadget works. A gadget is a gadget.") for i in range(60)}
    assert not any(related(texts).values())


def test_the_tiny_archive_knows_its_folded_maps():
    site = tiny_site()
    ties = related({paper.id: (plain_title(paper), site.abstracts[paper.id]) for paper in site.archive.papers})
    assert [other for other, _ in ties["folds"]] == ["seven-ways"]
