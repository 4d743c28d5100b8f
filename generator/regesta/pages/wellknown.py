"""Files for machines: sitemap, robots, web app manifest, OpenSearch, and `.nojekyll` for GitHub Pages."""

from __future__ import annotations

import json
from functools import partial
from html import escape
from typing import TYPE_CHECKING

from regesta.pages.page import draft_of, file_draft

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.content.config import Config
    from regesta.pages.page import Draft

_SITEMAP_SIZE = 50_000  # addresses a file may hold
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"
_OPENSEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT, _LONG, _DESCRIPTION = 16, 48, 1024  # characters that OpenSearch allows


def plan(config: Config, pages: Sequence[Draft]) -> Iterator[Draft]:
    """Return these files.

    Args:
        config: the settings.
        pages: all pages of the site; the sitemap names those that are listed.
    """
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
    yield from _sitemaps(config, pages)


def _opensearch(config: Config) -> str:
    """Return the OpenSearch 1.1 description, with which browsers search the site from their address bars."""
    title, template = config.title, config.absolute("/search/?q={searchTerms}")
    lines = [
        f"<ShortName>{escape(_cut(title, _SHORT))}</ShortName>",
        f"<LongName>{escape(_cut(title, _LONG))}</LongName>",
        f"<Description>{escape(_cut(config.description or title, _DESCRIPTION))}</Description>",
        "<InputEncoding>UTF-8</InputEncoding>",
        f"<Language>{escape(config.language)}</Language>",
        f'<Image width="192" height="192" type="image/png">{escape(config.absolute("/icon-192.png"))}</Image>',
        f'<Image type="image/svg+xml">{escape(config.absolute("/icon.svg"))}</Image>',
        f'<Url type="text/html" template="{escape(template)}"/>',
    ]
    head = f'<?xml version="1.0" encoding="utf-8"?>\n<OpenSearchDescription xmlns="{_OPENSEARCH}">'
    return "\n".join([head, *lines, "</OpenSearchDescription>", ""])


def _cut(text: str, most: int) -> str:
    """Return the first characters of a text, up to `most`, cut between words if possible."""
    if len(text) <= most:
        return text
    words = text[: most + 1].rpartition(" ")[0] or text[:most]
    return words.rstrip(" ,;:–—-")


def _sitemaps(config: Config, pages: Sequence[Draft]) -> Iterator[Draft]:
    entries = sorted((page.address, page.lastmod) for page in pages if page.listed)
    parts = [entries[i : i + _SITEMAP_SIZE] for i in range(0, len(entries), _SITEMAP_SIZE)]
    if len(parts) == 1:
        yield draft_of("sitemap.xml", (entries,), partial(_sitemap, config, entries))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    places = "".join(
        f"<sitemap><loc>{escape(config.absolute(f'/{name}'))}</loc></sitemap>\n" for name in names
    )
    index = (
        f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_XMLNS}">\n{places}</sitemapindex>\n'
    )
    yield file_draft("sitemap.xml", index.encode())
    for name, part in zip(names, parts, strict=True):
        yield draft_of(name, (part,), partial(_sitemap, config, part))


def _sitemap(config: Config, entries: Sequence[tuple[str, str]]) -> bytes:
    places = "".join(
        f"<url><loc>{escape(config.absolute(address))}</loc>{_lastmod(day)}</url>\n"
        for address, day in entries
    )
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_XMLNS}">\n{places}</urlset>\n'.encode()


def _lastmod(day: str) -> str:
    return f"<lastmod>{day}</lastmod>" if day else ""
