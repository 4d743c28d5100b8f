"""Metadata in a page's head: Highwire tags for scholarly tools, schema.org for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta.pages.site import paper_address, plain_title
from regesta.text.identifiers import orcid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.archive.lists import Entry
    from regesta.archive.publication import Publication
    from regesta.content.config import Config
    from regesta.content.paper import Author, Paper
    from regesta.pages.page import Link
    from regesta.pages.site import Site

_SCHEMA = "https://schema.org"
_PAGES = re.compile(r"([\w.:-]+)(?:–([\w.:-]+))?")


def highwire(paper: Paper, site: Site) -> tuple[tuple[str, str], ...]:
    """Return `citation_*` tags (name, content); none without authors, which Google Scholar requires."""
    if not paper.authors:
        return ()
    publication = site.publication(paper)
    first, last = _first_and_last(publication.pages)
    is_thesis, is_report = publication.kind.endswith("thesis"), publication.kind == "techreport"
    institution = "dissertation" if is_thesis else "technical_report"
    meeting = "" if publication.container or publication.school else publication.venue
    pairs = [
        ("citation_title", plain_title(paper)),
        *(("citation_author", _family_first(author)) for author in paper.authors),
        ("citation_publication_date", paper.published.replace("-", "/")),
        ("citation_journal_title", publication.journal),
        ("citation_conference_title", publication.book or meeting),
        (f"citation_{institution}_institution", publication.school),
        ("citation_volume", publication.volume),
        ("citation_technical_report_number" if is_report else "citation_issue", publication.number),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_isbn", publication.isbn),
        ("citation_publisher", publication.publisher),
        ("citation_doi", paper.links.get("doi", "").partition("doi.org/")[2]),
        ("citation_pdf_url", site.pdf(paper)),
        ("citation_abstract_html_url", site.config.absolute(paper_address(paper))),
        ("citation_keywords", "; ".join(_keywords(paper, site))),
        ("citation_language", site.config.language),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _family_first(author: Author) -> str:
    return f"{author.family}, {author.given}" if author.family and author.given else author.name


def _first_and_last(pages: str) -> tuple[str, str]:
    """Return the first and the last page of a range as `page_range` writes it; a single page is both; two empty texts for anything else."""
    match = _PAGES.fullmatch(pages)
    return (match[1], match[2] or match[1]) if match else ("", "")


def _keywords(paper: Paper, site: Site) -> list[str]:
    """Return a paper's keywords: the labels of its tags, then the keywords from its source."""
    return list(dict.fromkeys([*(site.archive.label(tag) for tag in paper.tags), *paper.keywords]))


def article(paper: Paper, site: Site) -> dict[str, Any]:
    """Return schema.org's `ScholarlyArticle` for a paper, without unknown values."""
    title, config = plain_title(paper), site.config
    publication = site.publication(paper)
    whole = {"@type": "Collection", "name": config.title, "url": config.url}
    values = {
        "@context": _SCHEMA,
        "@type": "ScholarlyArticle",
        "headline": title[:110],
        "name": title,
        "author": [_person(author, site.archive.register.orcid(author)) for author in paper.authors],
        "datePublished": paper.published,
        "abstract": site.text(paper),
        "creativeWorkStatus": paper.status.capitalize(),
        "identifier": paper.id,
        "sameAs": [paper.links[kind] for kind in ("doi", "arxiv") if kind in paper.links],
        "keywords": _keywords(paper, site),
        "pagination": publication.pages,
        "isPartOf": [*_containers(publication), whole],
        "inLanguage": config.language,
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
    """Return schema.org's `Person` for an author, identified by the ORCID iD if that is known."""
    return _named("Person", author.name) | ({"@id": f"https://orcid.org/{number}"} if number else {})


def item_list(title: str, address: str, papers: Sequence[Entry], config: Config) -> dict[str, Any]:
    """Return schema.org's `CollectionPage` with an `ItemList` of the papers that a page shows."""
    entries = [
        {"@type": "ListItem", "position": n, "url": config.absolute(paper_address(p)), "name": plain_title(p)}
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
