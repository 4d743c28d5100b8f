"""RSS 2.0: a feed for the whole archive, and for each tag, collection and saved search."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from html import escape
from itertools import groupby, islice
from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.page import draft_of
from regesta.pages.site import collection_summary, paper_address, plain_title, tag_address
from regesta.text.markdown import abstract_html
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.content.paper import Paper
    from regesta.pages.page import Draft
    from regesta.pages.site import Site

#: Seconds after midnight UTC over which a day's items are spread: they are never in a reader's future.
_SPREAD = 60 * 60
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
"""


def plan(site: Site) -> Iterator[Draft]:
    """Yield every feed; each lists papers by the day on which they were added, the latest first."""
    config, archive = site.config, site.archive
    feeds = _Feeds(site)
    yield feeds.draft(_Feed("/", config.title, config.description), archive.papers)
    for tag, papers in archive.tags.items():
        entry = archive.tag(tag)
        feed = _Feed(tag_address(tag), entry.label, entry.description)
        for name in (tag, *entry.aliases):  # subscribers under an old name keep their feed
            yield feeds.draft(feed, papers, tag_address(name))
    for name, papers in archive.collected.items():
        collection = archive.collection(name)
        feed = _Feed(f"/collections/{name}/", collection.title, collection_summary(collection))
        yield feeds.draft(feed, papers)
    for search in config.searches:
        description = search.description or site.t("feed_of_search", query=search.query)
        feed = _Feed(search.address, search.title, description)
        yield feeds.draft(feed, archive.searches[search.name])


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
    """Makes the feeds of a site; all share one order of papers, and the items made so far."""

    def __init__(self, site: Site) -> None:
        self._site = site
        added = (paper for paper in site.archive.papers if paper.added)
        latest_first = sorted(added, key=lambda p: (p.added, _second(p.added + p.id), p.id), reverse=True)
        self._place = {paper.id: place for place, paper in enumerate(latest_first)}
        self._items: dict[str, str] = {}

    def draft(self, feed: _Feed, papers: Sequence[Paper], address: str = "") -> Draft:
        """Return a feed of the latest of some papers, with a day of too many papers as one item.

        Args:
            feed: the page that it belongs to.
            papers: all papers of that page.
            address: an old address of the page, for the feed there.
        """
        ranked = sorted((p for p in papers if p.id in self._place), key=lambda p: self._place[p.id])
        newest = _date(ranked[0].added, ranked[0].added + ranked[0].id) if ranked else ""
        entries = list(islice(_entries(ranked, self._site.config.feed_size), self._site.config.feed_size))
        keys = [entry if isinstance(entry, _Batch) else self._site.key(entry) for entry in entries]
        path = f"{address or feed.address}feed.xml".lstrip("/")
        return draft_of(path, (feed, newest, keys), lambda: self._channel(feed, newest, entries).encode())

    def _channel(self, feed: _Feed, newest: str, entries: Sequence[Paper | _Batch]) -> str:
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

    def _item(self, paper: Paper) -> str:
        if paper.id not in self._items:
            self._items[paper.id] = _item(self._site, paper)
        return self._items[paper.id]


def _entries(ranked: Sequence[Paper], size: int) -> Iterator[Paper | _Batch]:
    """Yield papers, latest first, with one batch for a day on which more than `size` were added."""
    counts = Counter(paper.added for paper in ranked)
    for day, group in groupby(ranked, key=lambda paper: paper.added):
        if counts[day] > size:
            yield _Batch(day, counts[day])
        else:
            yield from group


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
    abstract = site.abstract_of(paper)
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


def _second(name: str) -> int:
    """Return a second of the day that depends on a name alone, to spread the items of one day."""
    return int(digest(name, 12), 16) % _SPREAD


def _date(day: str, name: str) -> str:
    """Return a moment of a day in the form of RFC 822, which RSS requires: in English whatever the locale."""
    moment = dt.datetime.fromisoformat(day) + dt.timedelta(seconds=_second(name))
    return f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} GMT"
