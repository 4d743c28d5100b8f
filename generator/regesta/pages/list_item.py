"""A paper as lists show it: its `ListItem`, which the theme's `templates/item.html` turns into HTML."""

from __future__ import annotations

from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from regesta.pages.page import ListEntry, ListItem
from regesta.pages.site import paper_address, shown_year
from regesta.text.formulas import title_html
from regesta.text.markdown import abstract_html, split_lead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.archive.lists import Entry
    from regesta.content.paper import Paper
    from regesta.pages.catalogue import Catalogue
    from regesta.pages.site import Site

PEOPLE = 3  # names that a list shows before "and others"


def list_item(site: Site, paper: Paper, also: str = "") -> ListItem:
    """Return a paper as lists show it; `also` is the name of an author further behind, whose page shows it."""
    lead, rest = split_lead(paper.abstract)
    return ListItem(
        id=paper.id,
        address=paper_address(paper),
        title=title_html(paper.title),
        year=shown_year(paper),
        dated="featured" if paper.featured else "published" if paper.published else "",
        dates=tuple(_dates(paper, site.t)),
        people=(*(author.name for author in paper.authors[:PEOPLE]), *filter(None, [also])),
        authors_count=max(len(paper.authors), paper.authors_count or 0) or None,
        organization=paper.organization.name if paper.organization else "",
        tags=site.tag_links(paper),
        lead=abstract_html(lead) if lead else "",
        rest=abstract_html(rest) if rest else "",
        status=paper.status,
    )


def listed_day(paper: Paper, t: Catalogue) -> str:
    """Return the day or month under which a paper is listed, in words that tell which it is; "" if neither is known."""
    day = t.day(paper.date)
    return t("listed_day" if paper.featured else "published_day", date=day) if day else ""


def _dates(paper: Paper, t: Catalogue) -> Iterator[str]:
    """Yield the dates of a paper, in words that tell what they are: what is not in the year beside it."""
    if day := listed_day(paper, t):
        yield day
    if paper.featured and paper.published:
        yield t("published_day", date=t.date(paper.published))


def list_entry(site: Site, entry: Entry, also: str = "", paper: Paper | None = None) -> ListEntry:
    """Return a paper's place in a list; its item is made when it is first shown, of the paper if that is at hand."""
    name = f"{entry.id} {also}" if also else entry.id  # no id has a space
    make = partial(list_item, site, paper, also) if paper else partial(_item_of, site, entry, also)
    return ListEntry(name, entry.key + also, make)


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
    return [{"heading": heading, "items": entries} for heading, entries in groups.items() if entries]


def people(paper: Paper, t: Catalogue) -> str:
    """Return a paper's authors in one line, as search results show them; "" if they are unknown."""
    names = [author.name for author in paper.authors[:PEOPLE]]
    count = max(len(paper.authors), paper.authors_count or 0)
    if not names:
        return t("authors_n", n=count) if count else ""
    return ", ".join(names) + (f" {t('and_others', n=count - len(names))}" if count > len(names) else "")
