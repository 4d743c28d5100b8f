"""The files of the site: those that the last build made are as it made them, and none leads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.content.find_files import is_in, real_path
from regesta.errors import Problem
from regesta.publishing.manifest import NAME, read_manifest
from regesta.text.strings import checksum

if TYPE_CHECKING:
    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_REBUILD = "make it again with `regesta build --full`"


def check(site: BuiltSite, findings: Findings) -> None:
    """Compare the site's files with the build's manifest; files that Regesta did not make are only counted."""
    _report_links_out(site, findings)
    manifest = read_manifest(site.folder)
    if not manifest:
        _report_no_manifest(site, findings)
        return
    findings.foreign = len(site.files.keys() - manifest.outputs.keys() - {NAME})
    for path, noted in manifest.outputs.items():
        if path not in site.files:
            findings.add("files", Problem(path, 0, "is missing", _REBUILD))
        elif checksum(site.read(path)) != noted:
            findings.add("files", Problem(path, 0, "was changed since it was built", _REBUILD))


def _report_links_out(site: BuiltSite, findings: Findings) -> None:
    """Report links that lead out of the site: hosts publish what they lead to."""
    home = real_path(site.folder)
    for path in site.linked:
        if not is_in(real_path(site.folder / path), home):
            what = "is a link that leads out of the site; many hosts publish what it leads to"
            findings.add("files", Problem(path, 0, what, "remove it"))


def _report_no_manifest(site: BuiltSite, findings: Findings) -> None:
    """Report that the manifest is missing, or that it cannot be read."""
    if NAME in site.files:
        what = "cannot be read as the site's manifest"
        findings.add("files", Problem(NAME, 0, what, "empty the folder, and build again"))
    else:
        findings.notes.append(f"the site has no {NAME}: its files were not compared with what was built")
