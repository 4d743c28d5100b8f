"""A page for each paper, and a redirect from each of its old ids."""

from __future__ import annotations

import json
from functools import partial
from html import escape
from itertools import chain
from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus

from regesta.archive.glances import glances
from regesta.archive.touched import EVERYTHING
from regesta.content.paper import link_kind
from regesta.pages.charts import address_of
from regesta.pages.citation import bibtex, citation_html
from regesta.pages.csl_json import csl_json
from regesta.pages.list_item import list_entry
from regesta.pages.metadata import article, breadcrumbs, scholarly
from regesta.pages.page import Draft, Link, Page, page_draft, ready_draft
from regesta.pages.paper_context import context_of
from regesta.pages.ris import ris
from regesta.pages.site import paper_address, plain_title, shown_year
from regesta.text.batches import batches
from regesta.text.dates import MONTH
from regesta.text.formulas import title_html
from regesta.text.markdown import abstract_html, first_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.glances import Glance
    from regesta.archive.lists import Entry
    from regesta.archive.touched import Touched
    from regesta.content.paper import Paper
    from regesta.pages.page import Unit
    from regesta.pages.paper_context import Context
    from regesta.pages.site import Site

    Related = Callable[[Sequence[str]], Mapping[str, Sequence[tuple[str, str]]]]
    InARow = tuple[Entry | None, Entry, Entry | None]

_CATALOGUES = (
    ("arXiv", "https://arxiv.org/search/?searchtype=title&query="),
    ("Semantic Scholar", "https://www.semanticscholar.org/search?q="),
    ("Google Scholar", "https://scholar.google.com/scholar?q="),
)
#: Parts of a `Publication` that a paper's page shows.
_FACTS = ("container", "school", "session", "pages", "series", "volume", "number", "publisher", "isbn")
#: The order in which readers ask for what a paper links to; other kinds come after these, and the discussion last.
_ORDER = {kind: place for place, kind in enumerate("pdf arxiv doi page code project data model".split())}
_as_json = json.JSONEncoder(ensure_ascii=False, check_circular=False).encode
_LABELS = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}
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
        known = glances(
            site.archive.memory, dict.fromkeys(other for near in alike.values() for other, _ in near)
        )
        for newer, entry, older in some:
            yield f"papers/{entry.id}", _planned(site, entry, (newer, older), alike.get(entry.id, ()), known)


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


def _planned(
    site: Site,
    entry: Entry,
    around: tuple[Entry | None, Entry | None],
    alike: Sequence[tuple[str, str]],
    known: Mapping[str, Glance],
) -> Iterator[Draft]:
    paper = site.archive.of_entry(entry)
    yield from _drafts(site, entry, paper, context_of(site, paper, around, alike, known))


def _drafts(site: Site, entry: Entry, paper: Paper, context: Context) -> Iterator[Draft]:
    inputs = (entry.key, *context.inputs())
    yield page_draft(paper_address(paper), inputs, partial(_page, site, entry, paper, context), entry.lastmod)
    for alias in paper.aliases:
        title, data = plain_title(paper), {"target": paper_address(paper)}
        yield ready_draft(Page(f"/papers/{alias}/", "redirect.html", title, data, listed=False))


def _page(site: Site, entry: Entry, paper: Paper, context: Context) -> Page:
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
        item=list_entry(site, entry, paper=paper),
    )


def _data(site: Site, paper: Paper, context: Context) -> dict[str, Any]:
    """Return what the template of a paper's page shows."""
    newer, older, publication = context.newer, context.older, context.publication
    links, pdf = site.links(paper), _pdf(site, paper)
    is_findable = context.files or {"arxiv", "doi", "pdf"} & set(links)
    return {
        "title": title_html(paper.title),
        "language": paper.language if paper.language != site.config.language else "",
        "standfirst": _standfirst(paper),
        "authors": [link for link, *_ in context.people],
        "authors_count": paper.authors_count,
        "organization": context.organization,
        "dates": _dates(site, paper),
        "place": context.place,
        "tags": context.tags,
        "keywords": paper.keywords,
        "award": publication.award,
        "status": paper.status,
        "pdf": pdf,
        "actions": [*_actions(site, links, pdf)],
        "lookups": [] if is_findable else _lookups(plain_title(paper)),
        "abstract": abstract_html(paper.abstract),
        "note": abstract_html(paper.note),
        "citation": citation_html(paper, site),
        "citekey": context.citekey,
        "formats": _formats(paper, site),
        "files": context.files,
        "related": [*map(_related, context.related)],
        "collections": [
            {"link": link, "before": _neighbour(before), "after": _neighbour(after)}
            for link, (before, after) in context.collections
        ],
        "facts": [*_facts(context)],
        "license": paper.license,
        "comments": paper.comments,
        "upvotes": paper.upvotes,
        "origin": [{"file": o.file, "line": o.line} for o in paper.origin],
        "newer": _neighbour(newer, "newer" if newer and newer.date and paper.date else "previous"),
        "older": _neighbour(older, "older" if older and older.date and paper.date else "next"),
        "extra": dict(paper.extra),
    }


