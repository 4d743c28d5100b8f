"""What crawlers are told: the sitemap lists every page that may be found, robots.txt names the sitemap."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from typing import TYPE_CHECKING
from urllib.parse import unquote

from regesta.errors import Problem
from regesta.text.xml_json import DocumentError, read_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_KIND = "sitemap"
_FILE = "sitemap.xml"
_MEND = "mend it where it is made: crawlers go by it"
_SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_SIZE = 50_000  # addresses in a file, by the protocol of sitemaps.org


def check(site: BuiltSite, findings: Findings) -> None:
    """Compare the sitemap with the pages, and robots.txt with the sitemap, if the site's address is known."""
    if not site.url:
        return
    _check_robots(site, findings)
    if _FILE not in site.files:
        return
    listed = _check_places(site, findings)
    for path, page in site.pages.items():
        own = site.host + site.address(path)
        if page.is_listed and unquote(page.canonical) == own and own not in listed:
            mend = "add it, or keep search engines out with noindex"
            findings.add(_KIND, Problem(path, 0, "is not in the sitemap", mend))


def _check_places(site: BuiltSite, findings: Findings) -> Counter[str]:
    """Check the addresses in the sitemap, and return how often it lists each."""
    listed: Counter[str] = Counter()
    for file in _parts(site, findings):
        places = _places(site, file, findings)
        listed.update(map(unquote, places))
        for place in dict.fromkeys(places):
            if what := _wrong(site, place, listed[unquote(place)]):
                findings.add(_KIND, Problem(file, 0, f"{place} {what}", _MEND))
    return listed


def _parts(site: BuiltSite, findings: Findings) -> list[str]:
    """Return the files of the sitemap: itself, or if it is an index the files that it names."""
    root = _root(site, _FILE, findings)
    if root is None or root.tag != f"{_SPACE}sitemapindex":
        return [_FILE] if root is not None else []
    parts = []
    for place in (text_of(entry, f"{_SPACE}loc") for entry in root):
        if site.shows(place):
            parts.append(site.path(place.removeprefix(site.host)))
        else:
            findings.add(_KIND, Problem(_FILE, 0, f"{place} is not a file of this site", _MEND))
    return parts


def _root(site: BuiltSite, file: str, findings: Findings) -> Element | None:
    try:
        return read_xml(site.read(file))
    except DocumentError as error:
        findings.add(_KIND, Problem(file, error.line, str(error), _MEND))
        return None


def _places(site: BuiltSite, file: str, findings: Findings) -> list[str]:
    """Return the addresses in a file of the sitemap, and find what is wrong with its form."""
    root = _root(site, file, findings)
    if root is None:
        return []
    for what in _wrong_form(root):
        findings.add(_KIND, Problem(file, 0, what, _MEND))
    return [text_of(entry, f"{_SPACE}loc") for entry in root]


def _wrong_form(root: Element) -> Iterator[str]:
    """Yield what is wrong with the form of a sitemap."""
    if root.tag != f"{_SPACE}urlset":
        yield "is not a sitemap"
    elif len(root) > _SIZE:
        yield f"holds {len(root)} addresses, and may hold {_SIZE}"
    odd = dict.fromkeys(
        day for entry in root if (day := text_of(entry, f"{_SPACE}lastmod")) and not _is_date(day)
    )
    yield from (f"has the date {day!r}, which is not a date by ISO 8601" for day in odd)


def _is_date(text: str) -> bool:
    """Tell whether a text is a year, a month, a day or a moment, as sitemaps write them."""
    try:
        return bool(re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", text) or dt.datetime.fromisoformat(text))
    except ValueError:
        return False


def _wrong(site: BuiltSite, place: str, count: int) -> str:
    """Return what is wrong with an address in the sitemap, "" if nothing is."""
    if not place.startswith(site.url):
        return f"is not an address below {site.url}"
    if not site.shows(place):
        return "leads nowhere"
    if count > 1:
        return "is listed twice"
    page = site.pages.get(site.path(place.removeprefix(site.host)))
    if page and not page.is_listed:
        return "is closed to search engines by noindex"
    return "names no canonical address" if page and not page.canonical else ""


def _check_robots(site: BuiltSite, findings: Findings) -> None:
    """Find sitemaps that robots.txt names and the site lacks, and a robots.txt that names none."""
    if "robots.txt" not in site.files:
        return
    named = re.findall(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", site.text("robots.txt"))
    for place in named:
        if not site.shows(place):
            what = f"names the sitemap {place}, which is not a file of this site"
            findings.add(_KIND, Problem("robots.txt", 0, what, _MEND))
    if not named and _FILE in site.files:
        mend = f"add a line `Sitemap: {site.url}{_FILE}`"
        findings.add(_KIND, Problem("robots.txt", 0, "names no sitemap", mend))
