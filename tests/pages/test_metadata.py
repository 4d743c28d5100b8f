"""Metadata for machines: nothing invented, nothing empty."""

import pytest

from helpers import site_of
from regesta.content.paper import Author, Paper
from regesta.content.taxonomy import Tag
from regesta.pages.metadata import article, breadcrumbs, item_list, scholarly
from regesta.pages.page import Link

RICH = Paper(
    "Sparse $x^2$ Trees",
    id="a",
    abstract="Some *text*.",
    published="2025-06",
    authors=(Author("Ada Example", "Ada", "Example"), Author("The Group")),
    venue="Workshop",
    tags=("maps",),
    links={"doi": "https://doi.org/10.5555/1", "pdf": "https://a.example/a.pdf"},
)
SITE = site_of([RICH, Paper("Poor", id="b", authors_count=6)], [Tag("maps", "Maps")])


def tags_of(**known):
    """Return the tags of a paper by name; of several with one name the values in their order."""
    paper = Paper(**({"title": "A", "id": "a"} | known))
    found = {}
    for name, value in scholarly(paper, site_of([paper])):
        found.setdefault(name, []).append(value)
    return found


def test_scholars_tools_get_names_dates_and_identifiers():
    assert scholarly(RICH, SITE) == (
        ("citation_title", "Sparse x² Trees"),
        ("citation_author", "Example, Ada"),
        ("citation_author", "The Group,"),
        ("citation_publication_date", "2025/06"),
        ("citation_conference_title", "Workshop"),
        ("citation_doi", "10.5555/1"),
        ("citation_abstract_html_url", "https://example.org/lab/papers/a/"),
        ("citation_abstract", "Some text."),
        ("citation_keywords", "Maps"),
        ("DC.type", "conferencePaper"),
        ("zotero.citation_pdf_url", "https://a.example/a.pdf"),
    )


def test_without_a_real_name_there_is_dublin_core():
    tags = tags_of(
        title="On $x^2$",
        abstract="Long. " * 100,
        authors_count=6,
        published="2025-06",
        type="article",
        venue="Journal of Maps",
        volume="7",
        keywords=("maps", "trees"),
        links={"doi": "https://doi.org/10.5555/1", "pdf": "https://a.example/a.pdf"},
        language="pt-BR",
    )
    whole = ("Long. " * 100).strip()
    assert tags == {
        "DC.title": ["On x²"],
        "DC.date": ["2025-06"],
        "DC.source": ["Journal of Maps"],
        "DC.identifier": ["doi:10.5555/1"],
        "DC.description": [whole],
        "zotero.citation_abstract": [whole],
        "zotero.citation_volume": ["7"],
        "DC.subject": ["maps", "trees"],
        "DC.language": ["pt-BR"],
        "DC.type": ["journalArticle"],
        "zotero.citation_pdf_url": ["https://a.example/a.pdf"],
    }


@pytest.mark.parametrize("authors", [(), (Author("Ada Example"),)])
def test_a_paper_without_a_date_gets_none(authors):
    tags = tags_of(authors=authors, added="2026-11-20", featured="2026-11-19", updated="2026-11-21")
    assert "2026" not in str(tags)


ARXIV = {"arxiv": "https://arxiv.org/abs/2410.21060"}


@pytest.mark.parametrize(
    ("known", "zotero", "schema"),
    [
        ({}, "document", "ScholarlyArticle"),
        ({"links": ARXIV}, "preprint", "ScholarlyArticle"),
        ({"type": "preprint"}, "preprint", "ScholarlyArticle"),
        ({"type": "article", "venue": "CoRR"}, "preprint", "ScholarlyArticle"),
        ({"venue": "bioRxiv"}, "preprint", "ScholarlyArticle"),
        ({"type": "article"}, "journalArticle", "ScholarlyArticle"),
        (
            {"type": "article", "venue": "Journal of Maps", "links": ARXIV},
            "journalArticle",
            "ScholarlyArticle",
        ),
        ({"venue": "Workshop", "links": ARXIV}, "conferencePaper", "ScholarlyArticle"),
        ({"type": "incollection", "venue": "A Book"}, "bookSection", "Chapter"),
        ({"type": "book"}, "book", "Book"),
        ({"type": "phdthesis", "publisher": "University"}, "Doctoral Thesis", "Thesis"),
        ({"type": "thesis"}, "Thesis", "Thesis"),
        ({"type": "techreport"}, "Report", "Report"),
        ({"type": "unpublished"}, "manuscript", "ScholarlyArticle"),
    ],
)
def test_each_kind_has_its_type(known, zotero, schema):
    paper = Paper("A", id="a", **known)
    assert tags_of(**known)["DC.type"] == [zotero]
    assert article(paper, site_of([paper]))["@type"] == schema


def test_what_zotero_would_take_for_another_type_is_not_said():
    for known in (
        {"type": "article", "venue": "CoRR"},
        {"type": "book", "venue": "Somewhere"},
        {"links": ARXIV},
    ):
        tags = tags_of(authors=(Author("Ada Example"),), **known)
        assert not {"citation_journal_title", "citation_conference_title", "citation_inbook_title"} & set(
            tags
        )
    chapter = tags_of(authors=(Author("Ada Example"),), type="incollection", venue="A Book")
    assert chapter["citation_inbook_title"] == ["A Book"]


