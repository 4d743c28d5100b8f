"""The house stands as docs/architecture.md draws it: who may import whom, who prints, and how large anything gets."""

import ast
import re
from pathlib import Path

import pytest

from helpers import REPOSITORY
from regesta.building import load
from regesta.importing import known_papers
from regesta.search import index

PACKAGE = REPOSITORY / "generator" / "regesta"

#: The house, lowest floor first: a room imports only from floors below its own; rooms on one floor do not know each other.
#: What is not a folder is a file at the root of the package.
FLOORS = (
    "limits",
    "text",
    "errors dot_regesta memory",
    "content console",
    "archive publishing sources new",
    "importing pages",
    "search",
    "building checking",
    "serve",
    "commands",
    "tag_commands",
    "arguments",
    "cli",
    "__main__",
)
FLOOR = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms.split()}

FILES = sorted(PACKAGE.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}


def module_of(path: Path) -> str:
    """Return a file's module below `regesta`: `text`, `pages.tags`; "" for the package itself."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imports_of(path):
    """Return the modules of the package that a file imports, wherever in the file."""
    modules = {module_of(other) for other in FILES}
    found = set()
    for node in ast.walk(TREES[path]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute here"
            below = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name for name in below if name.removeprefix("regesta.") in modules} or {node.module}
    return {
        name.removeprefix("regesta").removeprefix(".") for name in found if name.split(".")[0] == "regesta"
    } - {""}


def room_of(module):
    """Return the room of a module: its folder, or for a file at the root the file itself."""
    return module.partition(".")[0]


def test_every_file_lies_in_a_room():
    assert {room_of(module_of(path)) for path in FILES} - {""} == set(FLOOR)


def test_a_room_imports_only_from_rooms_below():
    upward = [
        f"{module} imports {other}"
        for module, other in ((module_of(path), other) for path in FILES for other in imports_of(path))
        if module and room_of(module) != room_of(other) and FLOOR[room_of(other)] >= FLOOR[room_of(module)]
    ]
    assert upward == []


def test_no_module_imports_itself_by_way_of_others():
    waiting = {module_of(path): imports_of(path) for path in FILES}
    while ready := [module for module, others in waiting.items() if not others & waiting.keys()]:
        for module in ready:
            del waiting[module]
    assert waiting == {}


def test_the_documentation_draws_the_same_house():
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    first_columns = re.findall(r"^\| (`.*?`) \|", text.partition("| floor, highest first |")[2], re.MULTILINE)
    drawn = [set(re.findall(r"`(\w+)`", column)) for column in first_columns]
    faces, rooms = FLOORS[FLOORS.index("serve") : -1], FLOORS[: FLOORS.index("serve")]
    assert drawn == [set(faces), *(set(floor.split()) for floor in reversed(rooms))]


def test_only_the_console_prints():
    for path in FILES:
        for node in ast.walk(TREES[path]) if path.name != "console.py" else ():
            text = ast.unparse(node.func) if isinstance(node, ast.Call) else ""
            assert not re.match(r"(?:print|input|sys\.\w*std(?:out|err)\w*\..*)$", text), (
                f"{path.name}:{node.lineno} says {text}"
            )


def test_everything_public_is_described():
    for path, tree in TREES.items():
        assert ast.get_docstring(tree) or not tree.body, path.name
        assert [
            f"{path.name}:{node.lineno} {node.name}"
            for node in public(tree.body)
            if not ast.get_docstring(node)
        ] == []


def public(body):
    """Return the functions and classes that others may use, and what such classes offer."""
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from public(node.body)


def test_nothing_grows_too_large():
    for path, tree in TREES.items():
        lines = path.read_text(encoding="utf-8").splitlines()
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        large = [node.name for node in functions if filled(lines[node.lineno - 1 : node.end_lineno]) > 50]
        assert (filled(lines) <= 300, large) == (True, []), path.name


def filled(lines):
    """Return how many lines are not blank."""
    return sum(bool(line.strip()) for line in lines)


def test_heavy_packages_are_imported_where_they_are_used():
    heavy = {
        "bibtexparser",
        "jinja2",
        "pylatexenc",
        "rispy",
        "markdown_it",
        "latex2mathml",
        "lunr",
        "httpx",
        "watchfiles",
        "tqdm",
    }
    light = [
        path
        for path in FILES
        if path.stem in ("cli", "console", "errors", "text", "dates", "paper", "store", "config", "__init__")
    ]
    for path in light:
        top = [node for node in TREES[path].body if isinstance(node, ast.Import | ast.ImportFrom)]
        roots = {
            (node.module if isinstance(node, ast.ImportFrom) else node.names[0].name).partition(".")[0]
            for node in top
        }
        assert not roots & heavy, path.name


@pytest.mark.parametrize(
    ("places", "beside"),
    [
        (load.ARCHIVE_CODE, {"dot_regesta", "errors", "memory"}),
        (load.MATCHES_CODE, {"dot_regesta", "errors", "memory", "pages"}),  # only the index needs pages
        (load.PAGES_CODE, {"errors", "dot_regesta", "memory", "publishing"}),
        (known_papers.WHAT_IMPORTS, {"errors", "dot_regesta", "memory"}),
        (index.CODE, {"errors", "dot_regesta", "memory", "publishing"}),
    ],
)
def test_a_cache_is_void_when_any_code_that_made_it_changes(places, beside):
    """`dot_regesta.code_of` hashes rooms: what these import is among them, or does not influence what is cached."""
    rooms = {place.removesuffix(".py") for place in places}
    used = {
        room_of(other) for path in FILES if room_of(module_of(path)) in rooms for other in imports_of(path)
    }
    assert used - rooms <= beside
