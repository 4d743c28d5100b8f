"""The `Site`, from which pages are planned: the settings, the archive, and values that pages share."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.archive.overviews import has_changes, is_discussed
from regesta.archive.publication import Publication, publication
from regesta.memory import Memory
from regesta.pages.kept import Kept
from regesta.pages.page import Link
from regesta.pages.reference import reference
from regesta.text.formulas import plain
from regesta.text.identifiers import arxiv_id
from regesta.text.markdown import plain_text
from regesta.text.strings import digest, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.archive.glances import Glance
    from regesta.archive.lists import Entry
    from regesta.content.attachments import Attachment
    from regesta.content.collections import Collection
    from regesta.content.config import Config
    from regesta.content.own_pages import OwnPage
    from regesta.content.paper import Author, Paper
    from regesta.pages.catalogue import Catalogue
    from regesta.pages.map.layout import Layout, Spot
    from regesta.pages.reference import Reference


#: The address below which papers have their pages.
PAPERS = "/papers/"
_TWINS = 10_000  # papers that have twins at most
#: The address of the page that tells what changed.
CHANGES = "/changes/"
_HASHED = re.compile(r"(?:^|-)[0-9a-f]{8}$")
_PLAIN_URL = re.compile(r"https?://([a-z0-9.-]+)(?=/)")


def paper_address(paper: Paper | Entry | Glance) -> str:
    """Return the address of a paper's page."""
    return f"{PAPERS}{paper.id}/"


def tag_address(tag: str) -> str:
    """Return the address of a tag's page."""
    return f"/tags/{tag}/"


def shown_year(paper: Paper | Glance) -> str:
    """Return a paper's year, in brackets if it was inferred, as in library catalogues; "" if unknown."""
    return f"[{paper.date[:4]}]" if paper.is_inferred else paper.date[:4]


def lastmod(papers: Iterable[Entry]) -> str:
    """Return the day of the newest change in some papers, "" if unknown."""
    return max((paper.lastmod for paper in papers), default="")


def plain_title(paper: Paper | Entry) -> str:
    """Return a paper's title as plain text."""
    return plain(paper.title)


def collection_summary(collection: Collection) -> str:
    """Return a collection's description as plain text, or its introduction if it has none."""
    return collection.description or plain_text(collection.introduction)


def beside(names: Sequence[str], name: str) -> tuple[str, str]:
    """Return the names before and after one in a sorted list; "" where there is none."""
    place = bisect_left(names, name)
    return names[place - 1] if place else "", names[place + 1] if place + 1 < len(names) else ""


def name_addresses(kind: str, index: Iterable[str]) -> dict[str, str]:
    """Return an address for each name, made of its slug.

    A slug that several names share, or that looks as if it had a hash, gets a hash of its name.
    """
    slugs = {name: slug(name) for name in index}
    bearers = Counter(slugs.values())

    def is_plain(text: str) -> bool:
        return bool(text) and bearers[text] == 1 and not _HASHED.search(text)

    own = {name: s if is_plain(s) else f"{s}-{digest(name, 8)}".strip("-") for name, s in slugs.items()}
    return {name: f"/{kind}/{s}/" for name, s in own.items()}


def author_addresses(archive: Archive) -> dict[str, str]:
    """Return an address for each author, by the label: made of the id, or of the name if there is none.

    If both make the same address, the author without an id has it, and the other one's gets a hash.
    """
    people = {label: archive.register.person(label) for label in archive.sizes("authors")}
    addresses = name_addresses("authors", [label for label, person in people.items() if not person.id])
    by_id = name_addresses("authors", [person.id for person in people.values() if person.id])
    taken = set(addresses.values())
    for label, person in people.items():
        if person.id:
            own = by_id[person.id]
            addresses[label] = f"{own.removesuffix('/')}-{digest(person.id, 8)}/" if own in taken else own
    return addresses


def has_twins(config: Config, archive: Archive) -> bool:
    """Tell whether the page of each paper has a twin in Markdown: in archives that are not too large."""
    return not config.is_lean and len(archive.papers) <= _TWINS


