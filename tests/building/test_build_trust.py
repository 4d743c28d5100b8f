"""What a build trusts: earlier builds, its inputs while it works, names. Found by people who tried to mislead it."""

import os
import shutil

import pytest

import regesta.content.find_files
from helpers import FIXTURES, files_of
from regesta.building.site_build import SiteBuild
from regesta.cli import main

pytestmark = pytest.mark.slow

PAPER = "content/papers/plain.md"


@pytest.fixture
def archive(tmp_path, monkeypatch):
    """A small archive in which any two edits are far enough apart to be distinguished."""
    monkeypatch.setattr("regesta.content.find_files._TICK", 0)
    root = tmp_path / "archive"
    shutil.copytree(FIXTURES / "archive", root)
    (root / PAPER).write_text("---\ntitle: A plain paper\n---\n\nIts text.\n", encoding="utf-8")
    return root


def build(root, *options):
    return main(["build", "--root", str(root), *options])


def shown(root):
    return (root / "site/papers/plain/index.html").read_text(encoding="utf-8")


def theme(root, **files):
    """Give an archive a theme of its own, with some templates."""
    folder = root / "themes/ours"
    (folder / "templates").mkdir(parents=True)
    (folder / "theme.yaml").write_text("extends: default\n", encoding="utf-8")
    for name, text in files.items():
        (folder / f"templates/{name}.html").write_text(text, encoding="utf-8")
    with (root / "content/archive.yaml").open("a", encoding="utf-8") as file:
        file.write("\ntheme: ours\n")
    return folder


def while_it_works(monkeypatch, act):
    """Call a function after everything is loaded and before anything is made."""
    make = SiteBuild.build
    monkeypatch.setattr(SiteBuild, "build", lambda *arguments: (act(), make(*arguments))[1])


def test_a_site_restored_from_a_backup_is_brought_up_to_date(archive, tmp_path):
    build(archive)
    shutil.copytree(archive / "site", tmp_path / "backup")
    (archive / PAPER).write_text("---\ntitle: A plain paper\n---\n\nAnother text.\n", encoding="utf-8")
    build(archive)
    build(archive)
    shutil.rmtree(archive / "site")
    shutil.copytree(tmp_path / "backup", archive / "site")
    build(archive)
    assert "Another text." in shown(archive)


def test_a_site_is_not_taken_for_one_of_another_address(archive, monkeypatch):
    build(archive, "--url", "https://one.example/")
    build(archive, "--url", "https://one.example/")
    with monkeypatch.context() as patch:
        patch.setattr(
            "regesta.dot_regesta.Path.replace",
            lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")),
        )
        assert (
            build(archive, "--url", "https://two.example/") == 1
        )  # it was published, though nothing could be noted of it
    assert "two.example" in shown(archive)
    assert [*archive.glob(".regesta/*.tmp")] == []
    build(archive, "--url", "https://one.example/")
    assert "one.example" in shown(archive)


def test_what_a_theme_holds_counts_with_its_place(archive):
    folder = theme(archive, _colophon="<p>Our own colophon</p>")
    build(archive)
    assert "Our own colophon" in shown(archive)
    (folder / "off").mkdir()
    (folder / "templates/_colophon.html").rename(folder / "off/_colophon.html")
    build(archive)
    assert "Our own colophon" not in shown(archive)


def test_hidden_files_of_a_theme_are_looked_at(archive):
    folder = theme(archive)
    (folder / "static").mkdir()
    with (archive / "content/archive.yaml").open("a", encoding="utf-8") as settings:
        settings.write("hidden_files: [.htaccess]\n")
    for text in ("one", "two", "two", "six"):
        (folder / "static/.htaccess").write_text(text, encoding="utf-8")
        build(archive)
        assert (archive / "site/.htaccess").read_text(encoding="utf-8") == text


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_in_themes_are_refused(archive, tmp_path, capsys):
    folder = theme(archive)
    shutil.move(folder / "templates", tmp_path / "templates")
    (folder / "templates").symlink_to(tmp_path / "templates")
    assert build(archive) == 3
    assert (
        "themes/ours/templates: is a link that leads out of the archive: put the files themselves here"
        in capsys.readouterr().err
    )
    shutil.move(folder, tmp_path / "ours")
    folder.symlink_to(tmp_path / "ours")
    assert build(archive) == 2
    assert (
        "themes/ours: is a link that leads out of the archive: put the files themselves here"
        in capsys.readouterr().err
    )


@pytest.mark.parametrize("change", ["edit", "break", "delete"])
def test_a_paper_that_changes_while_the_site_is_built_waits_for_the_next_build(archive, monkeypatch, change):
    """The site is that of the papers as they were read."""
    build(archive)
    before = shown(archive)
    act = {
        "edit": lambda: (archive / PAPER).write_text(
            "---\ntitle: A plain paper\n---\n\nA DRAFT.\n", encoding="utf-8"
        ),
        "break": lambda: (archive / PAPER).write_text("hello", encoding="utf-8"),
        "delete": (archive / PAPER).unlink,
    }[change]
    with monkeypatch.context() as patch:
        while_it_works(patch, act)
        build(archive, "--full")
    assert shown(archive) == before
    build(archive)
    assert change != "edit" or shown(archive) != before
    assert (archive / "site/papers/plain").exists() == (change == "edit")


