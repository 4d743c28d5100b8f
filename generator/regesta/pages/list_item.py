"""A paper as lists show it: its `ListItem`, which the theme's `templates/item.html` turns into HTML."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from regesta.pages.page import ListEntry, ListItem
from regesta.pages.site import paper_address, shown_year
from regesta.text.formulas import title_html
from regesta.text.markdown import abstract_html, split_lead

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.archive.lists import Entry
    from regesta.content.paper import Paper
    from regesta.pages.catalogue import Catalogue
    from regesta.pages.site import Site

_PEOPLE = 3  # names that a list shows before "and others"


def list_item(site: Site, paper: Paper) -> ListItem:
    """Return a paper as lists show it."""
    lead, rest = split_lead(paper.abstract)
    return ListItem(
        id=paper.id,
        address=paper_address(paper),
        title=title_html(paper.title),
        year=shown_year(paper),
        day=site.t.day(paper.date),
        people=tuple(author.name for author in paper.authors[:_PEOPLE]),
        authors_count=len(paper.authors) or paper.authors_count,
        organization=paper.organization.name if paper.organization else "",
        tags=site.tag_links(paper),
        lead=abstract_html(lead) if lead else "",
        rest=abstract_html(rest) if rest else "",
        status=paper.status,
    )


def list_entry(site: Site, entry: Entry, paper: Paper | None = None) -> ListEntry:
    """Return a paper's place in a list; its item is made when it is first shown, of the paper if that is at hand."""
    make = partial(list_item, site, paper) if paper else partial(_item_of, site, entry)
    return ListEntry(entry.id, entry.key, make)


def _item_of(site: Site, entry: Entry) -> ListItem:
    return list_item(site, site.archive.of_entry(entry))


def list_groups(site: Site, papers: Sequence[Entry], undated: int) -> list[dict[str, Any]]:
    """Return the entries of some papers: first the dated, then the others under `Date unknown (n)`.

    Args:
        site: the settings, the archive, the catalogue.
        papers: a part of a list, in its order.
        undated: how many papers of the whole list have no date; 0 to omit the number.
    """
    unknown = site.t("date_unknown_n", n=undated) if undated else site.t("date_unknown")
    groups: dict[str, list[ListEntry]] = {"": [], unknown: []}
    for paper in papers:
        groups["" if paper.date else unknown].append(list_entry(site, paper))
    return [{"heading": heading, "items": entries} for heading, entries in groups.items() if entries]


def people(paper: Paper, t: Catalogue) -> str:
    """Return a paper's authors in one line, as search results show them; "" if they are unknown."""
    names = [author.name for author in paper.authors[:_PEOPLE]]
    count = len(paper.authors) or paper.authors_count or 0
    if not names:
        return t("authors_n", n=count) if count else ""
    return ", ".join(names) + (f" {t('and_others', n=count - len(names))}" if count > len(names) else "")
