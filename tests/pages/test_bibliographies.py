"""BibTeX that is complete, and that two independent parsers read alike."""

import json

import bibtexparser
import pytest
import rispy
from bibtexparser import middlewares
from hypothesis import given
from pybtex.database import parse_string

from helpers import drafts_of, made, nasty_texts, site_of, workshop
from regesta.content.collections import Collection, Listed
from regesta.content.paper import Author, Organization, Paper
from regesta.pages import bibliographies as outputs
from regesta.pages import takeaway_rows
from regesta.pages.citation import bibtex, book
from regesta.text.strings import one_line


def by_bibtexparser(text):
    """Return each entry by its key: its type, its fields, its people as (given names, family names)."""
    library = bibtexparser.parse_string(
        text, append_middleware=[middlewares.SeparateCoAuthors(), middlewares.SplitNameParts()]
    )
    assert library.failed_blocks == []
    found = {}
    for entry in library.entries:
        fields = {name: field.value for name, field in entry.fields_dict.items()}
        people = {
            role: [(p.first, p.von + p.last + p.jr) for p in fields.pop(role)]
            for role in ("author", "editor")
            if role in fields
        }
        found[entry.key] = (entry.entry_type, month(fields), people)
    return found


def by_pybtex(text):
    """Return the same from the other parser."""
    found = {}
    for key, entry in parse_string(text, "bibtex").entries.items():
        people = {
            role: [
                (p.first_names + p.middle_names, p.prelast_names + p.last_names + p.lineage_names)
                for p in persons
            ]
            for role, persons in entry.persons.items()
        }
        found[key] = (
            entry.type,
            month({name.lower(): value for name, value in entry.fields.items()}),
            people,
        )
    return found


def month(fields):
    """Return fields with the month as BibTeX's own word for it, which one of the parsers spells out."""
    return fields | ({"month": fields["month"][:3].lower()} if "month" in fields else {})


def read(text):
    """Return what both parsers read."""
    one, other = by_bibtexparser(text), by_pybtex(text)
    assert one == other
    return one


def read_one(paper, collections=()):
    site = site_of([paper], collections=collections)
    (entry,) = read(bibtex(site.archive.papers[0], site)).values()
    return entry


def files_of(site):
    """Return the bibliographies of all lists of a site, by their paths."""
    takeaway_rows.update(site, "")
    return made(outputs.plan(site))


def bibliography(collection, papers, site):
    """Return the BibTeX of some papers and of the proceedings that have them."""
    entries = [bibtex(paper, site) for paper in papers]
    return "\n\n".join([*entries, book(collection, entries, site), ""])


@pytest.fixture(scope="module")
def proceedings():
    """Return the parsed BibTeX of the workshop."""
    return read(files_of(workshop())["collections/tides-2025.bib"].decode())


BOOK = {
    "booktitle": r"Proceedings of the Second Workshop on Tides \& Tables",
    "publisher": "Example Press",
    "address": "Harbour Town",
    "series": "Workshops of the Sea",
    "volume": "7",
    "isbn": "978-0-00-000000-2",
}
EDITORS = [(["Ada"], ["Example"]), ([], ["{Trees and Sons, Inc.}"]), (["Jan"], ["van", "der", "Example"])]


def test_a_paper_takes_from_its_proceedings_what_it_lacks(proceedings):
    kind, fields, people = proceedings["doe2025tide"]
    assert kind == "inproceedings"
    assert fields == BOOK | {
        "title": r"{Tide Tables of $x_1$ \& Others: 100\% \textbraceleft{}Sure\textbraceright{}}",
        "year": "2025",
        "month": "jun",
        "pages": "1--10",
        "doi": "10.5555/tides.1",
        "url": "https://doi.org/10.5555/tides.1",
    }
    assert people == {
        "author": [(["Jane", "Q."], ["Doe"]), (["Wei"], ["Example"]), ([], ["{The Tide Group}"])],
        "editor": EDITORS,
    }


