"""What a paper's page shows that depends on more than the paper's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.beside import beside
from regesta.pages.page import Link

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from regesta.archive.glances import Glance
    from regesta.archive.lists import Entry
    from regesta.archive.publication import Publication
    from regesta.content.paper import Paper
    from regesta.pages.site import Site
    from regesta.text.names import Name

    Beside = tuple[Entry | None, Entry | None]


class Context(NamedTuple):
    """What a paper's page shows besides the paper.

    Attributes:
        newer, older: its neighbours in the archive's order.
        related: the papers related to it, each with the label of its first tag and the terms that tie the two.
        collections: links to the collections that list it, each with its neighbours there.
        tags, organization: links to them.
        place: the journal, the meeting or the book that published it, with its address, "" if it has no page.
        people: a link to each author, the ORCID iD ("" if unknown), and the name as it is cited.
        publication: how it was published.
        citekey: its key in bibliographies.
        files: the files beside the page, as the template shows them.
    """

    newer: Entry | None
    older: Entry | None
    related: tuple[tuple[Glance, str, str], ...]
    collections: tuple[tuple[Link, Beside], ...]
    tags: tuple[Link, ...]
    organization: Link | None
    place: Link | None
    people: Sequence[tuple[Link, str, Name]]
    publication: Publication
    citekey: str
    files: Sequence[Mapping[str, str]]

    def inputs(self) -> tuple[Any, ...]:
        """Return all this as it is shown."""
        newer, older, related, collections, *others = self
        steps = [(p.id, p.title, bool(p.date)) if p else None for p in (newer, older)]
        listed = [(link, [(p.id, p.title) if p else None for p in two]) for link, two in collections]
        return steps, related, listed, others


def context_of(
    site: Site,
    paper: Paper,
    around: Beside,
    alike: Sequence[tuple[str, str]],
    known: Mapping[str, Glance],
) -> Context:
    """Return what a paper's page shows besides the paper.

    Args:
        site: what pages are planned from.
        paper: one of the archive.
        around: its neighbours in the archive's order.
        alike: the ids of the related papers, with the terms that tie them.
        known: these at a glance, by their ids.
    """
    publication = site.publication(paper)
    return Context(
        *around,
        related=tuple(
            [(known[other], _label(site, known[other]), words) for other, words in alike if other in known]
        ),
        collections=_collections(site, paper),
        tags=site.tag_links(paper),
        organization=_organization(site, paper),
        place=_place(site, paper, publication),
        people=_people(site, paper),
        publication=publication,
        citekey=site.archive.citekey(paper),
        files=_files(site, paper),
    )


def _label(site: Site, paper: Glance) -> str:
    return site.archive.label(paper.tag) if paper.tag else ""


def _people(site: Site, paper: Paper) -> list[tuple[Link, str, Name]]:
    register = site.archive.register
    return [(site.author_link(one), register.orcid(one), register.written(one)) for one in paper.authors]


def _organization(site: Site, paper: Paper) -> Link | None:
    if not paper.organization:
        return None
    name = paper.organization.name
    return Link(name, site.organizations[name])


def _place(site: Site, paper: Paper, publication: Publication) -> Link | None:
    """Return where a paper was published, by its short name: with the page of the venue, else that of the proceedings."""
    name = publication.venue or publication.container or publication.school
    standing = site.archive.standing(paper)
    own = f"/collections/{standing[0].name}/" if standing else ""
    return Link(name, site.venues.get(publication.venue, own)) if name else None


def _files(site: Site, paper: Paper) -> list[dict[str, str]]:
    """Return the files beside a paper's page: the label, name, address and size (in words) of each."""
    return [
        {
            "label": site.t(f"file_{one.kind}") if one.kind else "",
            "name": one.name,
            "address": one.address,
            "size": site.t.size(one.size),
        }
        for one in site.attached.get(paper.id, ())
    ]


def _collections(site: Site, paper: Paper) -> tuple[tuple[Link, Beside], ...]:
    """Return links to the collections that list a paper, with its neighbours in those that have an order of their own."""
    archive = site.archive
    near: dict[str, Beside] = {}
    for name, before, after in beside(archive, (paper.id, *paper.aliases)):
        near.setdefault(name, (before, after))
    return tuple(
        [
            (Link(archive.collection(name).title, f"/collections/{name}/"), near.get(name, (None, None)))
            for name in archive.collections_of(paper)
        ]
    )
