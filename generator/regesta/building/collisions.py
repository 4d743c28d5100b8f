"""Collisions: files of the site that would have one path, in whatever case, or lie in a folder that is a file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from regesta.building.plan import STATIC
from regesta.errors import Problem, RegestaError
from regesta.pages.page import Page
from regesta.publishing.disk import parents
from regesta.publishing.manifest import NAME
from regesta.search.index import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regesta.building.made_files import MadeFiles
    from regesta.pages.page import Draft, Unit

    ByPath = Mapping[
        str, Sequence[tuple[str, Draft]]
    ]  # the unit and the draft of each file, by its path in lower case


def may_collide(
    planned: MadeFiles,
    new: Iterable[str],
    is_kept: Callable[[str], bool],
    has_folder: Callable[[str], bool],
) -> bool:
    """Tell whether any of the files that were planned may collide. Nearly always none does.

    Args:
        planned: all that were planned.
        new: the paths of those that the site does not have; the others do not collide with one another.
        is_kept: tells whether the site has a file at a path that was not planned, and stays.
        has_folder: tells whether the site has files below a path.
    """
    return planned.overlap() or any(
        _is_reserved(path) or has_folder(path) or is_kept(path) or any(map(is_kept, parents(path)))
        for path in map(str.lower, new)
    )


def refuse_collisions(units: Iterable[Unit]) -> None:
    """Make sure that no two files have the same path, in whatever case.

    Nor may a path be the folder of another, or a name that is reserved for Regesta.

    Args:
        units: the plan of the whole site, without the search index.

    Raises:
        RegestaError: some do; every such path is reported, with the files that have it.
    """
    by_path: dict[str, list[tuple[str, Draft]]] = defaultdict(list)
    for unit, drafts in units:
        for draft in drafts:
            by_path[draft.path.lower()].append((unit, draft))
    problems = [*_static_clashes(by_path)]
    problems = problems or [*_shared(by_path), *_reserved(by_path), *_that_are_folders(by_path)]
    if problems:
        raise RegestaError(problems, status=3)


def _static_clashes(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each static file that has the path of another file, or of the index."""
    what = "has the name of a file that the build makes"
    for _, files in sorted(by_path.items()):
        static = {draft.path for unit, draft in files if unit == STATIC}
        others = {draft.path for unit, draft in files if unit != STATIC}
        for path in sorted(static):
            if path in others or path.startswith(FOLDER):
                yield Problem(f"content/static/{path}", 0, what, "rename it")


def _shared(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each path of several files."""
    for path, files in sorted(by_path.items()):
        if len(files) > 1:
            owners = " and of ".join(_owner(draft) for _, draft in files)
            yield Problem(f"/{path}", 0, f"is the address of {owners}", "rename one of them")


def _reserved(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each path that is reserved for the manifest or the search index."""
    for path, files in sorted(by_path.items()):
        if _is_reserved(path):
            what = f"is a name that Regesta keeps for itself, and that of {_owner(files[0][1])}"
            yield Problem(f"/{path}", 0, what, "rename it")


def _is_reserved(path: str) -> bool:
    is_of_index = path.startswith(FOLDER) and path != f"{FOLDER}index.html"
    return is_of_index or path.startswith(NAME.removesuffix(".json"))


def _that_are_folders(by_path: ByPath) -> Iterator[Problem]:
    """Yield a problem for each path that is also the folder of another."""
    inside: dict[str, str] = {}
    for path in sorted(by_path):
        for folder in parents(path):
            inside.setdefault(folder, path)
    for path in sorted(by_path.keys() & inside.keys()):
        what = f"is the address of {_owner(by_path[path][0][1])} and the folder of /{inside[path]}"
        yield Problem(f"/{path}", 0, what, "rename one of them")


def _owner(draft: Draft) -> str:
    """Return a draft in words: a page with its title, or a file."""
    page = draft.make() if draft.address else None
    return f"the page {page.title!r}" if isinstance(page, Page) else "a file"
