"""Citations in CSL-JSON, which Zotero, Pandoc and the processors of citation styles read."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from regesta.pages.ris import THESES
from regesta.text.formulas import plain
from regesta.text.strings import one_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.archive.publication import Publication
    from regesta.content.paper import Paper
    from regesta.pages.reference import Reference
    from regesta.pages.site import Site
    from regesta.text.names import Name

#: What CSL 1.0.2 calls BibTeX's entry types; all others are documents, or articles if they are preprints.
_TYPES = {
    "article": "article-journal", "inproceedings": "paper-conference", "incollection": "chapter", "inbook": "chapter", "book": "book",
    "proceedings": "book", "booklet": "pamphlet", "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "unpublished": "manuscript",
}  # fmt: skip

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode


def csl_text(paper: Paper, site: Site) -> str:
    """Return an item of CSL-JSON as text, each of its values on a line."""
    lines = [f'  "{name}": {_encode(value)}' for name, value in csl_json(paper, site).items()]
    return "\n".join(["{", ",\n".join(lines), "}"])


def csl_json(paper: Paper, site: Site) -> dict[str, Any]:
    """Return an item of CSL-JSON; its id is the key that BibTeX has, too."""
    cited = site.reference(paper)
    texts = {name: one_line(value) for name, value in _texts(cited, site).items() if value}
    people = {"author": [*map(_person, cited.authors)], "editor": [*map(_person, cited.editors)]}
    known = {role: names for role, names in people.items() if names}
    parts = [int(part) for part in cited.published.split("-") if part]
    return {**texts, **known, **({"issued": {"date-parts": [parts]}} if parts else {})}


def _texts(cited: Reference, site: Site) -> Mapping[str, str]:
    """Return the values that are plain text."""
    notes = (*cited.notes, *([site.t("authors_n", n=cited.authors_count)] if cited.authors_count else ()))
    return {
        "id": cited.key,
        "type": _type(cited.publication),
        "title": plain(cited.title),
        **_where(cited.publication),
        **_preprint(cited),
        "DOI": cited.doi,
        "URL": cited.address,
        "language": cited.language,
        "keyword": "; ".join(cited.keywords),
        "note": ", ".join(notes),
    }


def _type(publication: Publication) -> str:
    return _TYPES.get(publication.kind, "article" if publication.is_preprint else "document")


def _where(publication: Publication) -> Mapping[str, str]:
    """Return where a paper was published."""
    return {
        "container-title": publication.container or ("" if publication.school else publication.venue),
        "collection-title": publication.series,
        "volume": publication.volume,
        "number" if publication.kind == "techreport" else "issue": publication.number,
        "page": publication.pages.replace("–", "-"),
        "publisher": publication.school or publication.publisher,
        "publisher-place": publication.place,
        "ISBN": publication.isbn,
        "genre": THESES.get(publication.kind, ""),
    }


def _preprint(cited: Reference) -> Mapping[str, str]:
    """Return what tells a preprint of arXiv from others."""
    is_there = cited.arxiv and _type(cited.publication) == "article"
    return {"publisher": "arXiv", "number": f"arXiv:{cited.arxiv}"} if is_there else {}


def _person(name: Name) -> dict[str, str]:
    """Return a person's names, or a whole name that has no parts."""
    family, given = map(one_line, name)
    return {"family": family, "given": given} if given else {"literal": family}
