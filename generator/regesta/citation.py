"""How to cite a paper: plain text and BibTeX, only from what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from regesta.listing import paper_address, plain_title
from regesta.mathml import is_harmless
from regesta.tex import MATHS

if TYPE_CHECKING:
    from regesta.listing import Site
    from regesta.paper import Author, Paper

_ESCAPES = {c: f"\\{c}" for c in "&%#_$"} | {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SPECIAL = re.compile(f"[{re.escape(''.join(_ESCAPES))}]")
_IN_ADDRESS = ":/?#@!$&'()*+,;=%-._~"  # braces are not among them: they would unbalance the entry
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def citation_text(paper: Paper, site: Site) -> str:
    """Return a reference in plain text: people, title, venue, date, address; what is unknown is left out."""
    address = paper.links.get("doi") or paper.links.get("arxiv") or site.config.absolute(paper_address(paper))
    people = ", ".join(author.name for author in paper.authors)
    date = site.t.date(paper.published)
    if "published" in paper.inferred:
        date = f"{date} ({site.t('inferred_year')})"
    parts = [site.t(paper.status) if paper.status else "", people, f"“{plain_title(paper)}”", paper.venue, date, address]
    return ". ".join(part.removesuffix(".") for part in parts if part) + "."


def bibtex(paper: Paper, site: Site) -> str:
    """Return a BibTeX entry; capitals of the title are protected, special characters escaped."""
    fields = {
        "title": f"{{{_tex(paper.title)}}}",
        "author": " and ".join(map(_person, paper.authors)),
        "year": paper.published[:4],
        "month": _MONTHS[int(paper.published[5:7]) - 1] if paper.published[5:7] else "",
        "booktitle": _tex(paper.venue),
        "pages": _tex(paper.pages),
        "note": ", ".join(_notes(paper, site)),
        "doi": quote(paper.links.get("doi", "").partition("doi.org/")[2], _IN_ADDRESS),
        "url": quote(paper.links.get("arxiv") or site.config.absolute(paper_address(paper)), _IN_ADDRESS),
    }
    if arxiv := re.search(r"arxiv\.org/abs/([\w.-]+(?:/\d+)?)", paper.links.get("arxiv", "")):
        fields |= {"eprint": arxiv[1], "archiveprefix": "arXiv"}
    lines = [f"  {name:<9} = {value if name == 'month' else f'{{{value}}}'}," for name, value in fields.items() if value]
    kind = "inproceedings" if paper.venue else "misc"
    return "\n".join([f"@{kind}{{{_key(paper)},", *lines, "}"])


def _key(paper: Paper) -> str:
    """Return what the paper is cited by, without characters that would end a BibTeX key."""
    return re.sub(r"[^\w:.+/-]", "", paper.citekey) or paper.id


def _notes(paper: Paper, site: Site) -> list[str]:
    """Return what whoever cites the paper should know: that it was taken back, that its year was worked out."""
    inferred = site.t("inferred_year") if "published" in paper.inferred else ""
    return [_tex(note) for note in (site.t(paper.status) if paper.status else "", inferred) if note]


def _person(author: Author) -> str:
    """Return a name as BibTeX reads it; one that it would take apart at `and` or a comma is held together by braces."""
    if author.family and author.given:
        return _tex(f"{author.family}, {author.given}")
    return f"{{{_tex(author.name)}}}" if re.search(r",|\band\b", author.name) else _tex(author.name)


def _tex(text: str) -> str:
    """Return text with TeX's special characters escaped; `$mathematics$` stays as it is, if it is nothing else."""
    parts = MATHS.split(text)
    return "".join(_formula(part) if i % 2 else _escaped(part) for i, part in enumerate(parts))


def _formula(tex: str) -> str:
    return f"${tex}$" if is_harmless(tex) else _escaped(f"${tex}$")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
