"""RSS 2.0: a feed for the whole archive, and for each tag, collection and saved search."""

from __future__ import annotations

import datetime as dt
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.touched import EVERYTHING
from regesta.pages.page import draft_of
from regesta.pages.site import collection_summary, paper_address, plain_title, tag_address
from regesta.text.dates import second_of_day
from regesta.text.markdown import abstract_html

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.lists import Entry
    from regesta.archive.touched import Touched
    from regesta.content.paper import Paper
    from regesta.pages.page import Draft, Unit
    from regesta.pages.site import Site

_HELD = 2_000  # items that stay in memory
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
"""


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield every feed; each lists papers by the day on which they were added, the latest first."""
    config, archive, feeds = site.config, site.archive, _Feeds(site)
    yield "", feeds.drafts(_Feed("/", config.title, config.description))
    for tag in touched.names("tags", archive.tags):
        entry = archive.tag(tag)
        feed = _Feed(tag_address(tag), entry.label, entry.description)
        # subscribers under an old name keep their feed
        yield f"tags/{tag}", feeds.drafts(feed, "tags", tag, [*map(tag_address, entry.aliases)])
    for name in touched.names("collections", archive.collected):
        collection = archive.collection(name)
        feed = _Feed(f"/collections/{name}/", collection.title, collection_summary(collection))
        yield f"collections/{name}", feeds.drafts(feed, "collections", name)
    for search in config.searches:
        if touched.has("searches", search.name):
            description = search.description or site.t("feed_of_search", query=search.query)
            feed = _Feed(search.address, search.title, description)
            yield f"searches/{search.name}", feeds.drafts(feed, "searches", search.name)


class _Feed(NamedTuple):
    """A feed: the address, the title and the description of the page that it belongs to."""

    address: str
    title: str
    description: str


class _Batch(NamedTuple):
    """The papers of a day on which more were added than a feed holds: one item stands for them all."""

    day: str
    papers: int


class _Feeds:
    """Makes the feeds of a site; all share the items made so far."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._items: dict[str, str] = {}

    def drafts(self, feed: _Feed, kind: str = "", name: str = "", old: Sequence[str] = ()) -> Iterator[Draft]:
        """Yield a feed of the latest papers of a list, with a day of too many papers as one item.

        Args:
            feed: the page that it belongs to.
            kind: of the list; "" for all papers.
            name: of the list.
            old: earlier addresses of the page, each with a feed of its own.
        """
        newest, entries = _latest(self._site.archive.arrivals(kind, name), self._site.config.feed_size)
        keys = [entry if isinstance(entry, _Batch) else entry.key for entry in entries]
        for address in (feed.address, *old):
            path = f"{address}feed.xml".lstrip("/")
            yield draft_of(path, (feed, newest, keys), lambda: self._channel(feed, newest, entries).encode())

    def _channel(self, feed: _Feed, newest: str, entries: Sequence[Entry | _Batch]) -> str:
        config = self._site.config
        name = feed.title if feed.address == "/" else f"{feed.title} · {config.title}"
        channel = [
            f"<title>{escape(name)}</title>",
            f"<link>{escape(config.absolute(feed.address))}</link>",
            f"<description>{escape(feed.description or name)}</description>",
            f"<language>{escape(config.language)}</language>",
            *([f"<lastBuildDate>{newest}</lastBuildDate>"] if newest else []),
            f'<atom:link rel="self" type="application/rss+xml" href="{escape(config.absolute(f"{feed.address}feed.xml"))}"/>',
        ]
        items = (
            _batch_item(self._site, feed, entry) if isinstance(entry, _Batch) else self._item(entry)
            for entry in entries
        )
        return _HEAD + "\n".join([*channel, *items, "</channel>", "</rss>", ""])

    def _item(self, entry: Entry) -> str:
        if entry.id not in self._items:
            if len(self._items) >= _HELD:
                self._items.clear()
            self._items[entry.id] = _item(self._site, self._site.archive.of_entry(entry))
        return self._items[entry.id]


def _latest(arrivals: Iterator[tuple[Entry, str]], size: int) -> tuple[str, list[Entry | _Batch]]:
    """Return when the latest paper came, and the latest papers, with one batch for a day on which more than `size` came."""
    newest = ""
    entries: list[Entry | _Batch] = []
    for day, group in groupby(arrivals, itemgetter(1)):
        papers = [entry for entry, _ in group]
        newest = newest or _date(day, day + papers[0].id)
        entries += papers if len(papers) <= size else [_Batch(day, len(papers))]
        if len(entries) >= size:
            break
    return newest, entries[:size]


def _item(site: Site, paper: Paper) -> str:
    """Return a paper's item, the same in every feed: dated by when it was added, its own date in the text."""
    address = site.config.absolute(paper_address(paper))
    return "\n".join(
        [
            "<item>",
            f"<title>{escape(_marked_title(site, paper))}</title>",
            f"<link>{escape(address)}</link>",
            f'<guid isPermaLink="true">{escape(address)}</guid>',
            f"<pubDate>{_date(paper.added, paper.added + paper.id)}</pubDate>",
            *(f"<dc:creator>{escape(author.name)}</dc:creator>" for author in paper.authors),
            *(f"<category>{escape(site.archive.label(tag))}</category>" for tag in paper.tags),
            *([f"<description>{escape(text)}</description>"] if (text := site.text(paper)) else []),
            f"<content:encoded>{escape(_content(site, paper))}</content:encoded>",
            "</item>",
        ]
    )


def _marked_title(site: Site, paper: Paper) -> str:
    title = plain_title(paper)
    return f"{site.t(paper.status)}: {title}" if paper.status else title


def _content(site: Site, paper: Paper) -> str:
    """Return an item's HTML: the abstract, its formulas as text, and a line of metadata."""
    facts = list(_facts(site, paper))
    abstract = paper.abstract
    body = abstract_html(abstract) if "$" not in abstract else f"<p>{escape(site.text(paper))}</p>"
    return body + (f"<p>{escape(' · '.join(facts))}</p>" if facts else "")


def _facts(site: Site, paper: Paper) -> Iterator[str]:
    if paper.published:
        key = "published_inferred" if "published" in paper.inferred else "published_on"
        yield site.t(key, date=site.t.date(paper.published))
    if not paper.authors and paper.authors_count:
        yield site.t("authors_n", n=paper.authors_count)
    if paper.organization:
        yield paper.organization.name


def _batch_item(site: Site, feed: _Feed, batch: _Batch) -> str:
    """Return the one item for a large import: how many papers it added, and a link to their list."""
    address, (day, papers) = feed.address, batch
    target = f"/added/{day}/" if address == "/" else address
    link = site.config.absolute(target)
    guid = site.config.absolute(f"{target}#added-{day}") if address != "/" else link
    heading = site.t("batch_title", n=papers, date=site.t.date(day))
    text = site.t("batch_text", n=papers, title=feed.title, date=site.t.date(day))
    return "\n".join(
        [
            "<item>",
            f"<title>{escape(heading)}</title>",
            f"<link>{escape(link)}</link>",
            f'<guid isPermaLink="false">{escape(guid)}</guid>',
            f"<pubDate>{_date(day, day)}</pubDate>",
            f"<description>{escape(text)}</description>",
            "</item>",
        ]
    )


def _date(day: str, name: str) -> str:
    """Return a moment of a day in the form of RFC 822, which RSS requires: in English whatever the locale."""
    moment = dt.datetime.fromisoformat(day) + dt.timedelta(seconds=second_of_day(name))
    return f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} GMT"
