"""The formats of feeds: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1, the first two with links to older documents (RFC 5005).

The feed validator of the W3C finds nothing in them, whatever papers hold.
"""

from __future__ import annotations

import json
import re
from html import escape
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.text.markdown import feed_html, feed_mathml, first_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.pages.feed_items import Item

_DAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MIME = "application/rss+xml"
_ATOM, _HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
_RSS_HEAD = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:atom="{_ATOM}" xmlns:content="http://purl.org/rss/1.0/modules/content/" \
xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:fh="{_HISTORY}">
<channel>"""
#: Plain text that readers would take for HTML: with an end tag, or a character's name.
LIKE_HTML = re.compile(r"</\w+>|&#?\w+;")
_TAG = re.compile(r"</?\w+>")
_MATH = "http://www.w3.org/1998/Math/MathML"
#: Attributes of MathML that the validator does not know; of elements that we have, it does not know `menclose`.
_UNKNOWN = re.compile(r' (?:accent|accentunder|form|movablelimits)="[^"]*"')
_MATHML = re.compile(r"<math .*?</math>", re.DOTALL)
#: What stands for a character that could not be read: the validator takes it for a fault of the feed.
REPLACED = "\ufffd", "\u25a1"
_SUMMARY = 300  # characters of an abstract in JSON, beside all of it as HTML


class Document(NamedTuple):
    """A document of a feed, without its items.

    Attributes:
        id: permanent, of the feed.
        title, description: plain text.
        author: whose feed it is.
        language: of the pages.
        page, own: full addresses, of the page that it belongs to and of the document itself.
        updated: when the newest item came; None if there are none.
        current: the full address of the document with the newest items, if this is an older one; else "".
        older, newer: the full addresses of the documents before and after this one, "" if there are none.
    """

    id: str
    title: str
    description: str
    author: str
    language: str
    page: str
    own: str
    updated: dt.datetime | None
    current: str = ""
    older: str = ""
    newer: str = ""

    @property
    def is_archive(self) -> bool:
        """Whether it is one of several older documents."""
        return bool(self.current and (self.older or self.newer))


class Format(NamedTuple):
    """A format: how many items that stand for many papers a document holds, and what writes it.

    An item is written for all the feeds that have it.
    """

    batches: int
    item: Callable[[Item], str]
    document: Callable[[Document, Sequence[str]], bytes]


def _plain(text: str) -> str:
    """Return text for an element of RSS that some readers take as text and others as HTML.

    Text that looks like HTML is escaped twice, and characters are written as the RSS Advisory Board's profile wants it
    (https://www.rssboard.org/rss-profile#data-types-characterdata).
    """
    if "&" not in text and "<" not in text:
        return text.replace(">", "&#x3E;")
    if LIKE_HTML.search(text):
        text = escape(text, quote=False)
    return text.replace("&", "&#x26;").replace("<", "&#x3C;").replace(">", "&#x3E;")


def _rss_item(item: Item) -> str:
    html = item.html(feed_html)
    return "\n".join(
        [
            "<item>",
            f"<title>{_plain(item.title)}</title>",
            f"<link>{escape(item.link)}</link>",
            f'<guid isPermaLink="false">{escape(item.id)}</guid>',
            f"<pubDate>{_rfc822(item.published)}</pubDate>",
            *(f"<dc:creator>{_plain(name)}</dc:creator>" for name in item.authors),
            *(f"<category>{_plain(label)}</category>" for _, label in item.tags),
            *([f"<dc:language>{item.language}</dc:language>"] if item.language else []),
            # HTML within XML: both escape it
            *(
                [f"<description>{escape(escape(item.text, quote=False), quote=False)}</description>"]
                if item.text
                else []
            ),
            *([f"<content:encoded>{escape(html, quote=False)}</content:encoded>"] if html else []),
            "</item>",
        ]
    )


def _rss(document: Document, items: Sequence[str]) -> bytes:
    updated = [f"<lastBuildDate>{_rfc822(document.updated)}</lastBuildDate>"] if document.updated else []
    channel = [
        f"<title>{_plain(document.title)}</title>",
        f"<link>{escape(document.page)}</link>",
        f"<description>{_plain(document.description or document.title)}</description>",
        f"<language>{escape(document.language)}</language>",
        *updated,
        *(f"<atom:{link[1:]}" for link in _links(document, _MIME)),
        *(["<fh:archive/>"] if document.is_archive else []),
    ]
    return _encoded([_RSS_HEAD, *channel, *items, "</channel>", "</rss>", ""])


def _encoded(lines: Iterable[str]) -> bytes:
    """Return lines as UTF-8, each encoded alone: one letter outside ASCII would slow down the whole document."""
    return b"\n".join(map(str.encode, lines))


def _links(document: Document, mime: str) -> list[str]:
    """Return links to the document itself, and to the older and newer ones by RFC 5005, which are RSS."""
    links = {
        "self": (mime, document.own),
        "current": (_MIME, document.current),
        "prev-archive": (_MIME, document.older),
        "next-archive": (_MIME, document.newer),
    }
    return [
        f'<link rel="{rel}" type="{kind}" href="{escape(url)}"/>' for rel, (kind, url) in links.items() if url
    ]


def _rfc822(moment: dt.datetime) -> str:
    """Return a moment as RSS requires it, in English whatever the locale."""
    year, time = moment.year, moment.time().isoformat("seconds")
    return f"{_DAYS[moment.weekday()]}, {moment.day:02} {_MONTHS[moment.month - 1]} {year:04} {time} GMT"


def _rfc3339(moment: dt.datetime) -> str:
    return moment.replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _construct(name: str, text: str) -> str:
    """Return an element of Atom with plain text; what looks like HTML is declared as HTML."""
    if LIKE_HTML.search(text):
        return f'<{name} type="html">{escape(escape(text, quote=False), quote=False)}</{name}>'
    return f"<{name}>{_plain(text)}</{name}>"


def _name(text: str) -> str:
    """Return a name, for which Atom knows no HTML; tags in it are a mistake of its source."""
    return _plain(" ".join(_TAG.sub(" ", text).split()) or text)


def _xhtml(html: str) -> str:
    """Return an item's HTML, which is well-formed, as XHTML with MathML."""

    def in_namespace(found: re.Match[str]) -> str:
        known = _UNKNOWN.sub("", found[0]).replace("menclose>", "mrow>")
        return known.replace("<math ", f'<math xmlns="{_MATH}" ', 1)

    return f'<div xmlns="http://www.w3.org/1999/xhtml">{_MATHML.sub(in_namespace, html)}</div>'


def _atom_item(item: Item) -> str:
    html = item.html(feed_mathml)
    return "\n".join(
        [
            f'<entry xml:lang="{item.language}">' if item.language else "<entry>",
            _construct("title", item.title),
            f'<link rel="alternate" type="text/html" href="{escape(item.link)}"/>',
            f"<id>{escape(item.id)}</id>",
            f"<published>{_rfc3339(item.published)}</published>",
            f"<updated>{_rfc3339(item.updated)}</updated>",
            *(f"<author><name>{_name(name)}</name></author>" for name in item.authors),
            *(
                f'<category term="{escape(tag)}" label="{escape(_TAG.sub("", label))}"/>'
                for tag, label in item.tags
            ),
            _construct("summary", item.text or item.title),
            *([f'<content type="xhtml">{_xhtml(html)}</content>'] if html else []),
            "</entry>",
        ]
    )


def _atom(document: Document, items: Sequence[str]) -> bytes:
    updated = _rfc3339(document.updated) if document.updated else "2000-01-01T00:00:00Z"  # it must have one
    head = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="{_ATOM}" xml:lang="{escape(document.language)}">',
        _construct("title", document.title),
        *([_construct("subtitle", document.description)] if document.description else []),
        f"<id>{escape(document.id)}</id>",
        f"<updated>{updated}</updated>",
        f"<author><name>{_name(document.author)}</name></author>",
        f'<link rel="alternate" type="text/html" href="{escape(document.page)}"/>',
        *_links(document, "application/atom+xml"),
    ]
    return _encoded([*head, *items, "</feed>", ""])


