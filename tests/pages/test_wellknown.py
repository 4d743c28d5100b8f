"""Sitemap, robots, the web app manifest and OpenSearch."""

import json

import pytest
from lxml import etree

from helpers import URL, made
from regesta.content.config import Config
from regesta.pages import wellknown
from regesta.pages.page import page_draft

CONFIG = Config(title="Papers & Maps", url=URL)
PAGES = [
    page_draft("/tags/", (), None),
    page_draft("/", (), None, "2026-11-20"),
    page_draft("/404.html", (), None, listed=False),
]
XMLNS = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def plan(pages=PAGES, config=CONFIG):
    return made(wellknown.plan(config, pages))


def opensearch(config=CONFIG):
    root = etree.fromstring(plan(config=config)["opensearch.xml"])
    return lambda path: root.xpath(path, namespaces=OPENSEARCH)


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


def test_browsers_can_search_from_their_address_bars():
    found = opensearch()
    assert found("o:ShortName/text()") == ["Papers & Maps"]
    assert found("o:Description/text()") == ["Papers & Maps"]
    assert found("o:InputEncoding/text()") == ["UTF-8"]
    assert found("o:Url[@type='text/html']/@template") == [f"{URL}search/?q={{searchTerms}}"]
    assert found("o:Image/text()") == [f"{URL}icon-192.png", f"{URL}icon.svg"]


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Language, Learning, Reasoning", "Language"), ("A very long name of an archive", "A very long name"), ("Donaudampfschifffahrt", "Donaudampfschiff"),
        ("<b>&amp;\"'", "<b>&amp;\"'"), ("]]>", "]]>"), ("日本語" * 9, "日本語" * 5 + "日"),
    ],
)  # fmt: skip
def test_whatever_the_title_its_beginning_names_the_search(title, short):
    found = opensearch(Config(title=title, description=title * 100, url=URL))
    assert found("o:ShortName/text()") == [short]
    assert len(found("o:LongName/text()")[0]) <= 48
    assert len(found("o:Description/text()")[0]) <= 1024
