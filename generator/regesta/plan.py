"""The whole site as one plan: a draft of every file, with all collisions of addresses in one error."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.draft import Draft, draft_of, file_draft
from regesta.errors import Problem, RegestaError
from regesta.files import changed_meanwhile
from regesta.listing import paper_address, plain_title, shown_year
from regesta.manifest import NAME
from regesta.markdown import first_words
from regesta.outputs import bibliography, feeds, wellknown
from regesta.page import Page
from regesta.pages import collections, dates, front, lists, papers, tags
from regesta.text import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.collection import OwnPage
    from regesta.files import File
    from regesta.listing import Site
    from regesta.outputs.search import SearchDocument
    from regesta.themes import Theme

    Alike = Mapping[str, Sequence[tuple[str, str]]]

_SEARCH = "search/"
_SNIPPET = 180  # characters of an abstract that a search result shows


def plan_site(site: Site, own: Mapping[str, OwnPage], alike: Alike, theme: Theme, static: Sequence[File]) -> list[Draft]:
    """Return a draft of every file of the site.

    Args:
        site: the settings, the archive, the catalogue.
        own: the curator's own pages.
        alike: the papers related to each, by id, with the words that tie them.
        theme: gives the assets.
        static: the curator's files that are copied as they are.

    Raises:
        RegestaError: two of them want one path; every such path is named.
    """
    pages = plan_pages(site, own, alike)
    made = [*pages, *feeds.plan(site), *bibliography.plan(site), *wellknown.plan(site.config, pages), *_assets(theme), _search(site)]
    made += [_copy(one.path, one.file) for known in site.attached.values() for one in known]
    copied = {file.name.removeprefix("static/"): file for file in static}
    refuse_clashes(copied, {draft.path for draft in made})
    drafts = [*made, *(_copy(path, file) for path, file in copied.items())]
    refuse_collisions(drafts)
    return drafts


def plan_pages(site: Site, own: Mapping[str, OwnPage], alike: Alike) -> list[Draft]:
    """Return every page of the site."""
    return [
        *front.plan(site, own),
        *papers.plan(site, alike),
        *papers.plan_redirects(site),
        *tags.plan(site),
        *dates.plan(site),
        *collections.plan(site),
        *lists.plan(site),
    ]


def _assets(theme: Theme) -> Iterator[Draft]:
    """Yield what the theme brings: its icons, and the style sheet and scripts in a folder named by their content."""
    for name, data in theme.static.items():
        yield file_draft(name, data)
    for name, data in theme.assets.items():
        yield file_draft(f"{theme.asset_folder}{name}".lstrip("/"), data)


def _copy(path: str, file: File) -> Draft:
    source = Path(file.path)
    known = digest(source.read_bytes())
    return Draft(path, known, partial(_read_again, file, known))


def _read_again(file: File, known: str) -> bytes:
    data = Path(file.path).read_bytes()
    if digest(data) != known:
        raise changed_meanwhile(file.name)
    return data


def _search(site: Site) -> Draft:
    return draft_of(_SEARCH, tuple(map(site.key, site.archive.papers)), partial(plan_search, site))


def plan_search(site: Site) -> dict[str, bytes]:
    """Return the files of the search index by path."""
    from regesta.outputs.search import search_files

    return search_files(search_documents(site))


def search_documents(site: Site) -> list[SearchDocument]:
    """Return what search knows of every paper."""
    from regesta.outputs.search import SearchDocument

    return [
        SearchDocument(
            url=paper_address(paper),
            title=plain_title(paper),
            abstract=site.text(paper),
            authors=" ".join(author.name for author in paper.authors),
            organization=paper.organization.name if paper.organization else "",
            tags=tuple(site.archive.label(tag) for tag in paper.tags),
            venue=paper.venue,
            year=paper.date[:4],
            shown_year=shown_year(paper),
            date=site.t.day(paper.date),
            sort_date=paper.date,
            snippet=first_words(site.text(paper), _SNIPPET),
        )
        for paper in site.archive.papers
    ]


def refuse_clashes(copied: Iterable[str], made: set[str]) -> None:
    """Make sure that no static file has the path of a file that the build makes.

    Raises:
        RegestaError: some have; each is named.
    """
    clashes = [path for path in sorted(copied) if path in made or path.startswith(_SEARCH)]
    if clashes:
        raise RegestaError([Problem(f"static/{path}", 0, "has the name of a file that the build makes", "rename it") for path in clashes], 3)


def refuse_collisions(drafts: Sequence[Draft]) -> None:
    """Make sure that no two things want one path, none the path of another's folder, and none a name that is kept; case makes no difference.

    Raises:
        RegestaError: some do; every such path is named, with what wants it.
    """
    wanted = defaultdict(list)
    for draft in drafts:
        wanted[draft.path.lower()].append(draft)
    problems = [
        Problem(f"/{path}", 0, f"is the address of {' and of '.join(map(_owner, owners))}", "rename one of them")
        for path, owners in sorted(wanted.items())
        if len(owners) > 1
    ]
    problems += [
        Problem(f"/{path}", 0, f"is a name that Regesta keeps for itself, and that of {_owner(wanted[path][0])}", "rename it")
        for path in sorted(wanted)
        if path.startswith(NAME.removesuffix(".json")) or (path.startswith(_SEARCH) and path not in (_SEARCH, f"{_SEARCH}index.html"))
    ]
    folders: dict[str, str] = {}
    for path in sorted(wanted):
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders[parent] = path
            parent = parent.rpartition("/")[0]
    problems += [
        Problem(f"/{path}", 0, f"is the address of {_owner(wanted[path][0])} and the folder of /{folders[path]}", "rename one of them")
        for path in sorted(wanted.keys() & folders.keys())
    ]
    if problems:
        raise RegestaError(problems, status=3)


def _owner(draft: Draft) -> str:
    """Return what a draft is, in words."""
    page = draft.make() if draft.address else None
    return f"the page {page.title!r}" if isinstance(page, Page) else "a file"
