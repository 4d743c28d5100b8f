"""Related papers as rows: whatever changes, and in whatever steps, they are those that all papers give at once."""

import os
import random
from collections import Counter
from itertools import groupby

import pytest

from regesta.archive.related import RelatedPapers
from regesta.memory import Memory


def plainly(counts):
    """Return the related papers of each paper by comparing all with all, as docs and docstrings say."""
    bearers = Counter(term for terms in counts.values() for term in terms)
    most = min(max(10, len(counts) // 5), 256)
    rare = {term: 3 if number < 16 else 2 for term, number in bearers.items() if 2 <= number <= most}
    weights = {}
    for paper, terms in counts.items():
        ranked = sorted((-rare[term] * min(times, 4), term) for term, times in terms.items() if term in rare)
        weights[paper] = {term: -weight for weight, term in ranked[:12]}
    having = {term: {paper for paper in weights if term in weights[paper]} for term in rare}
    return {paper: plain_neighbours(paper, weights, having) for paper in weights}


def plain_neighbours(paper, weights, having):
    own = weights[paper]
    ranked = []
    for other in {other for term in own for other in having[term]} - {paper}:
        products = {term: own[term] * weights[other][term] for term in own.keys() & weights[other].keys()}
        if ties := plain_ties(products):
            ranked.append((-len(products), -sum(products.values()), other, ", ".join(ties)))
    found = []
    for _, group in groupby(sorted(ranked), lambda entry: entry[0]):
        found += [(other, ties) for _, _, other, ties in [*group][:40]]
    return found[:5]


def plain_ties(products):
    """Return the terms that tie two papers: two, or a pair that is rare (a weight of 3 x times) and said six times by both."""
    inside = {word for term in products if " " in term for word in (*term.split(), initials(term))}
    terms = sorted(products.keys() - inside, key=lambda term: (-products[term], term))
    is_enough = len(terms) > 1 or any(" " in term and products[term] >= 3 * 3 * 2 * 4 for term in terms)
    return terms[:3] if is_enough else []


def initials(pair):
    return "".join(word[0] for word in pair.split()).upper()


class Papers:
    """An invented archive, its related papers in a memory, and what they were before the last change."""

    def __init__(self, chance, vocabulary):
        self.chance, self.vocabulary = chance, vocabulary
        self.counts, self.before, self.memory = {}, {}, Memory()

    def terms(self):
        """Return the terms of a paper: common ones more often than rare ones, words as well as pairs and names."""
        chosen = {int(self.vocabulary * self.chance.random() ** 2) for _ in range(self.chance.randrange(22))}
        kinds = "w{}", "w{} w{}", "W{}"
        terms = [kinds[number % 7 % 3].format(number, number + 1) for number in sorted(chosen)]
        terms += ["WW"] * self.chance.choice([0, 0, 1])  # the initials of all pairs
        return {term: self.chance.randrange(2, 6) for term in terms}

    def change(self, changed):
        """Change papers; the related papers are right afterwards, and `update` said which are others."""
        for paper, terms in changed.items():
            self.counts.pop(paper, None)
            if terms is not None:
                self.counts[paper] = terms
        related = RelatedPapers(self.memory, "these")
        said = related.update(iter(changed.items()))
        now = plainly(self.counts)
        found = related.of([*now])
        assert {paper: found.get(paper, []) for paper in now} == now
        assert said == {paper for paper in now if now[paper] != self.before.get(paper, [])}
        assert related.is_empty() == (not now)
        self.before = now
        return related

    def add(self, number):
        numbers = self.chance.sample(range(10**6), number)
        self.change({f"paper-{i}": self.terms() for i in numbers})

    def edit(self, number):
        self.change({paper: self.terms() for paper in self.some(number)})

    def delete(self, number):
        self.change(dict.fromkeys(self.some(number)))

    def some(self, number):
        return self.chance.sample(sorted(self.counts), min(number, len(self.counts)))


@pytest.mark.parametrize("seed", range(60 if os.environ.get("WIDE") else 4))
def test_step_by_step_gives_the_same_as_at_once(seed):
    chance = random.Random(seed)
    papers = Papers(chance, chance.choice([30, 200, 2000]))
    papers.add(chance.choice([1, 40, 120]))
    for _ in range(15):
        step = chance.choice([papers.add, papers.edit, papers.delete])
        step(chance.choice([1, 1, 2, 5, 30, 80]))
    papers.delete(len(papers.counts))
    papers.add(20)


@pytest.mark.parametrize("border", [2, 16, 50, 256])
def test_a_term_that_becomes_more_or_less_rare_ties_others(border):
    """A term that so many papers have counts for more, less, or nothing; 50 is one in five of 250 papers."""
    papers = Papers(random.Random(border), 300)
    fillers = 1400 if border == 256 else 250
    papers.change({f"filler-{i}": papers.terms() if i < 300 else {} for i in range(fillers)})
    having = [f"filler-{i}" for i in range(border - 1)]
    papers.change({paper: {"Otter": 3, **papers.counts[paper]} for paper in having})
    for changed in (
        {"one": {"Otter": 4, "otter den": 2}},
        {"two": {"Otter": 2}, "three": {"Otter": 2, "w1 w2": 2}},
        {"one": None, "two": None},
        {"three": None},
        {having[0]: {}},
    ):
        papers.change(changed)


def test_a_term_becomes_rare_when_papers_without_it_come():
    papers = Papers(random.Random(1), 300)
    papers.change({f"p{i:03}": {"sea otter": 4, f"own{i}": 2} for i in range(11)})
    assert not any(papers.before.values())
    for i in range(60):
        papers.change({f"q{i}": {}})
    assert all(papers.before[f"p{i:03}"] for i in range(11))
    for i in range(60):
        papers.change({f"q{i}": None})
    assert not any(papers.before.values())


def test_showing_are_the_papers_that_have_it_as_a_neighbour():
    papers = Papers(random.Random(2), 200)
    papers.add(80)
    related = RelatedPapers(papers.memory, "these")
    for chosen in (papers.some(1), papers.some(3), ["unknown"], []):
        shown = {paper for paper, near in papers.before.items() if {other for other, _ in near} & set(chosen)}
        assert related.showing(chosen) == shown


def test_an_unchanged_paper_changes_nothing():
    papers = Papers(random.Random(3), 200)
    papers.add(40)
    papers.change({paper: papers.counts[paper] for paper in papers.some(5)})


def test_an_unknown_paper_that_is_gone_changes_nothing():
    papers = Papers(random.Random(4), 200)
    papers.add(40)
    papers.change({"unknown": None})
    assert RelatedPapers(papers.memory, "these").of(["unknown"]) == {}


def test_another_code_begins_anew():
    papers = Papers(random.Random(5), 200)
    papers.add(40)
    assert RelatedPapers(papers.memory, "those").is_empty()


def test_a_new_paper_in_place_of_the_last_is_another():
    """The number of a paper that is gone is not taken for the new one's."""
    papers = Papers(random.Random(6), 200)
    papers.change(
        {"a": {"sea otter": 4}, "b": {"sea otter": 4}}
        | {f"f{i}": {} for i in range(20)}
        | {"z": {"sea otter": 4}}
    )
    papers.change({"z": None, "y": {"sea otter": 4}})
    assert [other for other, _ in papers.before["a"]] == ["b", "y"]
