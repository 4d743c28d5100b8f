"""Metadata in a page's head: Highwire and Dublin Core for scholarly tools, schema.org for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta.pages.site import PAPERS, paper_address, plain_title
from regesta.text.identifiers import orcid
from regesta.text.names import is_organization
from regesta.text.references import first_and_last

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.lists import Entry
    from regesta.archive.publication import Publication
    from regesta.content.config import Config
    from regesta.content.paper import Author, Paper
    from regesta.pages.page import Link
    from regesta.pages.site import Site
    from regesta.text.names import Name

    Tags = Iterator[tuple[str, str]]

_SCHEMA = "https://schema.org"
_ZOTERO = "zotero."
_SEPARATORS, _TIED = re.compile("[,;،]"), "\u00a0"
#: What Dublin Core calls each of BibTeX's entry types: words that Zotero takes for its item types.
_DC_TYPES = {
    "article": "journalArticle", "inproceedings": "conferencePaper", "incollection": "bookSection", "inbook": "bookSection",
    "phdthesis": "Doctoral Thesis", "mastersthesis": "Master Thesis", "thesis": "Thesis", "techreport": "Report",
    "unpublished": "manuscript", "misc": "document",
}  # fmt: skip
#: What schema.org calls them, where it is not a `ScholarlyArticle`; of both, all others are books.
_SCHEMA_TYPES = (
    {"inbook": "Chapter", "incollection": "Chapter", "techreport": "Report"}
    | dict.fromkeys(("phdthesis", "mastersthesis", "thesis"), "Thesis")
    | dict.fromkeys(("article", "inproceedings", "misc", "unpublished"), "ScholarlyArticle")
)


def scholarly(paper: Paper, site: Site) -> tuple[tuple[str, str], ...]:
    """Return tags (name, content) for Google Scholar, Zotero and others, without unknown values.

    With authors, these are `citation_*` (Highwire); without any, which Google Scholar requires, Dublin Core.
    What is meant for Zotero alone has a prefix that it ignores: an abstract, where OpenGraph's is cut, and a PDF elsewhere, which
    Google Scholar refuses.
    """
    publication, own = site.publication(paper), site.own_pdf(paper)
    pairs = [
        *(_highwire(paper, site, publication) if paper.authors else _dublin_core(paper, site, publication)),
        ("DC.type", _dc_type(paper, publication)),
        (f"{_ZOTERO}citation_pdf_url", "" if own and paper.authors else _pdf(paper, site)),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _highwire(paper: Paper, site: Site, publication: Publication) -> Tags:
    names = [site.archive.register.written(author) for author in paper.authors]
    own = site.own_pdf(paper)
    yield "citation_title", plain_title(paper)
    yield from (("citation_author", _family_first(name, is_alone=len(names) == 1)) for name in names)
    yield "citation_publication_date", paper.published.replace("-", "/")
    yield from _where(publication)
    yield from _place(publication)
    yield "citation_publisher", _publisher(paper, site, publication)
    yield "citation_doi", _doi(paper)
    # Google Scholar takes only a PDF that lies in the folder of the page, or below.
    yield "citation_pdf_url", site.config.absolute(own.address) if own else ""
    yield "citation_abstract_html_url", site.config.absolute(paper_address(paper))
    yield "citation_abstract", site.text(paper)
    yield "citation_keywords", "; ".join(site.keywords(paper))
    yield "citation_language", paper.language


def _family_first(name: Name, *, is_alone: bool) -> str:
    """Return a name as `Family, Given`, so that Zotero takes it for what it is.

    A name of several words that has no parts, as organizations have, ends with the comma: without any, Zotero makes the
    last word a family name. There is no other comma or semicolon, at which Zotero splits. The given names of a single author
    are tied: Zotero takes `van Goot, Ada B.` for two people.
    """
    family, given = (_SEPARATORS.sub("", part) for part in name)
    if not given:
        return f"{family}," if " " in family else family
    return f"{family}, {given.replace(' ', _TIED) if is_alone and ' ' in family else given}"


def _where(publication: Publication) -> Tags:
    """Yield the journal, the meeting, the book or the institution; Zotero knows a paper's type by that."""
    if not publication.is_preprint:
        yield "citation_journal_title", publication.journal
    meets = publication.kind == "inproceedings"
    yield "citation_conference_title" if meets else "citation_inbook_title", publication.book
    institution = "technical_report" if publication.kind == "techreport" else "dissertation"
    yield f"citation_{institution}_institution", publication.school


def _place(publication: Publication) -> Tags:
    """Yield where in the journal or the book a paper stands."""
    first, last = first_and_last(publication.pages)
    is_report = publication.kind == "techreport"
    yield "citation_volume", publication.volume
    yield "citation_technical_report_number" if is_report else "citation_issue", publication.number
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_isbn", publication.isbn


