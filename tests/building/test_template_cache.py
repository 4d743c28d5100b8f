"""Compiled templates are cached, and pages are the same as without the cache."""

import marshal
import shutil
import sys

import pytest
from jinja2 import Environment

from helpers import clone, new_root
from regesta.building import template_cache
from regesta.building.site_build import SiteBuild
from regesta.cli import main

pytestmark = pytest.mark.slow

PAPER = "---\ntitle: {title}\norganization: {organization}\n---\n\nA text.\n"


@pytest.fixture(autouse=True)
def _new_process(monkeypatch, tmp_path):
    """A new process of a Regesta that is not yet compiled, and where nobody may write."""
    forget(monkeypatch)
    monkeypatch.setattr(template_cache, "_BUNDLED", tmp_path / "missing/templates.pyc")


@pytest.fixture
def beside(tmp_path, monkeypatch):
    """The file beside Regesta's compiled code."""
    path = tmp_path / "templates.pyc"
    monkeypatch.setattr(template_cache, "_BUNDLED", path)
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return path


def forget(monkeypatch):
    """Empty the memory, as in a new process."""
    monkeypatch.setattr(template_cache, "_in_memory", {})


@pytest.fixture
def archive(tmp_path):
    root = new_root(tmp_path / "archive")
    write(root, "one")
    return root


@pytest.fixture
def compiled(monkeypatch):
    """The templates that were compiled, by name, as often as they were."""
    names, compile_ = [], Environment.compile

    def counted(self, source, name=None, *others, **options):
        names.append(name)
        return compile_(self, source, name, *others, **options)

    monkeypatch.setattr(Environment, "compile", counted)
    return names


def write(root, name, title="A title", organization=""):
    text = PAPER.format(title=title, organization=organization)
    (root / f"content/papers/{name}.md").write_text(text, encoding="utf-8")


def build(root, *options):
    assert main(["build", "--root", str(root), *options]) == 0


def files_of(root):
    return sorted((root / ".regesta").glob("templates-*"))


def theme(root, text):
    folder = root / "themes/ours"
    (folder / "templates").mkdir(parents=True, exist_ok=True)
    (folder / "theme.yaml").write_text("extends: default\n", encoding="utf-8")
    (folder / "templates/_colophon.html").write_text(text, encoding="utf-8")


def test_an_edit_compiles_nothing(archive, compiled, monkeypatch):
    build(archive)
    assert "paper.html" in compiled
    compiled.clear()
    forget(monkeypatch)
    write(archive, "one", "Another title")
    build(archive)
    assert "Another title" in (archive / "site/papers/one/index.html").read_text(encoding="utf-8")
    assert compiled == []


def test_a_process_that_builds_again_compiles_nothing(archive, compiled):
    """As `regesta serve` does."""
    build(archive)
    shutil.rmtree(archive / ".regesta")
    compiled.clear()
    write(archive, "one", "Another title")
    build(archive)
    assert compiled == []


@pytest.mark.parametrize("in_one_process", [True, False])
def test_whatever_changes_pages_are_what_they_would_be_without(
    archive, tmp_path, monkeypatch, in_one_process
):
    """Also where a template shows it as a constant: an address, a word of the theme, the navigation."""
    config = archive / "content/archive.yaml"

    def settings(text):
        config.write_text(f"title: Our papers\n{text}", encoding="utf-8")

    changes = [
        lambda: settings("url: https://example.org/base/\n"),
        lambda: write(archive, "two", organization="A laboratory"),
        lambda: theme(archive, "<p>one</p>") or settings("theme: ours\n"),
        lambda: theme(archive, "<p>two</p>"),
        lambda: (archive / "themes/ours/theme.yaml").write_text("extends: default\n\n"),
        lambda: settings(""),
    ]
    for number, change in enumerate(changes):
        change()
        build(archive)
        anew = clone(archive, tmp_path / f"{number}")
        shutil.rmtree(anew / ".regesta")
        shutil.rmtree(anew / "site")
        kept = template_cache._in_memory
        forget(monkeypatch)
        build(anew)
        assert pages(archive) == pages(anew)
        if in_one_process:
            monkeypatch.setattr(template_cache, "_in_memory", kept)


def pages(root):
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in (root / "site").rglob("*.html")}


def test_a_theme_that_is_edited_while_the_site_is_built_leaves_nothing_behind(archive, monkeypatch):
    (archive / "content/archive.yaml").write_text("title: Our papers\ntheme: ours\n", encoding="utf-8")
    theme(archive, "<p>one</p>")
    make = SiteBuild.build

    def edited_first(*arguments):
        theme(archive, "<p>two</p>")
        return make(*arguments)

    with monkeypatch.context() as patch:
        patch.setattr(SiteBuild, "build", edited_first)
        build(archive)
    theme(archive, "<p>one</p>")
    write(archive, "one", "Another title")
    build(archive)
    assert "<p>one</p>" in (archive / "site/papers/one/index.html").read_text(encoding="utf-8")


