"""Themes: find one and its parents, and read their files. What a theme lacks comes from its parent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from regesta.building.inputs import BUNDLED, code_and_packages
from regesta.content.find_files import find_files, leave_out_hidden
from regesta.errors import Problem, RegestaError, fail
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from regesta.memory import Memory


@dataclass(frozen=True)
class Theme:
    """A theme with its parents.

    Attributes:
        name: as in `archive.yaml`.
        folders: the theme's own folder first, then its parent's, and so on.
    """

    name: str
    folders: tuple[Path, ...]

    def files(self, kind: str, suffix: str = "") -> dict[str, Path]:
        """Return the files of a kind (`css`, `js`, …) whose names end so, by path; a child's file replaces its parent's."""
        files = {
            name.removeprefix(f"{kind}/"): folder / name
            for folder, name in reversed(self._names)
            if name.startswith(f"{kind}/") and name.endswith(suffix)
        }
        return dict(sorted(files.items()))

    @cached_property
    def assets(self) -> dict[str, bytes]:
        """What pages load, by path: `site.css` and the other style sheets, and the scripts."""
        from regesta.building.scripts import scripts  # most builds recall them
        from regesta.building.styles import sheets

        js = scripts(self.files("js", ".js"))
        return sheets(self.files("css", ".css")) | {f"js/{name}": data for name, data in js.items()}

    def recall_assets(self, memory: Memory) -> None:
        """Take what pages load from a memory, where it was made of the same files; else leave it there."""
        valid_for = digest(repr((code_and_packages("building"), self.fingerprint)))
        if memory.recall("assets", valid_for, {"asset": "(name TEXT, data BLOB)"}):
            vars(self)["assets"] = dict(memory.rows("SELECT name, data FROM asset ORDER BY rowid"))
        else:
            memory.write("INSERT INTO asset VALUES (?, ?)", self.assets.items())

    @cached_property
    def asset_folder(self) -> str:
        """The site address of the folder of assets: it names their content, so they can be cached for ever."""
        content = b"".join(name.encode() + data for name, data in self.assets.items())
        return f"/assets/{digest(content, 12)}/"

    def worker(self, name: str) -> bytes:
        """Return the service worker of that name, `offline` or `retired`; nothing if the theme has none."""
        path = self.files("worker").get(f"{name}.js")
        return path.read_bytes() if path else b""

    def static(self, hidden: Collection[str] = ()) -> dict[str, bytes]:
        """Return the files that are copied to the site's root as they are (icons), by path.

        Args:
            hidden: the hidden names that are published.
        """
        files = self.files("static")
        return {name: files[name].read_bytes() for name in sorted(leave_out_hidden(files, hidden)[0])}

    def left_out(self, hidden: Collection[str]) -> list[Problem]:
        """Return a problem for each hidden file of `static/` whose name is not to be published."""
        problems = leave_out_hidden(self.files("static"), hidden)[1]
        return [problem._replace(file=f"themes/{self.name}/static/{problem.file}") for problem in problems]

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
        return digest(repr([(name, digest(data)) for _, name, data in self._contents]))

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
        return [(folder, name, (folder / name).read_bytes()) for folder, name in self._names]

    @cached_property
    def _names(self) -> list[tuple[Path, str]]:
        """Every file but hidden ones outside of `static/`, such as Git's: its folder and its path in it."""
        found = [
            (folder, path.relative_to(folder).as_posix())
            for folder in self.folders
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        ]
        return [
            (folder, name) for folder, name in found if name.startswith("static/") or "/." not in f"/{name}"
        ]


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
    return Theme(name, tuple(folders))


def _refuse_irregular(folder: Path) -> None:
    """Make sure that a theme of the archive holds regular files only, with names that can be addresses.

    Raises:
        RegestaError: it does not; each problem is reported.
    """
    files, problems = find_files(folder.parent, folder.name, hidden=True)
    what, remedy = "has a name that cannot be an address", "rename it"
    problems += [Problem(file.name, 0, what, remedy) for file in files if not file.name.isprintable()]
    if problems:
        raise RegestaError([problem._replace(file=f"themes/{problem.file}") for problem in problems], 3)


def _folder(name: str, root: Path) -> Path:
    """Return the folder of a theme; in one of the archive's own, everything is looked at before anything is read.

    What comes with Regesta may be links, as some installers make them.
    """
    places = [base / name for base in (root / "themes", *BUNDLED)] if re.fullmatch(r"[\w-]+", name) else []
    if places and places[0].is_dir():
        _refuse_irregular(places[0])
    theme = next((place for place in places if (place / "theme.yaml").is_file()), None)
    if not theme:
        remedy = "name a folder in themes/ that holds theme.yaml, or leave `theme` out"
        raise fail(f"themes/{name}", "is not a theme", remedy)
    return theme.resolve()


def _parent(folder: Path) -> str:
    return str(_settings(folder / "theme.yaml").get("extends", ""))


def _settings(path: Path) -> dict[str, Any]:
    """Return the data of a theme's YAML file."""
    from regesta.content.frontmatter import load
    from regesta.content.text_files import read_text, read_yaml

    name = f"themes/{path.relative_to(path.parents[1 if path.name == 'theme.yaml' else 2]).as_posix()}"
    return read_yaml(read_text(path, name), name, load, "mend the YAML")
