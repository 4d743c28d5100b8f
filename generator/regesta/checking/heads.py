"""What pages say about themselves: titles that several share, canonical addresses that are not their own."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from regesta.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.checking.built_site import BuiltPage, BuiltSite
    from regesta.checking.findings import Findings

#: Hosts of a site without an address of its own: this machine, or the example in a new archive's settings.
_NOWHERE = ("localhost", "127.0.0.1", "::1", "example.org")
_NAMED = 3  # pages with one title
_NOTED = 20  # titles that papers share


def check(site: BuiltSite, findings: Findings) -> None:
    """Find pages that share a title, and pages whose canonical address is another page's."""
    _compare_titles(site, findings)
    if not site.url:
        findings.notes.append("index.html names no canonical address: full addresses were not checked")
        return
    if urlsplit(site.url).hostname in _NOWHERE:
        mend = "before you publish the site, set `url` in archive.yaml or build it with --url"
        findings.notes.append(f"built for {site.url}: {mend}")
    for path, page in site.pages.items():
        own = site.host + site.address(path)
        if not _may_name(site, page, own):
            what = f"names {page.canonical} as its canonical address, but its own is {own}"
            mend = "name its own address, or keep search engines out with noindex"
            findings.add("addresses", Problem(path, 0, what, mend))


def _may_name(site: BuiltSite, page: BuiltPage, own: str) -> bool:
    """Tell whether a page may have its canonical address: its own, or another page's if it is not listed."""
    if not page.canonical or unquote(page.canonical) == own:
        return True
    return not page.is_listed and site.shows(page.canonical)


def _compare_titles(site: BuiltSite, findings: Findings) -> None:
    """Find titles that several pages share: a problem, unless a paper has it, for papers have what titles they have."""
    titles = defaultdict(list)
    for path, page in site.pages.items():
        if page.is_listed and page.title:
            titles[page.title].append(path)
    namesakes = []
    for title, paths in titles.items():
        of_papers = [path for path in paths if path.startswith("papers/")]
        if len(of_papers) > 1:
            namesakes.append(f"{_some(of_papers)} share the title {title!r}: are they one paper?")
        elif len(paths) > 1 and not of_papers:
            what = f"has the title {title!r}, like {_some(paths[1:])}"
            findings.add("titles", Problem(paths[0], 0, what, "give each page a title of its own"))
    findings.notes += namesakes[:_NOTED]
    if len(namesakes) > _NOTED:
        findings.notes.append(f"{len(namesakes) - _NOTED} more titles are shared by several papers")


def _some(paths: Sequence[str]) -> str:
    """Return the paths of the first few pages, and how many more there are."""
    more = f" and {len(paths) - _NAMED} more" if len(paths) > _NAMED else ""
    return ", ".join(paths[:_NAMED]) + more
