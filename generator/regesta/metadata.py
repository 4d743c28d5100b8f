"""What machines read in a page's head: Highwire tags for scholars' tools, schema.org for search engines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from regesta.listing import paper_address, plain_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.config import Config
    from regesta.listing import Site
    from regesta.page import Link
    from regesta.paper import Author, Paper

_SCHEMA = "https://schema.org"
_ORCID = re.compile(r"(?:[0-9]{4}-){3}[0-9]{3}[0-9X]")


def highwire(paper: Paper, site: Site) -> tuple[tuple[str, str], ...]:
    """Return `citation_*` tags; none without a real author's name, for a count is no author."""
    if not paper.authors:
        return ()
    pairs = [
        ("citation_title", plain_title(paper)),
        *(("citation_author", _family_first(a.family, a.given, a.name)) for a in paper.authors),
        ("citation_publication_date", paper.published.replace("-", "/")),
        ("citation_conference_title", paper.venue),
        ("citation_doi", paper.links.get("doi", "").partition("doi.org/")[2]),
        ("citation_pdf_url", paper.links.get("pdf", "")),
        ("citation_abstract_html_url", site.config.absolute(paper_address(paper))),
        ("citation_keywords", "; ".join(site.archive.label(tag) for tag in paper.tags)),
        ("citation_language", site.config.language),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _family_first(family: str, given: str, name: str) -> str:
    return f"{family}, {given}" if family and given else name


def article(paper: Paper, site: Site) -> dict[str, Any]:
    """Return schema.org's `ScholarlyArticle` for a paper, only with what is known."""
    title, config = plain_title(paper), site.config
    values = {
        "@context": _SCHEMA,
        "@type": "ScholarlyArticle",
        "headline": title[:110],
        "name": title,
        "author": [_person(author) for author in paper.authors],
        "datePublished": paper.published,
        "abstract": site.text(paper),
        "identifier": paper.id,
        "sameAs": [paper.links[kind] for kind in ("doi", "arxiv") if kind in paper.links],
        "keywords": [site.archive.label(tag) for tag in paper.tags],
        "isPartOf": {"@type": "Collection", "name": config.title, "url": config.url},
        "inLanguage": config.language,
        "url": config.absolute(paper_address(paper)),
    }
    return {name: value for name, value in values.items() if value}


def _person(author: Author) -> dict[str, str]:
    """Return schema.org's `Person` for an author, with the ORCID iD as its address if that is known."""
    return {"@type": "Person", "name": author.name} | ({"@id": f"https://orcid.org/{author.orcid}"} if _ORCID.fullmatch(author.orcid) else {})


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
