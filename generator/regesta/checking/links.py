"""Links and fragments that lead nowhere, and ids that a page has twice."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from regesta.checking.markup import line_of_link, line_of_second
from regesta.errors import Problem
from regesta.text.strings import counted

if TYPE_CHECKING:
    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_MEND = "mend the link or what it leads to"


def check(site: BuiltSite, findings: Findings) -> None:
    """Find links within the site that do not lead to a file or an element, and ids that a page has twice."""
    for address, where in sorted(site.links.items(), key=lambda item: (item[1].page, item[0])):
        if what := _wrong(site, address):
            line = line_of_link(site.text(where.page), where.link) if findings.reports("links") else 0
            more = f", here and {where.count - 1} times more" if where.count > 1 else ""
            findings.add("links", Problem(where.page, line, f"{where.link} {what}{more}", _MEND))
    for twin, where in site.twins.items():
        line = line_of_second(site.text(where.page), twin) if findings.reports("ids") else 0
        more = f", like {counted(where.count - 1, 'other page')}" if where.count > 1 else ""
        what = f"has the id {twin!r} twice{more}"
        findings.add("ids", Problem(where.page, line, what, "make the theme's ids unique"))


def _wrong(site: BuiltSite, address: str) -> str:
    """Return what is wrong with an address that the site links to, "" if nothing is."""
    if not address.startswith("/"):
        return "is not an address"
    if not address.startswith(site.base_path):
        return f"leads out of the site's base path {site.base_path}"
    path = site.path(address)
    if f"{path}/index.html" in site.files:
        return "leads to a folder: it lacks the slash at its end"
    if path not in site.files:
        return "leads nowhere"
    return "" if _has_place(site, path, address) else "leads to a place that its page does not have"


def _has_place(site: BuiltSite, path: str, address: str) -> bool:
    """Tell whether a file has the place that the fragment of its address names; only pages have places."""
    fragment = unquote(address.partition("#")[2].partition(":~:")[0])
    return fragment in ("", "top") or path not in site.pages or fragment in site.pages[path].targets
