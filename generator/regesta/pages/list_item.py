"""A paper as lists show it: its `ListItem`, which the theme's `templates/item.html` turns into HTML."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from regesta.pages.page import ListEntry, ListItem
from regesta.pages.site import paper_address, shown_year
from regesta.text.dates import YEAR
from regesta.text.formulas import title_html
from regesta.text.markdown import lead_html

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.archive.lists import Entry
    from regesta.content.paper import Paper
    from regesta.pages.catalogue import Catalogue
    from regesta.pages.site import Site

PEOPLE = 3  # names that a list shows before "and others"


def list_item(site: Site, paper: Paper, also: str = "") -> ListItem:
    """Return a paper as lists show it; `also` is the name of an author further behind, whose page shows it."""
    own, links = site.own_pdf(paper), site.links(paper)
    return ListItem(
        id=paper.id,
        address=paper_address(paper),
        title=title_html(paper.title),
        day=site.t.day(paper.date, short=True),
        year=shown_year(paper),
        noted=_noted(paper, site.t),
        people=(*(author.name for author in paper.authors[:PEOPLE]), *filter(None, [also])),
        authors_count=max(len(paper.authors), paper.authors_count or 0) or None,
        organization=paper.organization.name if paper.organization else "",
        tags=site.tag_links(paper),
        pdf=own.address if own else links.get("pdf", ""),
        code=links.get("code", ""),
        comments=paper.comments,
        upvotes=paper.upvotes,
        lead=lead_html(paper.abstract),
        status=paper.status,
    )


def _noted(paper: Paper, t: Catalogue) -> str:
    """Return what a paper's date in lists is of, if it is that of its listing, and when the paper was published."""
    if not paper.featured:
        return ""
    if not paper.published:
        return t("listed")
    is_same_year = paper.published[:YEAR] == paper.featured[:YEAR]
    day = t.day(paper.published, short=True) if is_same_year else ""
    return t("published_day", date=day or t.date(paper.published))


def list_entry(site: Site, entry: Entry, also: str = "", paper: Paper | None = None) -> ListEntry:
    """Return a paper's place in a list; its item is made when it is first shown, of the paper if that is at hand."""
    name = f"{entry.id} {also}" if also else entry.id  # no id has a space
    make = partial(list_item, site, paper, also) if paper else partial(_item_of, site, entry, also)
    return ListEntry(name, site.key(entry) + also, make)


def _item_of(site: Site, entry: Entry, also: str) -> ListItem:
    return list_item(site, site.archive.of_entry(entry), also)


def list_groups(
    site: Site, papers: Sequence[Entry], undated: int, behind: Mapping[str, str] = MappingProxyType({})
) -> list[dict[str, Any]]:
    """Return the entries of some papers: first the dated, then the others under `Date unknown (n)`.

    Args:
        site: the settings, the archive, the catalogue.
        papers: a part of a list, in its order.
        undated: how many papers of the whole list have no date; 0 to omit the number.
        behind: the name of an author to be shown besides the first ones, by the id of the paper.
    """
    unknown = site.t("date_unknown_n", n=undated) if undated else site.t("date_unknown")
    groups: dict[str, list[ListEntry]] = {"": [], unknown: []}
    for paper in papers:
        groups["" if paper.date else unknown].append(list_entry(site, paper, behind.get(paper.id, "")))
    return [{"heading": heading, "anchor": "", "items": items} for heading, items in groups.items() if items]


def people(paper: Paper, t: Catalogue) -> str:
    """Return a paper's authors in one line, as search results show them; "" if they are unknown."""
    names = [author.name for author in paper.authors[:PEOPLE]]
    count = max(len(paper.authors), paper.authors_count or 0)
    if not names:
        return t("authors_n", n=count) if count else ""
    return ", ".join(names) + (f" {t('and_others', n=count - len(names))}" if count > len(names) else "")
