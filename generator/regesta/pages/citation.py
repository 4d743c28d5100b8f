"""Citations of a paper, as plain text and as BibTeX, without invented parts."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from regesta.archive.publication import bare_key
from regesta.archive.who_is_who import written
from regesta.pages.site import NAMED, plain_title
from regesta.text.formulas import Run, convert, without_escapes
from regesta.text.mathml import is_harmless
from regesta.text.patterns import pattern

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from regesta.archive.publication import Publication
    from regesta.content.collections import Collection
    from regesta.content.paper import Paper
    from regesta.pages.site import Site
    from regesta.text.names import Name

_ESCAPES = {c: f"\\{c}" for c in "&%#_$"} | {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SPECIAL = pattern(f"[{re.escape(''.join(_ESCAPES))}]")
_IN_ADDRESS = ":/?#@!$&'()*+,;=%-._~"  # without braces, which could unbalance the entry
#: Unicode's first strong isolate and its end, which no text of a paper holds (`text.strings.clean`).
_ISOLATE, _END_ISOLATE = "\u2068", "\u2069"
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
#: Texts at which BibTeX would split a name, or that it would read as "and others".
_SEPARATOR = pattern(r",|\band\b|\Aothers\Z", re.IGNORECASE)
#: A word in lower case behind others: BibTeX would read all that is before it as a particle.
_JOINED = pattern(r"[^\W\d_a-z]\S* (?:\S+ )*?[a-z]+ ")


def citation_html(paper: Paper, site: Site) -> str:
    """Return a reference as HTML: a name or title in a script of the other direction moves no other part."""
    text = citation_text(paper, site, lambda part: f"{_ISOLATE}{part}{_END_ISOLATE}")
    return escape(text, quote=False).replace(_ISOLATE, "<bdi>").replace(_END_ISOLATE, "</bdi>")


def citation_text(paper: Paper, site: Site, isolated: Callable[[str], str] = str) -> str:
    """Return a reference in plain text: status, people, title, journal or book, date, address.

    Each name, the title and the place are as `isolated` returns them.
    """
    publication = site.publication(paper)
    address = paper.links.get("doi") or site.cited_address(paper)
    date = site.t.date(paper.published)
    if "published" in paper.inferred:
        date = f"{date} ({site.t('inferred_year')})"
    status = site.t(paper.status) if paper.status else ""
    place = publication.container or publication.school or publication.venue
    title = site.t("quoted", text=isolated(plain_title(paper)))
    parts = [status, _names(paper, site, isolated), title, place and isolated(place), date, address]
    return ". ".join(part.removesuffix(".") for part in parts if part) + "."


def _names(paper: Paper, site: Site, isolated: Callable[[str], str]) -> str:
    """Return the authors in one line, without a full stop at its end."""
    names = [author.name for author in paper.authors[:NAMED]]
    others = max(len(paper.authors), paper.authors_count or 0) - len(names)
    if not names:
        return ""
    if others:
        return f"{', '.join(map(isolated, names))} {site.t('and_others', n=others)}"
    return ", ".join(map(isolated, [*names[:-1], names[-1].removesuffix(".")]))


def bibtex(paper: Paper, site: Site) -> str:
    """Return a BibTeX entry; the title's capitals are protected, special characters escaped."""
    cited = site.reference(paper)
    fields = {
        "title": f"{{{_tex(cited.title)}}}",
        "author": _people(cited.authors, and_others=cited.authors_count > 0),
        "editor": _people(cited.editors),
        **_date(cited.published),
        **{name: _tex(value) for name, value in _where(cited.publication).items() if value},
        "note": ", ".join(map(_tex, cited.notes)),
        "doi": quote(cited.doi, _IN_ADDRESS),
        "url": quote(cited.address, _IN_ADDRESS),
    }
    if cited.arxiv:
        fields |= {"eprint": cited.arxiv, "archiveprefix": "arXiv"}
    return _entry(cited.publication.kind, cited.key, fields)


def _where(publication: Publication) -> dict[str, str]:
    """Return the fields that tell where a paper was published."""
    is_thesis, is_placed = publication.kind.endswith("thesis"), publication.container or publication.school
    return {
        "journal": publication.journal,
        "booktitle": publication.book,
        "howpublished": "" if is_placed else publication.venue,
        "school" if is_thesis else "institution": publication.school,
        "publisher": "" if publication.publisher == publication.school else publication.publisher,
        "address": publication.place,
        "series": publication.series,
        "volume": publication.volume,
        "number": publication.number,
        "pages": publication.pages.replace("–", "--"),
        "isbn": publication.isbn,
    }


def book(collection: Collection, entries: Iterable[str], site: Site) -> str:
    """Return the entry of proceedings themselves, with a key that none of some entries, those of their papers, has."""
    taken = {entry.partition("{")[2].partition(",")[0].lower() for entry in entries}
    key = bare_key(collection.citekey) or collection.name
    texts = {name: _tex(getattr(collection, name)) for name in ("publisher", "series", "volume", "isbn")}
    fields = {
        "title": f"{{{_tex(collection.title)}}}",
        "editor": _people(map(written, collection.editors)),
        **_date(collection.published),
        **texts,
        "address": _tex(collection.place),
        "doi": quote(collection.links.get("doi", "").partition("doi.org/")[2], _IN_ADDRESS),
        "url": quote(site.config.absolute(f"/collections/{collection.name}/"), _IN_ADDRESS),
    }
    return _entry("proceedings", f"{key}-proceedings" if key.lower() in taken else key, fields)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    """Return an entry with the fields that have a value; values are TeX, the month is BibTeX's own word."""
    lines = [
        f"  {name:<9} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _date(date: str) -> dict[str, str]:
    return {"year": date[:4], "month": _MONTHS[int(date[5:7]) - 1] if date[5:7] else ""}


def _people(people: Iterable[Name], *, and_others: bool = False) -> str:
    names = [*map(_person, people)]
    return " and ".join((*names, "others") if names and and_others else names)


def _person(name: Name) -> str:
    """Return a name as BibTeX reads it: one that has no parts is kept together by braces."""
    if name.given:
        family = (
            f"{{{_tex(name.family)}}}" if _JOINED.match(name.family) else _in_braces_if_split(name.family)
        )
        return f"{family}, {_in_braces_if_split(name.given)}"
    return f"{{{_tex(name.family)}}}" if " " in name.family else _in_braces_if_split(name.family)


def _in_braces_if_split(name: str) -> str:
    """Return a name for BibTeX, in braces if it would be split or holds special characters."""
    return f"{{{_tex(name)}}}" if _SEPARATOR.search(name) or _tex(name) != name else name


def _tex(text: str) -> str:
    """Return text with TeX's special characters escaped; `$mathematics$` stays if it is safe to compile."""
    return convert(text, _escaped, _formula) if _SPECIAL.search(text) else text


def _formula(run: Run) -> str:
    return f"${run.tex}$" if is_harmless(run.tex) else _escaped(f"${run.tex}$")


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], without_escapes(text))
