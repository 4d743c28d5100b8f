"""Collisions: files of the site that would have one path, in whatever case, or lie in a folder that is a file."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from regesta.building.plan import STATIC
from regesta.errors import Problem, RegestaError
from regesta.pages.page import Page
from regesta.publishing.disk import parents
from regesta.publishing.manifest import NAME
from regesta.search.index import FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from regesta.pages.page import Unit

    ByPath = Mapping[str, list[tuple[str, str]]]  # path and unit of the files at each path, in lower case


def refuse_collisions(
    made: Sequence[tuple[str, str]],
    kept: Callable[[str], str | None],
    has_folder: Callable[[str], bool],
    units: Callable[[], Iterable[Unit]],
) -> None:
    """Make sure that no two files have the same path, in whatever case.

    Nor may a path be the folder of another, or a name that is reserved for Regesta.

    Args:
        made: path and unit of each file that was planned.
        kept: returns the unit of a file of the site that was not planned, by its path; None if there is none.
        has_folder: tells whether a path is a folder of files that were not planned.
        units: plans the whole site again, to name those that collide.

    Raises:
        RegestaError: some do; every such path is reported, with the files that have it.
    """
    if not _is_suspect(made, kept, has_folder):
        return
    by_path: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for path, unit in made:
        by_path[path.lower()].append((path, unit))
    for path, files in by_path.items():
        if (owner := kept(path)) is not None:
            files.append((path, owner))
    clashing = [path for files in by_path.values() for path in _static_clashes(files)]
    if clashing:
        what = "has the name of a file that the build makes"
        problems = [Problem(f"content/static/{path}", 0, what, "rename it") for path in sorted(clashing)]
        raise RegestaError(problems, status=3)
    found = [*_shared(by_path), *_reserved(by_path), *_that_are_folders(by_path, kept, has_folder)]
    if found:
        titles = _titles(units(), {file for clash in found for file in clash.files})
        raise RegestaError([clash.problem(titles) for clash in found], status=3)


def _is_suspect(
    made: Sequence[tuple[str, str]], kept: Callable[[str], str | None], has_folder: Callable[[str], bool]
) -> bool:
    """Tell whether any path may collide: nearly always none does, and what names them would hold all paths once more."""
    paths = {path.lower() for path, _ in made}
    return len(paths) < len(made) or any(
        _is_reserved(path)
        or has_folder(path)
        or kept(path) is not None
        or any(folder in paths or kept(folder) is not None for folder in parents(path))
        for path in paths
    )


class _Clash(NamedTuple):
    """A path that cannot be, the files that have it, and words before and after these."""

    path: str
    files: Sequence[tuple[str, str]]
    before: str
    after: str = ""

    def problem(self, titles: Mapping[tuple[str, str], list[str]]) -> Problem:
        """Return it in words; `titles` are the pages or files at a path, of a unit, in words."""
        owners = [title for file in dict.fromkeys(self.files) for title in titles.get(file, ["a file"])]
        what = f"{self.before} {' and of '.join(owners)}{self.after}"
        return Problem(
            f"/{self.path}", 0, what, "rename one of them" if self.after or len(owners) > 1 else "rename it"
        )


def _static_clashes(files: Sequence[tuple[str, str]]) -> set[str]:
    """Return the paths of static files that a page or another file has, too, or that belong to the index."""
    static = {path for path, unit in files if unit == STATIC}
    others = {path for path, unit in files if unit != STATIC}
    return {path for path in static if path in others or path.startswith(FOLDER)}


def _shared(by_path: ByPath) -> Iterator[_Clash]:
    """Yield each path of several files."""
    for path, files in sorted(by_path.items()):
        if len(files) > 1:
            yield _Clash(path, files, "is the address of")


def _reserved(by_path: ByPath) -> Iterator[_Clash]:
    """Yield each path that is reserved for the manifest or the search index."""
    for path, files in sorted(by_path.items()):
        if _is_reserved(path):
            yield _Clash(path, files[:1], "is a name that Regesta keeps for itself, and that of")


def _is_reserved(path: str) -> bool:
    is_of_index = path.startswith(FOLDER) and path != f"{FOLDER}index.html"
    return is_of_index or path.startswith(NAME.removesuffix(".json"))


def _that_are_folders(
    by_path: ByPath, kept: Callable[[str], str | None], has_folder: Callable[[str], bool]
) -> Iterator[_Clash]:
    """Yield each path that is also the folder of another."""
    inside: dict[str, str] = {}
    for path in sorted(by_path):
        folder = path.rpartition("/")[0]
        while folder and folder not in inside:
            inside[folder] = path
            folder = folder.rpartition("/")[0]
    for path in sorted(by_path.keys() & inside.keys()):
        yield _Clash(path, by_path[path][:1], "is the address of", f" and the folder of /{inside[path]}")
    for path in sorted(by_path.keys() - inside.keys()):
        if has_folder(path):
            yield _Clash(path, by_path[path][:1], "is the address of", " and the folder of other files")
    for path in sorted(inside.keys() - by_path.keys()):
        if (unit := kept(path)) is not None:
            yield _Clash(path, [(path, unit)], "is the address of", f" and the folder of /{inside[path]}")


def _titles(units: Iterable[Unit], wanted: set[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Return in words what is planned for some paths of some units: a page with its title, or a file."""
    names, titles = {unit for _, unit in wanted}, defaultdict[tuple[str, str], list[str]](list)
    for unit, drafts in units:
        for draft in drafts if unit in names else ():
            if (draft.path, unit) in wanted:
                page = draft.make() if draft.address else None
                words = f"the page {page.title!r}" if isinstance(page, Page) else "a file"
                titles[draft.path, unit].append(words)
    return titles
