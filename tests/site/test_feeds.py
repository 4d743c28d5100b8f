"""The RSS feeds are what the specification says, and readers find them."""

from email.utils import parsedate_to_datetime
from pathlib import Path

import feedparser
import pytest
from built import Built
from lxml import etree, html

ATOM_LINK = "{http://www.w3.org/2005/Atom}link"


@pytest.fixture(scope="module")
def feeds(project_site: Built) -> dict[str, bytes]:
    """Every RSS feed of the site, by its full address."""
    names = [name for name in project_site.files if name.endswith("feed.xml")]
    return {project_site.url + name: (project_site.folder / name).read_bytes() for name in names}


def test_the_archive_each_tag_and_each_collection_has_a_feed(
    feeds: dict[str, bytes], project_site: Built
) -> None:
    """Beside every list there is a feed.xml."""
    lists = ["/", *project_site.kinds["tags/*"], *project_site.kinds["collections/*"]]
    missing = [address for address in lists if project_site.url + address[1:] + "feed.xml" not in feeds]
    assert not missing, "\n".join(missing)


def test_feeds_are_valid_rss(feeds: dict[str, bytes]) -> None:
    """RSS 2.0, by the strict schema beside this file."""
    schema = etree.RelaxNG(file=str(Path(__file__).with_name("rss20.rng")))
    faults = [
        f"{address}:{error.line}: {error.message}"
        for address, feed in feeds.items()
        if not schema.validate(etree.fromstring(feed))
        for error in schema.error_log
    ]
    assert not faults, "\n".join(faults)


def test_feeds_are_read_without_complaint(feeds: dict[str, bytes]) -> None:
    """A forgiving parser has nothing to forgive, and finds a title and something to read in each item."""
    for address, feed in feeds.items():
        read = feedparser.parse(feed)
        assert not read.bozo, f"{address}: {read.get('bozo_exception')}"
        assert read.version == "rss20"
        assert read.entries, f"{address} is empty"
        assert all(entry.title and entry.summary for entry in read.entries), address


def test_feeds_name_themselves_and_their_items_once(feeds: dict[str, bytes]) -> None:
    """rel=self is the feed's own address; no guid occurs twice; a guid that is a permanent link is the item's."""
    for address, feed in feeds.items():
        channel = etree.fromstring(feed).find("channel")
        assert [link.get("href") for link in channel.findall(ATOM_LINK) if link.get("rel") == "self"] == [
            address
        ]
        guids = channel.findall("item/guid")
        assert len({guid.text for guid in guids}) == len(guids), address
        for guid in guids:
            if guid.get("isPermaLink", "true") == "true":
                assert guid.text == guid.getparent().findtext("link"), address


def test_dates_are_true_and_in_order(feeds: dict[str, bytes]) -> None:
    """The weekday is that of the date, and the newest item stands first."""
    for address, feed in feeds.items():
        texts = [date.text for date in etree.fromstring(feed).iterfind("channel/item/pubDate")]
        dates = [parsedate_to_datetime(text) for text in texts]
        assert [date.strftime("%a") for date in dates] == [text[:3] for text in texts], address
        assert dates == sorted(dates, reverse=True), address


def test_heads_offer_the_right_feeds(feeds: dict[str, bytes], project_site: Built) -> None:
    """Every page offers the archive's feed; a tag or collection offers its own as well."""
    for address in project_site.examples():
        head = html.document_fromstring(project_site.file(address).read_bytes()).head
        offered = head.xpath("link[@rel='alternate'][@type='application/rss+xml'][@title]/@href")
        own = project_site.base + address[1:] + "feed.xml"
        wanted = {project_site.base + "feed.xml"}
        if f"https://example.org{own}" in feeds:
            wanted.add(own)
        assert wanted <= {href.removeprefix("https://example.org") for href in offered}, address
