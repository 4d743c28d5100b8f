"""The set-up: what pyproject.toml asks for, what requirements/ locks, and what the workflows run."""

import ast
import inspect
import re
import sys
import tomllib

import markupsafe
import pytest
from jinja2.compiler import CodeGenerator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from helpers import REPOSITORY

PROJECT = tomllib.loads((REPOSITORY / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = sorted((REPOSITORY / "requirements").glob("*.txt"))
#: What is imported by another name than that of its package.
PACKAGES = {"markdown_it": "markdown-it-py", "yaml": "pyyaml"}


def asked_for(*extras):
    """Return what pyproject.toml asks for, with some extras, by name."""
    project, found = PROJECT["project"], {}
    for text in [*project["dependencies"], *(t for e in extras for t in project["optional-dependencies"][e])]:
        requirement = Requirement(text)
        found[canonicalize_name(requirement.name)] = requirement.specifier
    return found


def locked(name):
    """Return the versions that a lock names, by package."""
    text = (REPOSITORY / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {n: Version(version) for n, version in re.findall(r"^([\w.-]+)==(\S+)", text, flags=re.MULTILINE)}


DEVELOPMENT = {name: allowed for name, allowed in asked_for("dev", "test").items() if name != "regesta"}


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("core", asked_for()),
        ("bench", asked_for("bench")),
        ("dev", DEVELOPMENT),
        ("lowest", DEVELOPMENT),
    ],
)
def test_a_lock_has_all_that_is_asked_for_in_a_version_that_is_allowed(lock, wanted):
    versions = locked(lock)
    wrong = [
        name for name, allowed in wanted.items() if name not in versions or versions[name] not in allowed
    ]
    assert wrong == [], "run `make lock`"


def test_every_set_up_has_the_same_versions_and_brings_what_builds_the_checkout():
    development = locked("dev")
    for lock in ("core", "bench"):
        versions = locked(lock)
        assert {n: v for n, v in versions.items() if development.get(n, v) != v} == {}
        assert "hatchling" in versions


def test_the_lowest_versions_that_are_allowed_are_those_that_are_tested():
    versions = locked("lowest")
    bounds = {name: re.search(r">=([\w.]+)", str(allowed)) for name, allowed in DEVELOPMENT.items()}
    assert [name for name, bound in bounds.items() if not bound or Version(bound[1]) != versions[name]] == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_a_lock_knows_every_file_by_its_hash_and_says_nothing_of_where_it_came_from(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    pins = [i for i, line in enumerate(lines) if "==" in line and not line.lstrip().startswith("#")]
    assert pins
    assert [
        lines[i] for i in pins if not re.fullmatch(r" +--hash=sha256:[0-9a-f]{64}( \\)?", lines[i + 1])
    ] == []
    assert [line for line in lines if "://" in line or "index" in line or "find-links" in line] == []


def test_every_package_that_is_imported_is_asked_for():
    imported = set()
    for path in (REPOSITORY / "generator").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                imported.add((node.module or "").partition(".")[0])
            elif isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
    foreign = imported - set(sys.stdlib_module_names) - {"regesta"}
    assert {canonicalize_name(PACKAGES.get(name, name)) for name in foreign} - set(asked_for()) == set()


def test_the_private_parts_of_jinja_that_render_py_uses_are_where_they_were():
    """If this fails, a new Jinja2 or MarkupSafe moved them: mend `_escape` and `_Code` in render.py, then the bounds."""
    escape = getattr(markupsafe, "_escape_inner", None)
    assert escape, "markupsafe._escape_inner is gone: values are escaped the slow way"
    assert (escape('<"&'), type(escape("<"))) == ("&lt;&#34;&amp;", str)
    hook = getattr(CodeGenerator, "_output_child_pre", None)
    assert hook, "jinja2.compiler.CodeGenerator._output_child_pre is gone: values are escaped by Jinja alone"
    assert [*inspect.signature(hook).parameters] == ["self", "node", "frame", "finalize"]


@pytest.mark.parametrize(
    "path", sorted((REPOSITORY / ".github/workflows").glob("*.yml")), ids=lambda path: path.name
)
def test_actions_are_named_by_the_hash_of_a_commit_and_the_version_that_it_is(path):
    uses = re.findall(r"\buses: *(.+)", path.read_text(encoding="utf-8"))
    assert uses
    assert [use for use in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", use)] == []
