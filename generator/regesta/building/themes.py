"""Themes: find one and its parents, and read their files. What a theme lacks comes from its parent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from regesta.building.scripts import scripts
from regesta.errors import Problem, RegestaError, fail
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Sequence

#: In a checkout, themes/ lies beside generator/; in a wheel, inside the package.
_BUNDLED = (Path(__file__).parents[3] / "themes", Path(__file__).parents[1] / "themes")


@dataclass(frozen=True)
class Theme:
    """A theme with its parents.

    Attributes:
        name: as in `archive.yaml`.
        folders: the theme's own folder first, then its parent's, and so on.
    """

    name: str
    folders: tuple[Path, ...]

    def files(self, kind: str, pattern: str) -> dict[str, Path]:
        """Return the files of a kind (`css`, `js`, …) by path; a child's file hides its parent's."""
        files: dict[str, Path] = {}
        for folder in reversed(self.folders):
            below = folder / kind
            own = (path for path in below.rglob(pattern) if path.is_file())
            files |= {path.relative_to(below).as_posix(): path for path in own}
        return dict(sorted(files.items()))

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """What pages load, by path: `site.css`, the style sheets sorted by name, and the scripts."""
        css = b"\n".join(path.read_bytes() for path in self.files("css", "*.css").values())
        js = scripts(self.files("js", "*.js"))
        return {"site.css": css} | {f"js/{name}": data for name, data in js.items()}

    @cached_property
    def asset_folder(self) -> str:
        """The site address of the folder of assets: it names their content, so they can be cached for ever."""
        content = b"".join(name.encode() + data for name, data in self.assets.items())
        return f"/assets/{digest(content, 12)}/"

    @cached_property
    def static(self) -> dict[str, bytes]:
        """The files that are copied to the site's root as they are (icons)."""
        return {name: path.read_bytes() for name, path in self.files("static", "*").items()}

    def strings(self, language: str) -> dict[str, Any]:
        """Return the catalogue of UI strings in a language.

        Raises:
            RegestaError: the theme has no strings in that language.
        """
        catalogue: dict[str, Any] = {}
        for folder in reversed(self.folders):
            path = folder / "strings" / f"{language}.yaml"
            if path.is_file():
                catalogue |= _settings(path)
        if not catalogue:
            what = f"has no strings in the language {language!r}"
            raise fail(f"themes/{self.name}", what, f"add strings/{language}.yaml")
        return catalogue

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all files of the theme: if it changes, every page is made again."""
        return digest(repr([(name, data) for _, name, data in self._contents]))

    @cached_property
    def templates(self) -> dict[str, tuple[Path, bytes]]:
        """The templates by name, each with its path and its text, as they were when `fingerprint` was computed."""
        return {
            name.removeprefix("templates/"): (folder / name, data)
            for folder, name, data in reversed(self._contents)
            if name.startswith("templates/")
        }

    @cached_property
    def _contents(self) -> list[tuple[Path, str, bytes]]:
        """Every file, those of the own folder first: its folder, its path in it, and its bytes when first asked for."""
        files = [
            (folder, path) for folder in self.folders for path in sorted(folder.rglob("*")) if path.is_file()
        ]
        return [(folder, path.relative_to(folder).as_posix(), path.read_bytes()) for folder, path in files]


def bundled_folders() -> list[Path]:
    """Return the folders of the themes that come with Regesta, where they exist."""
    return [folder for folder in _BUNDLED if folder.is_dir()]


def find_theme(name: str, root: Path) -> Theme:
    """Return the theme of that name: from the archive's `themes/`, else one that comes with Regesta.

    Raises:
        RegestaError: there is no such theme, its parents form a circle, or it holds a link or the like.
    """
    folders: list[Path] = []
    wanted = name
    while wanted:
        folder = _folder(wanted, root)
        if folder in folders:
            raise fail(f"themes/{wanted}/theme.yaml", "extends itself", "name another parent, or none")
        folders.append(folder)
        wanted = _parent(folder)
    _refuse_irregular(folders)
    return Theme(name, tuple(folders))


def _refuse_irregular(folders: Sequence[Path]) -> None:
    """Make sure that themes hold regular files only: what changes behind a link would go unnoticed."""
    problems, remedy = [], "put the files themselves here"
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name = f"themes/{folder.name}/{path.relative_to(folder).as_posix()}"
            if path.is_symlink():
                problems.append(Problem(name, 0, "is a link, and is not followed", remedy))
            elif not (path.is_file() or path.is_dir()):
                problems.append(Problem(name, 0, "is not a regular file", remedy))
            elif not name.isprintable():
                problems.append(Problem(name, 0, "has a name that cannot be an address", "rename it"))
    if problems:
        raise RegestaError(problems, 3)


def _folder(name: str, root: Path) -> Path:
    places = [base / name for base in (root / "themes", *_BUNDLED)]
    is_name = re.fullmatch(r"[\w-]+", name)
    theme = next((place for place in places if is_name and (place / "theme.yaml").is_file()), None)
    if not theme:
        remedy = "name a folder in themes/ that holds theme.yaml, or leave `theme` out"
        raise fail(f"themes/{name}", "is not a theme", remedy)
    if theme.is_symlink():
        raise fail(f"themes/{name}", "is a link, and is not followed", "put the theme itself here")
    return theme.resolve()


def _parent(folder: Path) -> str:
    return str(_settings(folder / "theme.yaml").get("extends", ""))


def _settings(path: Path) -> dict[str, Any]:
    """Return the data of a theme's YAML file."""
    from regesta.content.frontmatter import load
    from regesta.content.text_files import read_text, read_yaml

    name = f"themes/{path.relative_to(path.parents[1 if path.name == 'theme.yaml' else 2]).as_posix()}"
    return read_yaml(read_text(path, name), name, load, "mend the YAML")
