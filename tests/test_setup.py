"""The set-up: what pyproject.toml asks for, what requirements/ locks, and what the workflows run."""

import ast
import inspect
import re
import sys
import tomllib

import markupsafe
import pytest
import yaml
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


def guides():
    """Return all texts that people copy commands from, by name: documentation, workflows, what Regesta writes."""
    patterns = (
        "*.md",
        "docs/*.md",
        "content/*.md",
        "content/pages/*.md",
        ".github/**/*.*",
        "generator/**/*.py",
    )
    paths = sorted(path for pattern in patterns for path in REPOSITORY.glob(pattern))
    return {str(path.relative_to(REPOSITORY)): path.read_text(encoding="utf-8") for path in paths}


def workflows():
    """Yield the name and the text of every workflow, of this repository and in the documentation."""
    for name, text in guides().items():
        fenced = re.findall(r"^```ya?ml\n(.*?)^```", text, flags=re.MULTILINE | re.DOTALL)
        for part in fenced if name.endswith(".md") else [text]:
            if re.search(r"^jobs:$", part, flags=re.MULTILINE):
                yield name, part


def steps(text):
    return [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]


def actions(text):
    """Return the actions of a workflow that are named in full: name, commit, version."""
    pattern = r"\buses: *([\w./-]+)@([0-9a-f]{40}) # (v\d+\.\d+\.\d+)$"
    return re.findall(pattern, text, flags=re.MULTILINE)


each_workflow = pytest.mark.parametrize("text", [pytest.param(text, id=name) for name, text in workflows()])


def test_the_workflows_of_the_repository_and_of_the_documentation_are_looked_at():
    names = {name for name, _ in workflows()}
    assert names >= {".github/workflows/ci.yml", ".github/workflows/pages.yml", "docs/publishing.md"}


@each_workflow
def test_actions_are_named_by_the_hash_of_a_commit_and_the_version_that_it_is(text):
    uses = [step["uses"] for step in steps(text) if "uses" in step]
    assert uses
    assert [f"{name}@{commit}" for name, commit, _ in actions(text)] == uses


def test_an_action_has_one_version_everywhere():
    """If this fails after an update of .github/workflows, copy the new lines to the documentation."""
    found = {action for _, text in workflows() for action in actions(text)}
    assert sorted(name for name, _, _ in found) == sorted({name for name, _, _ in found})


@each_workflow
def test_a_token_can_do_no_more_than_its_job_needs(text):
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {}
    for job in workflow["jobs"].values():
        assert set(job["permissions"].values()) <= {"read", "write"}
        assert job["timeout-minutes"] <= 30
        if "write" in job["permissions"].values():
            assert [step["uses"].partition("@")[0] for step in job["steps"]] == ["actions/deploy-pages"]


@each_workflow
def test_code_of_strangers_gets_no_token_and_no_secret(text):
    assert re.findall(r"pull_request_target|workflow_run|\bsecrets\b|github\.token", text) == []
    for step in steps(text):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        assert "${{" not in step.get("run", ""), "pass it through `env`: here it would be read as a command"


@each_workflow
def test_packages_are_installed_by_their_hashes(text):
    lines = [
        line for step in steps(text) for line in step.get("run", "").splitlines() if "pip install" in line
    ]
    assert [line for line in lines if not re.search(r"--require-hashes|--no-deps", line)] == []


#: A line that installs or runs Regesta by its name; not `./regesta`, and not an address with the hash of a commit.
BY_NAME = re.compile(
    r"""\b(pip3?|pipx|uvx?)\b.*[\s"'`]regesta(?![\w/.-]*[\w/])(?! *@ *git\+https://\S+@[0-9a-f]{40}\b)"""
)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("pip install regesta", True),
        ("- run: python -m pip install 'regesta>=0.1'", True),
        ("uvx regesta build", True),
        ("pipx run regesta", True),
        ("pip install regesta @ git+https://example.org/a/regesta@main", True),
        (f'pip install "regesta @ git+https://example.org/a/regesta@{"0a" * 20}"', False),
        ("pip install --requirement regesta/requirements/core.txt ./regesta", False),
    ],
)
def test_an_installation_by_name_is_recognized(line, found):
    assert bool(BY_NAME.search(line)) is found


def test_nobody_is_told_to_install_by_a_name_that_anybody_could_take():
    """Regesta has no release on PyPI. Once it has one, this test goes."""
    assert {name: m[0] for name, text in guides().items() if (m := BY_NAME.search(text))} == {}
