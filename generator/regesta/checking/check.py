"""Check a built site as visitors, feed readers, crawlers and its host will meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking import data_files, feeds, heads, limits, links, made_files, sitemap
from regesta.checking.archive_check import examine
from regesta.checking.built_site import load_site
from regesta.checking.findings import Findings

if TYPE_CHECKING:
    from pathlib import Path

_MODULES = (made_files, links, heads, feeds, sitemap, data_files, limits)


def check(folder: Path, content: Path | None = None) -> Findings:
    """Return what is wrong with the site in a folder, and with the content that it was built from, if given.

    Raises:
        RegestaError: the folder does not hold a built site, or `tags.yaml` or `imports.lock` cannot be read.
    """
    site = load_site(folder)
    findings = Findings(site.url, len(site.pages), site.links_count)
    for module in _MODULES:
        module.check(site, findings)
    if content:
        examine(content, findings)
    return findings
