"""A page for each paper, and a redirect from each of its old ids."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote_plus

from regesta.archive.touched import EVERYTHING
from regesta.pages.charts import address_of
from regesta.pages.citation import citation_html
from regesta.pages.citations import citations
from regesta.pages.list_item import list_entry
from regesta.pages.metadata import article, breadcrumbs, scholarly
from regesta.pages.page import Draft, Link, Page, page_draft, ready_draft
from regesta.pages.site import paper_address, plain_title
from regesta.pages.twins import twin
from regesta.text.batches import batches
from regesta.text.dates import MONTH
from regesta.text.formulas import title_html
from regesta.text.markdown import abstract_html, first_words
from regesta.text.strings import size

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.lists import Entry
    from regesta.archive.publication import Publication
    from regesta.archive.touched import Touched
    from regesta.content.paper import Paper
    from regesta.pages.page import Unit
    from regesta.pages.site import Site
    from regesta.text.names import Name

    Related = Callable[[Sequence[str]], Mapping[str, Sequence[tuple[str, str]]]]
    InARow = tuple[Entry | None, Entry, Entry | None]

_CATALOGUES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
)
#: Parts of a `Publication` that a paper's page shows.
_FACTS = ("venue", "session", "pages", "series", "volume", "number", "publisher", "isbn")
_MANY = 100  # papers whose related papers are read at once
_DESCRIPTION = 200  # characters of the abstract that search engines and previews show


def plan(site: Site, related: Related, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the pages of each paper, with its neighbours in the archive's order, and redirects from its old ids.

    Args:
        site: what pages are planned from.
        related: returns, by their ids, the ids of the papers related to some papers, with the terms that tie them.
        touched: which papers' pages may be other than at the last build.
    """
    for some in batches(_in_a_row(site.archive, touched), _MANY):
        alike = related([entry.id for _, entry, _ in some])
        for newer, entry, older in some:
            yield f"papers/{entry.id}", _drafts(site, entry, (newer, older), alike.get(entry.id, ()))


def _in_a_row(archive: Archive, touched: Touched) -> Iterator[InARow]:
    """Yield each paper that may be other, between its neighbours in the archive's order."""
    if touched.everything:
        entries = chain(archive.each_entry(), (None,))
        newer, entry = None, next(entries)
        for older in entries:
            if entry:
                yield newer, entry, older
            newer, entry = entry, older
    else:
        for entry in filter(None, map(archive.entry, sorted(touched.papers))):
            newer, older = archive.around(entry)
            yield newer, entry, older


def _drafts(
    site: Site,
    entry: Entry,
    beside: tuple[Entry | None, Entry | None],
    alike: Sequence[tuple[str, str]],
) -> Iterator[Draft]:
    paper = site.archive.of_entry(entry)
    others = ((site.archive.entry(other), words) for other, words in alike)
    context = _Context(
        *beside,
        related=tuple([(other, words) for other, words in others if other]),
        collections=_collections(site, paper),
        tags=site.tag_links(paper),
        organization=_organization(site, paper),
        people=_people(site, paper),
        publication=site.publication(paper),
        citekey=site.archive.citekey(paper),
        files=_files(site, paper),
    )
    inputs = (entry.key, *context.inputs())
    draft = page_draft(
        paper_address(paper), inputs, partial(_page, site, entry, paper, context), entry.lastmod
    )
    yield draft
    yield from twin(site, paper, draft)
    for alias in paper.aliases:
        title, data = plain_title(paper), {"target": paper_address(paper)}
        yield ready_draft(Page(f"/papers/{alias}/", "redirect.html", title, data, listed=False))


class _Context(NamedTuple):
    """What a paper's page shows that depends on more than the paper's own file.

    Attributes:
        newer, older: its neighbours in the archive's order.
        related: the papers related to it, with the terms that tie them.
        collections: links to the collections that list it.
        tags, organization: links to them.
        people: a link to each author, the ORCID iD ("" if unknown), and the name as it is cited.
        publication: how it was published.
        citekey: its key in bibliographies.
        files: the files beside the page, as the template shows them.
    """

    newer: Entry | None
    older: Entry | None
    related: tuple[tuple[Entry, str], ...]
    collections: tuple[Link, ...]
    tags: tuple[Link, ...]
    organization: Link | None
    people: Sequence[tuple[Link, str, Name]]
    publication: Publication
    citekey: str
    files: Sequence[Mapping[str, str]]

    def inputs(self) -> tuple[Any, ...]:
        """Return all this as it is shown."""
        newer, older, related, *others = self
        steps = [(p.id, p.title, bool(p.date)) if p else None for p in (newer, older)]
        return steps, [(p.id, p.title, words) for p, words in related], others


