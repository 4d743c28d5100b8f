"""The `Site`, from which all pages are planned: the settings, the archive, and what pages show of a paper."""

from __future__ import annotations

import re
from collections import Counter
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from regesta.archive.publication import Publication, citekeys, publication
from regesta.pages.page import Link
from regesta.text.markdown import plain_text
from regesta.text.mathml import plain
from regesta.text.strings import digest, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from regesta.archive.archive import Archive
    from regesta.content.attachments import Attachment
    from regesta.content.collections import Collection
    from regesta.content.config import Config
    from regesta.content.own_pages import OwnPage
    from regesta.content.paper import Author, Paper
    from regesta.pages.catalogue import Catalogue


_HASHED = re.compile(r"(?:^|-)[0-9a-f]{8}$")
_KEPT = 20_000  # papers whose plain text is kept for the next file that needs it: some 25 MiB


def paper_address(paper: Paper) -> str:
    """Return the address of a paper's page."""
    return f"/papers/{paper.id}/"


def tag_address(tag: str) -> str:
    """Return the address of a tag's page."""
    return f"/tags/{tag}/"


def is_inferred(paper: Paper) -> bool:
    """Tell whether the date under which a paper is listed was worked out, not read."""
    return bool(paper.date) and ("featured" if paper.featured else "published") in paper.inferred


def shown_year(paper: Paper) -> str:
    """Return the year under which the archive lists a paper, in brackets if it was worked out, as catalogues do; "" if unknown."""
    return f"[{paper.date[:4]}]" if is_inferred(paper) else paper.date[:4]


def plain_title(paper: Paper) -> str:
    """Return a paper's title as plain text."""
    return plain(paper.title)


def collection_summary(collection: Collection) -> str:
    """Return what a collection is about in plain text: its description, else its introduction."""
    return collection.description or plain_text(collection.introduction)


def name_addresses(kind: str, index: Iterable[str]) -> dict[str, str]:
    """Return an address for each name; names that would share one, or look as if they had a hash, get a hash of themselves."""
    slugs = {name: slug(name) for name in index}
    bearers = Counter(slugs.values())
    is_plain = {name: s and bearers[s] == 1 and not _HASHED.search(s) for name, s in slugs.items()}
    own = {name: s if is_plain[name] else f"{s}-{digest(name, 8)}".strip("-") for name, s in slugs.items()}
    return {name: f"/{kind}/{s}/" for name, s in own.items()}


def author_addresses(archive: Archive) -> dict[str, str]:
    """Return an address for each author: by the id of those who have one, by the name of the others, who keep theirs."""
    people = {label: archive.register.person(label) for label in archive.authors}
    found = name_addresses("authors", [label for label, person in people.items() if not person.id])
    by_id = name_addresses("authors", [person.id for person in people.values() if person.id])
    taken = set(found.values())
    for label, person in people.items():
        if person.id:
            own = by_id[person.id]
            found[label] = f"{own.removesuffix('/')}-{digest(person.id, 8)}/" if own in taken else own
    return found


