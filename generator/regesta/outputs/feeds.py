"""RSS 2.0: a feed for the whole archive, and for each tag, collection and organization."""

from __future__ import annotations

import datetime as dt
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from regesta.listing import collection_summary, paper_address, plain_title
from regesta.markdown import abstract_html
from regesta.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.listing import Site
    from regesta.paper import Paper

_SPREAD = 60 * 60  # seconds after midnight UTC over which a day's items are spread: never in a reader's future
_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_HEAD = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
"""


def plan(site: Site) -> dict[str, bytes]:
    """Return every feed by its path; a feed lists what was added, the latest first."""
    config, archive = site.config, site.archive
    items = {paper.id: _item(site, paper) for paper in archive.papers}
    feeds = {"feed.xml": _feed(site, "/", config.title, config.description, archive.papers, items)}
    for tag, papers in archive.tags.items():
        known = archive.tag(tag)
        feeds[f"tags/{tag}/feed.xml"] = _feed(site, f"/tags/{tag}/", known.label, known.description, papers, items)
    for name, papers in archive.collected.items():
        collection = archive.collection(name)
        description = collection_summary(collection)
        feeds[f"collections/{name}/feed.xml"] = _feed(site, f"/collections/{name}/", collection.title, description, papers, items)
    return {path: feed.encode() for path, feed in feeds.items()}


def _feed(site: Site, address: str, title: str, description: str, papers: Sequence[Paper], items: dict[str, str]) -> str:
    """Return a channel: the papers by the day they were added; a day on which too many came is one item."""
    config, size = site.config, site.config.feed_size
    dated = sorted((p for p in papers if p.added), key=lambda p: (p.added, _second(p.added + p.id), p.id), reverse=True)
    entries: list[str] = []
    for day, group in groupby(dated, key=lambda paper: paper.added):
        batch = list(group)
        entries += [_batch_item(site, address, title, day, batch)] if len(batch) > size else [items[p.id] for p in batch]
    name = title if address == "/" else f"{title} · {config.title}"
    newest = _date(dated[0].added, dated[0].added + dated[0].id) if dated else ""
    channel = [
        f"<title>{escape(name)}</title>",
        f"<link>{escape(config.absolute(address))}</link>",
        f"<description>{escape(description or name)}</description>",
        f"<language>{escape(config.language)}</language>",
        *([f"<lastBuildDate>{newest}</lastBuildDate>"] if newest else []),
        f"<atom:link rel=\"self\" type=\"application/rss+xml\" href=\"{escape(config.absolute(f'{address}feed.xml'))}\"/>",
    ]
    return _HEAD + "\n".join([*channel, *entries[:size], "</channel>", "</rss>", ""])


def _item(site: Site, paper: Paper) -> str:
    """Return a paper's item, the same in every feed: dated by the day it was added, its own date in the text."""
    if not paper.added:
        return ""
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
            f"<description>{escape(site.abstracts[paper.id])}</description>",
            f"<content:encoded>{escape(_content(site, paper))}</content:encoded>",
            "</item>",
        ]
    )


def _marked_title(site: Site, paper: Paper) -> str:
    title = plain_title(paper)
    return f"{site.t(paper.status)}: {title}" if paper.status else title


def _content(site: Site, paper: Paper) -> str:
    """Return an item's HTML: the abstract, its formulas as text, and a line that says what else is known."""
    facts = list(_facts(site, paper))
    body = abstract_html(paper.abstract) if "$" not in paper.abstract else f"<p>{escape(site.abstracts[paper.id])}</p>"
    return body + (f"<p>{escape(' · '.join(facts))}</p>" if facts else "")


def _facts(site: Site, paper: Paper) -> Iterator[str]:
    if paper.published:
        key = "published_inferred" if "published" in paper.inferred else "published_on"
        yield site.t(key, date=site.t.date(paper.published))
    if not paper.authors and paper.authors_count:
        yield site.t("authors_n", n=paper.authors_count)
    if paper.organization:
        yield paper.organization.name


def _batch_item(site: Site, address: str, title: str, day: str, papers: Sequence[Paper]) -> str:
    """Return the one item that stands for a large import: how many papers, and where their list is."""
    target = f"/added/{day}/" if address == "/" else address
    link = site.config.absolute(target)
    guid = site.config.absolute(f"{target}#added-{day}") if address != "/" else link
    heading = site.t("batch_title", n=len(papers), date=site.t.date(day))
    text = site.t("batch_text", n=len(papers), title=title, date=site.t.date(day))
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
    """Return a second of the day that depends on a name alone: it spreads the items of one day, always alike."""
    return int(digest(name, 12), 16) % _SPREAD


def _date(day: str, name: str) -> str:
    """Return a moment of a day as RFC 822 wants it, in English whatever the locale."""
    moment = dt.datetime.fromisoformat(day) + dt.timedelta(seconds=_second(name))
    return f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M:%S} GMT"
