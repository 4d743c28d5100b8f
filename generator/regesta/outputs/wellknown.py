"""Files that every good site has: sitemap, robots, the web app manifest, and what tells GitHub Pages to leave all as it is."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.config import Config
    from regesta.page import Page

_SITEMAP_SIZE = 50_000  # addresses a file may hold
_XMLNS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def plan(config: Config, pages: Sequence[Page]) -> dict[str, bytes]:
    """Return these files by path."""
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
    files = {
        "robots.txt": robots,
        "manifest.webmanifest": json.dumps(manifest, ensure_ascii=False, indent=1) + "\n",
        ".nojekyll": "",
    }
    return {path: text.encode() for path, text in (files | _sitemaps(config, pages)).items()}


def _sitemaps(config: Config, pages: Sequence[Page]) -> dict[str, str]:
    listed = sorted((page for page in pages if page.listed), key=lambda page: page.address)
    parts = [listed[i : i + _SITEMAP_SIZE] for i in range(0, len(listed), _SITEMAP_SIZE)]
    if len(parts) == 1:
        return {"sitemap.xml": _sitemap(config, parts[0])}
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    entries = "".join(f"<sitemap><loc>{escape(config.absolute(f'/{name}'))}</loc></sitemap>\n" for name in names)
    index = f'<?xml version="1.0" encoding="utf-8"?>\n<sitemapindex xmlns="{_XMLNS}">\n{entries}</sitemapindex>\n'
    return {"sitemap.xml": index} | {name: _sitemap(config, part) for name, part in zip(names, parts, strict=True)}


def _sitemap(config: Config, pages: Sequence[Page]) -> str:
    entries = "".join(f"<url><loc>{escape(config.absolute(page.address))}</loc>{_lastmod(page)}</url>\n" for page in pages)
    return f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{_XMLNS}">\n{entries}</urlset>\n'


def _lastmod(page: Page) -> str:
    return f"<lastmod>{page.lastmod}</lastmod>" if page.lastmod else ""
