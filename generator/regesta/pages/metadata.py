"""What machines read in a page's head: Highwire tags for scholars' tools, schema.org for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta.pages.site import paper_address, plain_title
from regesta.text.identifiers import orcid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.archive.publication import Publication
    from regesta.content.config import Config
    from regesta.content.paper import Author, Paper
    from regesta.pages.page import Link
    from regesta.pages.site import Site

_SCHEMA = "https://schema.org"
_PAGES = re.compile(r"([\w.:-]+)(?:–([\w.:-]+))?")


def highwire(paper: Paper, site: Site) -> tuple[tuple[str, str], ...]:
    """Return `citation_*` tags; none without a real author's name, for a count is no author."""
    if not paper.authors:
        return ()
    known = site.publication(paper)
    first, last = _first_and_last(known.pages)
    institution = "dissertation" if known.kind.endswith("thesis") else "technical_report"
    pairs = [
        ("citation_title", plain_title(paper)),
        *(("citation_author", _family_first(a.family, a.given, a.name)) for a in paper.authors),
        ("citation_publication_date", paper.published.replace("-", "/")),
        ("citation_journal_title", known.journal),
        ("citation_conference_title", known.book or ("" if known.container or known.school else known.venue)),
        (f"citation_{institution}_institution", known.school),
        ("citation_volume", known.volume),
        (
            "citation_technical_report_number" if known.kind == "techreport" else "citation_issue",
            known.number,
        ),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_isbn", known.isbn),
        ("citation_publisher", known.publisher),
        ("citation_doi", paper.links.get("doi", "").partition("doi.org/")[2]),
        ("citation_pdf_url", site.pdf(paper)),
        ("citation_abstract_html_url", site.config.absolute(paper_address(paper))),
        ("citation_keywords", "; ".join(_subjects(paper, site))),
        ("citation_language", site.config.language),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _family_first(family: str, given: str, name: str) -> str:
    return f"{family}, {given}" if family and given else name


def _first_and_last(pages: str) -> tuple[str, str]:
    """Return the first and the last page of a range as `page_range` writes it; a single page is both; two empty texts for anything else."""
    match = _PAGES.fullmatch(pages)
    return (match[1], match[2] or match[1]) if match else ("", "")


def _subjects(paper: Paper, site: Site) -> list[str]:
    """Return what a paper is about: the archive's own tags, and the words of its source."""
    return list(dict.fromkeys([*(site.archive.label(tag) for tag in paper.tags), *paper.keywords]))


def article(paper: Paper, site: Site) -> dict[str, Any]:
    """Return schema.org's `ScholarlyArticle` for a paper, only with what is known."""
    title, config = plain_title(paper), site.config
    known = site.publication(paper)
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
        "keywords": _subjects(paper, site),
        "pagination": known.pages,
        "isPartOf": [*_containers(known), {"@type": "Collection", "name": config.title, "url": config.url}],
        "inLanguage": config.language,
        "url": config.absolute(paper_address(paper)),
    }
    return {name: value for name, value in values.items() if value}


def _containers(known: Publication) -> list[dict[str, Any]]:
    """Return the journal's volume or the book in which a paper stands, if it is known."""
    if not known.container:
        return []
    values = {
        "@type": "Periodical" if known.journal and not known.volume else "PublicationVolume",
        "name": known.book or (known.journal if not known.volume else ""),
        "volumeNumber": known.volume,
        "editor": [_person(editor, orcid(editor.orcid)) for editor in known.editors],
        "publisher": {"@type": "Organization", "name": known.publisher} if known.publisher else None,
        "isPartOf": {"@type": "Periodical", "name": known.journal}
        if known.journal and known.volume
        else None,
    }
    volume = {name: value for name, value in values.items() if value}
    if known.journal and known.number:
        return [{"@type": "PublicationIssue", "issueNumber": known.number, "isPartOf": volume}]
    return [volume | {"@type": ["PublicationVolume", "Book"], "isbn": known.isbn} if known.isbn else volume]


def _person(author: Author, number: str) -> dict[str, str]:
    """Return schema.org's `Person` for an author, with the ORCID iD as its address if that is known."""
    return {"@type": "Person", "name": author.name} | (
        {"@id": f"https://orcid.org/{number}"} if number else {}
    )


def item_list(title: str, address: str, papers: Sequence[Paper], config: Config) -> dict[str, Any]:
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