def _json_item(item: Item) -> str:
    html = item.html(feed_mathml)
    values = {
        "id": item.id,
        "url": item.link,
        "title": item.title,
        "content_html": html,
        "content_text": "" if html else item.title,  # it must have one of the two
        "summary": first_words(item.text, _SUMMARY),
        "date_published": _rfc3339(item.published),
        "date_modified": _rfc3339(item.updated),
        "authors": [{"name": name} for name in item.authors],
        "tags": [label for _, label in item.tags],
        "language": item.language,
    }
    return _as_json(values)


def _json(document: Document, items: Sequence[str]) -> bytes:
    values = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": document.title,
        "home_page_url": document.page,
        "feed_url": document.own,
        "description": document.description,
        "language": document.language,
        "authors": [{"name": document.author}],
    }
    text = f'{_as_json(values).removesuffix("}")},"items":[{",".join(items)}]}}\n'
    return text.encode()


def _as_json(values: Mapping[str, Any]) -> str:
    known = {name: value for name, value in values.items() if value}
    return json.dumps(known, ensure_ascii=False, separators=(",", ":"))


#: By the name of a feed's file. JSON has fewer batches, because a document is not to be larger than 250 kB.
FORMATS = {
    "feed.xml": Format(10, _rss_item, _rss),
    "atom.xml": Format(10, _atom_item, _atom),
    "feed.json": Format(2, _json_item, _json),
}
