"""How to cite a paper: plain text and BibTeX, only from what is known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from regesta.archive.publication import bare_key
from regesta.pages.site import paper_address, plain_title
from regesta.text.mathml import is_harmless
from regesta.text.tex import MATHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.content.collections import Collection
    from regesta.content.paper import Author, Paper
    from regesta.pages.site import Site

_ESCAPES = {c: f"\\{c}" for c in "&%#_$"} | {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SPECIAL = re.compile(f"[{re.escape(''.join(_ESCAPES))}]")
_IN_ADDRESS = ":/?#@!$&'()*+,;=%-._~"  # braces are not among them: they would unbalance the entry
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: What BibTeX would take apart, or for "and others"; and words that tell a body from a person.
_TAKEN_APART = re.compile(r",|\band\b|\Aothers\Z", re.IGNORECASE)
_BODY = re.compile(
    r"\AThe |\b(?:Association|Collaboration|Committee|Consortium|Foundation|GmbH|Group|Inc|Institute|Labs?|Laborator(?:y|ies)|Ltd|"
    r"Organi[sz]ation|Society|Team|University|Workshop)\b"
)


def citation_text(paper: Paper, site: Site) -> str:
    """Return a reference in plain text: people, title, journal or book, date, address; what is unknown is left out."""
    known = site.publication(paper)
    address = paper.links.get("doi") or paper.links.get("arxiv") or site.config.absolute(paper_address(paper))
    people = ", ".join(author.name for author in paper.authors)
    date = site.t.date(paper.published)
    if "published" in paper.inferred:
        date = f"{date} ({site.t('inferred_year')})"
    status = site.t(paper.status) if paper.status else ""
    parts = [
        status,
        people,
        f"“{plain_title(paper)}”",
        known.container or known.school or known.venue,
        date,
        address,
    ]
    return ". ".join(part.removesuffix(".") for part in parts if part) + "."


def bibtex(paper: Paper, site: Site) -> str:
    """Return a BibTeX entry; capitals of the title are protected, special characters escaped."""
    known = site.publication(paper)
    where = {
        "journal": known.journal,
        "booktitle": known.book,
        "howpublished": "" if known.container or known.school else known.venue,
        "school" if known.kind.endswith("thesis") else "institution": known.school,
        "publisher": "" if known.publisher == known.school else known.publisher,
        "address": known.place,
        "series": known.series,
        "volume": known.volume,
        "number": known.number,
        "pages": known.pages.replace("–", "--"),
        "isbn": known.isbn,
    }
    fields = {
        "title": f"{{{_tex(paper.title)}}}",
        "author": _people(paper.authors),
        "editor": _people(known.editors),
        **_date(paper.published),
        **{name: _tex(value) for name, value in where.items()},
        "note": ", ".join(_notes(paper, site)),
        "doi": quote(paper.links.get("doi", "").partition("doi.org/")[2], _IN_ADDRESS),
        "url": quote(paper.links.get("arxiv") or site.config.absolute(paper_address(paper)), _IN_ADDRESS),
    }
    if arxiv := re.search(r"arxiv\.org/abs/([\w.-]+(?:/\d+)?)", paper.links.get("arxiv", "")):
        fields |= {"eprint": arxiv[1], "archiveprefix": "arXiv"}
    return _entry(known.kind, site.citekeys[paper.id], fields)


def bibliography(collection: Collection, papers: Sequence[Paper], site: Site) -> str:
    """Return the BibTeX of a collection: its papers and, if it is one, the book itself."""
    entries = [bibtex(paper, site) for paper in papers]
    if collection.is_proceedings:
        taken = {site.citekeys[paper.id].lower() for paper in papers}
        entries.append(_book(collection, taken, site))
    return "\n\n".join([*entries, ""])


def _book(collection: Collection, taken: set[str], site: Site) -> str:
    """Return the entry of the proceedings themselves, under a key that none of their papers has."""
    key = bare_key(collection.citekey) or collection.name
    texts = {name: _tex(getattr(collection, name)) for name in ("publisher", "series", "volume", "isbn")}
    fields = {
        "title": f"{{{_tex(collection.title)}}}",
        "editor": _people(collection.editors),
        **_date(collection.published),
        **texts,
        "address": _tex(collection.place),
        "doi": quote(collection.links.get("doi", "").partition("doi.org/")[2], _IN_ADDRESS),
        "url": quote(site.config.absolute(f"/collections/{collection.name}/"), _IN_ADDRESS),
    }
    return _entry("proceedings", f"{key}-proceedings" if key.lower() in taken else key, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry of the fields that are known, their values in TeX; a month is BibTeX's own word."""
    lines = [
        f"  {name:<9} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _date(date: str) -> dict[str, str]:
    return {"year": date[:4], "month": _MONTHS[int(date[5:7]) - 1] if date[5:7] else ""}


def _notes(paper: Paper, site: Site) -> list[str]:
    """Return what whoever cites the paper should know: that it was taken back, that its year was worked out."""
    inferred = site.t("inferred_year") if "published" in paper.inferred else ""
    return [_tex(note) for note in (site.t(paper.status) if paper.status else "", inferred) if note]


def _people(authors: Sequence[Author]) -> str:
    return " and ".join(map(_person, authors))


def _person(author: Author) -> str:
    """Return a name as BibTeX reads it; one of unknown parts is held together by braces, unless its last word is plainly the family's."""
    if author.family and author.given:
        return f"{_held(author.family)}, {_held(author.given)}"
    return _held(author.name) if _ends_in_family(author.name) else f"{{{_tex(author.name)}}}"


def _ends_in_family(name: str) -> bool:
    """Tell whether a name is a person's that everybody splits alike: words in capitals, perhaps with `van der` between them."""
    words = name.split()
    return (
        not _BODY.search(name)
        and all(word[0].isupper() for word in (words[0], words[-1]))
        and all(word[0].isalpha() for word in words)
    )


def _held(name: str) -> str:
    return f"{{{_tex(name)}}}" if _TAKEN_APART.search(name) or _tex(name) != name else name


def _tex(text: str) -> str:
    """Return text with TeX's special characters escaped; `$mathematics$` stays as it is, if it is nothing else."""
    parts = MATHS.split(text)
    return "".join(_formula(part) if i % 2 else _escaped(part) for i, part in enumerate(parts))


def _formula(tex: str) -> str:
    return f"${tex}$" if is_harmless(tex) else _escaped(f"${tex}$")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
