"""The page that tells people how to follow the archive, and the file that brings all feeds into a reader."""

import re

import pytest
from lxml import etree

from helpers import URL, made, site_of, tiny_site
from regesta.content.paper import Author, Organization, Paper
from regesta.content.taxonomy import Tag
from regesta.pages import changes, feeds, feeds_page, lists, takeaway_rows


def files_of(site):
    """Return the page and the OPML file of a site, by their paths."""
    takeaway_rows.update(site, "")
    return made(feeds_page.plan(site))


def test_opml_has_every_feed_that_there_is():
    site = tiny_site(feed_authors=True)
    root = etree.fromstring(files_of(site)["feeds.opml"])
    assert (root.tag, root.get("version")) == ("opml", "2.0")
    found = {
        outline.get("xmlUrl").removeprefix(URL) for outline in root.iter("outline") if outline.get("xmlUrl")
    }
    every = {**made(feeds.plan(site)), **made(changes.plan(site))}
    planned = {path for path in every if path.endswith(".xml") and not re.match(r"feeds/\d", path)}
    assert found == planned - {"atom.xml"}
    assert all(outline.get("text") for outline in root.iter("outline"))


def test_titles_in_opml_are_the_same_as_text_and_as_html():
    """Readers differ in how they take them; as HTML, the tags would be dropped, or be what the validator warns of."""
    title = "<mask> at <b onerror=x>AT&T</b> &lt; &#60"
    site = site_of([Paper("A", id="a", tags=("t",))], [Tag("t", title)], title=title)
    root = etree.fromstring(files_of(site)["feeds.opml"])
    shown = "‹mask› at ‹b onerror=x›AT＆T‹/b› ＆lt; ＆#60"
    assert root.findtext("head/title") == shown
    assert shown in [outline.get("text") for outline in root.iter("outline")]
    assert shown in [outline.get("title") for outline in root.iter("outline")]


def test_the_page_lists_the_feeds_of_each_kind():
    page = files_of(tiny_site())["feeds/index.html"]
    assert [address for _, address in page.data["main"]] == ["/feed.xml", "/atom.xml", "/feed.json"]
    assert [row["kind"].address for row in page.data["kinds"]] == ["/tags/", "/collections/", "/organizations/", "/venues/"]  # fmt: skip
    (link, feed), *_ = page.data["kinds"][0]["feeds"]
    assert feed == f"{link.address}feed.xml"


def test_the_page_lists_the_files_that_have_the_whole_archive():
    everything = files_of(tiny_site())["feeds/index.html"].data["everything"]
    assert dict(everything)["BibTeX"] == ["/papers.bib"]
    assert dict(everything)["JSON Lines"] == ["/papers.jsonl"]
    assert dict(everything)["SHA-256"] == ["/papers.sha256"]


def test_names_are_in_the_order_of_their_letters_and_people_in_that_of_their_families():
    places = "Zürich Lab", "École Polytechnique", "university of Ghent"
    papers = [
        Paper(
            place,
            id=f"p{i}",
            added="2026-11-20",
            authors=(Author(person),),
            organization=Organization(place),
        )
        for i, (place, person) in enumerate(
            zip(places, ("Zoë Ąbc", "Émile Zola", "Øystein Åberg"), strict=True)
        )
    ]
    site = site_of(papers, feed_authors=True)
    rows = {row["kind"].address: row["feeds"] for row in files_of(site)["feeds/index.html"].data["kinds"]}
    in_order = ["École Polytechnique", "university of Ghent", "Zürich Lab"]
    assert [link.label for link, _ in rows["/organizations/"]] == in_order
    assert [link.label for link, _ in rows["/authors/"]] == ["Zoë Ąbc", "Øystein Åberg", "Émile Zola"]
    index = made(lists.plan(site))["organizations/index.html"]
    assert [link.label for names in index.data["letters"] for link in names.links] == in_order


def test_too_many_feeds_of_a_kind_are_not_listed():
    papers = [Paper("A", id="a", added="2026-11-20", tags=tuple(f"t{i}" for i in range(101)))]
    page = files_of(site_of(papers, [Tag("t0", "T")]))["feeds/index.html"]
    (row,) = page.data["kinds"]
    assert (row["kind"].papers, row["more"]) == (101, True)


@pytest.mark.parametrize(
    ("mail", "target"),
    [
        ("list@example.org", "mailto:list@example.org"),
        ("mailto:list@example.org", "mailto:list@example.org"),
        ("https://example.org/@list", "https://example.org/@list"),
        ("", ""),
    ],
)
def test_the_page_tells_of_mail_if_there_is_any(mail, target):
    page = files_of(site_of([], subscribe_mail=mail))["feeds/index.html"]
    assert page.data["mail"] == target