def _dublin_core(paper: Paper, site: Site, publication: Publication) -> Tags:
    abstract, doi = site.text(paper), _doi(paper)
    yield "DC.title", plain_title(paper)
    yield "DC.date", paper.published
    yield "DC.source", "" if publication.is_preprint else publication.container
    yield "DC.publisher", publication.school or _publisher(paper, site, publication)
    yield "DC.identifier", f"doi:{doi}" if doi else ""
    yield "DC.description", abstract
    yield f"{_ZOTERO}citation_abstract", abstract
    yield from ((f"{_ZOTERO}{name}", value) for name, value in _place(publication))
    yield from (("DC.subject", keyword) for keyword in site.keywords(paper))
    yield "DC.language", paper.language


def _dc_type(paper: Paper, publication: Publication) -> str:
    """Return the type of a paper, as known: an article in an unknown journal is an article, too."""
    if publication.is_preprint:
        return "preprint"
    says_article = publication.kind == "misc" and paper.type.lower() == "article"
    return _DC_TYPES.get("article" if says_article else publication.kind, "book")


def _publisher(paper: Paper, site: Site, publication: Publication) -> str:
    """Return the publisher; of a preprint, the server."""
    if not publication.is_preprint:
        return publication.publisher
    return "arXiv" if "arxiv" in site.links(paper) else publication.publisher or publication.venue


def _doi(paper: Paper) -> str:
    return paper.links.get("doi", "").partition("doi.org/")[2]


def _pdf(paper: Paper, site: Site) -> str:
    """Return the URL of a paper's PDF: the one beside its page, else the one that it links to, or ""."""
    own = site.own_pdf(paper)
    return site.config.absolute(own.address) if own else site.links(paper).get("pdf", "")


def article(paper: Paper, site: Site) -> dict[str, Any]:
    """Return schema.org's `ScholarlyArticle` for a paper, or what else it is, without unknown values."""
    title, config = plain_title(paper), site.config
    publication, links = site.publication(paper), site.links(paper)
    whole = {"@type": "Collection", "name": config.title, "url": config.url}
    values = {
        "@context": _SCHEMA,
        "@type": _SCHEMA_TYPES.get(publication.kind, "Book"),
        "headline": title[:110],
        "name": title,
        "author": [_person(author, site.archive.register.orcid(author)) for author in paper.authors],
        "datePublished": paper.published,
        "abstract": site.text(paper),
        "creativeWorkStatus": paper.status.capitalize(),
        "identifier": paper.id,
        "sameAs": [links[kind] for kind in ("doi", "arxiv") if kind in links],
        "keywords": site.keywords(paper),
        "pagination": publication.pages,
        "isPartOf": [*_containers(publication), whole],
        "inLanguage": paper.language,
        "url": config.absolute(paper_address(paper)),
    }
    return {name: value for name, value in values.items() if value}


def _containers(publication: Publication) -> list[dict[str, Any]]:
    """Return the journal, its volume or issue, or the book that contains a paper, if it is known."""
    if not publication.container:
        return []
    journal, volume = publication.journal, publication.volume
    values = {
        "@type": "Periodical" if journal and not volume else "PublicationVolume",
        "name": publication.book or (journal if not volume else ""),
        "volumeNumber": volume,
        "editor": [_person(editor, orcid(editor.orcid)) for editor in publication.editors],
        "publisher": _named("Organization", publication.publisher),
        "isPartOf": _named("Periodical", journal if volume else ""),
    }
    container: dict[str, Any] = {name: value for name, value in values.items() if value}
    if journal and publication.number:
        return [{"@type": "PublicationIssue", "issueNumber": publication.number, "isPartOf": container}]
    if publication.isbn:
        container |= {"@type": ["PublicationVolume", "Book"], "isbn": publication.isbn}
    return [container]


def _named(kind: str, name: str) -> dict[str, str]:
    return {"@type": kind, "name": name} if name else {}


def _person(author: Author, number: str) -> dict[str, str]:
    """Return schema.org's `Person` (or `Organization`) for an author, identified by the ORCID iD if that is known."""
    kind = "Organization" if is_organization(author.name) else "Person"
    return _named(kind, author.name) | ({"@id": f"https://orcid.org/{number}"} if number else {})


def item_list(title: str, address: str, papers: Sequence[Entry], config: Config) -> dict[str, Any]:
    """Return schema.org's `CollectionPage` with an `ItemList` of the papers that a page shows."""
    root = config.absolute(PAPERS)
    entries = [
        {"@type": "ListItem", "position": n, "url": f"{root}{p.id}/", "name": plain_title(p)}
        for n, p in enumerate(papers, 1)
    ]
    return {
        "@context": _SCHEMA,
        "@type": "CollectionPage",
        "name": title,
        "url": config.absolute(address),
        "inLanguage": config.language,
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(entries), "itemListElement": entries},
    }


def breadcrumbs(crumbs: Sequence[Link], config: Config) -> dict[str, Any]:
    """Return schema.org's `BreadcrumbList` for the way from home to a page."""
    entries = [
        {"@type": "ListItem", "position": n, "name": link.label, "item": config.absolute(link.address)}
        for n, link in enumerate(crumbs, 1)
    ]
    return {"@context": _SCHEMA, "@type": "BreadcrumbList", "itemListElement": entries}
