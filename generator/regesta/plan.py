"""The whole site as one plan: every page and every other file, with all collisions of addresses in one error."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from regesta.errors import Problem, RegestaError
from regesta.listing import paper_address, plain_title
from regesta.markdown import first_words
from regesta.outputs import feeds, wellknown
from regesta.pages import dates, front, lists, papers, tags

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from regesta.collection import OwnPage
    from regesta.listing import Site
    from regesta.outputs.search import SearchDocument
    from regesta.page import Page
    from regesta.themes import Theme

SEARCH_MANIFEST = "search/manifest.json"
_SNIPPET = 180  # characters of an abstract that a search result shows


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be published: pages to render, and finished files by their path below the site's root."""

    pages: tuple[Page, ...]
    files: Mapping[str, bytes]


def plan_pages(site: Site, own: Mapping[str, OwnPage]) -> list[Page]:
    """Return every page of the site."""
    return [
        *front.plan(site, own),
        *papers.plan(site),
        *papers.plan_redirects(site),
        *tags.plan(site),
        *dates.plan(site),
        *lists.plan(site),
    ]


def plan_files(site: Site, pages: list[Page], theme: Theme, static: Path) -> dict[str, bytes]:
    """Return every file that is no page: feeds, what crawlers read, the theme's assets, the curator's static files."""
    assets = {f"{theme.asset_folder}{name}".lstrip("/"): data for name, data in theme.assets.items()}
    copied = {path.relative_to(static).as_posix(): path.read_bytes() for path in sorted(static.rglob("*")) if path.is_file()}
    made = wellknown.plan(site.config, pages) | feeds.plan(site) | theme.static | assets
    if clash := sorted(copied.keys() & (made.keys() | {SEARCH_MANIFEST})):
        raise RegestaError([Problem(f"static/{name}", 0, "has the name of a file that the build makes", "rename it") for name in clash], 3)
    return made | copied


def plan_search(site: Site) -> dict[str, bytes]:
    """Return the search index by path."""
    from regesta.outputs.search import search_files

    return search_files(search_documents(site))


def search_documents(site: Site) -> list[SearchDocument]:
    """Return what search knows of every paper."""
    from regesta.outputs.search import SearchDocument

    return [
        SearchDocument(
            url=paper_address(paper),
            title=plain_title(paper),
            abstract=site.abstracts[paper.id],
            authors=" ".join(author.name for author in paper.authors),
            organization=paper.organization.name if paper.organization else "",
            tags=tuple(site.archive.label(tag) for tag in paper.tags),
            venue=paper.venue,
            year=paper.date[:4],
            date=site.t.date(paper.date),
            sort_date=paper.date,
            snippet=first_words(site.abstracts[paper.id], _SNIPPET),
        )
        for paper in site.archive.papers
    ]


def refuse_collisions(pages: Iterable[Page], files: Iterable[str]) -> None:
    """Make sure that no two things want one path.

    Raises:
        RegestaError: some do; every such path is named, with what wants it.
    """
    wanted = defaultdict(list)
    for page in pages:
        wanted[page.path.lower()].append(f"the page {page.title!r}")
    for path in files:
        wanted[path.lower()].append("a file")
    problems = [
        Problem(f"/{path}", 0, f"is the address of {' and of '.join(owners)}", "rename one of them")
        for path, owners in sorted(wanted.items())
        if len(owners) > 1
    ]
    folders = {parent.as_posix(): path for path in sorted(wanted) for parent in PurePosixPath(path).parents}
    problems += [
        Problem(f"/{path}", 0, f"is the address of {wanted[path][0]} and the folder of /{folders[path]}", "rename one of them")
        for path in sorted(wanted.keys() & folders.keys())
    ]
    if problems:
        raise RegestaError(problems, status=3)
