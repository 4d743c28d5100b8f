"""What the archive holds is on the site, once, at its address."""

import re
from pathlib import Path

from built import Built
from lxml import etree, html

KINDS = {
    "home", "papers/*", "tags", "tags/*", "dates", "N", "N/N", "N/N/N", "undated",
    "collections", "collections/*", "added/*", "organizations", "organizations/*", "search", "about", "404.html",
}  # fmt: skip
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_every_kind_of_page_is_there(site: Built) -> None:
    """All the ways in that this archive's data allows; and none by authors, whose names it lacks."""
    assert set(site.kinds) >= KINDS
    assert "authors" not in site.kinds


def test_every_paper_has_a_page(site: Built, archive: Path) -> None:
    """461 files, 461 addresses, and not one more."""
    ids = {path.stem for path in (archive / "content" / "papers").rglob("*.md")}
    assert len(ids) == 461
    assert set(site.kinds["papers/*"]) == {f"/papers/{paper}/" for paper in ids}


def test_a_host_finds_what_it_looks_for(site: Built) -> None:
    """Files that crawlers and GitHub Pages ask for by name."""
    assert {".nojekyll", "404.html", "robots.txt", "sitemap.xml"} <= set(site.files)


def test_the_sitemap_lists_every_page_once(project_site: Built) -> None:
    """Each page that a search engine should show: all but the 404 page and redirects."""
    listed = [loc.text for loc in etree.parse(project_site.folder / "sitemap.xml").iter(LOC)]
    pages = {project_site.url + address[1:] for address in project_site.addresses} - {
        project_site.url + "404.html"
    }
    hidden = {
        address for address in pages if 'name="robots" content="noindex' in _text(project_site, address)
    }
    assert len(set(listed)) == len(listed)
    assert set(listed) == pages - hidden


def test_heads_are_complete(project_site: Built) -> None:
    """Language, a title of its own, the canonical address, and a description, except on the later pages of long lists."""
    titles: dict[str, str] = {}
    for address in set(project_site.addresses) - {"/404.html", "/saved/"}:  # which search engines leave out
        document = html.document_fromstring(project_site.file(address).read_bytes())
        title = document.findtext("head/title") or ""
        assert title not in titles, f"{address} and {titles.get(title)} share the title {title!r}"
        titles[title] = address
        canonical = document.xpath("string(head/link[@rel='canonical']/@href)")
        described = document.xpath("string(head/meta[@name='description']/@content)") or "/page/" in address
        assert document.get("lang"), address
        assert title, address
        assert canonical == project_site.url + address[1:], address
        assert described, address


def test_no_author_is_invented(project_site: Built) -> None:
    """The dumps hold counts of authors, never names: no page may pass one off as a person."""
    for address in project_site.kinds["papers/*"]:
        text = _text(project_site, address)
        assert "citation_author" not in text, address
        assert not re.search(r'"@type":\s*"Person"', text), address


def _text(site: Built, address: str) -> str:
    return site.file("/" + address.removeprefix(site.url).removeprefix("/")).read_text("utf-8")
