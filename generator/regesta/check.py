"""Look at a built site as visitors, feed readers, crawlers and its host will."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.built import load_site
from regesta.checks import data, feeds, heads, limits, links, outputs, sitemap
from regesta.examine import examine
from regesta.findings import Findings

if TYPE_CHECKING:
    from pathlib import Path

_CHECKS = (outputs.look, links.look, heads.look, feeds.look, sitemap.look, data.look, limits.look)


def check(folder: Path, content: Path | None = None) -> Findings:
    """Return what is wrong with the site in a folder, and with the content that it was built from, if given.

    Raises:
        RegestaError: the folder does not hold a built site, or `tags.yaml` or `imports.lock` cannot be read.
    """
    site = load_site(folder)
    findings = Findings(site.url, len(site.pages), site.links_count)
    for look in _CHECKS:
        look(site, findings)
    if content:
        examine(content, findings)
    return findings
