"""Nothing points into the void: links, fragments, assets and full addresses, at a host's root and below it."""

import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin

from built import Built
from faults import told
from lxml import html

TEXT = (".html", ".xml", ".json", ".txt", ".opml", ".webmanifest", ".bib", ".ris", ".jsonl")
MERE_NAME = re.compile(r'<guid isPermaLink="false">.*?</guid>')
CSS_URL = re.compile(r"""url\(\s*["']?(?!data:|#)([^"')]+)""")
JS_IMPORT = re.compile(
    r"""^\s*(?:import|export)\b[^"';]*["'](\.[^"']+)["']|\bimport\(\s*["'](\.[^"']+)""", re.MULTILINE
)


def test_regesta_check_finds_nothing(either_site: Built, archive: Path) -> None:
    """The product's own check agrees."""
    command = [sys.executable, "-m", "regesta", "check", "--output", either_site.folder]
    run = subprocess.run(command, cwd=archive, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout + run.stderr


def test_no_link_is_broken(either_site: Built) -> None:
    """Each link, image, script, style and form leads to a file; each fragment to an element."""
    find = _Finder(either_site)
    broken = [
        (f"{target} leads nowhere", page) for page in either_site.addresses for target in find.broken_on(page)
    ]
    assert not broken, told(broken)


def test_full_addresses_lead_to_files(either_site: Built) -> None:
    """Canonical links, feeds, the sitemap and data name this site's own addresses in full, and rightly."""
    own = re.compile(re.escape(either_site.url.rstrip("/")) + r"""[^\s"'<>{}()\\]*""")
    find = _Finder(either_site)
    named = {
        (name, address.rstrip(".,;"))
        for name in either_site.files
        if name.endswith(TEXT)
        for address in own.findall(MERE_NAME.sub("", _text(either_site.folder / name)))
    }
    assert named
    broken = [
        (f"{address} leads nowhere", name) for name, address in sorted(named) if not find.exists(address)
    ]
    assert not broken, told(broken)


def _text(path: Path) -> str:
    """Return the text of a file; in a citation that a page shows, a quotation mark ends an address, too."""
    return path.read_text("utf-8").replace("&#34;", '"')


def test_style_sheets_and_modules_find_what_they_load(either_site: Built) -> None:
    """url(…) in CSS and import in JavaScript lead to files."""
    find = _Finder(either_site)
    missing = []
    for name in either_site.files:
        pattern = {".css": CSS_URL, ".js": JS_IMPORT}.get(Path(name).suffix)
        if pattern:
            text = (either_site.folder / name).read_text("utf-8")
            targets = [next(filter(None, match.groups())) for match in pattern.finditer(text)]
            missing += [
                f"{name} -> {to}" for to in targets if not find.exists(urljoin(either_site.url + name, to))
            ]
    assert not missing, "\n".join(missing)


class _Finder:
    """Looks up addresses as a browser would resolve them."""

    def __init__(self, site: Built) -> None:
        self.site = site
        self.parsed = cache(self._parse)
        self.exists = cache(self._exists)

    def broken_on(self, page: str) -> Iterator[str]:
        document, _ = self.parsed(page)
        here = self.site.url + page.removeprefix("/")
        for target in sorted({link for _, _, link, _ in document.iterlinks()}):
            if not self.exists(urljoin(here, target)):
                yield target

    def _exists(self, address: str) -> bool:
        """Whether a full address is elsewhere (not ours to say) or a file, with its fragment, of this site."""
        if not address.startswith("https://example.org/"):
            return address.startswith(("https://", "http://", "mailto:", "data:"))
        if not address.startswith(self.site.url):
            return address == self.site.url.rstrip("/")
        path, fragment = urldefrag(address)
        path = "/" + unquote(path.partition("?")[0].removeprefix(self.site.url))
        if not self.site.file(path).is_file():
            return False
        return not fragment or unquote(fragment) in self.parsed(path)[1]

    def _parse(self, address: str) -> tuple[html.HtmlElement, frozenset[str]]:
        document = html.document_fromstring(self.site.file(address).read_bytes())
        return document, frozenset(document.xpath("//@id"))