def test_what_a_paper_says_itself_counts_first(proceedings):
    assert (
        proceedings["slow-lamps"][1] | {"year": "2024", "month": "dec", "note": "Withdrawn"}
        == proceedings["slow-lamps"][1]
    )
    assert proceedings["ropes"][1]["pages"] == "99--101"


def test_a_year_is_made_more_precise_and_never_another(proceedings):
    assert (proceedings["harbour"][1]["year"], proceedings["harbour"][1]["month"]) == ("2025", "jun")


def test_names_that_bibtex_would_split_elsewhere_are_kept_together(proceedings):
    assert proceedings["ropes"][2]["author"] == [
        (["Jane"], ["Doe"]),
        ([], ["{others}"]),
        (["{And}"], ["{Van And}"]),
    ]


def test_names_of_one_string_are_read_as_their_parts():
    names = (
        "Rob van der Goot",
        "Hal Daumé III",
        "José Ortega y Gasset",
        "John Smith Jr.",
        "李四",
        "Plato",
        "Ada B. Example",
    )
    people = read_one(Paper("A", id="a", authors=tuple(map(Author, names)), authors_count=9))[2]["author"]
    assert people == [
        (["Rob"], ["van", "der", "Goot"]),
        (["Hal"], ["Daumé", "III"]),
        (["José"], ["{Ortega y Gasset}"]),
        (["John"], ["Smith", "Jr."]),
        ([], ["李四"]),
        ([], ["Plato"]),
        (["Ada", "B."], ["Example"]),
        ([], ["others"]),
    ]


def test_an_article_stands_in_its_journal_wherever_it_is_listed(proceedings):
    kind, fields, people = proceedings["journal-version"]
    assert kind == "article"
    assert {name: fields.get(name, "") for name in ("journal", "volume", "number", "pages", "publisher", "booktitle")} == {
        "journal": "Journal of Salt", "volume": "12", "number": "3", "pages": "5--9", "publisher": "Salt Society", "booktitle": "",
    }  # fmt: skip
    assert list(people) == ["author"]


def test_the_book_itself_comes_last(proceedings):
    assert list(proceedings)[-1] == "tides2025"
    kind, fields, people = proceedings["tides2025"]
    assert (kind, people) == ("proceedings", {"editor": EDITORS})
    assert fields["title"] == rf"{{{BOOK['booktitle']}}}"
    assert fields["url"] == "https://example.org/tides/collections/tides-2025/"


def test_no_two_entries_have_one_key():
    papers = [
        Paper("A", id="a", citekey="Same"),
        Paper("B", id="b", citekey="same"),
        Paper("C", id="c", citekey="d"),
        Paper("D", id="d"),
        Paper("E", id="e", citekey="e"),
    ]
    site = site_of(papers)
    assert [*map(site.archive.citekey, papers)] == ["a", "b", "c", "d", "e"]
    assert list(read(bibliography(Collection("a", "A", publisher="P"), site.archive.papers, site))) == [
        "a",
        "b",
        "c",
        "d",
        "e",
        "a-proceedings",
    ]


def test_every_list_has_bibliographies_and_a_programme_has_its_own_address_too():
    site = site_of(
        [
            Paper(
                "A", id="a", collections=("plain",), tags=("one",), venue="V", organization=Organization("O")
            ),
            Paper("B", id="b", tags=("one",), authors=(Author("Ada Example"),)),
        ],
        collections=[Collection("group", "Group", papers=(Listed("a", time="2025-06-02"),))],
    )
    found = files_of(site)
    lists = ["tags/one", "collections/group", "collections/plain", "organizations/o", "venues/v"]
    paths = [f"{one}/papers.{ending}" for one in lists for ending in ("bib", "ris", "csl.json")]
    assert sorted(found) == sorted([*paths, "collections/group.bib"])
    assert list(read(found["collections/group.bib"].decode())) == ["a"]
    assert list(read(found["tags/one/papers.bib"].decode())) == ["a", "b"]
    assert [item["id"] for item in json.loads(found["tags/one/papers.csl.json"])] == ["a", "b"]
    assert [item["id"] for item in rispy.loads(found["tags/one/papers.ris"].decode())] == ["a", "b"]
    assert found["tags/one/papers.ris"].count(b"\r\n") == found["tags/one/papers.ris"].count(b"\n")


