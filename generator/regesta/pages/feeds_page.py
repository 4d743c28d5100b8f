"""How to follow the archive: the page `/feeds/` for people, and `feeds.opml`, which brings all feeds into a feed reader."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.overviews import has_changes
from regesta.pages.archive_files import SCHEMA, SUMS, parts
from regesta.pages.feed_formats import REPLACED
from regesta.pages.feeds import DAILY, RSS, WEEKLY, digest, feed_of, lists_with_feeds
from regesta.pages.name_index import sort_key
from regesta.pages.page import Draft, Link, Page, draft_of, ready_draft
from regesta.pages.site import CHANGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.pages.site import Site

_MOST = 100  # feeds of a kind that the page lists; of more, it links to their index
#: Signs of HTML, and what readers that take a title for HTML and others show alike.
_TAGS, _NAMED = str.maketrans("<>", "‹›"), re.compile(r"&(?=[#\w])")


class _Outline(NamedTuple):
    """A feed in OPML: its title, its address, and that of the page that it belongs to."""

    title: str
    feed: str
    page: str


def plan(site: Site) -> Iterator[Draft]:
    """Yield the page and the OPML file."""
    lists = {kind: _outlines(site, kind, names) for kind, names in lists_with_feeds(site).items()}
    yield ready_draft(_page(site, lists))
    own = [_Outline(site.config.title, f"/{RSS}", "/"), *(_digest(site, at) for at in (DAILY, WEEKLY))]
    own += [_Outline(label, feed, CHANGES) for label, feed in _changes(site)]
    groups = [("", own), *((site.t(kind), outlines) for kind, outlines in lists.items() if outlines)]
    yield draft_of("feeds.opml", (groups,), lambda: _opml(site, groups).encode())


def _outlines(site: Site, kind: str, names: Iterable[str]) -> list[_Outline]:
    """Return the feeds of a kind in the order of its index: authors by their families."""
    people = site.archive.names() if kind == "authors" else {}
    found = {name: _outline(site, kind, name) for name in names}

    def place(name: str) -> tuple[str, _Outline]:
        shown = people[name].family_first if name in people else found[name].title
        return sort_key(shown), found[name]

    return [found[name] for name in sorted(found, key=place)]


def _outline(site: Site, kind: str, name: str) -> _Outline:
    feed = feed_of(site, kind, name)
    return _Outline(feed.label, f"{feed.address}{RSS}", feed.address)


def _digest(site: Site, address: str) -> _Outline:
    return _Outline(digest(site, address).title, address, "/")


def _changes(site: Site) -> list[tuple[str, str]]:
    """Return the label and the address of the feed of changes, which is there if any day is known."""
    return [(site.t("feed_of_changes"), f"{CHANGES}{RSS}")] if has_changes(site.archive) else []


def _page(site: Site, lists: dict[str, list[_Outline]]) -> Page:
    t = site.t
    kinds: list[dict[str, Any]] = [
        {
            "kind": Link(t(kind), f"/{kind}/", len(outlines)),
            "feeds": [(Link(one.title, one.page), one.feed) for one in outlines[:_MOST]],
            "more": len(outlines) > _MOST,
        }
        for kind, outlines in lists.items()
        if outlines
    ]
    mail = site.config.subscribe_mail
    data = {
        "main": [
            (t("feed_rss"), f"/{RSS}"),
            (t("feed_atom"), "/atom.xml"),
            (t("feed_json"), "/feed.json"),
        ],
        "digests": [(t("feed_daily"), DAILY), (t("feed_weekly"), WEEKLY), *_changes(site)],
        "everything": _everything(site),
        "kinds": kinds,
        "mail": f"mailto:{mail}" if "@" in mail and ":" not in mail else mail,
        "mail_shown": mail.removeprefix("mailto:"),
    }
    return Page("/feeds/", "feeds.html", t("feeds"), data, t("feeds_description", title=site.config.title))


def _everything(site: Site) -> list[tuple[str, list[str]]]:
    """Return the files that have the whole archive: the label of each kind, and the addresses of its parts."""
    found: dict[str, list[str]] = {}
    for part in parts(site.archive.memory):
        found.setdefault(part.kind.label, []).append(f"/{part.path}")
    return [*found.items(), ("JSON Schema", [f"/{SCHEMA}"]), ("SHA-256", [f"/{SUMS}"])]


def _opml(site: Site, groups: Sequence[tuple[str, Sequence[_Outline]]]) -> str:
    """Return all feeds as OPML 2.0."""
    head = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<opml version="2.0">\n'
        f"<head><title>{_text(site.config.title)}</title></head>\n<body>\n"
    )
    body = ""
    for heading, outlines in groups:
        lines = "".join(_line(site, outline) for outline in outlines)
        body += f'<outline text="{_text(heading)}">\n{lines}</outline>\n' if heading else lines
    return f"{head}{body}</body>\n</opml>\n"


def _line(site: Site, outline: _Outline) -> str:
    title = _text(outline.title)
    feed, page = (escape(site.config.absolute(address)) for address in (outline.feed, outline.page))
    return f'<outline type="rss" text="{title}" title="{title}" xmlUrl="{feed}" htmlUrl="{page}"/>\n'


def _text(text: str) -> str:
    """Return a title for OPML, which some readers take as text and others as HTML: without what the latter drop."""
    shown = text.translate(_TAGS) if "<" in text else text
    return escape(_NAMED.sub("＆", shown.replace(*REPLACED)))