def edit_and_build_without_trust(archive, compiled, monkeypatch):
    """Build after an edit, in a process that has no templates yet: they are compiled, and no code is read from a file."""
    forget(monkeypatch)
    compiled.clear()
    write(archive, "one", "Another title")
    with monkeypatch.context() as patch:
        patch.setattr("marshal.loads", lambda _: pytest.fail("what may be anybody's is read as code"))
        build(archive)
    assert "paper.html" in compiled


HARMS = {
    "truncated": lambda data: data[:-100],
    "another byte": lambda data: data[:-100] + bytes([data[-100] ^ 1]) + data[-99:],
    "nothing left": lambda _: b"",
    "code of somebody else": lambda data: data[:64] + marshal.dumps({}),
    "code without a sum": lambda data: data[64:],
}


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_file_is_not_run_and_made_again(archive, compiled, monkeypatch, harm):
    build(archive)
    (file,) = files_of(archive)
    file.write_bytes(HARMS[harm](file.read_bytes()))
    edit_and_build_without_trust(archive, compiled, monkeypatch)
    forget(monkeypatch)
    compiled.clear()
    write(archive, "one", "A third title")
    build(archive)
    assert compiled == []


def test_what_came_with_a_copy_is_not_run(archive, tmp_path, compiled, monkeypatch):
    """An archive from somebody else may bring a `.regesta/` with their code."""
    build(archive)
    copy = clone(archive, tmp_path / "copy")
    forget(monkeypatch)
    monkeypatch.setattr("marshal.loads", lambda _: pytest.fail("what may be anybody's is read as code"))
    compiled.clear()
    write(copy, "one", "Another title")
    build(copy)
    assert "paper.html" in compiled


def test_old_files_are_deleted(archive, monkeypatch):
    monkeypatch.setattr(template_cache, "_KEPT", 2)
    for number in range(4):
        build(archive, "--url", f"https://example.org/{number}/")
    assert len(files_of(archive)) == len(template_cache._in_memory) == 2


def test_where_nothing_can_be_saved_the_site_is_published(archive, monkeypatch, compiled):
    build(archive)
    (file,) = files_of(archive)
    file.unlink()
    file.mkdir()
    for title in ("Another title", "A third title"):
        forget(monkeypatch)
        compiled.clear()
        write(archive, "one", title)
        build(archive)
        assert title in (archive / "site/papers/one/index.html").read_text(encoding="utf-8")
        assert "paper.html" in compiled
    assert [*archive.glob(".regesta/*.tmp")] == []


def test_a_full_build_uses_no_cache(archive, compiled):
    build(archive)
    compiled.clear()
    build(archive, "--full")
    assert "paper.html" in compiled


def test_a_rehearsal_saves_nothing(archive):
    build(archive, "--dry-run")
    assert files_of(archive) == []


def test_bundled_templates_are_compiled_once_for_all_archives(
    archive, tmp_path, beside, compiled, monkeypatch
):
    write(archive, "one", organization="A school")
    build(archive)
    other = new_root(tmp_path / "other")
    config = "title: Other papers\nurl: https://example.org/base/\n"
    (other / "content/archive.yaml").write_text(config, encoding="utf-8")
    write(other, "one", organization="A laboratory")
    forget(monkeypatch)
    compiled.clear()
    build(other)
    assert compiled == []
    assert files_of(other) == []
    made = pages(other)
    beside.unlink()
    shutil.rmtree(other / ".regesta")
    shutil.rmtree(other / "site")
    forget(monkeypatch)
    build(other)
    assert "paper.html" in compiled
    assert pages(other) == made


def test_templates_of_an_archive_do_not_leave_it(archive, beside):
    (archive / "content/archive.yaml").write_text("title: Our papers\ntheme: ours\n", encoding="utf-8")
    theme(archive, "<p>only here</p>")
    build(archive)
    assert b"only here" not in beside.read_bytes()
    assert b"only here" in files_of(archive)[0].read_bytes()


@pytest.mark.parametrize("harm", HARMS)
def test_damaged_bundled_templates_are_not_run_and_made_again(archive, beside, compiled, monkeypatch, harm):
    build(archive)
    beside.write_bytes(HARMS[harm](beside.read_bytes()))
    shutil.rmtree(archive / ".regesta")
    edit_and_build_without_trust(archive, compiled, monkeypatch)
    assert b"paper.html" in beside.read_bytes()


def test_bundled_templates_are_not_saved_where_python_saves_no_compiled_modules(archive, beside, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    build(archive)
    assert not beside.exists()
