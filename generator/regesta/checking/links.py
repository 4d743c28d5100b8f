"""Links and fragments that lead nowhere, and ids that a page has twice."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from regesta.errors import Problem

if TYPE_CHECKING:
    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_MEND = "mend the link or what it leads to"


def look(site: BuiltSite, findings: Findings) -> None:
    """Find every link within the site that does not lead to a file or to an element."""
    for address, met in sorted(site.links.items(), key=lambda item: (item[1].page, item[0])):
        if what := _wrong(site, address):
            more = f", here and {met.count - 1} times more" if met.count > 1 else ""
            line = site.line(met.page, link=met.link) if findings.tells("links") else 0
            findings.add("links", Problem(met.page, line, f"{met.link} {what}{more}", _MEND))
    for twin, met in site.twins.items():
        more = f", as {met.count - 1} more pages have" if met.count > 1 else ""
        line = site.line(met.page, double=twin) if findings.tells("ids") else 0
        findings.add(
            "ids", Problem(met.page, line, f"has the id {twin!r} twice{more}", "make the theme's ids unique")
        )


def _wrong(site: BuiltSite, address: str) -> str:
    """Return what is wrong with an address that the site links to, "" if nothing is."""
    if not address.startswith("/"):
        return "is no address"
    if not address.startswith(site.base_path):
        return f"leads out of the site's base path {site.base_path}"
    path = site.path(address)
    if path not in site.files:
        return (
            "leads to a folder: it lacks the slash at its end"
            if f"{path}/index.html" in site.files
            else "leads nowhere"
        )
    fragment = unquote(address.partition("#")[2].partition(":~:")[0])
    if fragment and fragment != "top" and path in site.pages and fragment not in site.pages[path].targets:
        return "leads to no such place in its page"
    return ""
