"""What the host allows: the size of the whole site and of a file."""

from __future__ import annotations

import re
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
        site: for all files together.
        file: for a single file.
    """

    name: str
    site: int
    file: int


#: A published site may have up to 1 GB; GitHub does not accept a file above 100 MiB in a push.
GITHUB_PAGES = Host("GitHub Pages", 10**9, 100 * 2**20)
#: Google Scholar does not read larger PDFs.
_SCHOLAR_PDF = 5 * 10**6
_NOTED = 20  # PDFs
_LARGE = 20_000  # papers
_OF_PAPER = re.compile(r"papers/[^/]+/index\.html")


def check(site: BuiltSite, findings: Findings, host: Host = GITHUB_PAGES) -> None:
    """Measure the site, name its biggest pages, and compare the sizes with what the host allows."""
    findings.files, findings.bytes = len(site.files), sum(site.files.values())
    findings.host = asdict(host)
    pages = sorted(site.pages, key=lambda path: (-site.files[path], path))
    findings.biggest = {path: site.files[path] for path in pages[:_BIGGEST]}
    _measure_site(site, findings, host)
    _measure_files(site, findings, host)
    _note_large_pdfs(site, findings)
    _recommend_lean(site, findings)


def _measure_site(site: BuiltSite, findings: Findings, host: Host) -> None:
    """Find a site that is too large; one that is nearly too large is only noted."""
    share = f"{size(findings.bytes)} of the {size(host.site)} that {host.name} allows"
    if findings.bytes > host.site:
        mend = "leave out large files, or choose another host"
        findings.add("limits", Problem(str(site.folder), 0, f"holds {share}", mend))
    elif findings.bytes > _NEAR * host.site:
        findings.notes.append(f"the site is near its host's limit: {share}")


def _measure_files(site: BuiltSite, findings: Findings, host: Host) -> None:
    for path, count in site.files.items():
        if count > host.file:
            what = f"has {size(count)}: {host.name} does not accept files above {size(host.file)}"
            findings.add("limits", Problem(path, 0, what, "make it smaller, or keep it elsewhere"))


def _note_large_pdfs(site: BuiltSite, findings: Findings) -> None:
    sizes = {path: count for path, count in site.files.items() if path.lower().endswith(".pdf")}
    large = [
        f"{path}: has {size(count)}: Google Scholar does not read PDFs above {size(_SCHOLAR_PDF)}"
        for path, count in sizes.items()
        if count > _SCHOLAR_PDF
    ]
    findings.notes += large[:_NOTED]
    if len(large) > _NOTED:
        findings.notes.append(f"{len(large) - _NOTED} more PDFs are above {size(_SCHOLAR_PDF)}")


def _recommend_lean(site: BuiltSite, findings: Findings) -> None:
    """Recommend to leave out what large archives can do without; nothing is switched by itself, for addresses would go away."""
    papers = sum(bool(_OF_PAPER.fullmatch(path)) for path in site.files)
    if papers > _LARGE and any(path.endswith("/papers.bib") for path in site.files):
        what = "can do without bibliographies of lists: see `outputs: lean` in docs/takeaways.md"
        findings.notes.append(f"an archive of {papers:,} papers {what}")