def test_authors_have_bibliographies_where_they_have_feeds():
    papers = [Paper("A", id="a", authors=(Author("Ada Example"),))]
    assert "authors/ada-example/papers.bib" not in files_of(site_of(papers))
    assert "authors/ada-example/papers.bib" in files_of(site_of(papers, feed_authors=True))


def test_an_edited_abstract_leaves_bibliographies_as_they_are():
    def drafts(abstract):
        site = site_of([Paper("A", id="a", tags=("one",), abstract=abstract)])
        takeaway_rows.update(site, "")
        return [draft[:2] for draft in drafts_of(outputs.plan(site))]

    assert drafts("Long.") == drafts("Short.")


@pytest.mark.parametrize(
    ("known", "kind", "fields"),
    [
        ({}, "misc", {}),
        ({"venue": "Workshop"}, "inproceedings", {"booktitle": "Workshop"}),
        ({"venue": "Workshop", "type": "Conference"}, "inproceedings", {"booktitle": "Workshop"}),
        ({"venue": "Journal", "type": "article"}, "article", {"journal": "Journal"}),
        ({"type": "article"}, "misc", {}),
        (
            {"type": "phdthesis", "organization": Organization("University")},
            "phdthesis",
            {"school": "University"},
        ),
        ({"type": "mastersthesis", "publisher": "University"}, "mastersthesis", {"school": "University"}),
        (
            {"type": "techreport", "publisher": "Lab", "number": "3"},
            "techreport",
            {"institution": "Lab", "number": "3"},
        ),
        ({"type": "misc", "venue": "A blog"}, "misc", {"howpublished": "A blog"}),
        ({"type": "dance", "venue": "Stage"}, "inproceedings", {"booktitle": "Stage"}),
    ],
)
def test_each_type_has_its_own_fields(known, kind, fields):
    found, has, _ = read_one(Paper("A", id="a", **known))
    assert (found, {name: value for name, value in has.items() if name not in ("title", "url")}) == (
        kind,
        fields,
    )


def test_proceedings_that_cannot_be_those_of_a_paper_give_it_nothing():
    book = Collection("b", "Book of B", venue="B 2025", publisher="P", papers=(Listed("a", pages="1"),))
    assert (
        read_one(Paper("A", id="a", venue="C 2024"), [book])[1] | {"booktitle": "C 2024"}
        == read_one(Paper("A", id="a", venue="C 2024"), [book])[1]
    )
    assert "publisher" not in read_one(Paper("A", id="a", venue="C 2024"), [book])[1]
    assert read_one(Paper("A", id="a", venue="b 2025"), [book])[1]["booktitle"] == "Book of B"
    assert read_one(Paper("A", id="a", type="phdthesis"), [book])[0] == "phdthesis"


@given(nasty_texts().map(one_line).filter(bool), nasty_texts().map(one_line))
def test_any_text_is_read_alike_wherever_it_stands(text, other):
    people = (Author(text), Author(f"{other} {text}".strip(), other, text))
    book = Collection(
        "b",
        text,
        publisher=other,
        place=text,
        series=other,
        editors=people,
        papers=(Listed("a", pages=text),),
    )
    site = site_of([Paper(text, id="a", authors=people, citekey=other)], collections=[book])
    (paper, own) = read(bibliography(book, site.archive.papers, site)).values()
    assert [len(paper[2].get(role, ())) for role in ("author", "editor")] == [2, 2]
    assert own[0] == "proceedings"
