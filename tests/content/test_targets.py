"""What a write does to the file that it replaces: links, permissions, owners, pipes."""

import os
import shutil
import stat
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import files_of, new_root
from regesta.content.targets import check_targets
from regesta.content.text_files import write, write_all
from regesta.errors import RegestaError

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="files have no owners and modes here")
by_root = pytest.mark.skipif(
    os.geteuid() != 0 or not shutil.which("setpriv"), reason="only root gives files away"
)


@pytest.fixture
def content(tmp_path):
    content = new_root(tmp_path / "archive") / "content"
    (content / "originals").mkdir()
    (content / "originals/a.md").write_text("old\n")
    (tmp_path / "outside.md").write_text("old\n")
    return content


def refusals(content, *paths):
    """Write to some paths, and check that nothing is written; return why."""
    before = files_of(content.parent.parent)
    with pytest.raises(RegestaError) as caught:
        check_targets(paths)
    for path in paths:
        with pytest.raises(RegestaError):
            write(path, "new\n")
    assert files_of(content.parent.parent) == before
    assert caught.value.status == 3
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("target", ["../originals/a.md", "chain.md", "deep/../../originals/a.md"])
def test_a_link_within_the_archive_is_written_through(content, target):
    (content / "papers/deep").mkdir()
    (content / "papers/chain.md").symlink_to("../originals/a.md")
    path = content / "papers/a.md"
    path.symlink_to(target)
    write(path, "new\n")
    assert path.readlink() == Path(target)
    assert (content / "originals/a.md").read_text() == "new\n"
    assert [found.name for found in (content / "originals").iterdir()] == ["a.md"]


def test_a_new_file_goes_through_a_folder_that_is_a_link(content):
    (content / "collections").symlink_to("originals")
    write(content / "collections/new.md", "new\n")
    assert (content / "originals/new.md").read_text() == "new\n"


def test_the_content_folder_and_its_archive_may_be_links(content, tmp_path):
    content.rename(tmp_path / "moved")
    content.symlink_to(tmp_path / "moved")
    (tmp_path / "twin").symlink_to(content.parent)
    (content / "papers/a.md").symlink_to("../originals/a.md")
    write(tmp_path / "twin/content/papers/a.md", "new\n")
    assert (tmp_path / "moved/originals/a.md").read_text() == "new\n"
    assert (content / "papers/a.md").is_symlink()


@pytest.mark.parametrize(
    ("target", "why"),
    [
        ("../../../outside.md", "is a link that leads out of the archive: put the file itself here"),
        ("../../outside.md", "is a link that leads out of the archive: put the file itself here"),
        ("/dev/null", "is a link that leads out of the archive: put the file itself here"),
        ("../.git/config", "is a link to a hidden file or folder: put the file itself here"),
        ("gone.md", "is a link that leads nowhere: mend it or remove it"),
        ("a.md", "is a link that leads nowhere: mend it or remove it"),
        ("../originals", "is not a regular file: remove it"),
        ("../pipe", "is not a regular file: remove it"),
    ],
)
def test_a_link_that_leads_elsewhere_is_refused(content, target, why):
    os.mkfifo(content / "pipe")
    (content.parent / "outside.md").write_text("old\n")
    (content / "papers/a.md").symlink_to(target)
    assert refusals(content, content / "papers/a.md") == [f"content/papers/a.md: {why}"]


def test_pipes_folders_and_folders_out_of_the_archive_are_all_named_at_once(content, tmp_path):
    os.mkfifo(content / "papers/pipe.md")
    (content / "papers/folder.md").mkdir()
    (tmp_path / "elsewhere/deep").mkdir(parents=True)
    (content / "collections").symlink_to(tmp_path / "elsewhere")
    paths = [
        "papers/pipe.md",
        "papers/folder.md",
        "collections/a.md",
        "collections/deep/b.md",
        "papers/good.md",
    ]
    with pytest.raises(RegestaError) as caught:
        check_targets([content / path for path in paths])
    assert [str(problem) for problem in caught.value.problems] == [
        "content/papers/pipe.md: is not a regular file: remove it",
        "content/papers/folder.md: is not a regular file: remove it",
        "content/collections: is a link that leads out of the archive: put the files themselves here",
    ]
    with pytest.raises(RegestaError):
        write(content / "collections/deep/b.md", "new\n")
    assert [*(tmp_path / "elsewhere/deep").iterdir()] == []


