"""Collections: their index, and for each a list, or a programme if its papers have sessions or times."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from regesta.archive.touched import EVERYTHING
from regesta.pages.metadata import breadcrumbs, item_list
from regesta.pages.page import Draft, Link, Page, page_draft, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import NAMED, collection_summary, lastmod, paper_address
from regesta.pages.takeaway_files import takeaways
from regesta.text.dates import DAY
from regesta.text.formulas import title_html
from regesta.text.markdown import page_html
from regesta.text.references import page_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.lists import Entry
    from regesta.archive.touched import Touched
    from regesta.content.collections import Collection, Listed
    from regesta.content.paper import Paper
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

    Listing = tuple[Paper, Listed]

_IMPRINT = ("venue", "place", "publisher", "series", "volume", "isbn")


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the index of collections and the pages of each; nothing if the archive has none."""
    rows = site.collection_rows()
    if rows:
        description = site.t("collections_description", n=len(rows))
        index = Page(
            "/collections/",
            "index.html",
            site.t("collections"),
            {"rows": rows},
            description,
            lastmod=site.archive.lastmod("collections"),
        )
        yield "", [ready_draft(index)]
    for name in touched.names("collections", site.archive.collected):
        yield f"collections/{name}", _pages(site, site.archive.collection(name))


def _pages(site: Site, collection: Collection) -> Iterator[Draft]:
    if collection.is_proceedings or any(listed.session or listed.time for listed in collection.papers):
        sessions = _sessions(collection, site.archive.listing(collection.name))
        if any(session or listed.time for session, pairs in sessions for _, listed in pairs):
            yield _programme_draft(site, collection, sessions)
            return
    yield from _list(site, collection)


def _list(site: Site, collection: Collection) -> Iterator[Draft]:
    """Return the pages of a plain list."""
    papers = site.archive.collected[collection.name].entries
    listed = PaperList(
        _address(collection),
        "collection.html",
        collection.title,
        papers,
        description=collection_summary(collection),
        crumbs=(Link(site.t("collections"), "/collections/"),),
        feeds=_feeds(site, collection),
        data={**_data(site, collection), "when": _when(collection, papers)},
        opening=_opening(site, collection),
        order="own" if collection.papers else "date",
    )
    return list_pages(site, listed)


def _when(collection: Collection, papers: Sequence[Entry]) -> str:
    """Return what each paper shows of its date: nothing, if all were published with the proceedings."""
    return "none" if collection.is_proceedings and len({paper.date for paper in papers}) == 1 else "date"


def _address(collection: Collection) -> str:
    return f"/collections/{collection.name}/"


def _feeds(site: Site, collection: Collection) -> tuple[Link, ...]:
    return (Link(site.t("feed_of", title=collection.title), f"{_address(collection)}feed.xml"),)


def _data(site: Site, collection: Collection) -> dict[str, Any]:
    """Return what every page of a collection shows besides its papers."""
    has_bibliography = collection.is_proceedings or collection.is_programme
    bibliography = f"/collections/{collection.name}.bib" if has_bibliography else ""
    files = [] if site.config.is_lean else takeaways(_address(collection))
    if files and bibliography:
        files[0] = Link(files[0].label, bibliography)  # it has the book, too
    return {
        "description": collection.description,
        "links": [site.outside_link(kind, url) for kind, url in sorted(collection.links.items())],
        "bibliography": bibliography,
        "feed": f"{_address(collection)}feed.xml",
        "takeaways": files,
    }


def _opening(site: Site, collection: Collection) -> dict[str, Any]:
    """Return what only the first page of a collection shows."""
    return {"introduction": page_html(collection.introduction), "imprint": _imprint(site, collection)}


def _imprint(site: Site, collection: Collection) -> list[tuple[str, str]]:
    """Return the metadata of proceedings: the catalogue's key for each, and its value in words."""
    days = [site.t.date(day) for day in dict.fromkeys((collection.start, collection.end)) if day]
    facts = [
        ("editors", ", ".join(editor.name for editor in collection.editors)),
        ("meeting", site.t("from_to", start=days[0], end=days[-1]) if len(days) > 1 else "".join(days)),
        *((name, getattr(collection, name)) for name in _IMPRINT),
        ("published", site.t.date(collection.published)),
    ]
    return [(name, words) for name, words in facts if words]


