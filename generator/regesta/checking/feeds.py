"""RSS feeds: what the format requires, links that lead to this site, items in order and none twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from regesta.errors import Problem
from regesta.text.xml_json import DocumentError, read_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from xml.etree.ElementTree import Element

    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

#: An XML file is a feed, whatever its name, if `<rss` stands within so many bytes of its start.
_HEAD = 1000
_SELF = "{http://www.w3.org/2005/Atom}link[@rel='self']"
_MEND = "mend it where it is made: feed readers forgive little"


def check(site: BuiltSite, findings: Findings) -> None:
    """Find what a feed reader would stumble over."""
    for path in site.files:
        if path.endswith("feed.xml") or (path.endswith(".xml") and b"<rss" in site.read(path, _HEAD)):
            findings.feeds += 1
            try:
                root = read_xml(site.read(path))
            except DocumentError as error:
                findings.add("feeds", Problem(path, error.line, str(error), _MEND))
                continue
            for what in _wrong(site, root):
                findings.add("feeds", Problem(path, 0, what, _MEND))


def _wrong(site: BuiltSite, root: Element) -> Iterator[str]:
    """Yield what is wrong with a feed."""
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        yield "is not RSS 2.0"
        return
    yield from (
        f"lacks a <{name}>" for name in ("title", "link", "description") if not text_of(channel, name)
    )
    items = channel.findall("item")
    bare = sum(not text_of(item, "title") and not text_of(item, "description") for item in items)
    if bare:
        yield f"has {bare} items without title and description"
    yield from _wrong_links(site, channel, items)
    guids = Counter(filter(None, (text_of(item, "guid") for item in items)))
    yield from (f"has the guid {guid} {count} times" for guid, count in guids.items() if count > 1)
    yield from _wrong_dates(channel, items)


def _wrong_links(site: BuiltSite, channel: Element, items: Sequence[Element]) -> Iterator[str]:
    """Yield what is wrong with a feed's links; a guid is a link, too, unless it says that it is not."""
    if not site.url:
        return
    links = [text_of(channel, "link"), *(link.get("href", "") for link in channel.findall(_SELF))]
    for item in items:
        links.append(text_of(item, "link"))
        links += [
            guid.text or "" for guid in item.findall("guid") if guid.get("isPermaLink", "true") == "true"
        ]
    for link in dict.fromkeys(filter(None, links)):
        if not link.startswith(site.url):
            yield f"names {link}, which is not an address below {site.url}"
        elif not site.shows(link):
            yield f"names {link}, which leads nowhere"


def _wrong_dates(channel: Element, items: Sequence[Element]) -> Iterator[str]:
    """Yield what is wrong with a feed's dates: they cannot be read, or the items are not newest first."""
    built, dates = text_of(channel, "lastBuildDate"), [text_of(item, "pubDate") for item in items]
    odd = dict.fromkeys(text for text in (built, *dates) if text and not _date(text))
    yield from (f"has the date {text!r}, which is not a date by RFC 822" for text in odd)
    known = [date for date in map(_date, dates) if date]
    if known != sorted(known, reverse=True):
        yield "has items that are not in the order of their dates, newest first"


def _date(text: str) -> dt.datetime | None:
    """Return the moment of a date by RFC 822, in UTC if it has no zone; None if it is not such a date."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=dt.UTC)
