"""Only the archive: whatever a build, a check or an import reads is refused where it lies outside, with file and reason.

A stranger who writes an archive, or a change to one, must not reach the other files of whoever builds it.
"""

import os
import shutil
from pathlib import Path

import pytest

import regesta.building.build
from helpers import files_of
from regesta.cli import main

pytestmark = pytest.mark.skipif(os.name == "nt", reason="links need rights there")

SECRET = "TOKEN-of-the-builder"

#: A file of every kind that is read, at every depth where one is looked for.
FILES = {
    "content/archive.yaml": "title: Papers\nurl: https://example.org/\ntheme: ours\n",
    "content/tags.yaml": "- tag: trees\n",
    "content/authors.yaml": "- name: Ada Byron\n",
    "content/imports.lock": "",
    "content/review.yaml": "",
    "content/papers/one.md": "---\ntitle: One\ntags: [trees]\n---\n",
    "content/papers/two.md": "---\ntitle: Two\n---\n",
    "content/papers/deep/three.md": "---\ntitle: Three\n---\n",
    "content/collections/list.md": "---\ntitle: A list\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\n",
    "content/files/one/paper.pdf": "%PDF-1.4",
    "content/files/one/deep/data.txt": "data",
    "content/static/robots.html": "static",
    "content/static/deep/page.html": "static",
    "themes/ours/theme.yaml": "extends: default\n",
    "themes/ours/templates/about.html": "{% extends 'base.html' %}",
    "themes/ours/strings/en.yaml": "home: Start\n",
    "themes/ours/css/ours.css": "a{}",
    "themes/ours/js/ours.js": "0",
    "themes/ours/static/icon.svg": "<svg/>",
    ".regesta/x.json": "{}",
}
#: Each of them, and each folder above.
PLACES = sorted({*FILES} | {str(folder) for name in FILES for folder in Path(name).parents} - {"."})

#: What a link in their place may lead to.
LINKS = {
    "a file outside": "{outside}/secret",
    "a folder outside": "{outside}/folder",
    "itself": "{place}",
    "a device": "/dev/zero",
    "a hidden file": "{archive}/.git/config",
    "a hidden folder": "{archive}/.git",
    "what holds it": "{place.parent}",
}


@pytest.fixture
def archive(tmp_path):
    root = tmp_path / "archive"
    for name, text in (FILES | {".git/config": SECRET}).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def outside(tmp_path):
    """A file and a folder of the builder; the folder holds a file of every name and kind that is looked for."""
    folder = tmp_path / "outside/folder"
    for name, text in FILES.items():
        for place in (Path(name), *Path(name).parents[:-1]):
            copy = folder / Path(name).relative_to(place.parent)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(text + SECRET, encoding="utf-8")
    (folder.parent / "secret").write_text(f"---\ntitle: {SECRET}\n---\n", encoding="utf-8")
    return folder.parent


def replace_by_link(path, target):
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    path.symlink_to(target)


@pytest.mark.slow
@pytest.mark.parametrize("link", LINKS)
@pytest.mark.parametrize("place", PLACES)
def test_what_lies_elsewhere_is_not_published(archive, outside, capsys, place, link):
    path = archive / place
    replace_by_link(path, LINKS[link].format(place=path, outside=outside, archive=archive))
    before = files_of(outside)
    status, told = main(["build", "--root", str(archive)]), capsys.readouterr()
    if path.suffix or path.is_dir():  # anything else is not the name of a paper
        assert status in (1, 2, 3)
        assert f"{place}: is " in told.err
    assert SECRET not in told.err + told.out
    assert not [name for name, (_, data) in files_of(archive / "site").items() if SECRET.encode() in data]
    assert files_of(outside) == before


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
def test_check_finds_what_leads_out_of_an_archive(archive, outside, capsys, place):
    main(["build", "--root", str(archive)])
    replace_by_link(archive / place, outside / "folder")
    capsys.readouterr()
    assert main(["check", "--root", str(archive)]) == 1
    told = capsys.readouterr()
    assert f"{place}: is a link that leads out of the archive: put the files themselves here" in told.err
    assert SECRET not in told.err + told.out


