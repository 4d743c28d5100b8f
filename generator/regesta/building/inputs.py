"""The files that a site is built from: found on the disk, but not read."""

from __future__ import annotations

import os
import time
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta import __version__
from regesta.content.find_files import (
    AUTHORS_FILE,
    CONFIG_FILE,
    TAGS_FILE,
    File,
    find_files,
    is_settled,
    leave_out_hidden,
    signature,
)
from regesta.dot_regesta import PACKAGE, code_of
from regesta.text.batches import batches
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from regesta.errors import Problem

#: The themes that come with Regesta: in a checkout, themes/ lies beside generator/; in a wheel, inside the package.
BUNDLED = (PACKAGE.parents[1] / "themes", PACKAGE / "themes")
#: Packages that influence the pages.
_PACKAGES = ("jinja2", "latex2mathml", "lunr", "markdown_it", "yaml")
_MANY = 1_000  # files whose signatures are hashed at once
_DISTRIBUTIONS = ("jinja2", "latex2mathml", "lunr", "markdown_it_py", "pyyaml")


class InputFiles(NamedTuple):
    """What a site is built from, as found on the disk.

    Attributes:
        papers, attached, static: files below `content/papers`, `content/files` and `content/static`.
        others: settings, taxonomy, authors, collections, own pages, themes, and Regesta itself.
        problems: what looks like an input file and is not one.
        seen: when the search for files began (ns since 1970).
    """

    papers: list[File]
    attached: list[File]
    static: list[File]
    others: list[File]
    problems: list[Problem]
    seen: int

    def signature(self) -> str:
        """Return a hash that changes when any file is touched, added or removed."""
        found, files = [*map(tuple, self.problems)], map(tuple, chain.from_iterable(self[:4]))
        found += ((digest(repr(some)),) for some in batches(files, _MANY))
        return digest(repr((found, _packages(), __version__)))

    def is_settled(self) -> bool:
        """Tell whether no file was changed so recently that a further edit could go unnoticed."""
        return all(is_settled(file.signature, self.seen) for kind in self[:4] for file in kind)


def bundled_folders() -> list[Path]:
    """Return the folders of the themes that come with Regesta, where they exist."""
    return [folder for folder in BUNDLED if folder.is_dir()]


def find_input_files(root: Path) -> InputFiles:
    """Return the files that the site of the archive in root is built from, without reading them."""
    content, seen = root / "content", time.time_ns()
    papers, problems = find_files(content, "papers", ".md")
    attached, problems_attached = find_files(content, "files", hidden=True)
    static, problems_static = find_files(content, "static", hidden=True)
    others = [*_files_in_folders(root), *_single_files(content)]
    problems += [*problems_attached, *problems_static]
    return InputFiles(papers, attached, static, others, problems, seen)


def without_hidden(inputs: InputFiles, named: Collection[str]) -> InputFiles:
    """Return the input files without hidden ones that are not to be published; each left out is a problem.

    Args:
        inputs: the files.
        named: the hidden names that are published nevertheless.
    """
    files = {file.name: file for file in (*inputs.attached, *inputs.static)}
    kept, problems = leave_out_hidden(files, named)
    return inputs._replace(
        attached=[file for file in inputs.attached if file.name in kept],
        static=[file for file in inputs.static if file.name in kept],
        problems=[*inputs.problems, *problems],
    )


def _files_in_folders(root: Path) -> Iterator[File]:
    """Yield collections, own pages, themes, and Regesta's own code, all named by their whole paths."""
    content = root / "content"
    places = [(content, "collections", ".md"), (content, "pages", ".md"), (root, "themes", "")]
    places += [(folder.parent, folder.name, "") for folder in bundled_folders()]
    places.append((PACKAGE.parent, PACKAGE.name, ".py"))
    for base, folder, suffix in places:
        files, _ = find_files(base, folder, suffix, hidden=not suffix)
        yield from (file._replace(name=file.path) for file in files)


def _single_files(content: Path) -> Iterator[File]:
    """Yield the settings, the taxonomy and the authors, where they exist; a broken link counts as itself."""
    for name in (CONFIG_FILE, TAGS_FILE, AUTHORS_FILE):
        path = content / name
        if os.path.lexists(path):
            yield File(str(path), str(path), signature(path.stat() if path.exists() else path.lstat()))


def _packages() -> list[tuple[str, int]]:
    """Return when each package was installed: the time of its folder, which needs no import."""
    return [(folder, Path(folder).stat().st_mtime_ns) for name in _PACKAGES for folder in _folders(name)]


@cache
def code_and_packages(*places: str) -> str:
    """Return a hash of a part of Regesta's own code (see `code_of`) and of the packages that influence pages."""
    return digest(repr((code_of(*places), package_versions())))


def package_versions() -> list[str]:
    """Return the name and version of each package, from the names of its metadata folders.

    It takes a tenth of the time of importlib.metadata. What has been imported stays what it is, so it is looked up once.
    """
    parents = {Path(folder).parent for name in _PACKAGES for folder in _folders(name)}
    names = {path.stem.lower() for parent in parents for path in parent.glob("*-*.dist-info")}
    return sorted(name for name in names if name.partition("-")[0] in _DISTRIBUTIONS)


def _folders(package: str) -> list[str]:
    spec = find_spec(package)
    return [*(spec.submodule_search_locations or ())] if spec else []
