"""CSL-JSON: two parsers read what the archive knows, and only CSL's own names are used."""

import json

import pytest
from citeproc.source.json import CiteProcJSON
from hypothesis import given

from helpers import WELL_KNOWN, nasty_texts, site_of, tiny_site, workshop
from regesta.content.paper import Author, Organization, Paper
from regesta.pages.csl_json import csl_json
from regesta.sources import csl_json as source
from regesta.sources.common.dump import Dump
from regesta.text.strings import one_line

#: Of CSL 1.0.2: types, and variables that are text.
TYPES = {
    "article",
    "article-journal",
    "book",
    "chapter",
    "document",
    "manuscript",
    "pamphlet",
    "paper-conference",
    "report",
    "thesis",
}
TEXTS = set(
    "id type title container-title collection-title volume number issue page publisher publisher-place ISBN genre DOI URL language "
    "keyword note".split()
)  # fmt: skip


def checked(item):
    """Return an item, after making sure that it is what CSL's schema allows."""
    assert item["type"] in TYPES
    assert item.keys() <= TEXTS | {"author", "editor", "issued"}
    assert all(item[name] and isinstance(item[name], str) for name in item.keys() & TEXTS)
    for person in [*item.get("author", []), *item.get("editor", [])]:
        assert person.keys() in ({"family", "given"}, {"literal"})
    assert all(isinstance(part, int) for part in item.get("issued", {"date-parts": [[]]})["date-parts"][0])
    return item


def by_citeproc(item):
    """Return the reference that a processor of styles sees."""
    (reference,) = CiteProcJSON(json.loads(json.dumps([item]))).values()
    return reference


def by_regesta(item):
    """Return the paper that our source reads."""
    reading = source.read(Dump("a.json", json.dumps([item], ensure_ascii=False)))
    assert reading.problems == []
    return reading.papers[0]


def cite(**known):
    paper = Paper(**({"title": "Sparse Trees", "id": "sparse-trees"} | known))
    site = site_of([paper])
    return checked(csl_json(site.archive.papers[0], site))


def test_both_parsers_read_all_that_is_known():
    item = cite(**WELL_KNOWN)
    reference = by_citeproc(item)
    assert (reference.key, reference.type) == ("example2025", "article-journal")
    for name, value in {
        "title": "Sparse Trees",
        "container_title": "Journal of Salt",
        "volume": "12",
        "issue": "3",
    }.items():
        assert str(reference[name]) == value  # fmt: skip
    assert (reference.issued.year, reference.issued.month, reference.issued.day) == (2025, 6, 2)
    assert (str(reference.author[0].family), str(reference.author[0].given)) == ("Example", "Ada")
    paper = by_regesta(item)
    for name in WELL_KNOWN.keys() - {"abstract"}:
        assert getattr(paper, name) == WELL_KNOWN[name], name


def test_an_abstract_is_no_part_of_it():
    assert cite(**WELL_KNOWN) == cite(**WELL_KNOWN | {"abstract": "It is short."})


def test_what_is_unknown_is_left_out():
    url = "https://example.org/lab/papers/sparse-trees/"
    assert cite() == {"id": "sparse-trees", "type": "document", "title": "Sparse Trees", "URL": url}


@pytest.mark.parametrize(("published", "parts"), [("2025-06", [2025, 6]), ("2025", [2025])])
def test_dates_are_as_precise_as_known(published, parts):
    item = cite(published=published)
    assert item["issued"] == {"date-parts": [parts]}
    assert by_regesta(item).published == published


def test_notes_say_the_status_what_was_inferred_and_how_many_authors_are_not_named():
    known = {
        "authors": (Author("Ada Example"),),
        "authors_count": 6,
        "published": "2025",
        "inferred": ("published",),
    }
    assert cite(status="retracted", **known)["note"] == "Retracted, year inferred, 6 authors"  # fmt: skip


def test_a_preprint_of_arxiv_says_so():
    item = cite(links={"arxiv": "https://arxiv.org/abs/2410.21060v2"})
    assert (item["type"], item["publisher"], item["number"]) == ("article", "arXiv", "arXiv:2410.21060v2")
    assert by_regesta(item).links["arxiv"] == "https://arxiv.org/abs/2410.21060"


def test_a_thesis_names_its_kind_and_its_school():
    item = cite(type="mastersthesis", organization=Organization("University of Salt"))
    assert (item["genre"], item["publisher"]) == ("Master's thesis", "University of Salt")
    assert by_regesta(item).type == "mastersthesis"


def test_a_report_has_a_number_and_no_issue():
    item = cite(type="techreport", number="7", organization=Organization("University of Salt"))
    assert (item["number"], item.get("issue")) == ("7", None)


def test_a_paper_takes_from_its_proceedings_what_it_lacks():
    site = workshop()
    items = {paper.id: checked(csl_json(paper, site)) for paper in site.archive.papers}
    item = items["tide-tables"]
    assert item["container-title"] == "Proceedings of the Second Workshop on Tides & Tables"
    assert (item["publisher-place"], item["page"]) == ("Harbour Town", "1-10")
    assert {"family": "Example", "given": "Ada"} in item["editor"]


def test_every_paper_of_the_tiny_archive_comes_back():
    site = tiny_site()
    items = [checked(csl_json(paper, site)) for paper in site.archive.papers]
    reading = source.read(Dump("a.json", json.dumps(items)))
    assert reading.problems == []
    assert len(CiteProcJSON(items)) == len(reading.papers) == len(site.archive.papers)


@given(nasty_texts().map(one_line).filter(bool))
def test_any_title_and_name_makes_an_item(text):
    item = cite(title=text, authors=(Author(text),), venue=text, keywords=(text,))
    assert by_citeproc(item).key == "sparse-trees"


def test_controls_and_ends_of_lines_are_no_part_of_a_value():
    item = cite(title="A\x07\nB\u2028C", authors=(Author("Ada\r\nExample"),))
    assert (item["title"], item["author"]) == ("A B C", [{"family": "Example", "given": "Ada"}])
