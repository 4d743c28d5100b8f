"""The files that the last build made: they are there, and nobody changed them since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.errors import Problem
from regesta.publishing.manifest import NAME, read_manifest
from regesta.text.strings import digest

if TYPE_CHECKING:
    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_MAKE = "make it anew by `regesta build --full`"


def look(site: BuiltSite, findings: Findings) -> None:
    """Compare every file of the site with what the build noted of it; files of others are only counted."""
    manifest = read_manifest(site.folder)
    if not manifest:
        if NAME in site.files:
            findings.add(
                "files",
                Problem(
                    NAME, 0, "cannot be read as the site's manifest", "empty the folder, and build again"
                ),
            )
        else:
            findings.notes.append(
                f"the site holds no {NAME}: its files were not compared with those that were built"
            )
        return
    findings.foreign = len(site.files.keys() - manifest.outputs.keys() - {NAME})
    for path, noted in manifest.outputs.items():
        if path not in site.files:
            findings.add("files", Problem(path, 0, "is missing", _MAKE))
        elif digest(site.read(path)) != noted:
            findings.add("files", Problem(path, 0, "was changed since it was built", _MAKE))
