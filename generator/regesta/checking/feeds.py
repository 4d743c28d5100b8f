"""Feeds (RSS, Atom, JSON Feed): what the format requires, links that lead to this site, items in order and none twice."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from regesta.errors import Problem
from regesta.text.xml_json import DocumentError, read_json, read_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

#: A file is a feed, whatever its name, if this stands within so many bytes of its start.
_HEAD = 1000
_SIGNS = {b"<rss": "rss", b"<feed": "atom", b"https://jsonfeed.org/version/": "json"}
_ATOM = "{http://www.w3.org/2005/Atom}"
_SELF = f"{_ATOM}link[@rel='self']"
_MEND = "mend it where it is made: feed readers forgive little"


def check(site: BuiltSite, findings: Findings) -> None:
    """Find what a feed reader would stumble over."""
    for path in site.files:
        if kind := _kind(site, path):
            findings.feeds += 1
            try:
                wrong = [*_CHECKS[kind](site, site.read(path))]
            except DocumentError as error:
                findings.add("feeds", Problem(path, error.line, str(error), _MEND))
                continue
            for what in wrong:
                findings.add("feeds", Problem(path, 0, what, _MEND))


def _kind(site: BuiltSite, path: str) -> str:
    """Return the format of a feed; "" for any other file."""
    if not path.endswith((".xml", "feed.json")):
        return ""
    head = site.read(path, _HEAD)
    found = next((kind for sign, kind in _SIGNS.items() if sign in head), "")
    return found or ("rss" if path.endswith("feed.xml") else "")


def _wrong_atom(site: BuiltSite, data: bytes) -> Iterator[str]:
    """Yield what is wrong with an Atom feed."""
    root = read_xml(data)
    for element in (root, *root.findall(f"{_ATOM}entry")):
        yield from (
            f"lacks an <{name}>"
            for name in ("id", "title", "updated")
            if not text_of(element, f"{_ATOM}{name}")
        )
    yield from _wrong_addresses(site, [link.get("href", "") for link in root.iter(f"{_ATOM}link")])
    yield from _twice(text_of(entry, f"{_ATOM}id") for entry in root.findall(f"{_ATOM}entry"))


def _wrong_json(site: BuiltSite, data: bytes) -> Iterator[str]:
    """Yield what is wrong with a JSON feed."""
    feed = read_json(data)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        yield "is not a JSON feed"
        return
    yield from (f"lacks {name!r}" for name in ("version", "title") if not feed.get(name))
    bare = sum(
        not (item.get("id") and (item.get("content_html") or item.get("content_text"))) for item in items
    )
    if bare:
        yield f"has {bare} items without id or content"
    links = [feed.get("home_page_url"), feed.get("feed_url"), *(item.get("url") for item in items)]
    yield from _wrong_addresses(site, [str(link or "") for link in links])
    yield from _twice(str(item.get("id") or "") for item in items)


def _twice(names: Iterable[str]) -> Iterator[str]:
    counts = Counter(filter(None, names))
    return (f"has the guid {name} {count} times" for name, count in counts.items() if count > 1)


def _wrong_rss(site: BuiltSite, data: bytes) -> Iterator[str]:
    """Yield what is wrong with an RSS feed."""
    root = read_xml(data)
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
    yield from _twice(text_of(item, "guid") for item in items)
    yield from _wrong_dates(channel, items)


def _wrong_links(site: BuiltSite, channel: Element, items: Sequence[Element]) -> Iterator[str]:
    """Yield what is wrong with a feed's links; a guid is a link, too, unless it says that it is not."""
    links = [text_of(channel, "link"), *(link.get("href", "") for link in channel.findall(_SELF))]
    for item in items:
        links.append(text_of(item, "link"))
        links += [
            guid.text or "" for guid in item.findall("guid") if guid.get("isPermaLink", "true") == "true"
        ]
    yield from _wrong_addresses(site, links)


def _wrong_addresses(site: BuiltSite, links: Iterable[str]) -> Iterator[str]:
    if not site.url:
        return
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


_CHECKS = {"rss": _wrong_rss, "atom": _wrong_atom, "json": _wrong_json}
