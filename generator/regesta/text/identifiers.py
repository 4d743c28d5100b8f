"""Identifiers of papers and people: arXiv ids, DOIs and ORCID iDs, in whatever form they are written."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from regesta.text.patterns import pattern

_ARCHIVES = (
    "acc-phys adap-org alg-geom ao-sci astro-ph atom-ph bayes-an chao-dyn chem-ph cmp-lg comp-gas cond-mat cs dg-ga econ eess funct-an gr-qc "
    "hep-ex hep-lat hep-ph hep-th math math-ph mtrl-th nlin nucl-ex nucl-th patt-sol physics plasm-ph q-alg q-bio q-fin quant-ph solv-int stat supr-con"
)
#: Ids since April 2007 (`2410.21060`), and older ones: archive, perhaps a class, number (`math.GT/0309136`).
#: The version is not part of the id.
_ARXIV = pattern(
    r"(?:(?:https?://)?(?:[a-z]+\.)?arxiv\.org/(?:abs|pdf|html|src|e-print|format)/|arxiv(?:\s*:\s*|\.)|10\.48550/arxiv\.)?"
    rf"(?:(\d{{4}}\.\d{{4,5}})|({_ARCHIVES.replace(' ', '|')})(?:\.[a-z]{{2}})?/(\d{{7}}))(?:v\d+)?(?:\.pdf)?/?(?:\s*\[[\w.-]+\])?",
    re.IGNORECASE,
)
_DOI = pattern(r"(?:(?:https?://)?(?:dx\.|www\.)?doi\.org/|doi:\s*)?(10\.\d{4,9}/\S+)", re.IGNORECASE)
#: Characters of a DOI that an address may hold; the others (`<`, `>`, quotes …) are escaped.
_IN_DOI = "/:;()._-+,@!$&'*=~"
_ORCID = pattern(r"(?:(?:https?://)?orcid\.org/)?((?:\d{4}-){3}\d{3}[\dXx])/?", re.ASCII)


def arxiv_id(text: str) -> str:
    """Return the arXiv id that a text consists of, without its version; "" if it is anything else.

    The id may be written as `arXiv:2410.21060v2`, as an address or as a DOI of arXiv.
    """
    match = _ARXIV.fullmatch(re.sub(r"(?i)^(?:https?://)?(?:dx\.)?doi\.org/(?=10\.48550/)", "", text.strip()))
    if not match:
        return ""
    return match[1] or f"{match[2].lower()}/{match[3]}"


def doi(text: str) -> str:
    """Return the DOI that a text consists of (`10.1000/182`, an address, `doi:…`), lower-case; "" if none."""
    match = _DOI.fullmatch(unquote(text.strip()))
    return match[1].lower().rstrip(".,;") if match else ""


def orcid(text: str) -> str:
    """Return the ORCID iD that a text consists of, "" if none."""
    match = _ORCID.fullmatch(text.strip())
    return match[1].upper() if match else ""


def links_of(*texts: str) -> dict[str, str]:
    """Return the links `arxiv` and `doi` for some ids or addresses; a DOI of arXiv is an arXiv id."""
    links: dict[str, str] = {}
    for text in texts:
        if found := arxiv_id(text):
            links.setdefault("arxiv", f"https://arxiv.org/abs/{found}")
        elif found := doi(text):
            links.setdefault("doi", f"https://doi.org/{quote(found, _IN_DOI)}")
    return links