def test_a_preprint_is_published_by_its_server():
    authors = (Author("Ada Example"),)
    assert tags_of(authors=authors, links=ARXIV)["citation_publisher"] == ["arXiv"]
    assert tags_of(authors=authors, venue="bioRxiv")["citation_publisher"] == ["bioRxiv"]


@pytest.mark.parametrize(
    "known",
    [
        {"links": ARXIV},
        {"links": {"arxiv": "https://arxiv.org/pdf/2410.21060v2"}},
        {"links": {"doi": "https://doi.org/10.48550/arXiv.2410.21060"}},
        {"id": "2410.21060"},
    ],
)
def test_an_arxiv_id_gives_abstract_and_pdf(known):
    links = SITE.links(Paper("A", **({"id": "a"} | known)))
    assert (links["arxiv"], links["pdf"]) == (
        "https://arxiv.org/abs/2410.21060",
        "https://arxiv.org/pdf/2410.21060",
    )


def test_links_that_are_given_stay():
    given = {
        "arxiv": "https://arxiv.org/abs/2410.21060v3",
        "pdf": "https://a.example/a.pdf",
        "code": "https://c.example/",
    }
    assert SITE.links(Paper("A", id="a", links=given)) == given
    assert SITE.links(Paper("A", id="b", links={"code": "https://c.example/"})) == {
        "code": "https://c.example/"
    }


def test_a_single_author_is_not_taken_for_two():
    """Zotero splits a lone `A B, C D` at the comma, unless one side has no plain space."""
    alone = tags_of(authors=(Author("Rob Matthijs van der Goot"),))["citation_author"]
    assert alone == ["van der Goot, Rob\u00a0Matthijs"]
    both = tags_of(authors=(Author("Rob Matthijs van der Goot"), Author("Ada B. Example")))["citation_author"]
    assert both == ["van der Goot, Rob Matthijs", "Example, Ada B."]


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("The Tide Collaboration", "The Tide Collaboration,"),
        ("Institute of Tides, Harbour Group", "Institute of Tides Harbour Group,"),
        ("Tide Lab, Inc.; Harbour Lab", "Tide Lab Inc. Harbour Lab,"),
        ("OpenAI", "OpenAI"),
        ("Plato", "Plato"),
        ("李明", "李明"),
    ],
)
def test_a_name_without_parts_is_a_family_name(name, told):
    """Zotero splits a name at its comma, or makes the last word the family name; it splits authors at semicolons."""
    assert tags_of(authors=(Author(name),))["citation_author"] == [told]
    assert tags_of(authors=(Author("Ada Example"), Author(name)))["citation_author"] == ["Example, Ada", told]


def test_the_parts_of_a_name_have_no_signs_that_separate_names():
    parts = Author("Ada B. Example; PhD", "Ada B., PhD", "Example; Sample")
    assert tags_of(authors=(parts,))["citation_author"] == ["Example Sample, Ada\u00a0B.\u00a0PhD"]


def test_a_paper_of_many_keeps_them_all():
    authors = tuple(Author(f"Ada Number{number}") for number in map(_letters, range(3000)))
    paper = Paper("A", id="a", authors=authors)
    assert len(tags_of(authors=authors)["citation_author"]) == 3000
    assert len(article(paper, site_of([paper]))["author"]) == 3000


def _letters(number):
    return "".join(chr(ord("a") + int(digit)) for digit in str(number))


def test_an_article_says_only_what_is_known():
    poor = article(SITE.archive.papers[-1], SITE)
    assert poor["name"] == "Poor"
    assert not {"author", "datePublished", "abstract", "sameAs", "keywords"} & set(poor)
    rich = article(RICH, SITE)
    assert rich["author"] == [
        {"@type": "Person", "name": "Ada Example"},
        {"@type": "Organization", "name": "The Group"},
    ]
    assert (rich["datePublished"], rich["abstract"], rich["sameAs"], rich["keywords"]) == (
        "2025-06",
        "Some text.",
        ["https://doi.org/10.5555/1"],
        ["Maps"],
    )


def test_lists_and_ways_are_numbered():
    listed = item_list("Maps", "/tags/maps/", [RICH], SITE.config)["mainEntity"]
    assert listed["numberOfItems"] == 1
    assert listed["itemListElement"][0] == {
        "@type": "ListItem",
        "position": 1,
        "url": "https://example.org/lab/papers/a/",
        "name": "Sparse x² Trees",
    }
    way = breadcrumbs([Link("Tags", "/tags/"), Link("Maps", "/tags/maps/")], SITE.config)["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in way] == [
        (1, "Tags", "https://example.org/lab/tags/"),
        (2, "Maps", "https://example.org/lab/tags/maps/"),
    ]


def test_an_author_is_told_apart_by_an_orcid_that_is_one():
    people = (
        Author("Ada Example", orcid="0000-0002-1825-0097"),
        Author("Bo Example", orcid="javascript:alert(1)"),
    )
    paper = Paper("Signed", id="c", authors=people)
    known, other = article(paper, site_of([paper], []))["author"]
    assert known == {"@type": "Person", "name": "Ada Example", "@id": "https://orcid.org/0000-0002-1825-0097"}
    assert other == {"@type": "Person", "name": "Bo Example"}
