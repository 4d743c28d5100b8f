"""A page for each paper, and a redirect from each of its old ids."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

from regesta.charts import address_of
from regesta.citation import bibtex, citation_text
from regesta.dates import MONTH
from regesta.listing import paper_address, plain_title
from regesta.markdown import abstract_html, first_words
from regesta.metadata import article, breadcrumbs, highwire
from regesta.page import Link, Page
from regesta.related import related

if TYPE_CHECKING:
    from collections.abc import Iterator

    from regesta.listing import Site
    from regesta.paper import Paper

_CATALOGUES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
)
_DESCRIPTION = 200  # characters of the abstract that search engines and previews show


def plan(site: Site) -> Iterator[Page]:
    """Return the page of every paper, each with its neighbours in the archive's order."""
    papers = site.archive.papers
    alike = related({p.id: (plain_title(p), site.abstracts[p.id]) for p in papers})
    by_id = {p.id: p for p in papers}
    for index, paper in enumerate(papers):
        newer = papers[index - 1] if index else None
        older = papers[index + 1] if index + 1 < len(papers) else None
        ties = [(by_id[other], words) for other, words in alike[paper.id]]
        yield _page(site, paper, newer, older, ties)


def plan_redirects(site: Site) -> Iterator[Page]:
    """Return a stub at each old address of a paper, which sends readers on."""
    for paper in site.archive.papers:
        for alias in paper.aliases:
            data = {"target": paper_address(paper)}
            yield Page(f"/papers/{alias}/", "redirect.html", plain_title(paper), data, listed=False)


def _page(site: Site, paper: Paper, newer: Paper | None, older: Paper | None, ties: list[tuple[Paper, list[str]]]) -> Page:
    title, crumbs = plain_title(paper), _crumbs(site, paper)
    data = {
        "title": site.items[paper.id].title,
        "authors": [author.name for author in paper.authors],
        "authors_count": paper.authors_count,
        "dates": _dates(site, paper),
        "tags": site.tag_links(paper),
        "abstract": abstract_html(paper.abstract),
        "note": abstract_html(paper.note),
        "status": paper.status,
        "links": [_link(site, kind, url) for kind, url in sorted(paper.links.items())],
        "organization": _organization(site, paper),
        "ways": _ways(site, paper),
        "facts": [(name, getattr(paper, name)) for name in ("venue", "session", "pages", "award", "license") if getattr(paper, name)],
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "origin": [{"file": o.file, "line": o.line} for o in paper.origin],
        "related": [{"title": site.items[p.id].title, "address": paper_address(p), "words": words} for p, words in ties],
        "newer": _neighbour(site, newer, "newer" if newer and newer.date and paper.date else "previous"),
        "older": _neighbour(site, older, "older" if older and older.date and paper.date else "next"),
        "lookups": _lookups(title) if not {"arxiv", "doi", "pdf"} & set(paper.links) else [],
        "citation": citation_text(paper, site),
        "bibtex": bibtex(paper, site),
        "extra": dict(paper.extra),
    }
    return Page(
        address=paper_address(paper),
        template="paper.html",
        title=title,
        data=data,
        description=first_words(site.abstracts[paper.id], _DESCRIPTION),
        crumbs=crumbs,
        meta=(*highwire(paper, site), *((("article:published_time", paper.published),) if paper.published else ())),
        json_ld=(article(paper, site), breadcrumbs((*crumbs, Link(title, paper_address(paper))), site.config)),
        lastmod=max(paper.added, paper.featured, paper.updated),
        is_article=True,
    )


def _crumbs(site: Site, paper: Paper) -> tuple[Link, ...]:
    """Return the way to a paper by its date, as far as that is known."""
    if not paper.date:
        return (Link(site.t("undated"), "/undated/"),)
    month = paper.date[:MONTH]
    return (Link(site.t("dates"), "/dates/"), Link(site.t.date(month), address_of(month)))


def _dates(site: Site, paper: Paper) -> list[dict[str, Any]]:
    """Return the known dates of a paper, in words, each with the address of its day if it has one."""
    rows = []
    for name in ("published", "featured", "updated", "added"):
        date = getattr(paper, name)
        if date:
            address = f"/added/{date}/" if name == "added" else address_of(date) if date == paper.date else ""
            rows.append(
                {"name": name, "iso": date, "words": site.t.date(date), "address": address, "inferred": name in paper.inferred}
            )
    return rows


def _link(site: Site, kind: str, url: str) -> dict[str, str]:
    """Return a link to elsewhere: what it is (`code-2` is code, too), where it leads, on which host."""
    name = f"link_{kind.rpartition('-')[0] or kind}" if kind[-1:].isdigit() else f"link_{kind}"
    label = site.t(name) if name in site.t.strings else kind.replace("-", " ").capitalize()
    return {"label": label, "url": url, "host": (urlsplit(url).hostname or "").removeprefix("www.")}


def _organization(site: Site, paper: Paper) -> Link | None:
    if not paper.organization:
        return None
    name = paper.organization.name
    return Link(name, site.organizations[name])


def _ways(site: Site, paper: Paper) -> list[Link]:
    """Return where else the paper is listed: its collections."""
    return [Link(site.archive.collection(name).title, f"/collections/{name}/") for name in paper.collections]


def _neighbour(site: Site, paper: Paper | None, word: str) -> dict[str, str]:
    """Return a link to the paper before or after; word says how the two stand: by date, or only by title."""
    return {"title": site.items[paper.id].title, "address": paper_address(paper), "word": word} if paper else {}


def _lookups(title: str) -> list[Link]:
    """Return where a reader may look for a paper of which no address is known, by its title."""
    return [Link(name, address + quote_plus(title)) for name, address in _CATALOGUES]