@pytest.mark.parametrize(
    "command",
    [["import", "new.bib"], ["tag"], ["review"], ["fetch", "huggingface", "--date", "2025-10-31"], ["serve"]],
)
@pytest.mark.parametrize("place", ["content", "content/papers", "content/tags.yaml", ".regesta"])
def test_nothing_is_written_outside(archive, outside, monkeypatch, capsys, place, command):
    monkeypatch.chdir(archive)
    Path("new.bib").write_text("@article{new, title={A new paper}}", encoding="utf-8")
    replace_by_link(archive / place, outside / "folder")
    before = files_of(outside)
    assert main(command) == 2
    assert f"{place}: is a link that leads out of the archive" in capsys.readouterr().err
    assert files_of(outside) == before


def test_a_link_within_content_is_followed(archive):
    (archive / "content/papers/one.md").rename(archive / "content/one.txt")
    (archive / "content/papers/one.md").symlink_to("../one.txt")
    assert main(["build", "--root", str(archive)]) == 0
    assert (archive / "site/papers/one/index.html").exists()


def test_a_linked_folder_of_papers_is_reported(archive, capsys):
    (archive / "content/papers/again").symlink_to("deep")
    assert main(["build", "--root", str(archive)]) == 1
    assert "content/papers/again: is a link to a folder, and is not followed" in capsys.readouterr().err


@pytest.mark.parametrize("folder", ["content/static", "content/files/one", "themes/ours/static"])
def test_hidden_files_stay_private_unless_the_settings_name_them(archive, capsys, folder):
    names = (
        ".git/config",
        ".env",
        ".ssh/id_rsa",
        "deep/.netrc",
        ".well-known/x",
        ".well-known/.env",
        ".htaccess",
    )
    for name in (*names, ".DS_Store"):
        (archive / folder / name).parent.mkdir(parents=True, exist_ok=True)
        (archive / folder / name).write_text(SECRET, encoding="utf-8")
    with (archive / "content/archive.yaml").open("a", encoding="utf-8") as settings:
        settings.write("hidden_files: [.htaccess]\n")
    assert main(["build", "--root", str(archive)]) == 1
    told = capsys.readouterr().err
    for name in (".git", ".env", ".ssh", "deep/.netrc", ".well-known/.env"):
        assert f"{folder}/{name}: is hidden, and is not published: rename it, or list its name" in told
    assert ".DS_Store" not in told
    published = [name for name, (_, data) in files_of(archive / "site").items() if data == SECRET.encode()]
    assert sorted(f"/{name}".rpartition("/.")[2] for name in published) == ["htaccess", "well-known/x"]
    main(["check", "--root", str(archive)])
    if folder.startswith("content"):
        assert f"{folder}/.env: is hidden, and is not published" in capsys.readouterr().err


@pytest.mark.parametrize("name", [".bashrc", ".ssh/id_rsa", ".config/x", "letter.txt"])
def test_a_folder_of_somebody_is_no_output(archive, tmp_path, capsys, name):
    (tmp_path / "home" / name).parent.mkdir(parents=True)
    (tmp_path / "home" / name).write_text("mine", encoding="utf-8")
    assert main(["build", "--root", str(archive), "--output", str(tmp_path / "home")]) == 2
    assert "holds files that Regesta did not make" in capsys.readouterr().err
    assert [(at, data) for at, (_, data) in files_of(tmp_path / "home").items()] == [(name, b"mine")]


def test_what_hosts_put_into_a_site_stays(archive):
    (archive / "site/.git").mkdir(parents=True)
    for name in (".git/HEAD", ".gitignore", ".gitkeep"):
        (archive / "site" / name).write_text("theirs", encoding="utf-8")
    assert main(["build", "--root", str(archive)]) == 0
    assert (archive / "site/.git/HEAD").read_text(encoding="utf-8") == "theirs"


