"""JSON-LD as a processor reads it: the triples that are meant, and no term that it does not know.

A processor drops terms that the vocabulary lacks without a word. The network is not asked: the context here names what
schema.org has of what we use.
"""

import json
from collections import Counter

import pytest
from pyld import jsonld

from helpers import drafts_of, site_of, tiny_site, unrelated, workshop
from regesta.content.collections import Collection
from regesta.content.paper import Author, Paper
from regesta.content.taxonomy import Tag
from regesta.pages import collections, papers, tags
from regesta.pages.metadata import article

SO = "http://schema.org/"
TYPES = (
    "Book BreadcrumbList Chapter Collection CollectionPage ItemList ListItem Organization Periodical Person "
    "PublicationIssue PublicationVolume Report ScholarlyArticle Thesis"
)
TERMS = (
    "abstract author creativeWorkStatus editor headline identifier inLanguage isPartOf isbn issueNumber "
    "itemListElement keywords mainEntity name numberOfItems pagination position publisher "
    "volumeNumber"
)
CONTEXT = {term: SO + term for term in f"{TYPES} {TERMS}".split()} | {
    "datePublished": {"@id": f"{SO}datePublished", "@type": f"{SO}Date"},
    **{name: {"@id": SO + name, "@type": "@id"} for name in ("item", "sameAs", "url")},
}


def load(url, _options=None):
    assert url.rstrip("/") == "https://schema.org"
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXT}}


def triples(data):
    """Return the triples of a document: subjects and objects without a name of their own are named by their types."""
    quads = jsonld.to_rdf(data, {"documentLoader": load})["@default"]
    kinds, rdf_type = {}, "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    for quad in quads:
        if quad["predicate"]["value"] == rdf_type:
            kinds.setdefault(quad["subject"]["value"], []).append(quad["object"]["value"].removeprefix(SO))

    def shown(term):
        is_bare = term["type"] == "blank node"
        return "+".join(kinds.get(term["value"], [])) if is_bare else term["value"].removeprefix(SO)

    return {
        (shown(quad["subject"]), shown(quad["predicate"]), shown(quad["object"]))
        for quad in quads
        if quad["predicate"]["value"] != rdf_type
    }


def count_values(data):
    """Count the values of a document as written."""
    if isinstance(data, dict):
        return sum(count_values(value) for key, value in data.items() if key != "@context")
    return sum(map(count_values, data)) if isinstance(data, list) else 1


def count_expanded(data):
    """Count the values of an expanded document."""
    if isinstance(data, dict):
        return 1 if "@value" in data else sum(map(count_expanded, data.values()))
    return sum(map(count_expanded, data)) if isinstance(data, list) else 1


def test_a_paper_is_what_its_triples_say():
    paper = Paper(
        "On $\\beta$-VAE & <mask>",
        id="a",
        type="article",
        authors=(Author("Ada Example", orcid="0000-0002-1825-0097"), Author("The Tide Collaboration")),
        published="2025-06",
        abstract="Some *text*.",
        venue="Journal of Tides",
        volume="7",
        number="2",
        pages="10–20",
        publisher="Tide Press",
        language="pt-BR",
        status="retracted",
        keywords=("maps",),
        links={"doi": "https://doi.org/10.5555/1"},
    )
    own, person = "ScholarlyArticle", "https://orcid.org/0000-0002-1825-0097"
    assert triples(article(paper, site_of([paper]))) == {
        (own, "headline", "On β-VAE & <mask>"),
        (own, "name", "On β-VAE & <mask>"),
        (own, "author", person),
        (person, "name", "Ada Example"),
        (own, "author", "Organization"),
        ("Organization", "name", "The Tide Collaboration"),
        (own, "datePublished", "2025-06"),
        (own, "abstract", "Some text."),
        (own, "creativeWorkStatus", "Retracted"),
        (own, "identifier", "a"),
        (own, "sameAs", "https://doi.org/10.5555/1"),
        (own, "keywords", "maps"),
        (own, "pagination", "10–20"),
        (own, "inLanguage", "pt-BR"),
        (own, "url", "https://example.org/lab/papers/a/"),
        (own, "isPartOf", "PublicationIssue"),
        ("PublicationIssue", "issueNumber", "2"),
        ("PublicationIssue", "isPartOf", "PublicationVolume"),
        ("PublicationVolume", "volumeNumber", "7"),
        ("PublicationVolume", "publisher", "Organization"),
        ("Organization", "name", "Tide Press"),
        ("PublicationVolume", "isPartOf", "Periodical"),
        ("Periodical", "name", "Journal of Tides"),
        (own, "isPartOf", "Collection"),
        ("Collection", "name", "Our papers"),
        ("Collection", "url", "https://example.org/lab/"),
    }


def sites():
    kinds = ("article", "inproceedings", "book", "incollection", "phdthesis", "techreport", "misc")
    several = [Paper(kind, id=kind, type=kind, venue="V", number="1", publisher="P") for kind in kinds]
    return [tiny_site(), workshop(), site_of(several, [Tag("t", "T")], [Collection("c", "C")])]


@pytest.mark.parametrize("site", sites(), ids=("tiny", "workshop", "kinds"))
def test_a_processor_drops_nothing(site):
    plans = (papers.plan(site, unrelated), collections.plan(site), tags.plan(site))
    found = [
        data for plan in plans for draft in drafts_of(plan) for data in getattr(draft.make(), "json_ld", ())
    ]
    for data in found:
        expanded = jsonld.expand(json.loads(json.dumps(data)), {"documentLoader": load})
        assert count_expanded(expanded) == count_values(data), data
    assert Counter(data["@type"] for data in found)["BreadcrumbList"] > len(site.archive.papers)
