"""Feeds: of the archive in three formats, with its history and digests; of each tag, collection and other list in RSS."""

from __future__ import annotations

import datetime as dt
from functools import cached_property, partial
from itertools import chain, islice
from typing import TYPE_CHECKING, NamedTuple

from regesta.archive.touched import EVERYTHING
from regesta.pages.feed_formats import FORMATS, REPLACED, Document
from regesta.pages.feed_items import (
    Arrival,
    Batch,
    batch_item,
    brief_item,
    by_day,
    by_size,
    by_week,
    paper_item,
)
from regesta.pages.named_lists import address_of_list, label_of_list, named_lists
from regesta.pages.page import draft_of
from regesta.pages.site import beside, collection_summary, tag_address

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from regesta.archive.touched import Touched
    from regesta.pages.feed_items import Item
    from regesta.pages.page import Draft, Unit
    from regesta.pages.site import Site

    Written = tuple[dt.datetime, str]

RSS = "feed.xml"
DAILY, WEEKLY = "/feeds/daily.xml", "/feeds/weekly.xml"
_HELD = 2_000  # items that stay in memory
_PERIODS = 10  # days or weeks in a digest


class Feed(NamedTuple):
    """A feed.

    Attributes:
        address: of the page that it belongs to.
        label: what it is about.
        title: its own.
        description: plain text, or "".
        kind, name: of the list; "" for all papers.
        old: earlier addresses of the page, each with a copy of the feed for its subscribers.
    """

    address: str
    label: str
    title: str
    description: str = ""
    kind: str = ""
    name: str = ""
    old: tuple[str, ...] = ()