class Site:
    """What pages are planned from: the settings, the archive, the catalogue; each paper's links and plain text.

    Args:
        config: the settings.
        archive: all papers and the ways in.
        t: the catalogue of UI strings.
        keys: for each paper, by id, what changes whenever anything in its file does; its date may come from elsewhere.
        abstract_of: finds a paper's abstract, where papers are held without theirs.
        attached: the files of each paper, by its id.
    """

    def __init__(
        self,
        config: Config,
        archive: Archive,
        t: Catalogue,
        keys: Mapping[str, str] | None = None,
        abstract_of: Callable[[Paper], str] = attrgetter("abstract"),
        attached: Mapping[str, Sequence[Attachment]] = MappingProxyType({}),
    ) -> None:
        self.config, self.archive, self.t = config, archive, t
        known = keys if keys is not None else {paper.id: digest(repr(paper)) for paper in archive.papers}
        self._keys = {
            p.id: digest(f"{p.id} {known[p.id]} {p.published} {p.inferred}") for p in archive.papers
        }
        self._tag_links = {tag: Link(archive.label(tag), tag_address(tag)) for tag in archive.tags}
        self.abstract_of, self.attached = abstract_of, attached
        self.citekeys = citekeys(archive.papers)
        self.authors = author_addresses(archive)
        self.organizations = name_addresses("organizations", archive.organizations)
        self.lastmods = {p.id: max(p.added, p.featured, p.updated) for p in archive.papers}
        self._texts: dict[str, str] = {}

    def key(self, paper: Paper) -> str:
        """Return what stands for a paper among the inputs of a draft: it changes with all that the site shows of it."""
        return self._keys[paper.id]

    def lastmod(self, papers: Iterable[Paper]) -> str:
        """Return the day of the newest change in some papers, "" if there is no such day."""
        return max((self.lastmods[paper.id] for paper in papers), default="")

    def text(self, paper: Paper) -> str:
        """Return a paper's abstract as plain text; a full store begins anew, so that memory stays bounded."""
        if paper.id not in self._texts:
            if len(self._texts) >= _KEPT:
                self._texts.clear()
            self._texts[paper.id] = plain_text(self.abstract_of(paper))
        return self._texts[paper.id]

    def tag_links(self, paper: Paper) -> tuple[Link, ...]:
        """Return links to a paper's tags, as readers know them."""
        return tuple([self._tag_links[tag] for tag in paper.tags])

    def publication(self, paper: Paper) -> Publication:
        """Return how a paper was published, with what it lacks itself from the proceedings that list it."""
        return publication(paper, self.archive.proceedings.get(paper.id))

    def author_link(self, author: Author) -> Link:
        """Return a link to an author's page, with the name as the paper has it."""
        return Link(author.name, self.authors[self.archive.register.label(author)])

    def pdf(self, paper: Paper) -> str:
        """Return the full address of a paper's PDF: the one beside its page, else the one it links to; "" if there is none."""
        own = self.own_pdf(paper)
        return self.config.absolute(own.address) if own else paper.links.get("pdf", "")

    def own_pdf(self, paper: Paper) -> Attachment | None:
        """Return the PDF beside a paper's page."""
        return next((one for one in self.attached.get(paper.id, ()) if one.kind == "pdf"), None)

    def outside_link(self, kind: str, url: str) -> dict[str, str]:
        """Return a link to elsewhere: what it is (`code-2` is code, too), where it leads, on which host."""
        name = f"link_{kind.rpartition('-')[0] or kind}" if kind[-1:].isdigit() else f"link_{kind}"
        label = self.t(name) if name in self.t.strings else kind.replace("-", " ").capitalize()
        return {"label": label, "url": url, "host": (urlsplit(url).hostname or "").removeprefix("www.")}

    def collection_rows(self) -> list[dict[str, Any]]:
        """Return a row for each collection: a link with the number of its papers, and its description."""
        known = {name: self.archive.collection(name) for name in self.archive.collected}
        return [
            {
                "link": Link(known[name].title, f"/collections/{name}/", len(papers)),
                "description": known[name].description,
            }
            for name, papers in self.archive.collected.items()
        ]

    def search_rows(self) -> list[dict[str, Any]]:
        """Return a row for each saved search: a link with the number of papers that answer it, and its description."""
        found = self.archive.searches
        return [
            {
                "link": Link(search.title, search.address, len(found[search.name])),
                "description": search.description,
            }
            for search in self.config.searches
        ]

    def kinds(self, paper: Paper) -> list[str]:
        """Return what the files beside a paper's page are (`pdf`, `slides`)."""
        return [one.kind for one in self.attached.get(paper.id, ())]


def navigation(archive: Archive, own: Mapping[str, OwnPage], t: Catalogue) -> dict[str, Any]:
    """Return what templates know on every page. No totals: they would change every page."""
    ways = (
        ("tags", "/tags/", archive.tags),
        ("dates", "/dates/", archive.papers),
        ("collections", "/collections/", archive.collected),
        ("organizations", "/organizations/", archive.organizations),
        ("authors", "/authors/", archive.authors),
        ("venues", "/venues/", archive.venues),
        ("searches", "/searches/", archive.searches),
    )
    links = [*(Link(t(key), address) for key, address, index in ways if index), Link(t("search"), "/search/")]
    return {
        "ways": links,
        "way_addresses": [link.address for link in links],
        "own_pages": [Link(page.title, f"/{page.name}/") for page in own.values()],
    }
