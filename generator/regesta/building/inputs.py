"""The files that a site is built from, as they lie on the disk: found, not read."""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta import __version__
from regesta.building.themes import bundled_folders
from regesta.content.find_files import (
    AUTHORS_FILE,
    CONFIG_FILE,
    TAGS_FILE,
    File,
    find_files,
    is_settled,
    signature,
)
from regesta.text.strings import digest

if TYPE_CHECKING:
    from regesta.errors import Problem


#: Packages that have a part in what pages look like.
_PACKAGES = ("jinja2", "latex2mathml", "lunr", "markdown_it", "yaml")
_DISTRIBUTIONS = ("jinja2", "latex2mathml", "lunr", "markdown_it_py", "pyyaml")


class InputFiles(NamedTuple):
    """What a site is built from, as found on the disk.

    Attributes:
        papers, attached, static: files below `content/papers`, `content/files` and `content/static`.
        others: settings, taxonomy, authors, collections, own pages, themes, and Regesta itself.
        problems: what looks like an input file and is not one.
        seen: when the look began (ns since 1970).
    """

    papers: list[File]
    attached: list[File]
    static: list[File]
    others: list[File]
    problems: list[Problem]
    seen: int

    def signature(self) -> str:
        """Return a hash that changes when any file is touched, added or taken away."""
        return digest(repr((*self[:5], _packages(), __version__)))

    def is_settled(self) -> bool:
        """Tell whether no file was touched so shortly before the look that a further edit could go unnoticed."""
        return all(is_settled(file.signature, self.seen) for kind in self[:4] for file in kind)


def find_input_files(root: Path) -> InputFiles:
    """Look at all that the archive in root is built from, without reading any of it."""
    content, seen = root / "content", time.time_ns()
    papers, problems = find_files(content, "papers", ".md")
    attached, strange = find_files(content, "files")
    static, odd = find_files(content, "static", hidden=True)
    others: list[File] = []
    places = [(content, "collections", ".md"), (content, "pages", ".md"), (root, "themes", "")]
    places += [(folder.parent, folder.name, "") for folder in bundled_folders()]
    package = Path(__file__).parents[1]
    places.append((package.parent, package.name, ".py"))
    for base, folder, suffix in places:
        found, _ = find_files(base, folder, suffix, hidden=not suffix)
        others += [file._replace(name=file.path) for file in found]
    settings = [
        path for name in (CONFIG_FILE, TAGS_FILE, AUTHORS_FILE) if os.path.lexists(path := content / name)
    ]
    others += [
        File(str(path), str(path), signature(path.stat() if path.exists() else path.lstat()))
        for path in settings
    ]
    return InputFiles(papers, attached, static, others, [*problems, *strange, *odd], seen)


def _packages() -> list[tuple[str, int]]:
    """Return when each package was installed, told by its folder, without importing it."""
    return [(folder, Path(folder).stat().st_mtime_ns) for name in _PACKAGES for folder in _folders(name)]


def package_versions() -> list[str]:
    """Return the name and version of each package, by the folder of its metadata: a tenth of importlib.metadata's time."""
    beside = {Path(folder).parent for name in _PACKAGES for folder in _folders(name)}
    known = (path.stem.lower() for folder in beside for path in folder.glob("*-*.dist-info"))
    return sorted({name for name in known if name.partition("-")[0] in _DISTRIBUTIONS})


def _folders(package: str) -> list[str]:
    spec = find_spec(package)
    return [*(spec.submodule_search_locations or ())] if spec else []
