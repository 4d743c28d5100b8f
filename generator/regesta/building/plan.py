"""The plan of the whole site: a draft of every file. All collisions of addresses are reported at once."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING

from regesta.building.inputs import package_versions
from regesta.content.find_files import changed_meanwhile
from regesta.dot_regesta import code_of
from regesta.errors import Problem, RegestaError
from regesta.pages import (
    bibliographies,
    collections,
    dates,
    feeds,
    lists,
    papers,
    searches,
    single_pages,
    tags,
    wellknown,
)
from regesta.pages.home import plan_home
from regesta.pages.page import Draft, Page, file_draft
from regesta.publishing.manifest import NAME
from regesta.search import index
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from regesta.building.load import Loaded
    from regesta.building.themes import Theme
    from regesta.content.find_files import File
    from regesta.content.own_pages import OwnPage
    from regesta.memory import Memory
    from regesta.pages.site import Site
    from regesta.search.index import Published

    Related = Mapping[str, Sequence[tuple[str, str]]]
    ByPath = Mapping[str, Sequence[Draft]]  # the drafts of each path, in lower case


def plan_site(loaded: Loaded, published: Published, memory: Memory) -> list[Draft]:
    """Return a draft of every file of the site.

    Args:
        loaded: what the site is planned from.
        published: the files of the site.
        memory: what the last build kept, and what is kept for the next one.

    Raises:
        RegestaError: several drafts have the same path; every such path is reported.
    """
    site = loaded.site
    related = {paper_id: neighbours.papers for paper_id, neighbours in loaded.related.neighbours.items()}
    pages = plan_pages(site, loaded.own, related)
    made = [
        *pages,
        *feeds.plan(site),
        *bibliographies.plan(site),
        *wellknown.plan(site.config, pages),
        *_assets(loaded.theme, site.config.hidden_files),
    ]
    made += [_copy(attachment.path, attachment.file) for own in site.attached.values() for attachment in own]
    copied = {file.name.removeprefix("static/"): file for file in loaded.static}
    refuse_clashes(copied, {draft.path for draft in made})
    drafts = [*made, *(_copy(path, file) for path, file in copied.items())]
    refuse_collisions(drafts)
    made_by = digest(repr((code_of(*index.CODE), package_versions())))
    return [*drafts, *index.plan(site, published, memory, made_by, changed=None)]


def plan_pages(site: Site, own: Mapping[str, OwnPage], related: Related) -> list[Draft]:
    """Return a draft of every page.

    Args:
        site: the settings, the archive, the catalogue.
        own: the curator's own pages.
        related: the papers related to each, by its id: their ids, and the words that they share.
    """
    return [
        plan_home(site),
        *single_pages.plan(site, own),
        *papers.plan(site, related),
        *papers.plan_redirects(site),
        *tags.plan(site),
        *dates.plan(site),
        *collections.plan(site),
        *lists.plan(site),
        *searches.plan(site),
    ]


def _assets(theme: Theme, hidden: Collection[str]) -> Iterator[Draft]:
    """Yield the theme's files: icons, and a folder, named by its content, of the style sheet and scripts."""
    for name, data in theme.static(hidden).items():
        yield file_draft(name, data)
    for name, data in theme.assets.items():
        yield file_draft(f"{theme.asset_folder}{name}".lstrip("/"), data)


def _copy(path: str, file: File) -> Draft:
    """Return the draft of a file to be copied; it is read twice, so that its bytes need not be held."""
    planned = digest(file.read())
    return Draft(path, planned, partial(_read_again, file, planned))


def _read_again(file: File, planned: str) -> bytes:
    data = file.read()
    if digest(data) != planned:
        raise changed_meanwhile(file.name)
    return data


def refuse_clashes(copied: Iterable[str], made: set[str]) -> None:
    """Make sure that no static file has the path of a file that the build makes.

    Raises:
        RegestaError: some have; each is reported.
    """
    what = "has the name of a file that the build makes"
    clashes = [path for path in sorted(copied) if path in made or path.startswith(index.FOLDER)]
    if clashes:
        raise RegestaError(
            [Problem(f"content/static/{path}", 0, what, "rename it") for path in clashes], status=3
        )


def refuse_collisions(drafts: Sequence[Draft]) -> None:
    """Make sure that no two drafts have the same path, in whatever case.

    Nor may a path be the folder of another, or a name that is reserved for Regesta.

    Raises:
        RegestaError: some do; every such path is reported, with the drafts that have it.
    """
    by_path: dict[str, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_path[draft.path.lower()].append(draft)
    problems = [*_shared_paths(by_path), *_reserved_paths(by_path), *_paths_that_are_folders(by_path)]
    if problems:
        raise RegestaError(problems, status=3)


def _shared_paths(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each path of several drafts."""
    for path, drafts in sorted(by_path.items()):
        if len(drafts) > 1:
            owners = " and of ".join(map(_owner, drafts))
            yield Problem(f"/{path}", 0, f"is the address of {owners}", "rename one of them")


def _reserved_paths(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each path that is reserved for the manifest or the search index."""
    for path, drafts in sorted(by_path.items()):
        is_of_index = path.startswith(index.FOLDER) and path != f"{index.FOLDER}index.html"
        if is_of_index or path.startswith(NAME.removesuffix(".json")):
            what = f"is a name that Regesta keeps for itself, and that of {_owner(drafts[0])}"
            yield Problem(f"/{path}", 0, what, "rename it")


def _paths_that_are_folders(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each path that is also the folder of another."""
    inside: dict[str, str] = {}
    for path in sorted(by_path):
        folder = path.rpartition("/")[0]
        while folder and folder not in inside:
            inside[folder] = path
            folder = folder.rpartition("/")[0]
    for path in sorted(by_path.keys() & inside.keys()):
        what = f"is the address of {_owner(by_path[path][0])} and the folder of /{inside[path]}"
        yield Problem(f"/{path}", 0, what, "rename one of them")


def _owner(draft: Draft) -> str:
    """Return a draft in words: a page with its title, or a file."""
    page = draft.make() if draft.address else None
    return f"the page {page.title!r}" if isinstance(page, Page) else "a file"