def test_a_site_behind_a_link_is_built_only_when_asked_for(archive, tmp_path, capsys):
    (tmp_path / "www").mkdir()
    (archive / "site").symlink_to(tmp_path / "www")
    assert main(["build", "--root", str(archive)]) == 2
    assert (
        f"is a link that leads out of the archive: name its target: --output {tmp_path}/www"
        in capsys.readouterr().err
    )
    assert main(["build", "--root", str(archive), "--output", str(tmp_path / "www")]) == 0


def test_check_finds_links_that_lead_out_of_a_site(archive, outside, capsys):
    main(["build", "--root", str(archive)])
    (archive / "site/passwords.txt").symlink_to(outside / "secret")
    (archive / "site/all").symlink_to(outside / "folder")
    (archive / "site/within.html").symlink_to("index.html")
    (archive / "site/loop").symlink_to("loop")
    assert main(["check", "--root", str(archive)]) == 1
    told = capsys.readouterr().err
    for name in ("passwords.txt", "all"):
        assert f"{name}: is a link that leads out of the site" in told
    assert "within.html: is a link" not in told
    assert "loop: is a link" not in told


def test_check_finds_what_kept_a_site_from_being_built(archive, outside, monkeypatch, capsys):
    monkeypatch.chdir(archive)
    replace_by_link(archive / "content/static", outside / "folder")
    assert [main(["build"]), main(["check"])] == [2, 2]
    told = capsys.readouterr().err.splitlines()
    assert told[1:] == [
        "content/static: is a link that leads out of the archive: put the files themselves here",
        "site: holds no built site: run `regesta build` first, or name another folder with --output",
    ]


def test_a_loop_is_a_loop_wherever_one_stands(archive, monkeypatch, capsys):
    monkeypatch.chdir(archive.parent)
    (archive / "content/papers/loop.md").symlink_to("loop.md")
    assert main(["build", "--root", "archive"]) == 1
    assert "content/papers/loop.md: is a link that leads nowhere" in capsys.readouterr().err


@pytest.mark.parametrize(
    "place", ["content/papers/one.md", "content/collections/list.md", "content/static/deep/page.html"]
)
def test_a_link_that_takes_a_file_s_place_during_the_build_is_not_followed(
    archive, outside, monkeypatch, capsys, place
):
    find = regesta.building.build.find_input_files

    def find_and_replace(root):
        found = find(root)
        replace_by_link(archive / place, outside / "secret")
        return found

    monkeypatch.setattr(regesta.building.build, "find_input_files", find_and_replace)
    main(["build", "--root", str(archive)])
    assert place in capsys.readouterr().err
    assert not [
        name
        for name, (_, data) in files_of(archive).items()
        if name[:5] == "site/" and SECRET.encode() in data
    ]


@pytest.mark.parametrize("folder", ["content/papers", "content/static", "content", "site", "content/scraped"])
def test_a_chain_of_very_many_links_leads_nowhere(archive, capsys, folder):
    (archive / folder).mkdir(exist_ok=True)
    if folder == "site":
        assert main(["build", "--root", str(archive)]) == 0
    for number in range(1500):
        (archive / folder / f"l{number}.md").symlink_to(f"l{number + 1}.md")
    command = {"site": ["check"], "content/scraped": ["import", str(archive / folder)]}.get(folder, ["build"])
    assert main([*command, "--root", str(archive)]) in (0, 1, 2)
    if folder != "site":
        assert "l0.md: is a link that leads nowhere" in capsys.readouterr().err


def test_a_folder_whose_name_is_not_utf_8_is_built_into(archive, tmp_path):
    output = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xffname")
    for _ in range(2):
        assert main(["build", "--root", str(archive), "--output", output]) == 0


def test_nothing_beside_the_output_is_taken_for_the_previous_site(archive, tmp_path):
    (tmp_path / ".html.standby").mkdir()
    (tmp_path / ".html.standby/precious").write_text("mine", encoding="utf-8")
    for text in ("one", "two", "three"):
        (archive / "content/papers/two.md").write_text(f"---\ntitle: {text}\n---\n", encoding="utf-8")
        assert main(["build", "--root", str(archive), "--output", str(tmp_path / "html")]) == 0
    assert (tmp_path / ".html.standby/precious").exists()
