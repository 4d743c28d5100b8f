"""The other ways in: organizations, authors and venues, and the papers added on one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from regesta.content.paper import Author
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.paging import PaperList, list_pages
from regesta.pages.site import name_addresses
from regesta.text.strings import slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.archive.archive import Index
    from regesta.content.paper import Paper
    from regesta.pages.site import Site


def plan(site: Site) -> Iterator[Draft]:
    """Return the index and the pages of each way in that the archive has."""
    archive = site.archive
    yield from _authors(site)
    for kind, index in (("organizations", archive.organizations), ("venues", archive.venues)):
        yield from _index(site, kind, index, name_addresses(kind, index))
        for name, address in name_addresses(kind, index).items():
            yield from _plain_list(
                site, address, name, index[name], crumbs=(Link(site.t(kind), f"/{kind}/"),)
            )
    for day, papers in archive.added.items():
        title = site.t("added_on", date=site.t.date(day))
        yield from _plain_list(site, f"/added/{day}/", title, papers, feed="/feed.xml")


def _index(site: Site, kind: str, index: Index, addresses: Mapping[str, str]) -> Iterator[Draft]:
    """Return the page of one kind of name; the catalogue has its words under `<kind>` and `<kind>_description`."""
    rows = [
        {"link": Link(name, addresses[name], len(papers)), "description": ""}
        for name, papers in index.items()
    ]
    if rows:
        yield ready_draft(
            Page(
                f"/{kind}/",
                "index.html",
                site.t(kind),
                {"rows": rows},
                site.t(f"{kind}_description", n=len(rows)),
            )
        )


def _authors(site: Site) -> Iterator[Draft]:
    """Return the index of authors and the pages of each, which gather the papers under all spellings of a name."""
    index = site.archive.authors
    yield from _index(site, "authors", index, site.authors)
    for label, papers in index.items():
        person = site.archive.register.person(label)
        listed = PaperList(
            site.authors[label],
            "author.html",
            label,
            papers,
            site.t("list_description", n=len(papers), title=label),
            crumbs=(Link(site.t("authors"), "/authors/"),),
            opening={"aliases": person.spellings[1:], "orcid": person.orcid},
        )
        yield from list_pages(site, listed)
    yield from _former_addresses(site)


def _former_addresses(site: Site) -> Iterator[Draft]:
    """Return a stub at the address that a spelling of a name would have alone, which sends readers on to the person whom it means."""
    register, taken = site.archive.register, {"/authors//", *site.authors.values()}
    for label, address in site.authors.items():
        person = register.person(label)
        for spelling in person.spellings if person.id or person.aliases else ():
            former = f"/authors/{slug(spelling)}/"
            if former not in taken and register.label(Author(spelling)) == label:
                taken.add(former)
                yield ready_draft(Page(former, "redirect.html", label, {"target": address}, listed=False))


def _plain_list(
    site: Site,
    address: str,
    title: str,
    papers: Sequence[Paper],
    *,
    crumbs: tuple[Link, ...] = (),
    feed: str = "",
) -> Iterator[Draft]:
    """Return the pages of a list of which no curator wrote anything."""
    description = site.t("list_description", n=len(papers), title=title)
    data, opening = {"description": "", "feed": feed}, {"introduction": ""}
    yield from list_pages(
        site, PaperList(address, "list.html", title, papers, description, crumbs, data=data, opening=opening)
    )
