"""The map: it has all papers, nothing on it covers anything else, and it stays as it is when papers come."""

import random
import re
from itertools import combinations
from statistics import median

import pytest

from helpers import NASTY, made, site_of
from regesta.archive.mapping import arrivals
from regesta.archive.related import RelatedPapers
from regesta.archive.touched import Touched
from regesta.content.paper import Paper
from regesta.limits import MAP_NAME
from regesta.pages.map import page, remembered
from regesta.pages.map.lattice import HEIGHT, WIDTH, Lattice
from regesta.pages.map.layout import lay_out, radius
from regesta.pages.map.names import LINE, lines, width
from regesta.pages.map.steps import next_step, settled, step
from regesta.pages.map.survey import Arrival, survey_groups, survey_papers

TAGS = [f"tag-{number}" for number in range(30)]


def invented(number, seed=1, day="2026-01-01"):
    """Return papers with one to four tags, some tags far more often than others, and related papers for each."""
    chance = random.Random(seed)
    papers = []
    for n in range(number):
        own = {TAGS[min(int(chance.expovariate(0.12)), 29)] for _ in range(chance.randint(1, 4))}
        papers.append(Arrival(f"p{n}", tuple(sorted(own)), day))
    near = {paper.id: [f"p{chance.randrange(number)}" for _ in range(5)] for paper in papers}
    return papers, {
        paper_id: [other for other in others if other != paper_id] for paper_id, others in near.items()
    }


def laid_out(papers, near, labels=None):
    survey = survey_papers(papers, near)
    return lay_out(survey, labels or {region.tag: region.tag.title() for region in survey.regions})


def boxes(layout):
    """Return left, top, right and bottom of each name that is set."""
    sizes = [(name, width(name.lines) / 2, LINE * len(name.lines) / 2) for name in layout.names if name.lines]
    return [(name.x - wide, name.y - high, name.x + wide, name.y + high) for name, wide, high in sizes]


def displacement(before, now):
    """Return by how much of the map's width the papers of both have moved, at the median."""
    places = {spot.name: (spot.x, spot.y) for spot in now.spots}
    ways = [
        (spot.x - places[spot.name][0], spot.y - places[spot.name][1])
        for spot in before.spots
        if spot.name in places
    ]
    return median((x * x + y * y) ** 0.5 for x, y in ways) / WIDTH


def drawn(site, touched):
    """Return the map of a site, of which no papers are related."""
    return remembered.update_map(site.archive, RelatedPapers(site.archive.memory, ""), touched, "")


def mapped(papers, taxonomy=()):
    """Return the site of some papers with its map."""
    site = site_of(papers, taxonomy)
    site.layout = drawn(site, Touched(everything=True))
    return site


def some_papers(number=40, **fields):
    """Return papers with two of eight tags each; of every third, the day is known."""
    return [
        Paper(
            f"On tides {n}",
            id=f"p{n}",
            tags=(TAGS[n % 8], TAGS[n * 5 % 7]),
            published="2025-01-02" if n % 3 else "",
            **fields,
        )
        for n in range(number)
    ]


@pytest.mark.parametrize("number", [12, 40, 461, 2000])
def test_every_paper_lies_on_a_cell_of_its_own_in_the_frame(number):
    layout = laid_out(*invented(number))
    places = [(spot.x, spot.y) for spot in layout.spots]
    assert sorted(spot.name for spot in layout.spots) == sorted(f"p{n}" for n in range(number))
    assert len({*places}) == number
    assert all(0 < x < WIDTH and 0 < y < HEIGHT for x, y in places)


