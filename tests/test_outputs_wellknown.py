"""Sitemap, robots and the web app manifest."""

import json

from lxml import etree

from helpers import URL, made
from regesta.config import Config
from regesta.draft import page_draft
from regesta.outputs import wellknown

CONFIG = Config(title="Papers & Maps", url=URL)
PAGES = [
    page_draft("/tags/", (), None),
    page_draft("/", (), None, "2026-11-20"),
    page_draft("/404.html", (), None, listed=False),
]
XMLNS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def plan(pages=PAGES):
    return made(wellknown.plan(CONFIG, pages))


def addresses(data):
    return etree.fromstring(data).xpath("//s:loc/text()", namespaces=XMLNS)


def test_the_sitemap_lists_what_search_engines_should_know():
    sitemap = etree.fromstring(plan()["sitemap.xml"])
    assert sitemap.xpath("//s:loc/text()", namespaces=XMLNS) == [URL, f"{URL}tags/"]
    assert sitemap.xpath("//s:lastmod/text()", namespaces=XMLNS) == ["2026-11-20"]


def test_a_large_sitemap_is_cut_into_files(monkeypatch):
    monkeypatch.setattr(wellknown, "_SITEMAP_SIZE", 2)
    pages = [page_draft(f"/papers/p{number}/", (), None) for number in range(5)]
    files = plan(pages)
    assert addresses(files["sitemap.xml"]) == [f"{URL}sitemap-{number}.xml" for number in (1, 2, 3)]
    listed = [address for number in (1, 2, 3) for address in addresses(files[f"sitemap-{number}.xml"])]
    assert listed == [f"{URL}papers/p{number}/" for number in range(5)]


def test_robots_find_the_sitemap():
    assert plan()["robots.txt"].decode() == f"User-agent: *\nAllow: /\n\nSitemap: {URL}sitemap.xml\n"


def test_the_manifest_lives_under_the_base_path():
    manifest = json.loads(plan()["manifest.webmanifest"])
    assert (manifest["name"], manifest["start_url"], manifest["scope"]) == ("Papers & Maps", "/lab/", "/lab/")
    assert all(icon["src"].startswith("/lab/") for icon in manifest["icons"])


def test_github_pages_leaves_all_as_it_is():
    assert plan()[".nojekyll"] == b""
