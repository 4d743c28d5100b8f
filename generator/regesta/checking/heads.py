"""What pages say of themselves: titles that several have, canonical addresses that are not their own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from regesta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

#: Where a site lives that was given no address of its own: on this machine, or where a new archive's settings say.
_NOWHERE = ("localhost", "127.0.0.1", "::1", "example.org")
_NAMED = 3  # of the pages that share a title
_NOTED = 20  # titles that papers share


def look(site: BuiltSite, findings: Findings) -> None:
    """Find pages that share a title, and pages whose canonical address is another page's."""
    _compare_titles(site, findings)
    if not site.url:
        findings.notes.append("index.html names no canonical address: full addresses were not looked at")
        return
    if urlsplit(site.url).hostname in _NOWHERE:
        findings.notes.append(
            f"built for {site.url}: before you publish the site, set `url` in archive.yaml or build it with --url"
        )
    for path, page in site.pages.items():
        own = site.host + site.address(path)
        if (
            page.canonical
            and unquote(page.canonical) != own
            and (page.is_listed or not site.shows(page.canonical))
        ):
            what = f"names {page.canonical} as its canonical address, and is {own}"
            findings.add(
                "addresses",
                Problem(path, 0, what, "name its own address, or keep search engines out by noindex"),
            )


def _compare_titles(site: BuiltSite, findings: Findings) -> None:
    """Find titles of several pages: a fault, unless all are papers, for the world has papers of one title."""
    titles = defaultdict(list)
    for path, page in site.pages.items():
        if page.is_listed and page.title:
            titles[page.title].append(path)
    namesakes = []
    for title, paths in titles.items():
        if len(paths) > 1 and all(path.startswith("papers/") for path in paths):
            namesakes.append(f"{_some(paths)} have one title, {title!r}: are they one paper?")
        elif len(paths) > 1:
            what = f"has the title {title!r}, as has {_some(paths[1:])}"
            findings.add("titles", Problem(paths[0], 0, what, "give each page a title of its own"))
    findings.notes += namesakes[:_NOTED]
    if len(namesakes) > _NOTED:
        findings.notes.append(f"{len(namesakes) - _NOTED} more titles are those of several papers")


def _some(paths: Sequence[str]) -> str:
    """Return the names of pages, or of the first and how many there are more."""
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more
