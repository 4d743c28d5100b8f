"""Feeds: the latest papers first, well-formed whatever papers hold, and the same in every build."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import unescape

import feedparser
import pytest
from hypothesis import given
from lxml import etree, html

from helpers import URL, check_golden, made, nasty_texts, site_of, tiny_site
from regesta.content.collections import Collection
from regesta.content.paper import Author, Paper
from regesta.content.paper_files import dump, parse
from regesta.content.taxonomy import Tag
from regesta.pages import feeds
from regesta.text.strings import one_line, shows

CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def some_papers(count, added="2026-11-20", prefix="p"):
    return [Paper(f"Paper {i}", id=f"{prefix}{i}", added=added, abstract="Text.") for i in range(count)]


def plan(site):
    return made(feeds.plan(site))


def rss(site):
    """Return the RSS feeds beside pages."""
    return {path: data for path, data in plan(site).items() if path.endswith("feed.xml")}


def channel(site, path="feed.xml"):
    return etree.fromstring(plan(site)[path]).find("channel")


def titles(site, path="feed.xml"):
    return [item.findtext("title") for item in channel(site, path).iter("item")]


def test_the_feeds_of_the_tiny_archive():
    """Return a feed's text in blocks: one for the channel and one for each item."""
    parts = ("title", "link", "guid", "pubDate", CREATOR, "category", "description", CONTENT)
    produced = {}
    for path, data in rss(tiny_site()).items():
        feed = etree.fromstring(data).find("channel")
        blocks = [
            " | ".join(found.text or "" for part in parts for found in of.findall(part))
            for of in (feed, *feed.iter("item"))
        ]
        produced[path.replace("/", "-").replace(".xml", ".txt")] = "\n\n".join([*blocks, ""])
    check_golden("feeds", produced)


def test_a_feed_reader_understands_it():
    for path, data in plan(tiny_site()).items():
        if not path.endswith(".json"):
            feed = feedparser.parse(data)
            assert (feed.bozo, feed.version) == (False, "atom10" if path == "atom.xml" else "rss20")
            assert all(entry.published_parsed and entry.id for entry in feed.entries)


def test_there_is_a_feed_for_the_archive_each_tag_and_each_other_list():
    planned = set(plan(tiny_site()))
    assert {path for path in planned if not re.match(r"feeds/\d", path)} == {
        "feed.xml", "atom.xml", "feed.json", "feeds/daily.xml", "feeds/weekly.xml",
        "tags/maps/feed.xml", "tags/of-our-own/feed.xml", "tags/trees/feed.xml",
        "collections/autumn/feed.xml", "collections/bare/feed.xml", "organizations/ecole-dexemple/feed.xml",
        "organizations/example-labs/feed.xml", "venues/workshop-on-maps-trees/feed.xml",
    }  # fmt: skip


def test_authors_have_feeds_if_the_settings_say_so():
    site = tiny_site(feed_authors=True)
    feed = channel(site, "authors/eva-example/feed.xml")
    assert feed.findtext("title") == "Éva Example · Papers & Maps"
    assert [item.findtext("title") for item in feed.iter("item")] == ["Über Bäume"]


def test_a_feed_says_where_it_is():
    found = channel(tiny_site(), "tags/maps/feed.xml")
    assert found.findtext("title") == "Maps & charts · Papers & Maps"
    assert found.findtext("link") == "https://example.org/lab/tags/maps/"
    assert found.findtext("description") == "How the world is drawn, and by whom."
    assert found.findtext("language") == "en"
    assert (
        found.find("{http://www.w3.org/2005/Atom}link").get("href")
        == "https://example.org/lab/tags/maps/feed.xml"
    )


def test_items_are_dated_by_the_day_they_were_added():
    paper = Paper("Sparse Trees", id="sparse-trees", published="2019-02-28", added="2026-11-20")
    (item,) = channel(site_of([paper])).iter("item")
    assert parsedate_to_datetime(item.findtext("pubDate")).date().isoformat() == "2026-11-20"
    assert item.findtext("link") == f"{URL}papers/sparse-trees/"
    assert "Published 28 February 2019" in item.findtext(CONTENT)


def test_the_latest_come_first_and_items_of_a_day_are_spread_over_it():
    papers = [
        paper for day in ("20", "22", "21") for paper in some_papers(9, f"2026-11-{day}", prefix=f"d{day}-")
    ]
    feed = channel(site_of(papers))
    moments = [parsedate_to_datetime(item.findtext("pubDate")) for item in feed.iter("item")]
    assert len(set(moments)) == 27
    assert moments == sorted(moments, reverse=True)
    assert feed.findtext("lastBuildDate") == next(feed.iter("item")).findtext("pubDate")
    assert all(moment.tzinfo and moment < datetime(2026, 11, 23, tzinfo=UTC) for moment in moments)


def test_a_feed_does_not_depend_on_the_order_of_papers_or_other_papers():
    papers = some_papers(5)
    assert plan(site_of(papers)) == plan(site_of(reversed(papers)))
    alone = next(channel(site_of(papers[:1])).iter("item"))
    among = next(
        item for item in channel(site_of(papers)).iter("item") if item.findtext("title") == "Paper 0"
    )
    assert etree.tostring(alone) == etree.tostring(among)


