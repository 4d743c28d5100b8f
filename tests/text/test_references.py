"""Pages of a paper: one rule, whichever source says them and wherever they are shown."""

import json

import pytest

from helpers import site_of
from regesta.content.paper import Author, Paper
from regesta.pages.citation import bibtex as cite
from regesta.pages.metadata import scholarly
from regesta.sources import acl_anthology, bibtex, csl_json, pmlr, ris, tables, zotero
from regesta.sources.common.dump import Dump
from regesta.text.references import page_range

#: What a source says, and what a paper's file holds.
PAGES = {
    # from the first page to the last, however the dash is written
    "15-27": "15–27",
    "15--27": "15–27",
    "15---27": "15–27",
    "15 – 27": "15–27",
    "15 \u2212 27": "15–27",  # a minus
    "15\u201027": "15–27",  # a hyphen that is not ASCII
    "341-8": "341–8",
    "1234-5678": "1234–5678",
    "S1-S12": "S1–S12",
    "e1234-e1240": "e1234–e1240",
    "12A-15B": "12A–15B",
    "xii-xx": "xii–xx",
    "XII--XX": "XII–XX",
    "xii--20": "xii–20",
    "123:1--123:9": "123:1–123:9",
    "123:1-123:9": "123:1–123:9",
    "604.4-604.9": "604.4–604.9",
    # hyphens inside the numbers of pages
    "12-1--12-8": "12-1–12-8",
    "12-1-12-8": "12-1–12-8",
    "I-511-I-518": "I-511–I-518",
    "A-12--A-20": "A-12–A-20",
    # several ranges, and words beside one
    "5-7, 9-12": "5–7, 9–12",
    "xii-xx, 1-20": "xii–xx, 1–20",
    "1-10, A-3": "1–10, A-3",
    "1150-1157 vol.2": "1150–1157 vol.2",
    # the number of an article, or one page
    "A-12": "A-12",
    "C-12": "C-12",
    "10-2345-67": "10-2345-67",
    "e1003285": "e1003285",
    "124501": "124501",
    "12-": "12-",
    # nothing
    "-": "",
    "": "",
}


@pytest.mark.parametrize(("said", "held"), PAGES.items())
def test_a_range_has_an_en_dash_and_an_article_number_stays(said, held):
    assert page_range(said) == held
    assert page_range(held) == held


ACL = '<collection id="2031.x"><volume id="long"><meta><booktitle>Trees</booktitle></meta><paper id="1"><title>T</title><pages>{}</pages></paper></volume></collection>'
#: Returns the reading of one paper with such pages, by source.
SOURCES = {
    "ACL Anthology": lambda pages: acl_anthology.read(Dump("a.xml", ACL.format(pages))),
    "BibTeX": lambda pages: bibtex.read(Dump("a.bib", f"@article{{a, title = {{T}}, pages = {{{pages}}}}}")),
    "CSL-JSON": lambda pages: csl_json.read(Dump("a.json", json.dumps([{"title": "T", "page": pages}]))),
    "CSV": lambda pages: tables.read_csv(Dump("a.csv", f'title,pages\nT,"{pages}"\n')),
    "JSON Lines": lambda pages: tables.read_jsonl(
        Dump("a.jsonl", json.dumps({"title": "T", "pages": pages}))
    ),
    "PMLR": lambda pages: pmlr.read(Dump("a.md", f'---\ntitle: T\npage: "{pages}"\n---\n')),
    "RIS": lambda pages: ris.read(Dump("a.ris", f"TY  - JOUR\nTI  - T\nSP  - {pages}\nER  - \n")),
    "Zotero": lambda pages: zotero.read(
        Dump(
            "a.json",
            json.dumps({"items": [{"itemType": "journalArticle", "title": "T", "pages": pages}]}, indent=1),
        )
    ),
}


@pytest.mark.parametrize("source", SOURCES)
def test_every_source_reads_them_alike(source):
    readings = {said: SOURCES[source](said) for said in PAGES}
    assert {said: [paper.pages for paper in reading.papers] for said, reading in readings.items()} == {
        said: [held] for said, held in PAGES.items()
    }


@pytest.mark.parametrize(
    ("first", "last", "held"), [("15", "27", "15–27"), ("A-12", "A-20", "A-12–A-20"), ("A-12", "", "A-12")]
)
def test_a_first_and_a_last_page_are_a_range(first, last, held):
    post = f"---\ntitle: T\nfirstpage: {first}\nlastpage: {last}\n---\n"
    reference = f"TY  - JOUR\nTI  - T\nSP  - {first}\nEP  - {last}\nER  - \n"
    for reading in (pmlr.read(Dump("a.md", post)), ris.read(Dump("a.ris", reference))):
        assert [paper.pages for paper in reading.papers] == [held]


@pytest.mark.parametrize(
    ("pages", "in_bibtex", "first", "last"),
    [
        ("12-1–12-8", "12-1--12-8", "12-1", "12-8"),
        ("A-12", "A-12", "A-12", "A-12"),
        ("5–7, 9–12", "5--7, 9--12", None, None),
    ],
)
def test_what_is_cited_is_read_back(pages, in_bibtex, first, last):
    paper = Paper("T", id="a", type="article", venue="Journal", authors=(Author("Ada"),), pages=pages)
    site = site_of([paper])
    tags, entry = dict(scholarly(paper, site)), cite(paper, site)
    assert f"pages     = {{{in_bibtex}}}" in entry
    assert (tags.get("citation_firstpage"), tags.get("citation_lastpage")) == (first, last)
    assert [again.pages for again in bibtex.read(Dump("a.bib", entry)).papers] == [pages]