@pytest.mark.parametrize("number", [40, 461, 2000])
def test_names_are_clear_of_marks_of_one_another_and_of_the_edge(number):
    layout = laid_out(*invented(number))
    around = radius(layout.pitch)
    set_names = boxes(layout)
    assert len(set_names) == len(layout.tags)
    for left, top, right, bottom in set_names:
        assert min(left, top, WIDTH - right, HEIGHT - bottom) >= 0
        for spot in layout.spots:
            across = max(left - spot.x, spot.x - right, 0)
            down = max(top - spot.y, spot.y - bottom, 0)
            assert across**2 + down**2 >= around**2, spot
    for one, other in combinations(set_names, 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_land_has_no_slivers_but_keeps_its_lakes_and_bays():
    lattice = Lattice(24, 21)
    disc = {cell for cell in lattice.around((40, 14), 1, 127) if cell != (40, 14)}
    near = {(38, 14), (42, 14), (39, 13), (41, 13), (39, 15), (41, 15)}
    assert lattice.without_holes(disc) == disc | {(40, 14)}
    assert lattice.without_holes(disc - near) == disc | {(40, 14)}
    ring = disc - {*lattice.around((40, 14), 1, 60)}
    assert near.isdisjoint(lattice.without_holes(ring))


def test_a_region_has_at_least_five_papers_of_its_own():
    rare = [Arrival(f"q{n}", ("common", "rare"), "2026-01-01") for n in range(9)]
    common = [Arrival(f"p{n}", ("common", TAGS[n % 4]), "2026-01-01") for n in range(120)]
    near = {paper.id: ["q0", "q1"] for paper in common}
    survey = survey_papers([*common, *rare[:4]], near)
    assert "rare" not in [region.tag for region in survey.regions]
    assert "rare" in [region.tag for region in survey_papers([*common, *rare], near).regions]


def test_the_same_papers_make_the_same_map():
    assert laid_out(*invented(300)) == laid_out(*invented(300))


def test_papers_that_come_later_move_no_other():
    papers, near = invented(461)
    late = [paper._replace(day="2026-02-01") for paper in papers[431:]]
    before, now = laid_out(papers[:431], near), laid_out([*papers[:431], *late], near)
    assert displacement(before, now) <= 0.02


def test_one_paper_less_moves_few():
    papers, near = invented(431)
    before = laid_out(papers, near)
    ways = [displacement(before, laid_out([*papers[:n], *papers[n + 1 :]], near)) for n in range(0, 431, 43)]
    assert median(ways) == 0
    assert max(ways) < 0.1


def test_related_papers_lie_near_one_another():
    papers, _ = invented(200)
    papers = [paper._replace(tags=(TAGS[n % 5], TAGS[5 + n % 4])) for n, paper in enumerate(papers)]
    near = {f"p{n}": [f"p{(n + 20 * k) % 200}" for k in range(1, 6)] for n in range(200)}
    places = {spot.name: (spot.x, spot.y) for spot in laid_out(papers, near).spots}

    def distance(one, other):
        return ((places[one][0] - places[other][0]) ** 2 + (places[one][1] - places[other][1]) ** 2) ** 0.5

    tied = median(distance(one, other) for one, others in near.items() for other in others)
    assert tied < median(distance(one, other) for one, other in combinations(sorted(places), 2)) / 2


def test_papers_without_tags_lie_with_those_to_which_they_are_related_or_on_the_shore():
    papers, near = invented(100)
    bare = [Arrival("tied", (), "2026-01-01"), Arrival("lone", (), "2026-01-01")]
    survey = survey_papers([*papers, *bare], near | {"tied": ["p1", "p2"]})
    assert [mark.region >= 0 for mark in survey.marks[-2:]] == [True, False]
    layout = lay_out(survey, {region.tag: region.tag for region in survey.regions})
    lone = layout.spots[-1]
    assert min(lone.x, lone.y, WIDTH - lone.x, HEIGHT - lone.y) < 3 * layout.pitch


def test_hostile_names_and_titles():
    labels = {tag: NASTY[n % len(NASTY)] * (1 + 30 * (n % 3)) or tag for n, tag in enumerate(TAGS)}
    layout = laid_out(*invented(300), labels)
    for one, other in combinations(boxes(layout), 2):
        assert one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
    papers = [Paper(text, id=f"p{n}", tags=("a" if n % 2 else "b",)) for n, text in enumerate(NASTY)]
    assert {spot.name for spot in mapped(papers).layout.spots} == {paper.id for paper in papers}


def test_a_long_name_is_set_in_two_lines_and_one_that_is_far_too_long_is_cut():
    assert lines("Reasoning") == ["Reasoning"]
    assert lines("Alignment and preference learning") == ["Alignment and", "preference learning"]
    assert sum(map(len, lines("word " * 100))) <= MAP_NAME
    assert lines("") == [""]


def test_a_large_archive_is_drawn_in_groups():
    sets = {(TAGS[n % 9], TAGS[n % 7]): 30 + n for n in range(63)}
    layout = lay_out(survey := survey_groups(sets), dict(zip(TAGS, TAGS, strict=True)))
    assert sum(spot.papers for spot in layout.spots) == sum(sets.values())
    assert len({(spot.x, spot.y) for spot in layout.spots}) == len(layout.spots) < len(sets) + 10
    assert not survey.single


@pytest.mark.parametrize("single", [True, False], ids=["papers", "groups"])
@pytest.mark.parametrize("letters", [1, 40, 400])
def test_however_long_its_names_are_a_map_has_room_for_all(single, letters):
    tags = [f"t{n}" for n in range(60)]
    sets = [(tags[n % 60], tags[n * 7 % 59], tags[n * 11 % 53]) for n in range(2000)]
    papers = [Arrival(f"p{n}", own, "") for n, own in enumerate(sets)]
    survey = survey_papers(papers, {}) if single else survey_groups(dict.fromkeys(sets, 40))
    layout = lay_out(survey, {tag: f"{tag} {'大海' * letters}"[:letters] for tag in tags})
    assert len({(spot.x, spot.y) for spot in layout.spots}) == len(survey.marks)


def test_the_page_has_every_paper_as_a_link(monkeypatch):
    site = mapped(some_papers())
    shown = made(page.plan(site))
    data = shown["map/index.html"].data
    assert sorted(dot.address for dot in data["dots"]) == sorted(f"/papers/p{n}/" for n in range(40))
    assert data["has_both"]
    assert data["dated"].count("M") + data["undated"].count("M") == 40
    assert sum(region.link.papers for region in data["regions"]) + data["apart"] == 40
    assert not re.search(r"\d\.\d", data["land"] + data["dated"] + data["undated"])
    assert shown["map/land.svg"].count(b"<path") == 1
    monkeypatch.setattr(remembered, "_SINGLE", 20)
    groups = made(page.plan(mapped(some_papers())))["map/index.html"].data
    assert not groups["dots"]
    assert sum(int(hexagon.papers) for hexagon in groups["hexagons"]) + groups["apart"] == 40
    assert {hexagon.address.partition("?")[0] for hexagon in groups["hexagons"]} <= {
        "/search/",
        *(f"/tags/{tag}/" for tag in TAGS),
    }


def test_a_tag_shows_where_its_papers_lie():
    site = mapped(some_papers())
    papers = site.archive.tags[TAGS[0]].entries
    assert page.tag_dots(site, TAGS[0], papers)["dots"].count("M") == len(papers)
    assert page.tag_dots(site_of(some_papers()), TAGS[0], papers) == {}


@pytest.mark.parametrize(
    "papers",
    [some_papers(23), [paper for paper in some_papers(30) for paper in [Paper(paper.title, id=paper.id)]]],
    ids=["few", "no tags"],
)
def test_without_papers_enough_or_without_tags_there_is_no_map(papers):
    site = mapped(papers)
    assert site.layout is None
    assert not made(page.plan(site))


def test_the_tags_whose_papers_moved_are_touched_and_no_others():
    site, touched = mapped(some_papers()), Touched()
    assert drawn(site, touched) == site.layout
    assert touched.lists == set()
    site.archive.memory.rows("UPDATE paper SET tags = 'tag-0 tag-3' WHERE id = 'p5'")
    now = {spot.name: spot for spot in drawn(site, touched).spots}
    moved = [
        spot.name for spot in site.layout.spots if (spot.x, spot.y) != (now[spot.name].x, now[spot.name].y)
    ]
    assert "p5" in moved
    tags = {paper.id: paper.tags for paper in some_papers()} | {"p5": ("tag-0", "tag-3")}
    assert touched.lists == {("tags", tag) for name in moved for tag in tags[name]}


def test_papers_are_taken_in_the_order_of_their_arrival():
    papers = [
        Paper("A", id="a", added="2026-01-02"),
        Paper("B", id="b", added="2026-01-01"),
        Paper("C", id="c"),
    ]
    assert [paper_id for paper_id, *_ in arrivals(site_of(papers).archive)] == ["c", "b", "a"]


def test_steps():
    assert [step(n) for n in (0, 1, 2, 3, 5, 6, 7, 8, 461)] == [0, 1, 2, 3, 4, 6, 6, 8, 384]
    assert [next_step(n) for n in (0, 1, 2, 3, 4, 6, 8)] == [1, 2, 3, 4, 6, 8, 12]
    assert settled(["1"] * 461) == 461
    assert settled(["1"] * 30 + ["2"] * 5 + ["3"] * 10) == 35
