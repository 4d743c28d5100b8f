"""Files in a folder: each is found once, and everything that cannot be used as a file is reported."""

import os
import socket
import sys
from pathlib import Path

import pytest

from regesta.content.find_files import find_archive, find_files
from regesta.errors import RegestaError


@pytest.fixture
def content(tmp_path):
    (tmp_path / "content/papers/deep").mkdir(parents=True)
    for name in ("b.md", "a.md", "deep/c.md", "notes.txt", ".hidden.md"):
        (tmp_path / "content/papers" / name).write_text(name)
    return tmp_path / "content"


def names(content, **options):
    found, problems = find_files(content, "papers", ".md", **options)
    return [file.name for file in found], [str(problem) for problem in problems]


def test_files_come_by_name_hidden_ones_apart(content):
    assert names(content) == (["papers/a.md", "papers/b.md", "papers/deep/c.md"], [])
    assert names(content, hidden=True)[0][0] == "papers/.hidden.md"


def test_a_folder_that_is_not_there_is_empty(content):
    assert find_files(content, "nowhere") == ([], [])


def test_a_file_can_be_opened_and_its_signature_tells_an_edit(content):
    (before,) = [file for file in find_files(content, "papers", ".md")[0] if file.name == "papers/a.md"]
    with Path(before.path).open("a") as file:
        file.write("more")
    (after,) = [file for file in find_files(content, "papers", ".md")[0] if file.name == "papers/a.md"]
    assert before.signature != after.signature


def test_an_edit_that_sets_the_clock_back_is_seen(content):
    path = content / "papers/a.md"
    before, status = find_files(content, "papers")[0][0], path.stat()
    path.write_text("b.md")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    after = find_files(content, "papers")[0][0]
    assert before.signature[0] == after.signature[0]
    assert before.signature != after.signature


def test_what_only_looks_like_a_file_is_named(content, tmp_path):
    papers = content / "papers"
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "folder").mkdir()
    (papers / "folder.md").mkdir()
    os.mkfifo(papers / "pipe.md")
    (papers / "out.md").symlink_to(tmp_path / "secret.md")
    (papers / "nowhere.md").symlink_to(papers / "gone.md")
    (papers / "loop.md").symlink_to(papers / "loop.md")
    (papers / "inside.md").symlink_to(papers / "deep")
    (papers / "twin.md").symlink_to(papers / "a.md")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(papers / "socket.md"))
    found, problems = names(content)
    assert found == ["papers/a.md", "papers/b.md", "papers/deep/c.md", "papers/twin.md"]
    assert sorted(problem.split(": ")[0] for problem in problems) == [
        f"papers/{name}.md" for name in ("folder", "inside", "loop", "nowhere", "out", "pipe", "socket")
    ]
    assert "papers/out.md: is a link that leads out of the archive: put the file itself here" in problems


@pytest.mark.skipif(sys.platform != "linux", reason="this system refuses such names")
def test_a_name_that_is_not_utf_8_is_named(content):
    (content / "papers/\udcff").mkdir()
    for name in ("\udce9.md", "\udcff/a.md", "\udcff.txt", "é.md"):
        (content / "papers" / name).touch()
    found, problems = names(content)
    assert found == ["papers/a.md", "papers/b.md", "papers/deep/c.md", "papers/é.md"]
    assert sorted(problems) == [
        f"papers/{name}: has a name that is not in UTF-8: rename it"
        for name in (r"\udce9.md", r"\udcff/a.md")
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_named(content):
    (content / "papers/deep").chmod(0)
    assert names(content)[1] == [
        "papers/deep: cannot be read (Permission denied): check what it is and who may read it"
    ]
    (content / "papers/deep").chmod(0o755)


def test_a_folder_without_settings_is_no_archive(tmp_path):
    with pytest.raises(RegestaError, match="does not exist: run this in an archive's folder"):
        find_archive(tmp_path)


def test_folders_may_be_deeper_than_python_calls_itself(content, monkeypatch):
    monkeypatch.chdir(content / "papers")
    for _ in range(1200):
        Path("d").mkdir()
        os.chdir("d")
    Path("down.md").touch()
    found, problems = names(content)
    assert "d/" * 1200 + "down.md" in "".join(found)
    assert problems == []
    Path("down.md").unlink()
    for _ in range(1200):  # the code that removes the folders is recursive, too
        os.chdir("..")
        Path("d").rmdir()
