"""Which files a path, a pattern or a folder stands for: each once, none outside the archive by a link, none without a word."""

import os
import socket
from pathlib import Path

import pytest

from helpers import new_root
from regesta.errors import RegestaError
from regesta.sources.common.find import can_be_read_again, find_dumps

OUT = "is a link that leads out of the archive: put the file itself here"

HIDDEN = "is a link to a hidden file or folder: put the file itself here"


@pytest.fixture
def content(tmp_path):
    content = new_root(tmp_path / "archive") / "content"
    for name in ("a.bib", "deep/b.bib", "deep/er/c.bib", ".hidden/d.bib", ".e.bib"):
        path = content / "scraped" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("@misc{a}")
    (tmp_path / "else").mkdir()
    (tmp_path / "else/x.bib").write_text("@misc{x}")
    return content


def names(content, *paths):
    """Return the names below `scraped/` of what is found, and the problems."""
    found = find_dumps(paths, content)
    files = [os.path.relpath(path, content / "scraped") for path in found.files]
    return files, [str(problem) for problem in found.problems]


@pytest.mark.parametrize(
    "patterns", [[""], ["**"], ["**/*.bib"], ["", "**", "a.bib", "deep"], ["../scraped/", "deep/../*"]]
)
def test_each_file_is_found_once_whatever_names_it(content, patterns):
    files, problems = names(content, *(f"{content}/scraped/{pattern}" for pattern in patterns))
    assert (sorted(map(os.path.normpath, files)), problems) == (["a.bib", "deep/b.bib", "deep/er/c.bib"], [])


def test_a_link_and_its_file_are_one_file(content):
    (content / "scraped/twin.bib").symlink_to("a.bib")
    assert names(content, content / "scraped/a.bib", content / "scraped/twin.bib") == (["a.bib"], [])


def test_a_hidden_file_is_found_only_by_its_name(content):
    assert names(content, content / "scraped/.e.bib", content / "scraped/.hidden")[0] == [
        ".e.bib",
        ".hidden/d.bib",
    ]


def test_all_that_is_left_out_of_a_folder_is_told(content, tmp_path):
    scraped = content / "scraped"
    os.mkfifo(scraped / "pipe.bib")
    with socket.socket(socket.AF_UNIX) as plug:
        before = Path.cwd()
        os.chdir(scraped)  # the name of a socket must be short
        plug.bind("plug")
        os.chdir(before)
    for name, target in {
        "gone.bib": "nowhere",
        "loop": "loop",
        "out.bib": tmp_path / "else/x.bib",
        "out": tmp_path / "else",
        "zero.bib": "/dev/zero",
        "deep/up": "..",
        "git.bib": "../../.git/config",
        "hidden": ".hidden",
        "twin.bib": "a.bib",
    }.items():
        (scraped / name).symlink_to(target)
    files, problems = names(content, scraped)
    assert files == ["a.bib", "deep/b.bib", "deep/er/c.bib"]
    folder = "is a link to a folder, and is not followed: name the folder itself to import it"
    special = "is not a regular file: name it itself to read it, or remove it"
    assert problems == [
        f"scraped/deep/up: {folder}",
        f"scraped/git.bib: {HIDDEN}",
        "scraped/gone.bib: is a link that leads nowhere: mend it or remove it",
        f"scraped/hidden: {HIDDEN}",
        "scraped/loop: is a link that leads nowhere: mend it or remove it",
        f"scraped/out: {OUT}",
        f"scraped/out.bib: {OUT}",
        f"scraped/pipe.bib: {special}",
        f"scraped/plug: {special}",
        f"scraped/zero.bib: {OUT}",
    ]


def test_what_lies_in_the_archive_does_not_lead_out_of_it(content, tmp_path, monkeypatch):
    """Whether the folder, the file or a folder above is the link, and however it is written."""
    (content / "linked").symlink_to(tmp_path / "else")
    (content / "scraped/x.bib").symlink_to("../linked/x.bib")
    (tmp_path / "twin").symlink_to(content.parent)
    monkeypatch.chdir(content.parent)
    for path in ("linked", "linked/x.bib", "linked/*.bib", "scraped/x.bib", "scraped/*/../x.bib"):
        for place in (content, tmp_path / "twin/content", Path("content"), Path("../archive/content")):
            files, problems = names(content, f"{place}/{path}")
            assert files == []
            assert [problem.partition(": ")[2] for problem in problems] == [OUT]
    (content.parent / "beside").symlink_to(tmp_path / "else")
    assert names(content, "beside/x.bib")[1] == [f"x.bib: {OUT}"]


def test_what_the_curator_names_outside_may_lie_anywhere(content, tmp_path, monkeypatch):
    (tmp_path / "desk").symlink_to(tmp_path / "else")
    (tmp_path / "desk/y.bib").symlink_to("x.bib")
    monkeypatch.chdir(content)
    for path in (tmp_path / "desk", tmp_path / "desk/y.bib", "../../else/x.bib", f"{tmp_path}/d*/x.bib"):
        files, problems = names(content, path)
        assert (len(files), problems) == (1, [])
    (tmp_path / "into").symlink_to(content / "scraped/deep")
    assert names(content, tmp_path / "into")[1] == []


def test_the_content_folder_may_be_a_link(content, tmp_path):
    content.rename(tmp_path / "moved")
    content.symlink_to(tmp_path / "moved")
    assert names(content, content / "scraped/deep") == (["deep/b.bib", "deep/er/c.bib"], [])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_told(content):
    (content / "scraped/deep").chmod(0)
    files, problems = names(content, content / "scraped")
    assert files == ["a.bib"]
    assert problems == ["scraped/deep: cannot be read (Permission denied): check who may read it"]
    (content / "scraped/deep").chmod(0o755)


def test_a_path_that_leads_nowhere_does_not_exist_but_a_link_is_left_to_its_reader(content):
    (content / "loop").symlink_to("loop")
    assert find_dumps([content / "loop"], content).files == [content / "loop"]
    for path in ("loop/a.bib", "scraped/a.bib/b", "x" * 5000, "nothing*.bib", "loop/*.bib"):
        with pytest.raises(RegestaError, match="does not exist"):
            find_dumps([content / path], content)


def test_only_files_on_a_disk_can_be_read_again(content, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    assert can_be_read_again(content / "scraped/a.bib")
    assert not can_be_read_again("-")
    for path in ("/dev/stdin", "/dev/fd/0", "/proc/self/status", "/dev/zero"):
        assert not can_be_read_again(Path(path))
    for name in ("pipe", "zero", "gone"):
        assert not can_be_read_again(tmp_path / name)
    assert find_dumps([tmp_path / "pipe", "-", "-"], content).files == [tmp_path / "pipe", "-"]
