"""Metadata for machines: nothing invented, nothing empty."""

from helpers import site_of
from regesta.content.paper import Author, Paper
from regesta.content.taxonomy import Tag
from regesta.pages.metadata import article, breadcrumbs, highwire, item_list
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


def test_scholars_tools_get_names_dates_and_identifiers():
    assert highwire(RICH, SITE) == (
        ("citation_title", "Sparse x² Trees"),
        ("citation_author", "Example, Ada"),
        ("citation_author", "The Group"),
        ("citation_publication_date", "2025/06"),
        ("citation_conference_title", "Workshop"),
        ("citation_doi", "10.5555/1"),
        ("citation_pdf_url", "https://a.example/a.pdf"),
        ("citation_abstract_html_url", "https://example.org/lab/papers/a/"),
        ("citation_keywords", "Maps"),
        ("citation_language", "en"),
    )


def test_without_a_real_name_there_are_no_citation_tags():
    assert highwire(Paper("Poor", id="b", authors_count=6), SITE) == ()


def test_an_article_says_only_what_is_known():
    poor = article(SITE.archive.papers[-1], SITE)
    assert poor["name"] == "Poor"
    assert not {"author", "datePublished", "abstract", "sameAs", "keywords"} & set(poor)
    rich = article(RICH, SITE)
    assert rich["author"] == [
        {"@type": "Person", "name": "Ada Example"},
        {"@type": "Person", "name": "The Group"},
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