def test_a_static_file_that_changes_while_the_site_is_built_stops_it(archive, monkeypatch, capsys):
    (archive / "content/static").mkdir(exist_ok=True)
    (archive / "content/static/a.txt").write_text("one", encoding="utf-8")
    while_it_works(
        monkeypatch, lambda: (archive / "content/static/a.txt").write_text("two", encoding="utf-8")
    )
    assert build(archive) == 3
    assert (
        "content/static/a.txt: was changed while the archive was read: run the command again"
        in capsys.readouterr().err
    )


def test_times_that_cannot_distinguish_two_edits_are_not_trusted(archive, monkeypatch):
    """As on a disk that knows whole seconds only, when an edit follows a build within a second."""
    monkeypatch.setattr("regesta.content.find_files._COARSE_TICK", 10**18)
    real = regesta.content.find_files.signature
    monkeypatch.setattr(
        "regesta.content.find_files.signature", lambda status: (10**18, 10**18, *real(status)[2:])
    )
    for text in ("The first text.", "The other text.", "The third text."):
        (archive / PAPER).write_text(f"---\ntitle: A plain paper\n---\n\n{text}\n", encoding="utf-8")
        build(archive)
        assert text in shown(archive)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_papers_behind_a_link_that_leads_nowhere_are_not_gone(archive, capsys):
    build(archive)
    before = files_of(archive / "site")
    shutil.rmtree(archive / "content/papers")
    (archive / "content/papers").symlink_to("nowhere")
    assert build(archive) == 2
    assert "content/papers: is a link that leads nowhere: mend it or remove it" in capsys.readouterr().err
    assert files_of(archive / "site") == before


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_taxonomy_behind_a_link_that_leads_nowhere_is_not_dropped(archive, capsys):
    (archive / "content/tags.yaml").unlink()
    (archive / "content/tags.yaml").symlink_to("nowhere")
    assert build(archive) == 2
    assert "content/tags.yaml: is a link that leads nowhere" in capsys.readouterr().err


def test_a_rehearsal_sees_what_was_taken_away(archive, capsys):
    build(archive)
    (archive / "site/index.html").unlink()
    for options in ([], ["--full"]):
        capsys.readouterr()
        assert build(archive, "--dry-run", *options) == 1
        assert "index.html: " in capsys.readouterr().out
    assert not (archive / "site/index.html").exists()


@pytest.mark.parametrize(
    "path",
    [
        "content/static/.regesta.json",
        "content/static/.regesta.staging/x",
        "themes/ours/static/search/manifest.json",
    ],
)
def test_reserved_names_are_refused(archive, capsys, path):
    theme(archive)
    with (archive / "content/archive.yaml").open("a", encoding="utf-8") as settings:
        settings.write("hidden_files: [.regesta.json, .regesta.staging]\n")
    (archive / path).parent.mkdir(parents=True, exist_ok=True)
    (archive / path).write_text("{}", encoding="utf-8")
    assert build(archive) == 3
    assert "is a name that Regesta keeps for itself" in capsys.readouterr().err


def test_the_site_is_not_built_into_the_caches(archive, capsys):
    assert build(archive, "--output", str(archive / ".regesta")) == 2
    assert "is, holds or lies in the folder .regesta/" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_site_that_is_a_link_to_itself_is_not_a_folder(archive, capsys):
    (archive / "site").symlink_to("site")
    assert build(archive) == 2
    assert "is not a folder: name one" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["[1]", '{"x": 1}', "[" * 100_000, "{}"])
def test_caches_of_another_shape_are_ignored(archive, text):
    build(archive)
    for note in [*archive.glob(".regesta/*.note"), *archive.glob(".regesta/*.json")]:
        note.write_text(text, encoding="utf-8")
        note.with_suffix(".journal").write_text(text, encoding="utf-8")
    (archive / PAPER).write_text("---\ntitle: A plain paper\n---\n\nAnother text.\n", encoding="utf-8")
    assert build(archive) == 1
    assert "Another text." in shown(archive)


@pytest.mark.parametrize("text", ["[" * 200_000, "{"])
def test_a_manifest_that_cannot_be_read_is_reported(archive, capsys, text):
    build(archive)
    (archive / "site/.regesta.json").write_text(text, encoding="utf-8")
    assert main(["check", "--root", str(archive)]) == 1
    assert (
        ".regesta.json: cannot be read as the site's manifest: empty the folder, and build again"
        in capsys.readouterr().err
    )
    assert build(archive) == 2


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such pipes here")
def test_a_pipe_in_the_manifests_place_is_not_waited_for(archive, capsys):
    build(archive)
    (archive / "site/.regesta.json").unlink()
    os.mkfifo(archive / "site/.regesta.json")
    assert build(archive) == 2
    assert "holds files that Regesta did not make" in capsys.readouterr().err


@pytest.mark.parametrize("template", [b"\xff\xfe", b"{{ " + b"(" * 5000])
def test_a_template_that_nobody_uses_stops_no_build_however_many_share_the_work(archive, template):
    folder = theme(archive)
    (folder / "templates/unused.html").write_bytes(template)
    assert [build(archive, "--full", "--jobs", jobs) for jobs in ("1", "2")] == [1, 1]


def test_a_character_that_cannot_be_written_is_reported_with_the_template(archive, capsys):
    theme(archive, _colophon='{{ "\\ud800" }}')
    assert build(archive) == 3
    assert "mend the template" in capsys.readouterr().err
