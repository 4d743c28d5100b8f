"""What papers and people are known by elsewhere: arXiv ids, DOIs, ORCID iDs; found in whatever form they are written."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga econ eess funct-an gr-qc "
    "hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
#: Ids since April 2007, and before, when they bore the name of an archive and perhaps a class; a version is no part of the id.
_ARXIV = re.compile(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|src|e-print|format)/|arxiv(?:\s*:\s*|\.)|10\.48550/arxiv\.)?"
    rf"(?:(\d{{4}}\.\d{{4,5}})|({_ARCHIVES.replace(' ', '|')})(?:\.[a-z]{{2}})?/(\d{{7}}))(?:v\d+)?(?:\.pdf)?/?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
#: What may stand in an address as it is; the others of a DOI (`<`, `>`, quotes …) are escaped there.
_IN_DOI = "/:;()._-+,@!$&'*=~"
_ORCID = re.compile(r"(?:(?:https?://)?orcid\.org/)?((?:\d{4}-){3}\d{3}[\dXx])/?", re.ASCII)


def arxiv_id(text: str) -> str:
    """Return the arXiv id, without its version, that a text consists of (`arXiv:2410.21060v2`, an address, a DOI of arXiv's); "" if none."""
    match = _ARXIV.fullmatch(re.sub(r"(?i)^(?:https?://)?(?:dx\.)?doi\.org/(?=10\.48550/)", "", text.strip()))
    if not match:
        return ""
    return match[1] or f"{match[2].lower()}/{match[3]}"


def doi(text: str) -> str:
    """Return the DOI, in small letters, that a text consists of (`10.1000/182`, an address, `doi:…`); "" if none."""
    match = _DOI.fullmatch(unquote(text.strip()))
    return match[1].lower().rstrip(".,;") if match else ""


def orcid(text: str) -> str:
    """Return the ORCID iD that a text consists of, "" if none."""
    match = _ORCID.fullmatch(text.strip())
    return match[1].upper() if match else ""


def links_of(*texts: str) -> dict[str, str]:
    """Return the links `arxiv` and `doi` that some texts (ids or addresses) give; a DOI of arXiv's is an arXiv id."""
    links: dict[str, str] = {}
    for text in texts:
        if found := arxiv_id(text):
            links.setdefault("arxiv", f"https://arxiv.org/abs/{found}")
        elif found := doi(text):
            links.setdefault("doi", f"https://doi.org/{quote(found, _IN_DOI)}")
    return links
