"""What the host allows: bytes of the whole site and of a file."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from regesta.errors import Problem
from regesta.text.strings import size

if TYPE_CHECKING:
    from regesta.checking.built_site import BuiltSite
    from regesta.checking.findings import Findings

_BIGGEST = 10
_NEAR = 0.9  # of what is allowed


@dataclass(frozen=True, slots=True)
class Host:
    """What a host allows, in bytes.

    Attributes:
        site: all files together.
        file: a single one.
    """

    name: str
    site: int
    file: int


#: A published site has at most 1 GB; Git takes no file of more than 100 MiB to GitHub.
GITHUB_PAGES = Host("GitHub Pages", 10**9, 100 * 2**20)
#: Google Scholar reads no PDF that is larger.
_SCHOLAR_PDF = 5 * 10**6
_NOTED = 20  # PDFs


def look(site: BuiltSite, findings: Findings, host: Host = GITHUB_PAGES) -> None:
    """Add up the site's bytes, name its biggest pages, and compare with what the host allows."""
    findings.files, findings.bytes = len(site.files), sum(site.files.values())
    findings.host = asdict(host)
    pages = sorted(site.pages, key=lambda path: (-site.files[path], path))
    findings.biggest = {path: site.files[path] for path in pages[:_BIGGEST]}
    share = f"{size(findings.bytes)} of the {size(host.site)} that {host.name} allows"
    if findings.bytes > host.site:
        findings.add(
            "limits",
            Problem(str(site.folder), 0, f"holds {share}", "leave out large files, or choose another host"),
        )
    elif findings.bytes > _NEAR * host.site:
        findings.notes.append(f"the site is near its host's limit: {share}")
    for path, count in site.files.items():
        if count > host.file:
            what = f"has {size(count)}: Git takes no file of more than {size(host.file)} to {host.name}"
            findings.add("limits", Problem(path, 0, what, "make it smaller, or keep it elsewhere"))
    _note_large_pdfs(site, findings)


def _note_large_pdfs(site: BuiltSite, findings: Findings) -> None:
    large = [
        (path, count)
        for path, count in site.files.items()
        if path.lower().endswith(".pdf") and count > _SCHOLAR_PDF
    ]
    findings.notes += [
        f"{path}: has {size(count)}: Google Scholar reads no PDF above {size(_SCHOLAR_PDF)}"
        for path, count in large[:_NOTED]
    ]
    if len(large) > _NOTED:
        findings.notes.append(f"{len(large) - _NOTED} more PDFs are above {size(_SCHOLAR_PDF)}")
