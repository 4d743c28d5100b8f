"""A theme's scripts: those in a folder with a `main.js` become one module, so a page loads one file."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from regesta.errors import Problem, RegestaError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_MAIN = "main.js"
#: All match at the beginning of a line: there a module imports, exports and declares at its top level.
_IMPORT = re.compile(
    r'^import \{\s*([\w$]+(?:\s*,\s*[\w$]+)*,?)\s*\} from "\./([\w-]+\.js)";[^\S\n]*$', re.MULTILINE
)
_EXPORT = re.compile(r"^export (?=(?:async function|function|class|const|let)\b)", re.MULTILINE)
_DECLARATION = re.compile(r"^(export )?(?:async )?(?:function\*?|class|const|let|var) ([\w$]+)", re.MULTILINE)
_OTHER = re.compile(
    r"^(?:import\b(?!\()|export\b(?! (?:async function|function|class|const|let)\b)|(?:export )?(?:const|let|var) [\[{]).*",
    re.MULTILINE,
)
_PLAIN = (
    'write `import { a, b } from "./x.js";`, put `export` before a function, a class or a const, '
    "and take nothing apart at the top level"
)


class _Script(NamedTuple):
    """A script with its path in `js/` and its file."""

    name: str
    path: Path
    text: str

    def problem(self, start: int, what: str, remedy: str) -> Problem:
        """Return a problem on the line in which a position of the text lies."""
        theme = self.path.parents[self.name.count("/") + 1].name
        return Problem(f"themes/{theme}/js/{self.name}", self.text.count("\n", 0, start) + 1, what, remedy)


def scripts(files: Mapping[str, Path]) -> dict[str, bytes]:
    """Return the scripts to be published, by path.

    `search/main.js` and what it imports become `search.js`; scripts in folders without a `main.js` stay
    files of their own. All are minified.

    Args:
        files: the theme's scripts by their path in `js/`.

    Raises:
        RegestaError: a module has a form that cannot be joined, or imports what does not exist.
    """
    folders = tuple(name.removesuffix(_MAIN) for name in files if name.endswith(f"/{_MAIN}"))
    whole = {
        name: _minified(path.read_bytes()) for name, path in files.items() if not name.startswith(folders)
    }
    return whole | {f"{folder.removesuffix('/')}.js": _joined(folder, files) for folder in folders}


def _joined(folder: str, files: Mapping[str, Path]) -> bytes:
    """Return the `main.js` of a folder and all that it imports as one module, minified."""
    modules = _needed(folder, files)
    _refuse([*_unusual(modules), *_unknown(modules), *_twice(modules)])
    *others, main = (_IMPORT.sub("", module.text) for module in modules)
    return _minified("\n".join([*(_EXPORT.sub("", text) for text in others), main]).encode())


def _minified(script: bytes) -> bytes:
    from rjsmin import jsmin

    return bytes(jsmin(script)).strip() + b"\n"


def _needed(folder: str, files: Mapping[str, Path]) -> list[_Script]:
    """Return main.js and all that it imports, each module after those that it imports itself."""
    modules: dict[str, _Script] = {}
    met = set[str]()

    def add(name: str) -> None:
        met.add(name)
        script = _read(name, files[name])
        for match in _IMPORT.finditer(script.text):
            other = folder + match[2]
            if other not in files:
                what = f"imports {match[2]}, which does not exist"
                _refuse([script.problem(match.start(), what, "mend the name, or add the file")])
            if other not in met:
                add(other)
        modules[name] = script

    add(folder + _MAIN)
    return list(modules.values())


def _read(name: str, path: Path) -> _Script:
    from regesta.content.text_files import TextFileError, read_text

    script = _Script(name, path, "")
    try:
        return script._replace(text=read_text(path, script.problem(0, "", "").file))
    except TextFileError as error:
        raise RegestaError(error.problems, 3) from error


def _unusual(modules: Iterable[_Script]) -> list[Problem]:
    """Return a problem for each import, export or declaration of a form that cannot be joined."""
    problems = []
    for module in modules:
        rest = _IMPORT.sub(_blank, module.text)
        problems += [
            module.problem(match.start(), f"has `{match[0].strip()}`, which cannot be joined", _PLAIN)
            for match in _OTHER.finditer(rest)
        ]
    return problems


def _blank(match: re.Match[str]) -> str:
    """Return as many spaces as the match is long; line breaks stay, so that positions do."""
    return re.sub(r"[^\n]", " ", match[0])


def _unknown(modules: Sequence[_Script]) -> list[Problem]:
    """Return a problem for each name that a module imports and the other does not export."""
    exported = {
        module.name.rpartition("/")[2]: {match[2] for match in _DECLARATION.finditer(module.text) if match[1]}
        for module in modules
    }
    return [
        module.problem(
            match.start(),
            f"imports `{name}`, which {match[2]} does not export",
            "mend the name, or export it",
        )
        for module in modules
        for match in _IMPORT.finditer(module.text)
        for name in re.findall(r"[\w$]+", match[1])
        if name not in exported[match[2]]
    ]


def _twice(modules: Iterable[_Script]) -> list[Problem]:
    """Return a problem for each top-level name that an earlier module declares, too."""
    problems = []
    owners: dict[str, _Script] = {}
    for module in modules:
        for match in _DECLARATION.finditer(module.text):
            owner = owners.setdefault(match[2], module)
            if owner is not module:
                what = f"declares `{match[2]}`, as {owner.name} does"
                remedy = "give one of the two another name: they become one module"
                problems.append(module.problem(match.start(), what, remedy))
    return problems


def _refuse(problems: list[Problem]) -> None:
    if problems:
        raise RegestaError(problems, 3)
