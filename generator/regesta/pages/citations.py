"""A paper's citations in every format, as its page and bibliographies have them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from regesta.pages.citation import bibtex
from regesta.pages.csl_json import csl_text
from regesta.pages.ris import ris

if TYPE_CHECKING:
    from regesta.content.paper import Paper
    from regesta.pages.site import Site


class Citations(NamedTuple):
    """A paper's citations as text; `csl` is an item of CSL-JSON."""

    bibtex: str
    ris: str
    csl: str


def citations(paper: Paper, site: Site) -> Citations:
    """Return a paper's citations: those that bibliographies have, if these were made before."""
    return Citations(*site.known_citations(paper.id)) if site.known_citations else make_citations(paper, site)


def make_citations(paper: Paper, site: Site) -> Citations:
    """Return a paper's citations, made anew."""
    return Citations(bibtex(paper, site), ris(paper, site), csl_text(paper, site))
