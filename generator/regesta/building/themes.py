"""Themes: find one and its parents, and read what they hold. A theme is a folder; what it lacks comes from its parent."""

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

#: In a checkout themes/ stands beside generator/; a wheel carries it inside of the package.
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
        """Return the files of one kind (`css`, `js`, `templates`, …) by their path below it; a child's hides its parent's."""
        found: dict[str, Path] = {}
        for folder in reversed(self.folders):
            below = folder / kind
            found |= {
                path.relative_to(below).as_posix(): path for path in below.rglob(pattern) if path.is_file()
            }
        return dict(sorted(found.items()))

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """What pages load, by path: the style sheets joined into `site.css` in the order of their names, and the scripts (`scripts.py`)."""
        css = b"\n".join(path.read_bytes() for path in self.files("css", "*.css").values())
        return {"site.css": css} | {
            f"js/{name}": data for name, data in scripts(self.files("js", "*.js")).items()
        }

    @cached_property
    def asset_folder(self) -> str:
        """The site address of the folder of assets: it names their content, so that they can be cached for ever."""
        return f"/assets/{digest(b''.join(name.encode() + data for name, data in self.assets.items()), 12)}/"

    @cached_property
    def static(self) -> dict[str, bytes]:
        """Files that are copied to the site's root as they are (icons)."""
        return {name: path.read_bytes() for name, path in self.files("static", "*").items()}

    def strings(self, language: str) -> dict[str, Any]:
        """Return the catalogue of UI strings in a language.

        Raises:
            RegestaError: the theme does not speak it.
        """
        catalogue: dict[str, Any] = {}
        for folder in reversed(self.folders):
            path = folder / "strings" / f"{language}.yaml"
            if path.is_file():
                catalogue |= _settings(path)
        if not catalogue:
            raise fail(
                f"themes/{self.name}",
                f"has no strings in the language {language!r}",
                f"add strings/{language}.yaml",
            )
        return catalogue

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that the theme holds: if it changes, every page is made anew."""
        files = [
            (folder, path) for folder in self.folders for path in sorted(folder.rglob("*")) if path.is_file()
        ]
        return digest(
            repr([(path.relative_to(folder).as_posix(), path.read_bytes()) for folder, path in files])
        )


def bundled_folders() -> list[Path]:
    """Return the folders in which the themes that come with Regesta are, where they exist."""
    return [folder for folder in _BUNDLED if folder.is_dir()]


def find_theme(name: str, root: Path) -> Theme:
    """Return the theme of that name: from the archive's `themes/`, else one that comes with Regesta.

    Raises:
        RegestaError: there is no such theme, its parents form a circle, or it holds something that is neither file nor folder.
    """
    folders: list[Path] = []
    wanted = name
    while wanted:
        folder = _folder(wanted, root)
        if folder in folders:
            raise fail(f"themes/{wanted}/theme.yaml", "extends itself", "name another parent, or none")
        folders.append(folder)
        wanted = _parent(folder)
    _refuse_strange(folders)
    return Theme(name, tuple(folders))


def _refuse_strange(folders: Sequence[Path]) -> None:
    """Make sure that themes hold regular files only: what changes behind a link would go unnoticed."""
    problems = []
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            name, remedy = (
                f"themes/{folder.name}/{path.relative_to(folder).as_posix()}",
                "put the files themselves here",
            )
            if path.is_symlink():
                problems.append(Problem(name, 0, "is a link, and is not followed", remedy))
            elif not (path.is_file() or path.is_dir()):
                problems.append(Problem(name, 0, "is no regular file", remedy))
            elif not name.isprintable():
                problems.append(Problem(name, 0, "has a name that cannot be an address", "rename it"))
    if problems:
        raise RegestaError(problems, 3)


def _folder(name: str, root: Path) -> Path:
    places = [base / name for base in (root / "themes", *_BUNDLED)]
    found = next(
        (place for place in places if re.fullmatch(r"[\w-]+", name) and (place / "theme.yaml").is_file()),
        None,
    )
    if found and found.is_symlink():
        raise fail(f"themes/{name}", "is a link, and is not followed", "put the theme itself here")
    if not found:
        raise fail(
            f"themes/{name}",
            "is no theme",
            "name a folder in themes/ that holds theme.yaml, or leave `theme` out",
        )
    return found.resolve()


def _parent(folder: Path) -> str:
    return str(_settings(folder / "theme.yaml").get("extends", ""))


def _settings(path: Path) -> dict[str, Any]:
    """Return what a theme's YAML file says."""
    from regesta.content import frontmatter
    from regesta.content.text_files import TextFileError, read_text

    name = f"themes/{path.relative_to(path.parents[1 if path.name == 'theme.yaml' else 2]).as_posix()}"
    try:
        return frontmatter.load(read_text(path, name))
    except TextFileError as error:
        raise RegestaError(error.problems) from error
    except frontmatter.FrontMatterError as error:
        line = max(error.line - 1, 1)  # there is no line of dashes above
        raise fail(name, str(error), "mend the YAML", line=line) from error