def test_papers_without_a_day_are_in_no_feed():
    assert titles(site_of([Paper("Sparse Trees", id="a", published="2025-01-01")])) == []


def test_a_feed_holds_no_more_than_its_size():
    papers = [*some_papers(4, "2026-11-20", "a"), *some_papers(4, "2026-11-21", "b")]
    assert len(titles(site_of(papers, feed_size=5))) == 5


def test_more_papers_of_a_day_than_a_feed_holds_are_one_item():
    papers = [*some_papers(6, "2026-11-20"), Paper("Late", id="late", added="2026-11-21")]
    site = site_of(papers, feed_size=5)
    assert titles(site) == ["Late", "6 papers added on 20 November 2026"]
    item = list(channel(site).iter("item"))[1]
    assert item.findtext("link") == f"{URL}added/2026-11-20/"
    assert parsedate_to_datetime(item.findtext("pubDate")).date().isoformat() == "2026-11-20"
    assert "6 papers were added to Our papers on 20 November 2026" in item.findtext("description")
    assert len(titles(site_of(papers, feed_size=6))) == 6


def test_a_large_import_is_one_item_in_the_feed_of_a_tag_too():
    papers = [replace(paper, tags=("maps",)) for paper in some_papers(6)]
    site = site_of(papers, [Tag("maps", "Maps")], feed_size=5)
    assert titles(site, "tags/maps/feed.xml") == ["6 papers added on 20 November 2026"]
    (item,) = channel(site, "tags/maps/feed.xml").iter("item")
    assert item.findtext("link") == f"{URL}tags/maps/"
    assert item.findtext("guid").endswith(":tags/maps/#added-2026-11-20")


def test_an_item_tells_what_is_known_and_no_more():
    count = Paper("A", id="a", added="2026-11-20", authors_count=6, published="2025", inferred=("published",))
    named = Paper(
        "B",
        id="b",
        added="2026-11-20",
        authors=(Author("Ada Example"), Author("Bo Example")),
        authors_count=2,
    )
    items = {item.findtext("title"): item for item in channel(site_of([count, named])).iter("item")}
    assert [[c.text for c in items[title].iter(CREATOR)] for title in "AB"] == [
        [],
        ["Ada Example", "Bo Example"],
    ]
    assert items["A"].findtext(CONTENT).endswith(">Published 2025 (year inferred) · 6 authors</p>")
    assert items["B"].findtext(CONTENT) is None


def test_a_status_is_said_in_the_title():
    papers = [
        Paper("A", id="a", added="2026-11-20", status="retracted"),
        Paper("B", id="b", added="2026-11-20", status="withdrawn"),
    ]
    assert sorted(titles(site_of(papers))) == ["Retracted: A", "Withdrawn: B"]


def test_markup_of_strangers_is_text():
    abstract = "<script>alert(1)</script> <img src=x onerror=alert(2)> [x](javascript:alert(3)) ]]> & more"
    paper = Paper(
        "<b>Bold</b> & ]]> $x < y$",
        id="a",
        added="2026-11-20",
        abstract=abstract,
        authors=(Author("A <b> & C"),),
    )
    (item,) = channel(site_of([paper], title="Papers <i>&</i> Maps")).iter("item")
    assert unescape(item.findtext("title")) == "<b>Bold</b> & ]]> x < y"
    assert unescape(item.findtext("description")) == abstract
    body = html.fromstring(f"<div>{item.findtext(CONTENT)}</div>")
    assert not body.xpath("//script|//img|//b|//@href|//@onerror")
    assert "<script>alert(1)</script>" in body.text_content()


def test_mathematics_is_text_in_a_feed():
    paper = Paper("A $x^2$", id="a", added="2026-11-20", abstract="With $x^2 < y$.")
    (item,) = channel(site_of([paper])).iter("item")
    assert item.findtext("title") == "A x²"
    assert item.findtext("description") == "With x² &lt; y."
    assert item.findtext(CONTENT).startswith('<p dir="auto">With x² &lt; y.</p>')


@given(nasty_texts(10).map(one_line).filter(shows), nasty_texts(10))
def test_any_text_makes_a_feed_that_can_be_read(title, abstract):
    paper = Paper(
        title,
        id="a",
        abstract=abstract,
        note=abstract,
        added="2026-11-20",
        tags=("t",),
        venue=one_line(abstract),
    )
    paper = parse(dump(paper).encode("utf-8", "replace").decode(), "a", "a.md")
    site = site_of(
        [paper],
        [Tag("t", paper.title)],
        [Collection("c", paper.title, paper.title, paper.abstract)],
        title=paper.title,
    )
    for path, data in plan(site).items():
        json.loads(data) if path.endswith(".json") else etree.fromstring(data)
        assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]", data.decode())


@pytest.mark.parametrize("abstract", ["", "One.\n\nTwo *three*."])
def test_abstracts_of_any_shape(abstract):
    (item,) = channel(site_of([Paper("A", id="a", added="2026-11-20", abstract=abstract)])).iter("item")
    assert (item.findtext("description") or "") == ("One. Two three." if abstract else "")
