"""What feeds hold: an item for each paper, and one for many that were added on the same day or in the same week."""

from __future__ import annotations

import datetime as dt
import re
from contextlib import suppress
from html import escape
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from regesta.pages.charts import week_title
from regesta.pages.site import paper_address, plain_title
from regesta.text.dates import moment_of_day, week, week_days

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regesta.archive.lists import Entry
    from regesta.content.paper import Paper
    from regesta.pages.site import Site

_NAMED = 500  # papers that one item names: some 100 kB
_TWO_LETTERS = re.compile(r"[A-Za-z]{2}(?:-|$)")
_BLOCK, _WITH_DIRECTION = re.compile("<(p|ul|ol|blockquote|h[456])>"), r'<\1 dir="auto">'
_LINK = '<a href="'
_RELATIVE = re.compile(rf'{_LINK}(?!https?:|mailto:)([^"]*)', re.IGNORECASE)


class Arrival(NamedTuple):
    """A paper, and the day on which it was added."""

    entry: Entry
    day: str

    @property
    def keys(self) -> list[str]:
        """Hashes of all that is shown."""
        return [self.entry.key]


class Batch(NamedTuple):
    """Papers for which one item stands: some that were added on one day or in one week.

    Attributes:
        period: the day, or the week as `2026-W48`.
        day: the last one, by which the item is dated.
        papers: that it names, the latest first.
        total: how many were added in this period.
        part, parts: the number of this item, from 1, and how many items the period has.
    """

    period: str
    day: str
    papers: Sequence[Entry]
    total: int
    part: int
    parts: int

    @property
    def keys(self) -> list[str]:
        """Hashes of all that is shown."""
        return [f"{self.period} {self.total} {self.part} {self.parts}", *(paper.key for paper in self.papers)]


class Item(NamedTuple):
    """An item of a feed, in any format.

    Attributes:
        id: permanent, wherever the site lives.
        link: the full address of what it is about.
        title, text: plain.
        published, updated: moments, which differ from those of other items.
        authors: names.
        tags: the name and the label of each tag.
        abstract: Markdown.
        more: HTML that follows the abstract.
        language: of the paper, if it has a code of two letters; "" otherwise: the validator does not know all others.
    """

    id: str
    link: str
    title: str
    text: str
    published: dt.datetime
    updated: dt.datetime
    authors: Sequence[str] = ()
    tags: Sequence[tuple[str, str]] = ()
    abstract: str = ""
    more: str = ""
    language: str = ""

    def html(self, convert: Callable[[str], str]) -> str:
        """Return the content: the abstract, converted from Markdown, and what follows it.

        Its links are full addresses, and each paragraph has the direction of its own script.
        """

        def full(found: re.Match[str]) -> str:
            with suppress(ValueError):  # what looks like a host is none
                return _LINK + urljoin(self.link, str(found[1]))
            return _LINK + self.link

        body = convert(self.abstract) if self.abstract else ""
        if _LINK in body:
            body = _RELATIVE.sub(full, body)
        return _BLOCK.sub(_WITH_DIRECTION, body) + self.more


def by_size(arrivals: Iterable[tuple[Entry, str]], most: int) -> Iterator[Arrival | Batch]:
    """Yield arrivals, the latest first, with batches for a day on which more than `most` papers were added."""
    for day, group in groupby(arrivals, itemgetter(1)):
        papers = [entry for entry, _ in group]
        if len(papers) > most:
            yield from _batches(day, day, papers)
        else:
            yield from (Arrival(entry, day) for entry in papers)


def by_day(arrivals: Iterable[tuple[Entry, str]]) -> Iterator[Batch]:
    """Yield arrivals, the latest first, as a batch for each day."""
    for day, group in groupby(arrivals, itemgetter(1)):
        yield from _batches(day, day, [entry for entry, _ in group])


def by_week(arrivals: Iterable[tuple[Entry, str]], today: str) -> Iterator[Batch]:
    """Yield arrivals, the latest first, as a batch for each week that is over.

    A week is over if `today`, the newest day in the content, is its Sunday or later: an item that grew would be
    shown by few readers again.
    """
    for name, group in groupby(arrivals, lambda arrival: week(arrival[1])):
        _, sunday = week_days(name)
        if sunday <= today:
            yield from _batches(name, sunday, [entry for entry, _ in group])


