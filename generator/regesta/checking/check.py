"""Check a built site as visitors, feed readers, crawlers and its host will meet it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.checking import data_files, feeds, heads, limits, links, made_files, sitemap
from regesta.checking.archive_check import examine
from regesta.checking.built_site import load_site
from regesta.checking.findings import Findings
from regesta.content.find_files import misplaced
from regesta.errors import RegestaError, fail
from regesta.publishing.journal import tree_mark

if TYPE_CHECKING:
    from pathlib import Path

_MODULES = (made_files, links, heads, feeds, sitemap, data_files, limits)


def check(folder: Path, content: Path | None = None) -> Findings:
    """Return what is wrong with the site in a folder, and with the content that it was built from, if given.

    Raises:
        RegestaError: nothing can be said: the folder does not hold a built site, something in it or in the content
            cannot be read, or the site was built again meanwhile.
    """
    try:
        before = tree_mark(str(folder))
        findings = _look(folder, content)
        after = tree_mark(str(folder))
    except OSError as error:
        what = f"cannot be read ({(error.strerror or str(error)).lower()})"
        remedy = "see that it can be, and check again; if a build is at work, wait for its end"
        raise fail(error.filename or folder, what, remedy) from error
    if after != before:
        raise fail(folder, "was built again while it was checked", "check it again")
    return findings


def _look(folder: Path, content: Path | None) -> Findings:
    try:
        site = load_site(folder)
    except RegestaError as error:  # perhaps it was not built for what is wrong with the archive
        raise RegestaError(
            [*misplaced(content.parent), *error.problems] if content else error.problems
        ) from error
    findings = Findings(site.url, len(site.pages), site.links_count)
    for module in _MODULES:
        module.check(site, findings)
    if content:
        examine(content, findings)
    return findings