class Place(NamedTuple):
    """The address of a document, and of those that RFC 5005 links it to; "" where there is none."""

    own: str
    current: str = ""
    older: str = ""
    newer: str = ""


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield every feed; each lists papers by the day on which they were added, the latest first."""
    feeds = _Feeds(site)
    yield "", chain(feeds.of_archive(), feeds.digests())
    days = [*site.archive.added]
    for day in touched.names("added", days):
        yield f"added/{day}", feeds.history(day, days)
    for kind, names in lists_with_feeds(site).items():
        for name in touched.names(kind, names):
            yield f"{kind}/{name}", feeds.of_list(feed_of(site, kind, name))


def lists_with_feeds(site: Site) -> dict[str, Collection[str]]:
    """Return the names of the lists that have a feed, by their kind; saved searches in the order of the settings."""
    searches = [search.name for search in site.config.searches]
    return {**named_lists(site, with_authors=site.config.feed_authors), "searches": searches}


def feed_of(site: Site, kind: str, name: str) -> Feed:
    """Return the feed of a list."""
    address, label = address_of_list(site, kind, name), label_of_list(site, kind, name)
    aliases = site.archive.tag(name).aliases if kind == "tags" else ()
    title = f"{label} · {site.config.title}"
    description = _description(site, kind, name)
    return Feed(address, label, title, description, kind, name, (*map(tag_address, aliases),))


def _description(site: Site, kind: str, name: str) -> str:
    """Return the description of a list; "" if nobody wrote one."""
    if kind == "tags":
        return site.archive.tag(name).description
    if kind == "collections":
        return collection_summary(site.archive.collection(name))
    if kind == "searches":
        search = next(one for one in site.config.searches if one.name == name)
        return search.description or site.t("feed_of_search", query=search.query)
    return ""


class _Feeds:
    """Makes the feeds of a site; all share the items made so far."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._all = Feed("/", site.config.title, site.config.title, site.config.description)
        self._size = site.config.feed_size
        self._made: dict[tuple[str, str], Written] = {}

    @cached_property
    def _statuses(self) -> dict[str, str]:
        return self._site.archive.statuses()

    def of_list(self, feed: Feed) -> Iterator[Draft]:
        """Yield a feed of the latest papers of a list."""
        entries, _ = _latest(self._arrivals(feed.kind, feed.name), self._size, RSS)
        for address in (feed.address, *feed.old):
            yield self._draft(feed, RSS, Place(f"{address}{RSS}"), entries)

    def of_archive(self) -> Iterator[Draft]:
        """Yield the feed of all papers in every format."""
        arrivals = self._arrivals()
        for name in FORMATS:
            entries, older = _latest(arrivals, self._size, name)
            yield self._draft(self._all, name, Place(f"/{name}", older=_of_day(older)), entries)

    def history(self, day: str, days: Sequence[str]) -> Iterator[Draft]:
        """Yield the document of RFC 5005 that has what was added on a day, which stays as it is when others follow."""
        older, newer = beside(days, day)
        entries = [*by_size(self._site.archive.arrivals("added", day), self._size)]
        place = Place(_of_day(day), f"/{RSS}", _of_day(older), _of_day(newer))
        yield self._draft(self._all, RSS, place, entries)

    def _arrivals(self, kind: str = "", name: str = "") -> list[Arrival | Batch]:
        """Return the latest papers of a list: those of a whole document, and what comes next."""
        return [*islice(by_size(self._site.archive.arrivals(kind, name), self._size), self._size + 1)]

    def digests(self) -> Iterator[Draft]:
        """Yield the feeds with an item for each day, and for each week, on which papers were added."""
        archive = self._site.archive
        days, weeks = by_day(archive.arrivals()), by_week(archive.arrivals(), archive.newest_day)
        for address, batches in ((DAILY, days), (WEEKLY, weeks)):
            entries, _ = _latest(batches, _PERIODS, RSS)
            yield self._draft(digest(self._site, address), RSS, Place(address), entries)

    def _draft(self, feed: Feed, name: str, place: Place, entries: Sequence[Arrival | Batch]) -> Draft:
        keys = [key for entry in entries for key in entry.keys]
        make = partial(self._document, feed, name, place, entries)
        return draft_of(place.own.lstrip("/"), (feed, place, keys), make)

    def _document(self, feed: Feed, name: str, place: Place, entries: Sequence[Arrival | Batch]) -> bytes:
        config, written = self._site.config, FORMATS[name]
        items = [self._written(name, feed, entry, brief=bool(place.current)) for entry in entries]
        addresses = [config.absolute(address) if address else "" for address in place]
        document = Document(
            config.permanent(place.current or place.own),
            feed.title,
            feed.description,
            config.title,
            config.language,
            config.absolute(feed.address),
            addresses[0],
            max((updated for updated, _ in items), default=None),
            *addresses[1:],
        )
        data = written.document(document, [item for _, item in items])
        unknown, box = map(str.encode, REPLACED)
        return data.replace(unknown, box)

    def _written(self, name: str, feed: Feed, entry: Arrival | Batch, *, brief: bool) -> Written:
        if isinstance(entry, Batch) or brief:
            item = self._batch(feed, entry) if isinstance(entry, Batch) else self._brief(entry)
            return item.updated, FORMATS[name].item(item)
        key = name, entry.entry.id
        if key not in self._made:
            if len(self._made) >= _HELD:
                self._made.clear()
            piece = self._site.kept.get(
                f"{entry.entry.id}\t{name}", entry.entry.key, partial(self._paper, name, entry)
            )
            updated, _, text = piece.partition(" ")
            self._made[key] = dt.datetime.fromisoformat(updated), text
        return self._made[key]

    def _paper(self, name: str, arrival: Arrival) -> str:
        """Return a paper's item in a format, after the moment when it was updated and a space."""
        item = paper_item(self._site, self._site.archive.of_entry(arrival.entry))
        return f"{item.updated.isoformat()} {FORMATS[name].item(item)}"

    def _brief(self, arrival: Arrival) -> Item:
        return brief_item(self._site, arrival, self._statuses)

    def _batch(self, feed: Feed, batch: Batch) -> Item:
        is_day_of_archive = feed.address == "/" and batch.period == batch.day
        at = f"/added/{batch.day}/" if is_day_of_archive else f"{feed.address}#added-{batch.period}"
        return batch_item(self._site, batch, at, feed.label, self._statuses)


def digest(site: Site, address: str) -> Feed:
    """Return the digest at an address."""
    when = "daily" if address == DAILY else "weekly"
    title = site.t(f"digest_{when}", title=site.config.title)
    return Feed("/", site.config.title, title, site.t(f"digest_{when}_description"))


def _of_day(day: str) -> str:
    """Return the address of the document that has what was added on a day, "" if there is no such day."""
    return f"/feeds/{day}.xml" if day else ""


def _latest(entries: Iterable[Arrival | Batch], most: int, name: str) -> tuple[list[Arrival | Batch], str]:
    """Return the first entries, as many as a document of a format holds, and the day of the next one or ""."""
    found: list[Arrival | Batch] = []
    batches = FORMATS[name].batches
    for entry in entries:
        batches -= isinstance(entry, Batch)
        if len(found) == most or batches < 0:
            return found, entry.day
        found.append(entry)
    return found, ""
