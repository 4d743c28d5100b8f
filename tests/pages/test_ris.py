"""RIS: two parsers read what the archive knows, and no value makes a field of its own."""

import pytest
import rispy
from hypothesis import given

from helpers import WELL_KNOWN, nasty_texts, site_of, tiny_site, workshop
from regesta.content.collections import Collection, Listed
from regesta.content.paper import Author, Organization, Paper
from regesta.pages.ris import ris
from regesta.sources import ris as source
from regesta.sources.common.dump import Dump
from regesta.text.strings import one_line


def by_rispy(text):
    """Return the fields of the reference that a text holds."""
    (fields,) = rispy.loads(text)
    assert "unknown_tag" not in fields
    return fields


def by_regesta(text):
    """Return the paper that a text holds."""
    reading = source.read(Dump("a.ris", text))
    assert reading.problems == []
    return reading.papers[0]


def cite(collections=(), **known):
    paper = Paper(**({"title": "Sparse Trees", "id": "sparse-trees"} | known))
    site = site_of([paper], collections=collections)
    return ris(site.archive.papers[0], site)


def test_both_parsers_read_all_that_is_known():
    text = cite(**WELL_KNOWN)
    assert by_rispy(text) == {
        "type_of_reference": "JOUR", "id": "example2025", "title": "Sparse Trees", "year": "2025", "date": "2025/06/02/",
        "authors": ["Example, Ada", "The Tide Group", "Trees and Sons Inc."], "secondary_title": "Journal of Salt", "volume": "12",
        "number": "3", "start_page": "5", "end_page": "9", "publisher": "Salt Society", "doi": "10.5555/example.1",
        "urls": ["https://doi.org/10.5555/example.1"], "language": "fr", "keywords": ["salt", "sea"],
    }  # fmt: skip
    paper = by_regesta(text)
    assert paper.authors[0] == Author("Ada Example", "Ada", "Example")
    assert [author.name for author in paper.authors[1:]] == ["The Tide Group", "Trees and Sons Inc."]
    for name in WELL_KNOWN.keys() - {"authors", "abstract"}:
        assert getattr(paper, name) == WELL_KNOWN[name], name


def test_an_abstract_is_no_part_of_it():
    assert cite(**WELL_KNOWN) == cite(**WELL_KNOWN | {"abstract": "It is short."})


def test_what_is_unknown_is_left_out():
    lines = [
        "TY  - GEN",
        "ID  - sparse-trees",
        "TI  - Sparse Trees",
        "UR  - https://example.org/lab/papers/sparse-trees/",
    ]
    assert cite() == "\n".join([*lines, "ER  - "])  # fmt: skip


@pytest.mark.parametrize(
    ("published", "lines"),
    [("2025-06", ["PY  - 2025", "DA  - 2025/06//"]), ("2025", ["PY  - 2025"]), ("", [])],
)
def test_dates_are_as_precise_as_known(published, lines):
    text = cite(published=published)
    assert [line for line in text.splitlines() if line.startswith(("PY", "DA"))] == lines
    assert by_regesta(text).published == published


def test_notes_say_the_status_what_was_inferred_and_how_many_authors_are_not_named():
    known = {
        "authors": (Author("Ada Example"),),
        "authors_count": 6,
        "published": "2025",
        "inferred": ("published",),
    }
    assert by_rispy(cite(status="retracted", **known))["notes"] == ["Retracted", "year inferred", "6 authors"]  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "called"),
    [
        ("inproceedings", "CONF"),
        ("incollection", "CHAP"),
        ("book", "BOOK"),
        ("techreport", "RPRT"),
        ("misc", "GEN"),
        ("unpublished", "UNPB"),
        ("manual", "GEN"),
    ],
)
def test_kinds_have_their_names_in_ris(kind, called):
    assert by_rispy(cite(type=kind))["type_of_reference"] == called


def test_a_thesis_names_its_kind_and_its_school():
    text = cite(type="phdthesis", organization=Organization("University of Salt"))
    fields = by_rispy(text)
    assert (fields["type_of_reference"], fields["publisher"]) == ("THES", "University of Salt")
    assert by_regesta(text).type == "phdthesis"


def test_a_paper_takes_from_its_proceedings_what_it_lacks():
    site = workshop()
    papers = {paper.id: by_rispy(ris(paper, site)) for paper in site.archive.papers}
    fields = papers["tide-tables"]
    assert fields["secondary_title"] == "Proceedings of the Second Workshop on Tides & Tables"
    assert fields["place_published"] == "Harbour Town"
    assert (fields["start_page"], fields["end_page"]) == ("1", "10")
    assert fields["tertiary_title"] == "Workshops of the Sea"
    assert "Example, Ada" in fields["secondary_authors"]


def test_pages_that_are_no_range_stand_as_they_are():
    assert by_rispy(cite(type="article", venue="A", pages="1, 3, 7–9"))["start_page"] == "1, 3, 7–9"


def test_every_paper_of_the_tiny_archive_comes_back():
    site = tiny_site()
    text = "\n".join(ris(paper, site) for paper in site.archive.papers)
    reading = source.read(Dump("a.ris", text))
    assert reading.problems == []
    assert len(rispy.loads(text)) == len(reading.papers) == len(site.archive.papers)
    for paper, known in zip(reading.papers, site.archive.papers, strict=True):
        assert (paper.citekey, paper.published) == (site.archive.citekey(known), known.published)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\u2028", "\u0085", "\x0b", "\x1e"])
def test_no_value_begins_another_field(end):
    bad = f"A{end}ER  - {end}TY  - BOOK{end}AU  - Nobody"
    known = dict.fromkeys(("title", "venue", "publisher", "volume", "language", "citekey"), bad)
    text = cite(**known, keywords=(bad,), authors=(Author(bad),), links={"page": f"https://x.example/{bad}"})
    fields = by_rispy(text)
    assert fields["type_of_reference"] != "BOOK"
    assert "Nobody" not in fields["authors"]
    assert text.count("ER  - ") == text.count("\n") - 1 or len(text.splitlines()) == len(fields) + 1
    assert len(source.read(Dump("a.ris", text)).papers) == 1


@given(nasty_texts().map(one_line).filter(bool))
def test_any_title_and_name_makes_one_reference(text):
    paper = by_rispy(
        cite(
            title=text,
            authors=(Author(text),),
            venue=text,
            collections=[Collection("c", "C", papers=(Listed("x"),))],
        )
    )
    assert paper["id"] == "sparse-trees"  # fmt: skip
