"""Files for machines: sitemap, robots, web app manifest, OpenSearch, and `.nojekyll` for GitHub Pages."""

from __future__ import annotations

import json
from collections import defaultdict
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from regesta.pages.page import draft_of, file_draft
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.content.config import Config
    from regesta.pages.page import Draft

    #: What a sitemap says of a page: its address, and the day of its newest change ("" if it has no such day).
    Url = tuple[str, str]

_SITEMAP_SIZE = 50_000  # addresses a file may hold
#: The folders of pages that have a file of their own in a sitemap that is cut.
_KINDS = frozenset(
    "added authors collections dates organizations papers searches tags undated venues".split()
)
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_OWN_TYPE = "application/opensearchdescription+xml"
_SHORT, _LONG, _DESCRIPTION = 16, 48, 1024  # characters that OpenSearch allows


def plan(config: Config) -> Iterator[Draft]:
    """Yield these files, except the sitemap."""
    manifest = {
        "name": config.title,
        "short_name": config.title[:30],
        "start_url": config.base_path,
        "scope": config.base_path,
        "display": "browser",
        "background_color": "#FBFAF6",
        "theme_color": "#7A1F2B",
        "icons": [
            {"src": config.href("/icon.svg"), "sizes": "any", "type": "image/svg+xml"},
            {"src": config.href("/icon-192.png"), "sizes": "192x192", "type": "image/png"},
        ],
    }
    robots = f"User-agent: *\nAllow: /\n\nSitemap: {config.absolute('/sitemap.xml')}\n"
    yield file_draft("robots.txt", robots.encode())
    yield file_draft(
        "manifest.webmanifest", (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode()
    )
    yield file_draft("opensearch.xml", _opensearch(config).encode())
    yield file_draft(".nojekyll", b"")


def _opensearch(config: Config) -> str:
    """Return the OpenSearch 1.1 description, with which browsers search the site from their address bars."""
    title, template = config.title, config.absolute("/search/?q={searchTerms}")
    lines = [
        f"<ShortName>{escape(_cut(title, _SHORT))}</ShortName>",
        f"<LongName>{escape(_cut(title, _LONG))}</LongName>",
        f"<Description>{escape(_cut(config.description or title, _DESCRIPTION))}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        "<OutputEncoding>UTF-8</OutputEncoding>",
        f"<Language>{escape(config.language)}</Language>",
        f'<Image width="192" height="192" type="image/png">{escape(config.absolute("/icon-192.png"))}</Image>',
        f'<Image type="image/svg+xml">{escape(config.absolute("/icon.svg"))}</Image>',
        f'<Url type="text/html" template="{escape(template)}"/>',
        f'<Url type="{_OWN_TYPE}" rel="self" template="{escape(config.absolute("/opensearch.xml"))}"/>',
    ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<OpenSearchDescription xmlns="{_OPENSEARCH}">'
    return "\n".join([head, *lines, "</OpenSearchDescription>", ""])


def _cut(text: str, most: int) -> str:
    """Return the first characters of a text, up to `most`, cut between words if possible."""
    if len(text) <= most:
        return text
    words = text[: most + 1].rpartition(" ")[0] or text[:most]
    return words.rstrip(" ,;:–—-")


def plan_sitemap(config: Config, entries: Sequence[Url]) -> Iterator[Draft]:
    """Yield the sitemap; a large one is an index of files, cut so that a new page changes only the one that lists it.

    Args:
        config: the settings.
        entries: what it says of each page, sorted.
    """
    if len(entries) <= _SITEMAP_SIZE:
        yield draft_of("sitemap.xml", (entries,), partial(_sitemap, config, entries))
        return
    kinds: dict[str, list[Url]] = defaultdict(list)
    for entry in entries:
        kinds[_kind(entry[0])].append(entry)
    parts = {name: part for kind in sorted(kinds) for name, part in _parts(f"sitemap-{kind}", kinds[kind])}
    places = "".join(
        f"<sitemap><loc>{escape(config.absolute(f'/{name}.xml'))}</loc></sitemap>\n" for name in parts
    )
    index = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_XMLNS}">\n{places}</sitemapindex>\n'
    )
    yield file_draft("sitemap.xml", index.encode())
    for name, part in parts.items():
        yield draft_of(f"{name}.xml", (part,), partial(_sitemap, config, part))


def _kind(address: str) -> str:
    """Return the kind of the page at an address: its first folder, or `dates` for a year; `pages` for all others."""
    folder = address.split("/")[1]
    if folder.isdecimal():
        return "dates"
    return folder if folder in _KINDS else "pages"


def _parts(name: str, entries: Sequence[Url], depth: int = 0) -> Iterator[tuple[str, Sequence[Url]]]:
    """Yield the files of a kind by name; one that is too large is cut in sixteen, by a digit of the hash of each address."""
    if len(entries) <= _SITEMAP_SIZE:
        yield name, entries
        return
    parts: dict[str, list[Url]] = defaultdict(list)
    for entry in entries:
        parts[digest(entry[0])[depth]].append(entry)
    for digit in sorted(parts):
        yield from _parts(f"{name}-{digit}", parts[digit], depth + 1)


def _sitemap(config: Config, entries: Sequence[Url]) -> bytes:
    places = "".join(
        f"<url><loc>{escape(config.absolute(address))}</loc>{_lastmod(day)}</url>\n"
        for address, day in entries
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_XMLNS}">\n{places}</urlset>\n'.encode()


def _lastmod(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
