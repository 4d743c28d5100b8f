"""A page for each paper, and a redirect from each of its old ids."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote_plus

from regesta.pages.charts import address_of
from regesta.pages.citation import bibtex, citation_text
from regesta.pages.metadata import article, breadcrumbs, highwire
from regesta.pages.page import Draft, Link, Page, page_draft, ready_draft
from regesta.pages.site import paper_address, plain_title
from regesta.text.dates import MONTH
from regesta.text.markdown import abstract_html, first_words
from regesta.text.mathml import title_html
from regesta.text.strings import size

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.content.paper import Paper
    from regesta.pages.site import Site

_CATALOGUES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
)
#: What a paper's page says of its publication.
_FACTS = ("venue", "session", "pages", "series", "volume", "number", "publisher", "isbn")
_DESCRIPTION = 200  # characters of the abstract that search engines and previews show


def plan(site: Site, alike: Mapping[str, Sequence[tuple[str, str]]]) -> Iterator[Draft]:
    """Return the page of every paper, each with its neighbours in the archive's order.

    Args:
        site: what pages are planned from.
        alike: for each paper, by id, the ids of those related to it, with the words that tie them.
    """
    papers = site.archive.papers
    by_id = {p.id: p for p in papers}
    ways = _ways(site)
    for newer, paper, older in zip((None, *papers), papers, (*papers[1:], None), strict=False):
        related = tuple((by_id[other], words) for other, words in alike.get(paper.id, ()))
        around = _Around(newer, older, related, tuple(ways.get(paper.id, ())))
        inputs = (
            site.key(paper),
            around.inputs(),
            site.tag_links(paper),
            _organization(site, paper),
            *_known(site, paper),
        )
        yield page_draft(
            paper_address(paper), inputs, partial(_page, site, paper, around), site.lastmods[paper.id]
        )


def _known(site: Site, paper: Paper) -> tuple[Any, ...]:
    """Return what a paper's page shows that does not stand in its file: about its people, its publication, its files."""
    people = [(site.author_link(author), site.archive.register.orcid(author)) for author in paper.authors]
    return people, site.publication(paper), site.citekeys[paper.id], _files(site, paper)


class _Around(NamedTuple):
    """What a paper's page leads to: its neighbours in order, the related papers with the words that tie them, its collections."""

    newer: Paper | None
    older: Paper | None
    related: tuple[tuple[Paper, str], ...]
    ways: tuple[Link, ...]

    def inputs(self) -> tuple[Any, ...]:
        """Return what the page shows of them."""
        steps = [(p.id, p.title, bool(p.date)) if p else None for p in (self.newer, self.older)]
        return steps, [(p.id, p.title, words) for p, words in self.related], self.ways


def plan_redirects(site: Site) -> Iterator[Draft]:
    """Return a stub at each old address of a paper, which sends readers on."""
    for paper in site.archive.papers:
        for alias in paper.aliases:
            data = {"target": paper_address(paper)}
            yield ready_draft(
                Page(f"/papers/{alias}/", "redirect.html", plain_title(paper), data, listed=False)
            )


def _page(site: Site, paper: Paper, around: _Around) -> Page:
    title, crumbs = plain_title(paper), _crumbs(site, paper)
    published = (("article:published_time", paper.published),) if paper.published else ()
    here = Link(title, paper_address(paper))
    return Page(
        address=paper_address(paper),
        template="paper.html",
        title=title,
        data=_shown(site, paper, around),
        description=first_words(site.text(paper), _DESCRIPTION),
        crumbs=crumbs,
        meta=(*highwire(paper, site), *published),
        json_ld=(article(paper, site), breadcrumbs((*crumbs, here), site.config)),
        lastmod=site.lastmods[paper.id],
        is_article=True,
    )


def _shown(site: Site, paper: Paper, around: _Around) -> dict[str, Any]:
    """Return what the template of a paper's page shows."""
    newer, older, ties, ways = around
    known, files = site.publication(paper), _files(site, paper)
    facts = [(name, getattr(known, name)) for name in _FACTS if getattr(known, name)]
    is_findable = files or {"arxiv", "doi", "pdf"} & set(paper.links)
    title = title_html(paper.title)
    return {
        "title": title,
        "authors": [site.author_link(author) for author in paper.authors],
        "authors_count": paper.authors_count,
        "dates": _dates(site, paper),
        "tags": site.tag_links(paper),
        "keywords": paper.keywords,
        "award": known.award,
        "files": files,
        "abstract": abstract_html(site.abstract_of(paper)),
        "note": abstract_html(paper.note),
        "status": paper.status,
        "links": [site.outside_link(kind, url) for kind, url in sorted(paper.links.items())],
        "organization": _organization(site, paper),
        "ways": ways,
        "facts": [*facts, *_license(paper)],
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "origin": [{"file": o.file, "line": o.line} for o in paper.origin],
        "related": [
            {"title": title_html(p.title), "address": paper_address(p), "words": words} for p, words in ties
        ],
        "newer": _neighbour(newer, "newer" if newer and newer.date and paper.date else "previous"),
        "older": _neighbour(older, "older" if older and older.date and paper.date else "next"),
        "lookups": [] if is_findable else _lookups(plain_title(paper)),
        "citation": citation_text(paper, site),
        "bibtex": bibtex(paper, site),
        "extra": dict(paper.extra),
    }


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
                {
                    "name": name,
                    "iso": date,
                    "words": site.t.date(date),
                    "address": address,
                    "inferred": name in paper.inferred,
                }
            )
    return rows


def _organization(site: Site, paper: Paper) -> Link | None:
    if not paper.organization:
        return None
    name = paper.organization.name
    return Link(name, site.organizations[name])


def _license(paper: Paper) -> list[tuple[str, str]]:
    return [("license", paper.license)] if paper.license else []


def _files(site: Site, paper: Paper) -> list[dict[str, str]]:
    """Return the files beside a paper's page: what each is, its name, its address and its size in words."""
    return [
        {
            "label": site.t(f"file_{one.kind}") if one.kind else "",
            "name": one.name,
            "address": one.address,
            "size": size(one.size),
        }
        for one in site.attached.get(paper.id, ())
    ]


def _ways(site: Site) -> dict[str, list[Link]]:
    """Return where else each paper is listed, by its id: its collections."""
    found: dict[str, list[Link]] = {}
    for name, papers in site.archive.collected.items():
        link = Link(site.archive.collection(name).title, f"/collections/{name}/")
        for paper in papers:
            found.setdefault(paper.id, []).append(link)
    return found


def _neighbour(paper: Paper | None, word: str) -> dict[str, str]:
    """Return a link to the paper before or after; word says how the two stand: by date, or only by title."""
    return {"title": title_html(paper.title), "address": paper_address(paper), "word": word} if paper else {}


def _lookups(title: str) -> list[Link]:
    """Return where a reader may look for a paper of which no address is known, by its title."""
    return [Link(name, address + quote_plus(title)) for name, address in _CATALOGUES]