@pytest.mark.parametrize("mode", [0o664, 0o600, 0o640, 0o755, 0o622])
def test_a_file_keeps_its_permissions_and_a_new_one_follows_the_umask(content, mode):
    path = content / "originals/a.md"
    path.chmod(mode)
    before = os.umask(0o077)
    try:
        write_all([(path, "new\n"), (content / "new.md", "new\n")])
    finally:
        os.umask(before)
    assert path.read_text() == "new\n"
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert stat.S_IMODE((content / "new.md").stat().st_mode) == 0o600


@pytest.mark.parametrize("mode", [0o444, 0o400, 0o555])
def test_a_read_only_file_is_refused_even_to_root(content, mode):
    path = content / "originals/a.md"
    path.chmod(mode)
    assert refusals(content, path) == ["content/originals/a.md: is read-only: allow yourself to write to it"]


@by_root
def test_a_file_keeps_its_owner_and_group(content):
    path = content / "originals/a.md"
    os.chown(path, 1234, 5678)
    path.chmod(0o664)
    write(path, "new\n")
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (1234, 5678, 0o664)


ANY = 0xFFFFFFFF
#: Access lists as Linux keeps them: what the owner, user 1234, the group, all of these at most, and others may do.
ACCESS = struct.pack("<I" + "HHI" * 5, 2, 1, 6, ANY, 2, 6, 1234, 4, 4, ANY, 16, 6, ANY, 32, 4, ANY)


@pytest.mark.parametrize(("name", "value"), [("user.shelf", b"3b"), ("system.posix_acl_access", ACCESS)])
def test_a_file_keeps_its_attributes_and_access_lists(content, name, value):
    path = content / "originals/a.md"
    try:
        os.setxattr(path, name, value)
    except (OSError, AttributeError):
        pytest.skip("this disk has none")
    mode = path.stat().st_mode
    write(path, "new\n")
    assert os.getxattr(path, name) == value
    assert path.stat().st_mode == mode


WRITE = "from pathlib import Path; from regesta.content.text_files import write; import sys; write(Path(sys.argv[1]), 'new')"
#: Without these capabilities, rights count even for root.
AS_MEMBER = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner,-chown", "--groups=5678"]


def written_by_a_member(path):
    """Write to a file as a member of the group 5678; return the exit status and what was said."""
    command = [*AS_MEMBER, sys.executable, "-c", WRITE, str(path)]
    run = subprocess.run(command, check=False, capture_output=True, text=True)
    return run.returncode, run.stderr


@by_root
def test_another_member_of_a_files_group_keeps_the_group(content):
    path = content / "originals/a.md"
    for place, mode in ((path.parent, 0o775), (path, 0o664)):
        os.chown(place, 1234, 5678)
        place.chmod(mode)
    assert written_by_a_member(path) == (0, "")
    status = path.stat()
    assert (status.st_uid, status.st_gid, stat.S_IMODE(status.st_mode)) == (os.getuid(), 5678, 0o664)


@by_root
def test_a_file_or_folder_that_only_others_may_write_is_named(content):
    path = content / "originals/a.md"
    os.chown(path, 1234, 5678)
    path.chmod(0o644)
    assert (
        "content/originals/a.md: is read-only: allow yourself to write to it" in written_by_a_member(path)[1]
    )
    (content / "papers").chmod(0o555)
    for new in ("papers/a.md", "papers/deep/a.md"):
        said = written_by_a_member(content / new)[1]
        where = new.rpartition("/")[0]
        assert f"content/{where}: cannot be written to: allow yourself to write to this folder" in said
    assert path.read_text() == "old\n"