def _batches(period: str, day: str, papers: Sequence[Entry]) -> Iterator[Batch]:
    starts = range(0, len(papers), _NAMED)
    for part, start in enumerate(starts, 1):
        yield Batch(period, day, papers[start : start + _NAMED], len(papers), part, len(starts))


def paper_item(site: Site, paper: Paper) -> Item:
    """Return a paper's item, the same in every feed: dated by when it was added, its own date in the text."""
    config, address = site.config, paper_address(paper)
    published = moment_of_day(paper.added, paper.added + paper.id)
    revised = paper.updated > paper.added
    facts = " · ".join(_facts(site, paper))
    return Item(
        id=config.permanent(address),
        link=config.absolute(address),
        title=marked(site, plain_title(paper), paper.status),
        text=site.text(paper) or facts,
        published=published,
        updated=moment_of_day(paper.updated, paper.added + paper.id) if revised else published,
        authors=[author.name for author in paper.authors],
        tags=[(tag, site.archive.label(tag)) for tag in paper.tags],
        abstract=paper.abstract,
        more=f'<p dir="auto">{escape(facts, quote=False)}</p>' if facts else "",
        language=paper.language if _TWO_LETTERS.match(paper.language) else "",
    )


def marked(site: Site, title: str, status: str) -> str:
    """Return a title that tells whether its paper was withdrawn or retracted."""
    return f"{site.t(status)}: {title}" if status else title


def _facts(site: Site, paper: Paper) -> Iterator[str]:
    if paper.published:
        key = "published_inferred" if "published" in paper.inferred else "published_on"
        yield site.t(key, date=site.t.date(paper.published))
    if not paper.authors and paper.authors_count:
        yield site.t("authors_n", n=paper.authors_count)
    if paper.organization:
        yield paper.organization.name


def brief_item(site: Site, arrival: Arrival, statuses: Mapping[str, str]) -> Item:
    """Return a paper's item without its text, which needs nothing but the paper's entry."""
    entry, day = arrival
    address = paper_address(entry)
    published = moment_of_day(day, day + entry.id)
    title = marked(site, plain_title(entry), statuses.get(entry.id, ""))
    link = site.config.absolute(address)
    return Item(site.config.permanent(address), link, title, "", published, published)


def batch_item(site: Site, batch: Batch, at: str, title: str, statuses: Mapping[str, str]) -> Item:
    """Return the item for many papers, which names each with a link.

    Args:
        site: the settings, the archive, the catalogue.
        batch: the papers.
        at: the address of the page that lists them, perhaps with a fragment.
        title: of the list to which they were added.
        statuses: of the papers that have one, by the id.
    """
    is_day = batch.period == batch.day
    when = site.t.date(batch.day) if is_day else week_title(site, batch.period)
    heading = site.t("batch_title" if is_day else "batch_title_week", n=batch.total, date=when)
    if batch.parts > 1:
        heading = site.t("batch_part", title=heading, part=batch.part, parts=batch.parts)
    text = site.t("batch_text" if is_day else "batch_text_week", n=batch.total, title=title, date=when)
    suffix = f"{'&' if '#' in at else '#'}part-{batch.part}" if batch.part > 1 else ""
    first = moment_of_day(batch.day, batch.day)
    published = first + dt.timedelta(seconds=batch.parts - batch.part)
    return Item(
        id=site.config.permanent(at + suffix),
        link=site.config.absolute(at.partition("#")[0]),
        title=heading,
        text=text,
        published=published,
        updated=published,
        more=f'<p dir="auto">{escape(text, quote=False)}</p>{_names(site, batch.papers, statuses)}',
    )


def _names(site: Site, papers: Sequence[Entry], statuses: Mapping[str, str]) -> str:
    """Return a list of papers as HTML, each with a link."""
    root = escape(site.config.url)
    rows = [
        f'<li dir="auto"><a href="{root}{paper_address(paper)[1:]}">'
        f"{escape(marked(site, plain_title(paper), statuses.get(paper.id, '')), quote=False)}</a></li>"
        for paper in papers
    ]
    return f"<ul>{''.join(rows)}</ul>"