def _sessions(collection: Collection, listings: Sequence[Listing]) -> list[tuple[str, list[Listing]]]:
    """Return the papers of a collection by session: sessions in the curator's order, papers by time.

    Without any sessions, papers are sorted by day, the newest first and those without a day last.
    """
    sessions: dict[str, list[Listing]] = {}
    for paper, listed in listings:
        session = listed.session or (paper.session if collection.is_proceedings else "")
        sessions.setdefault(session, []).append((paper, listed))
    if [*sessions] != [""]:
        return [(session, _by_time(pairs)) for session, pairs in sessions.items()]
    pairs = sorted(sessions[""], key=lambda pair: pair[1].time)
    return [("", sorted(pairs, key=lambda pair: pair[1].day, reverse=True))]


def _by_time(pairs: Sequence[Listing]) -> list[Listing]:
    """Sort the papers of a session by time; a paper without a time stays after the one before it."""
    times: list[str] = []
    for _, listed in pairs:
        times.append(listed.time or (times[-1] if times else ""))
    order = sorted(range(len(pairs)), key=lambda place: times[place])
    return [pairs[place] for place in order]


def _programme_draft(
    site: Site, collection: Collection, sessions: Sequence[tuple[str, Sequence[Listing]]]
) -> Draft:
    entries = {entry.id: entry for entry in site.archive.collected[collection.name].entries}
    shown = [
        (session, [_inputs(site, collection, entries[paper.id], paper, listed) for paper, listed in listings])
        for session, listings in sessions
    ]
    inputs = (collection, shown, [entry.key for entry in entries.values()])
    make = partial(_programme, site, collection, sessions)
    return page_draft(_address(collection), inputs, make, lastmod(entries.values()))


def _inputs(
    site: Site, collection: Collection, entry: Entry, paper: Paper, listed: Listed
) -> tuple[Any, ...]:
    """Return what an entry of a programme is made from."""
    return entry.key, listed, _pdf(site, paper), _page_range(site, collection, paper, listed)


def _programme(site: Site, collection: Collection, sessions: Sequence[tuple[str, Sequence[Listing]]]) -> Page:
    address, title = _address(collection), collection.title
    entries = site.archive.collected[collection.name].entries
    crumbs = (Link(site.t("collections"), "/collections/"),)
    way = (*crumbs, Link(title, address))
    shown = [
        _session(site, collection, place, name, listings) for place, (name, listings) in enumerate(sessions)
    ]
    return Page(
        address=address,
        template="programme.html",
        title=title,
        data={
            "count": len(entries),
            "sessions": shown,
            **_data(site, collection),
            **_opening(site, collection),
        },
        description=collection_summary(collection),
        crumbs=crumbs,
        feeds=_feeds(site, collection),
        json_ld=(item_list(title, address, entries, site.config), breadcrumbs(way, site.config)),
        lastmod=lastmod(entries),
    )


def _session(
    site: Site, collection: Collection, place: int, name: str, listings: Sequence[Listing]
) -> dict[str, Any]:
    """Return a session with its entries; a day that they all share is shown in the heading instead."""
    days = {listed.day for _, listed in listings}
    day = days.pop() if name and len(days) == 1 else ""
    return {
        "heading": name or (site.t("other_papers") if place else ""),
        "day": {"iso": day, "words": site.t.date(day)} if day else None,
        "entries": [_entry(site, collection, paper, listed, day) for paper, listed in listings],
    }


def _entry(site: Site, collection: Collection, paper: Paper, listed: Listed, day: str) -> dict[str, Any]:
    return {
        "iso": listed.time,
        "day": site.t.date(listed.day) if listed.day != day else "",
        "time": listed.time[DAY + 1 :],
        "title": title_html(paper.title),
        "address": paper_address(paper),
        "status": paper.status,
        "people": [author.name for author in paper.authors[:NAMED]],
        "authors_count": max(len(paper.authors), paper.authors_count or 0) or None,
        "pages": _page_range(site, collection, paper, listed),
        "award": listed.award or paper.award,
        "pdf": _pdf(site, paper),
    }


def _page_range(site: Site, collection: Collection, paper: Paper, listed: Listed) -> str:
    """Return the pages of a paper in a collection.

    The pages in the paper's own file count only if the paper was published in this collection.
    """
    is_published_here = site.archive.standing(paper) == (collection, listed)
    return site.publication(paper).pages if is_published_here else page_range(listed.pages)


def _pdf(site: Site, paper: Paper) -> dict[str, str]:
    """Return the address of a paper's PDF on this site, or its URL elsewhere; both "" if there is none."""
    own = site.own_pdf(paper)
    return {"address": own.address if own else "", "url": "" if own else site.links(paper).get("pdf", "")}