def _facts(context: Context) -> Iterator[tuple[str, str]]:
    """Yield how a paper was published, but for what the line under its title or a link to its proceedings says."""
    said = {link.label for link in (context.place, *(link for link, _ in context.collections)) if link}
    facts = ((name, getattr(context.publication, name)) for name in _FACTS)
    yield from ((name, fact) for name, fact in facts if fact and fact not in said)


def _standfirst(paper: Paper) -> str:
    """Return the summary in a sentence that a paper's source gives, as HTML; "" if there is none."""
    said = paper.extra.get("tldr")
    return title_html(" ".join(said.split())) if isinstance(said, str) else ""


def _related(found: tuple[Glance, str, str]) -> tuple[str, str, str, str]:
    """Return the title of a related paper, its address, its year and first tag, and the words that tie it."""
    paper, label, words = found
    facts = " · ".join(filter(None, (shown_year(paper), label)))
    return title_html(paper.title), paper_address(paper), facts, words


def _pdf(site: Site, paper: Paper) -> Link | None:
    """Return a link to the PDF beside a paper's page, None if there is none."""
    own = site.own_pdf(paper)
    return Link(site.t("link_pdf"), own.address) if own else None


def _actions(site: Site, links: Mapping[str, str], pdf: Link | None) -> Iterator[tuple[str, str]]:
    """Yield the label and the URL of all links, those first that most readers ask for.

    Of several with one label, all but the first say where they lead, and the first as well if a PDF lies beside the page.
    """
    said = {pdf.label} if pdf else set[str]()
    for kind, url in sorted(links.items(), key=_order):
        found = site.outside_link(kind, url)
        label = found["label"]
        yield f"{label} ({found['host']})" if label in said else label, url
        said.add(label)


def _order(link: tuple[str, str]) -> tuple[int, bool, str]:
    kind = link_kind(link[0])
    return _ORDER.get(kind, len(_ORDER)), kind == "discussion", link[0]


def _formats(paper: Paper, site: Site) -> list[tuple[str, str, str, str]]:
    """Return the citation of a paper in each format: its name, the label, the end of a file's name, the text as HTML."""
    fields = ",\n".join([f' "{name}": {_as_json(value)}' for name, value in csl_json(paper, site).items()])
    csl = f"[{{\n{fields}\n}}]"  # json.dumps(indent=1) is written in Python, and takes a tenth of the page's time
    texts = (
        ("bibtex", "bib", bibtex(paper, site)),
        ("ris", "ris", ris(paper, site)),
        ("csl-json", "json", csl),
    )
    return [(name, _LABELS[name], end, escape(text, quote=False)) for name, end, text in texts]


def _crumbs(site: Site, paper: Paper) -> tuple[Link, ...]:
    """Return the way to a paper by its date, to the month if that is known."""
    if not paper.date:
        return (Link(site.t("undated"), "/undated/"),)
    month = paper.date[:MONTH]
    return (Link(site.t("dates"), "/dates/"), Link(site.t.date(month), address_of(month)))


def _dates(site: Site, paper: Paper) -> dict[str, dict[str, Any] | None]:
    """Return the dates of a paper by name, in words, each with the address of its page if it has one; None if unknown."""
    return {name: _date(site, paper, name) for name in ("published", "featured", "updated", "added")}


def _date(site: Site, paper: Paper, name: str) -> dict[str, Any] | None:
    date = getattr(paper, name)
    if not date:
        return None
    address, is_inferred = _date_address(paper, name, date), name in paper.inferred
    return {"iso": date, "words": site.t.date(date), "address": address, "inferred": is_inferred}


def _date_address(paper: Paper, name: str, date: str) -> str:
    """Return the address of the page that lists a paper under one of its dates, "" if there is none."""
    if name == "added":
        return f"/added/{date}/"
    return address_of(date) if date == paper.date else ""


def _neighbour(paper: Entry | None, word: str = "") -> dict[str, str]:
    """Return a link to the paper before or after; `word` names the relation in the archive: by date, or only by title."""
    return {"title": title_html(paper.title), "address": paper_address(paper), "word": word} if paper else {}


def _lookups(title: str) -> list[Link]:
    """Return links that search for a paper by its title, for papers without a link to their text."""
    quoted = quote_plus(title)
    return [Link(name, address + quoted) for name, address in _CATALOGUES]