def _page(site: Site, entry: Entry, paper: Paper, context: _Context) -> Page:
    title, crumbs = plain_title(paper), _crumbs(site, paper)
    published = (("article:published_time", paper.published),) if paper.published else ()
    here = Link(title, paper_address(paper))
    return Page(
        address=paper_address(paper),
        template="paper.html",
        title=title,
        data=_data(site, paper, context),
        description=first_words(site.text(paper), _DESCRIPTION),
        crumbs=crumbs,
        meta=(*scholarly(paper, site), *published),
        json_ld=(article(paper, site), breadcrumbs((*crumbs, here), site.config)),
        lastmod=max(paper.added, paper.featured, paper.updated),
        is_article=True,
        has_twin=site.has_twins,
        item=list_entry(site, entry, paper=paper),
    )


def _data(site: Site, paper: Paper, context: _Context) -> dict[str, Any]:
    """Return what the template of a paper's page shows."""
    newer, older, publication, files = context.newer, context.older, context.publication, context.files
    facts = [(name, getattr(publication, name)) for name in _FACTS if getattr(publication, name)]
    dates, links = _dates(site, paper), site.links(paper)
    is_findable = files or {"arxiv", "doi", "pdf"} & set(links)
    return {
        "title": title_html(paper.title),
        "language": paper.language if paper.language != site.config.language else "",
        "authors": [link for link, *_ in context.people],
        "authors_count": paper.authors_count,
        "dates": dates,
        "noted": [date for date in dates if date["name"] in ("updated", "added")],
        "tags": context.tags,
        "keywords": paper.keywords,
        "award": publication.award,
        "files": files,
        "abstract": abstract_html(paper.abstract),
        "note": abstract_html(paper.note),
        "status": paper.status,
        "links": [site.outside_link(kind, url) for kind, url in sorted(links.items())],
        "organization": context.organization,
        "ways": context.collections,
        "facts": [*facts, *_license(paper)],
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "origin": [{"file": o.file, "line": o.line} for o in paper.origin],
        "related": [
            {"title": title_html(p.title), "address": paper_address(p), "words": words}
            for p, words in context.related
        ],
        "newer": _neighbour(newer, "newer" if newer and newer.date and paper.date else "previous"),
        "older": _neighbour(older, "older" if older and older.date and paper.date else "next"),
        "lookups": [] if is_findable else _lookups(plain_title(paper)),
        "citation": citation_html(paper, site),
        "bibtex": citations(paper, site).bibtex,
        "extra": dict(paper.extra),
    }


def _crumbs(site: Site, paper: Paper) -> tuple[Link, ...]:
    """Return the way to a paper by its date, to the month if that is known."""
    if not paper.date:
        return (Link(site.t("undated"), "/undated/"),)
    month = paper.date[:MONTH]
    return (Link(site.t("dates"), "/dates/"), Link(site.t.date(month), address_of(month)))


def _dates(site: Site, paper: Paper) -> list[dict[str, Any]]:
    """Return the known dates of a paper, in words, each with the address of its page if it has one."""
    return [
        {
            "name": name,
            "iso": date,
            "words": site.t.date(date),
            "address": _date_address(paper, name, date),
            "inferred": name in paper.inferred,
        }
        for name in ("published", "featured", "updated", "added")
        if (date := getattr(paper, name))
    ]


def _date_address(paper: Paper, name: str, date: str) -> str:
    """Return the address of the page that lists a paper under one of its dates, "" if there is none."""
    if name == "added":
        return f"/added/{date}/"
    return address_of(date) if date == paper.date else ""


def _people(site: Site, paper: Paper) -> list[tuple[Link, str, Name]]:
    register = site.archive.register
    return [(site.author_link(one), register.orcid(one), register.written(one)) for one in paper.authors]


def _organization(site: Site, paper: Paper) -> Link | None:
    if not paper.organization:
        return None
    name = paper.organization.name
    return Link(name, site.organizations[name])


def _license(paper: Paper) -> list[tuple[str, str]]:
    return [("license", paper.license)] if paper.license else []


def _files(site: Site, paper: Paper) -> list[dict[str, str]]:
    """Return the files beside a paper's page: the label, name, address and size (in words) of each."""
    return [
        {
            "label": site.t(f"file_{one.kind}") if one.kind else "",
            "name": one.name,
            "address": one.address,
            "size": size(one.size),
        }
        for one in site.attached.get(paper.id, ())
    ]


def _collections(site: Site, paper: Paper) -> tuple[Link, ...]:
    """Return links to the collections that list a paper."""
    names = site.archive.collections_of(paper)
    return tuple(Link(site.archive.collection(name).title, f"/collections/{name}/") for name in names)


def _neighbour(paper: Entry | None, word: str) -> dict[str, str]:
    """Return a link to the paper before or after; `word` names the relation: by date, or only by title."""
    return {"title": title_html(paper.title), "address": paper_address(paper), "word": word} if paper else {}


def _lookups(title: str) -> list[Link]:
    """Return links that search for a paper by its title, for papers without a link to their text."""
    quoted = quote_plus(title)
    return [Link(name, address + quoted) for name, address in _CATALOGUES]
