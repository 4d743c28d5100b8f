"""The whole site as one plan: a draft of every file, with all collisions of addresses in one error."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import changed_meanwhile
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
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from regesta.building.themes import Theme
    from regesta.content.find_files import File
    from regesta.content.own_pages import OwnPage
    from regesta.pages.site import Site
    from regesta.search.index import ReadPublished

    Alike = Mapping[str, Sequence[tuple[str, str]]]


def plan_site(
    site: Site,
    own: Mapping[str, OwnPage],
    alike: Alike,
    theme: Theme,
    static: Sequence[File],
    published: ReadPublished,
) -> list[Draft]:
    """Return a draft of every file of the site.

    Args:
        site: the settings, the archive, the catalogue.
        own: the curator's own pages.
        alike: the papers related to each, by id, with the words that tie them.
        theme: gives the assets.
        static: the curator's files that are copied as they are.
        published: reads a file of the site that the last build made from the same.

    Raises:
        RegestaError: two of them want one path; every such path is named.
    """
    pages = plan_pages(site, own, alike)
    made = [
        *pages,
        *feeds.plan(site),
        *bibliographies.plan(site),
        *wellknown.plan(site.config, pages),
        *_assets(theme),
    ]
    made += [_copy(one.path, one.file) for known in site.attached.values() for one in known]
    copied = {file.name.removeprefix("static/"): file for file in static}
    refuse_clashes(copied, {draft.path for draft in made})
    drafts = [*made, *(_copy(path, file) for path, file in copied.items())]
    refuse_collisions(drafts)
    return [*drafts, *index.plan(site, published)]


def plan_pages(site: Site, own: Mapping[str, OwnPage], alike: Alike) -> list[Draft]:
    """Return every page of the site."""
    return [
        plan_home(site),
        *single_pages.plan(site, own),
        *papers.plan(site, alike),
        *papers.plan_redirects(site),
        *tags.plan(site),
        *dates.plan(site),
        *collections.plan(site),
        *lists.plan(site),
        *searches.plan(site),
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


def refuse_clashes(copied: Iterable[str], made: set[str]) -> None:
    """Make sure that no static file has the path of a file that the build makes.

    Raises:
        RegestaError: some have; each is named.
    """
    clashes = [path for path in sorted(copied) if path in made or path.startswith(index.FOLDER)]
    if clashes:
        raise RegestaError(
            [
                Problem(f"static/{path}", 0, "has the name of a file that the build makes", "rename it")
                for path in clashes
            ],
            3,
        )


def refuse_collisions(drafts: Sequence[Draft]) -> None:
    """Make sure that no two things want one path, none the path of another's folder, and none a name that is kept; case makes no difference.

    Raises:
        RegestaError: some do; every such path is named, with what wants it.
    """
    wanted = defaultdict(list)
    for draft in drafts:
        wanted[draft.path.lower()].append(draft)
    problems = [
        Problem(
            f"/{path}", 0, f"is the address of {' and of '.join(map(_owner, owners))}", "rename one of them"
        )
        for path, owners in sorted(wanted.items())
        if len(owners) > 1
    ]
    problems += [
        Problem(
            f"/{path}",
            0,
            f"is a name that Regesta keeps for itself, and that of {_owner(wanted[path][0])}",
            "rename it",
        )
        for path in sorted(wanted)
        if path.startswith(NAME.removesuffix(".json"))
        or (path.startswith(index.FOLDER) and path != f"{index.FOLDER}index.html")
    ]
    folders: dict[str, str] = {}
    for path in sorted(wanted):
        parent = path.rpartition("/")[0]
        while parent and parent not in folders:
            folders[parent] = path
            parent = parent.rpartition("/")[0]
    problems += [
        Problem(
            f"/{path}",
            0,
            f"is the address of {_owner(wanted[path][0])} and the folder of /{folders[path]}",
            "rename one of them",
        )
        for path in sorted(wanted.keys() & folders.keys())
    ]
    if problems:
        raise RegestaError(problems, status=3)


def _owner(draft: Draft) -> str:
    """Return what a draft is, in words."""
    page = draft.make() if draft.address else None
    return f"the page {page.title!r}" if isinstance(page, Page) else "a file"
