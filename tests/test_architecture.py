"""The house stands as docs/architecture.md draws it: who may import whom, who prints, and how large anything gets."""

import ast
import re
from pathlib import Path

from helpers import REPOSITORY

PACKAGE = REPOSITORY / "generator" / "regesta"

#: A module imports only from floors above its own, and on its own floor from modules named before it.
FLOORS = {
    "words": "text errors dates tex tokens query paper identifiers people documents latex",
    "edges": "files manifest notes canonical frontmatter fields store records saved_searches config lock links prose mathml markdown taxonomy collection attachments reading bibliography entries columns bibtex_entries client dumps storable sources scripts themes catalogue",
    "model": "ledger likeness merge grouping recognize memories naming tagging related review gather last_import importing fetching retagging edit_taxonomy tag_ideas authors publication archive searchable answers",
    "plan": "page draft navigation listing metadata citation charts paging pages outputs search plan",
    "make": "spool render running publishing report stamp parallel making loading build",
    "faces": "console markup built findings checks examine check serve new commands tag_commands cli",
}
ORDER = [module for modules in FLOORS.values() for module in modules.split()]
#: Sub-packages; their leaves may be read by the sub-package itself and by whoever stands below, never by each other.
PACKAGES = ("sources", "pages", "outputs", "checks")
#: The sub-packages in which each leaf may read those named before it.
STEPS = {
    "publishing": "disk exchange survey journal inplace standby publisher".split(),
    "search": "digits documents blocks layers inverted spelling layer whole index".split(),
}

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


def test_every_module_has_its_place():
    first = {module_of(path).partition(".")[0] for path in FILES}
    assert first - {"", "__main__"} == set(ORDER)


def test_a_module_imports_only_from_above():
    for path in FILES:
        module = module_of(path)
        own, _, leaf = module.partition(".")
        for other in imports_of(path) if own not in ("", "__main__") else ():
            package, _, other_leaf = other.partition(".")
            if package == own:
                steps = STEPS.get(own, [])
                assert (steps and steps.index(other_leaf) < steps.index(leaf)) or (
                    own in PACKAGES and not (leaf and other_leaf)
                ), f"{module} imports its sibling {other}"
            else:
                assert ORDER.index(package) < ORDER.index(own), (
                    f"{module} imports {other}, which stands below it"
                )


def test_the_documentation_draws_the_same_house():
    text = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
    for floor, modules in FLOORS.items():
        row = re.search(rf"^\| {floor} \| (.*) \|$", text, re.MULTILINE)[1]
        assert sorted(re.findall(r"`(\w+)/?`", row)) == sorted(modules.split()), floor


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
