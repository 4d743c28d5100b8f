"""Other lists of papers: by organization, author and venue, and by the day on which papers were added."""

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
    """Yield the index and the pages of each of these kinds that the archive has."""
    archive = site.archive
    yield from _authors(site)
    for kind, index in (("organizations", archive.organizations), ("venues", archive.venues)):
        addresses, crumbs = name_addresses(kind, index), (Link(site.t(kind), f"/{kind}/"),)
        yield from _index(site, kind, index, addresses)
        for name, address in addresses.items():
            yield from _plain_list(site, address, name, index[name], crumbs=crumbs)
    for day, papers in archive.added.items():
        title = site.t("added_on", date=site.t.date(day))
        yield from _plain_list(site, f"/added/{day}/", title, papers, feed="/feed.xml")


def _index(site: Site, kind: str, index: Index, addresses: Mapping[str, str]) -> Iterator[Draft]:
    """Yield the index of one kind of names, described in the catalogue by `<kind>_description`."""
    links = [Link(name, addresses[name], len(papers)) for name, papers in index.items()]
    if links:
        rows = [{"link": link, "description": ""} for link in links]
        description = site.t(f"{kind}_description", n=len(rows))
        yield ready_draft(Page(f"/{kind}/", "index.html", site.t(kind), {"rows": rows}, description))


def _authors(site: Site) -> Iterator[Draft]:
    """Yield the index of authors and the pages of each, with the papers under all spellings of the name."""
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
    """Yield redirects to authors from the addresses that their other spellings would have.

    A spelling that could mean two people gets none.
    """
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
    """Return the pages of a list without any text by the curator."""
    description = site.t("list_description", n=len(papers), title=title)
    data, opening = {"description": "", "feed": feed}, {"introduction": ""}
    listed = PaperList(address, "list.html", title, papers, description, crumbs, data=data, opening=opening)
    return list_pages(site, listed)
