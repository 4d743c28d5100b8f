"""What lists and pages show of a paper: addresses, its list item, its plain text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from regesta.markdown import abstract_html, plain_text, split_lead
from regesta.mathml import plain, title_html
from regesta.page import Item, Link
from regesta.text import digest, slug

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.archive import Archive, Index
    from regesta.catalogue import Catalogue
    from regesta.collection import Collection
    from regesta.config import Config
    from regesta.paper import Paper

_PEOPLE = 3  # names that a list shows before "and others"


def paper_address(paper: Paper) -> str:
    """Return the address of a paper's page."""
    return f"/papers/{paper.id}/"


def tag_address(tag: str) -> str:
    """Return the address of a tag's page."""
    return f"/tags/{tag}/"


def is_inferred(paper: Paper) -> bool:
    """Tell whether the date under which a paper is listed was worked out, not read."""
    return bool(paper.date) and ("featured" if paper.featured else "published") in paper.inferred


def plain_title(paper: Paper) -> str:
    """Return a paper's title as plain text."""
    return plain(paper.title)


def collection_summary(collection: Collection) -> str:
    """Return what a collection is about in plain text: its description, else its introduction."""
    return collection.description or plain_text(collection.introduction)


def name_addresses(kind: str, index: Index) -> dict[str, str]:
    """Return an address for each name; names that would share one get a hash of themselves."""
    slugs = {name: slug(name) for name in index}
    bearers = Counter(slugs.values())
    own = {name: s if s and bearers[s] == 1 else f"{s}-{digest(name, 8)}".strip("-") for name, s in slugs.items()}
    return {name: f"/{kind}/{s}/" for name, s in own.items()}


class Site:
    """What pages are planned from: the settings, the archive, the catalogue; each paper's list item and plain text."""

    def __init__(self, config: Config, archive: Archive, t: Catalogue) -> None:
        self.config, self.archive, self.t = config, archive, t
        self.items = {paper.id: self._item(paper) for paper in archive.papers}
        self.abstracts = {paper.id: plain_text(paper.abstract) for paper in archive.papers}
        self.organizations = name_addresses("organizations", archive.organizations)

    def tag_links(self, paper: Paper) -> tuple[Link, ...]:
        """Return links to a paper's tags, as readers know them."""
        return tuple(Link(self.archive.label(tag), tag_address(tag)) for tag in paper.tags)

    def collection_rows(self) -> list[dict[str, Any]]:
        """Return a row for each collection: a link with the number of its papers, and its description."""
        known = {name: self.archive.collection(name) for name in self.archive.collected}
        return [
            {"link": Link(known[name].title, f"/collections/{name}/", len(papers)), "description": known[name].description}
            for name, papers in self.archive.collected.items()
        ]

    def _item(self, paper: Paper) -> Item:
        lead, rest = split_lead(paper.abstract)
        values: dict[str, Any] = {
            "id": paper.id,
            "address": paper_address(paper),
            "title": title_html(paper.title),
            "year": f"[{paper.date[:4]}]" if is_inferred(paper) else paper.date[:4],
            "day": self.t.day(paper.date),
            "people": tuple(author.name for author in paper.authors[:_PEOPLE]),
            "authors_count": len(paper.authors) or paper.authors_count,
            "organization": paper.organization.name if paper.organization else "",
            "tags": self.tag_links(paper),
            "lead": abstract_html(lead) if lead else "",
            "rest": abstract_html(rest) if rest else "",
            "status": paper.status,
        }
        return Item(**values, fingerprint=digest(repr(values)))

    def groups(self, papers: Sequence[Paper], undated: int) -> list[dict[str, Any]]:
        """Return items under their headings: none for the dated, `Date unknown (n)` for the others.

        Args:
            papers: in order; a part of a list.
            undated: how many papers of the whole list have no date; 0 to leave the number out.
        """
        dated = [self.items[p.id] for p in papers if p.date]
        others = [self.items[p.id] for p in papers if not p.date]
        heading = self.t("date_unknown_n", n=undated) if undated else self.t("date_unknown")
        return [
            {"heading": title, "items": items} for title, items in (("", dated), (heading, others)) if items
        ]
