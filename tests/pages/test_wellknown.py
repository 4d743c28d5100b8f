"""Sitemap, robots, the web app manifest and OpenSearch."""

import json
from itertools import pairwise

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
    listed = sorted((page.address, page.lastmod) for page in pages if page.listed)
    return made([*wellknown.plan(config), *wellknown.plan_sitemap(config, listed)])


def opensearch(config=CONFIG):
    root = etree.fromstring(plan(config=config)["opensearch.xml"])
    return lambda path: root.xpath(path, namespaces=OPENSEARCH)


def addresses(data):
    return etree.fromstring(data).xpath("//s:loc/text()", namespaces=XMLNS)


def test_the_sitemap_lists_what_search_engines_should_know():
    sitemap = etree.fromstring(plan()["sitemap.xml"])
    assert sitemap.xpath("//s:loc/text()", namespaces=XMLNS) == [URL, f"{URL}tags/"]
    assert sitemap.xpath("//s:lastmod/text()", namespaces=XMLNS) == ["2026-11-20"]


def sitemaps(files):
    """Return the addresses in each file of the sitemap, by its name, without the site's own address."""
    return {
        name: [address.removeprefix(URL) for address in addresses(data)]
        for name, data in files.items()
        if name.startswith("sitemap")
    }


def test_a_large_sitemap_has_a_file_for_each_kind_of_page(monkeypatch):
    monkeypatch.setattr(wellknown, "_SITEMAP_SIZE", 5)
    places = "/ /about/ /papers/a/ /papers/b/ /tags/ /tags/maps/ /tags/maps/page/2/ /dates/ /2025/ /2025/W44/ /guides/new/"
    pages = [page_draft(address, (), None) for address in places.split()]
    assert list(sitemaps(plan(pages[:5]))) == ["sitemap.xml"]
    assert sitemaps(plan(pages)) == {
        "sitemap.xml": [f"sitemap-{kind}.xml" for kind in ("dates", "pages", "papers", "tags")],
        "sitemap-dates.xml": ["2025/", "2025/W44/", "dates/"],
        "sitemap-pages.xml": ["", "about/", "guides/new/"],
        "sitemap-papers.xml": ["papers/a/", "papers/b/"],
        "sitemap-tags.xml": ["tags/", "tags/maps/", "tags/maps/page/2/"],
    }


def test_a_new_paper_changes_one_file_of_a_large_sitemap(monkeypatch):
    monkeypatch.setattr(wellknown, "_SITEMAP_SIZE", 40)
    pages = [
        page_draft(f"/{kind}/n{number}/", (), None) for kind in ("papers", "tags") for number in range(200)
    ]
    before = plan(pages)
    listed = [address for name, part in sitemaps(before).items() if name != "sitemap.xml" for address in part]
    assert sorted(listed) == sorted(page.address[1:] for page in pages)
    assert max(map(len, list(sitemaps(before).values())[1:])) <= 40
    for name in ("first", "n2a", "zebras"):  # wherever it stands in order
        after = plan([*pages, page_draft(f"/papers/{name}/", (), None)])
        assert after.keys() == before.keys()
        (changed,) = [path for path, data in after.items() if data != before[path]]
        assert changed.startswith("sitemap-papers-")
        assert f"papers/{name}/" in sitemaps(after)[changed]


def test_a_file_of_a_sitemap_that_grows_too_large_is_cut_alone(monkeypatch):
    monkeypatch.setattr(wellknown, "_SITEMAP_SIZE", 40)
    pages = [page_draft(f"/papers/n{number}/", (), None) for number in range(530)]
    plans = [sitemaps(plan(pages[:number])) for number in range(510, 530)]
    gone = [before.keys() - after.keys() for before, after in pairwise(plans)]
    assert sorted(map(len, gone))[-2:] == [0, 1]
    for before, after in pairwise(plans):
        kept = before.keys() & after.keys() - {"sitemap.xml"}
        assert sum(after[name] != before[name] for name in kept) <= 1


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
    own = "o:Url[@rel='self' and @type='application/opensearchdescription+xml']/@template"
    assert found(own) == [f"{URL}opensearch.xml"]
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