def _links(paper: Paper) -> dict[str, str]:
    """Return a paper's links by kind; its arXiv id, wherever it is known from, gives the abstract and the PDF there."""
    given = paper.links.get("arxiv", "")
    found = next(filter(None, map(arxiv_id, filter(None, (given, paper.links.get("doi"), paper.id)))), "")
    if not found:
        return dict(paper.links)
    abstract = given if "/abs/" in given else f"https://arxiv.org/abs/{found}"
    return {"pdf": f"https://arxiv.org/pdf/{found}", **paper.links, "arxiv": abstract}


def _host(url: str) -> str:
    """Return the host of a URL, "" if it has none; of most URLs, without parsing them."""
    plain_url = _PLAIN_URL.match(url)
    return plain_url[1] if plain_url else urlsplit(url).hostname or ""


#: Names of authors that references and programmes have before "and others".
NAMED = 20


class Site:
    """What pages are planned from: settings, archive and catalogue, and each paper's links and plain text.

    Args:
        config: the settings.
        archive: all papers and the lists of them.
        t: the catalogue of UI strings.
        attached: the files of each paper, by its id.
        kept: pieces that many files show; without, those of this build alone.
        layout: of the map; None if there is none.
    """

    def __init__(
        self,
        config: Config,
        archive: Archive,
        t: Catalogue,
        attached: Mapping[str, Sequence[Attachment]] = MappingProxyType({}),
        kept: Kept | None = None,
        layout: Layout | None = None,
    ) -> None:
        self.config, self.archive, self.t, self.attached = config, archive, t, attached
        self.kept, self.layout = kept or Kept(Memory(), ""), layout
        self._published: tuple[Paper, Publication] | None = None
        self._linked: tuple[Paper, dict[str, str]] | None = None
        self._referenced: tuple[Paper, Reference] | None = None
        #: Returns the citations of a paper by its id, if they are kept.
        self.known_citations: Callable[[str], Sequence[str]] | None = None

    @cached_property
    def has_twins(self) -> bool:
        """Whether the page of each paper has a twin in Markdown."""
        return has_twins(self.config, self.archive)

    @cached_property
    def authors(self) -> dict[str, str]:
        """The address of each author, by the label; "" for one who has no page."""
        addresses, shown = author_addresses(self.archive), self.archive.authors
        return {label: address if label in shown else "" for label, address in addresses.items()}

    @cached_property
    def organizations(self) -> dict[str, str]:
        """The address of each organization, by its name."""
        return name_addresses("organizations", self.archive.organizations)

    @cached_property
    def venues(self) -> dict[str, str]:
        """The address of each venue, by its name."""
        return name_addresses("venues", self.archive.venues)

    @cached_property
    def spots(self) -> dict[str, Spot]:
        """Where each paper lies on the map, by its id; empty if there is no map of single papers."""
        layout = self.layout
        return {spot.name: spot for spot in layout.spots} if layout and layout.single else {}

    def text(self, paper: Paper) -> str:
        """Return a paper's abstract as plain text."""
        return plain_text(paper.abstract)

    def tag_links(self, paper: Paper) -> tuple[Link, ...]:
        """Return links to a paper's tags, with their labels."""
        return tuple([Link(self.archive.label(tag), tag_address(tag)) for tag in paper.tags])

    def tag_counts(self, counts: Iterable[tuple[str, int]]) -> list[Link]:
        """Return a link to each of some tags, with a number of papers."""
        return [Link(self.archive.label(tag), tag_address(tag), papers) for tag, papers in counts]

    def publication(self, paper: Paper) -> Publication:
        """Return how a paper was published, completed by the proceedings that list it; the last one is kept."""
        if self._published is None or self._published[0] is not paper:
            self._published = paper, publication(paper, self.archive.standing(paper))
        return self._published[1]

    def reference(self, paper: Paper) -> Reference:
        """Return what citations of a paper say; that of the last paper is kept."""
        if self._referenced is None or self._referenced[0] is not paper:
            known = self.publication(paper), self.links(paper), self.keywords(paper)
            self._referenced = paper, reference(paper, self.archive, self.t, known, self.cited_address(paper))
        return self._referenced[1]

    def cited_address(self, paper: Paper) -> str:
        """Return where a paper is published: the publisher's page, by its own address or its DOI, else arXiv's, else ours."""
        found = filter(None, map(self.links(paper).get, ("page", "doi", "arxiv")))
        return next(found, self.config.absolute(paper_address(paper)))

    def keywords(self, paper: Paper) -> list[str]:
        """Return a paper's keywords: the labels of its tags, then the keywords from its source."""
        return [*dict.fromkeys([*map(self.archive.label, paper.tags), *paper.keywords])]

    def links(self, paper: Paper) -> dict[str, str]:
        """Return a paper's links by kind, completed by its arXiv id; those of the last paper are kept."""
        if self._linked is None or self._linked[0] is not paper:
            self._linked = paper, _links(paper)
        return self._linked[1]

    def author_link(self, author: Author) -> Link:
        """Return a link to an author's page, with the name as the paper spells it."""
        return Link(author.name, self.authors[self.archive.register.label(author)])

    def key(self, entry: Entry) -> str:
        """Return a hash of all that lists show of a paper, and the address of the PDF beside its page."""
        own = self.own_pdf(entry) if entry.id in self.attached else None
        return f"{entry.key} {own.address}" if own else entry.key

    def own_pdf(self, paper: Paper | Entry) -> Attachment | None:
        """Return the PDF beside a paper's page, None if there is none."""
        return next((one for one in self.attached.get(paper.id, ()) if one.kind == "pdf"), None)

    def outside_link(self, kind: str, url: str) -> dict[str, str]:
        """Return a link to another site: its label (`code-2` is labelled as code), its URL and the host."""
        name = f"link_{kind.rpartition('-')[0] or kind}" if kind[-1:].isdigit() else f"link_{kind}"
        label = self.t(name) if name in self.t.strings else kind.replace("-", " ").capitalize()
        return {"label": label, "url": url, "host": _host(url).removeprefix("www.")}

    def collection_rows(self) -> list[dict[str, Any]]:
        """Return a row for each collection: a link with the number of its papers, and its description."""
        rows = []
        for name, papers in self.archive.collected.items():
            collection = self.archive.collection(name)
            link = Link(collection.title, f"/collections/{name}/", len(papers))
            rows.append({"link": link, "description": collection.description})
        return rows

    def search_rows(self) -> list[dict[str, Any]]:
        """Return a row for each saved search: a link with its number of papers, and its description."""
        rows = []
        for search in self.config.searches:
            link = Link(search.title, search.address, len(self.archive.searches[search.name]))
            rows.append({"link": link, "description": search.description})
        return rows

    def kinds(self, paper: Paper) -> list[str]:
        """Return the kinds of the files beside a paper's page (`pdf`, `slides`)."""
        return [one.kind for one in self.attached.get(paper.id, ())]


def navigation(
    archive: Archive, own: Mapping[str, OwnPage], t: Catalogue, *, has_map: bool = False
) -> dict[str, Any]:
    """Return the data for the navigation on every page, and by which date lists are sorted.

    It holds no totals, which would change every page.
    """
    ways = (
        ("papers", PAPERS, archive.papers),
        ("tags", "/tags/", archive.tags),
        ("map", "/map/", has_map),
        ("dates", "/dates/", archive.papers),
        ("collections", "/collections/", archive.collected),
        ("organizations", "/organizations/", archive.organizations),
        ("authors", "/authors/", archive.authors),
        ("venues", "/venues/", archive.venues),
        ("searches", "/searches/", archive.searches),
        ("discussed", "/discussed/", is_discussed(archive)),
    )
    changes = [Link(t("changes"), CHANGES)] if has_changes(archive) else []
    links = [*(Link(t(key), address) for key, address, index in ways if index), Link(t("search"), "/search/")]
    return {
        "ways": links,
        "way_addresses": [link.address for link in links],
        "listed_by": "listed" if archive.featured_day else "published",
        "own_pages": [*(Link(page.title, f"/{page.name}/") for page in own.values()), *changes],
    }
