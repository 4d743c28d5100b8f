"""Look at a built site as a visitor would: links and fragments that lead nowhere, ids that stand twice."""

from __future__ import annotations

import os.path
import re
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urljoin, urlsplit

from regesta.errors import Problem, fail

if TYPE_CHECKING:
    from pathlib import Path

_LINKS = {"a": "href", "link": "href", "script": "src", "img": "src", "form": "action", "source": "src"}


@dataclass(slots=True)
class Findings:
    """What was looked at, and what is wrong."""

    pages: int = 0
    links: int = 0
    problems: list[Problem] = field(default_factory=list)

    def summary(self) -> str:
        """Return the result in one line."""
        return f"checked {self.pages} pages, {self.links} links: {len(self.problems)} problems"

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return asdict(self)


class _Page(HTMLParser):
    """Collects a page's ids, and its links with their lines."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.twins: list[tuple[str, int]] = []
        self.links: list[tuple[str, int]] = []
        self.canonical = ""
        with suppress(AssertionError):  # the parser's own way to give up on broken markup
            self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element's id and where it links to."""
        values = {name: value or "" for name, value in attrs}
        line = self.getpos()[0]
        if "id" in values:
            if values["id"] in self.ids:
                self.twins.append((values["id"], line))
            self.ids.add(values["id"])
        if tag == "link" and values.get("rel") == "canonical":
            self.canonical = values.get("href", "")
        elif tag in _LINKS and _LINKS[tag] in values:
            self.links.append((values[_LINKS[tag]], line))


def check(site: Path) -> Findings:
    """Return what is wrong with the site in a folder.

    Raises:
        RegestaError: there is no built site.
    """
    if not (site / "index.html").is_file():
        raise fail(site, "holds no built site", "run `regesta build` first, or name another folder with --output")
    findings = Findings()
    paths = sorted(path for path in site.rglob("*.html") if path.is_file())
    pages = {path.relative_to(site).as_posix(): _Page(path.read_text(encoding="utf-8", errors="replace")) for path in paths}
    base = urlsplit(pages["index.html"].canonical).path or "/"
    for name, page in pages.items():
        findings.pages += 1
        for twin, line in page.twins:
            findings.problems.append(Problem(name, line, f"has the id {twin!r} twice", "make the theme's ids unique"))
        for link, line in page.links:
            findings.links += 1
            what = _wrong(site, base, name, link, pages)
            if what:
                findings.problems.append(Problem(name, line, f"{link} {what}", "mend the link or what it leads to"))
    return findings


def _wrong(site: Path, base: str, name: str, link: str, pages: dict[str, _Page]) -> str:
    """Return what is wrong with a link of a page, "" if nothing is, or if it leaves the site."""
    try:
        parts = urlsplit(urljoin(base + re.sub(r"(^|/)index\.html$", r"\1", name), link))
    except ValueError:
        return "is no address"
    if parts.scheme or parts.netloc:
        return ""
    if not parts.path.startswith(base):
        return f"leads out of the site's base path {base}"
    target = unquote(parts.path.removeprefix(base))
    file = f"{target}index.html" if target.endswith("/") or not target else target
    if file not in pages and not os.path.isfile(f"{site}/{file}"):  # noqa: PTH113 - takes names of any length
        return "leads nowhere"
    if parts.fragment and file in pages and unquote(parts.fragment) not in pages[file].ids:
        return "leads to no such place in its page"
    return ""
