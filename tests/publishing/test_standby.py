"""Publishing in one step, by an exchange of two folders."""

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

import regesta.publishing.exchange
from regesta.errors import RegestaError
from regesta.publishing.exchange import exchange
from regesta.publishing.manifest import NAME, manifest_hasher
from regesta.publishing.publisher import Publisher
from small_site import FOREIGN, STATES, add_foreign, leftovers, look, publish

pytestmark = pytest.mark.skipif(
    sys.platform not in ("linux", "darwin"), reason="this system exchanges no folders"
)


def standby_of(root):
    return next((root / ".regesta").glob("standby-*"))


def test_two_folders_change_places(tmp_path):
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    exchange(str(tmp_path / "one"), str(tmp_path / "other"))
    assert (tmp_path / "one/other").exists()
    assert (tmp_path / "other/one").exists()


def test_a_folder_and_a_missing_one_are_not_exchanged(tmp_path):
    (tmp_path / "one").mkdir()
    with pytest.raises(FileNotFoundError):
        exchange(str(tmp_path / "one"), str(tmp_path / "other"))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux numbers its calls")
def test_a_c_library_that_does_not_know_the_call_is_no_hindrance(tmp_path, monkeypatch):
    class Old:
        def __init__(self, *_, **__):
            self.syscall = whole.syscall

    whole = regesta.publishing.exchange.ctypes.CDLL(None, use_errno=True)
    monkeypatch.setattr(regesta.publishing.exchange.ctypes, "CDLL", Old)
    test_two_folders_change_places(tmp_path)


def test_an_unknown_system_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "platform", "plan9")
    with pytest.raises(OSError, match="not implemented"):
        exchange(str(tmp_path), str(tmp_path))


def test_the_site_is_exchanged_as_a_whole(tmp_path):
    """A reader who has opened the old site's folder keeps it, whole, during and after the exchange."""
    publish(tmp_path, STATES[0])
    reader = os.open(tmp_path / "site", os.O_RDONLY)
    publish(tmp_path, STATES[1])
    assert os.fstat(reader).st_ino != (tmp_path / "site").stat().st_ino
    assert look(standby_of(tmp_path)) == STATES[0]
    os.close(reader)


def test_what_did_not_change_is_shared_by_both_trees(tmp_path):
    for files in STATES[:2]:
        publish(tmp_path, files)
    both = [(tmp_path / "site/feed.xml").stat().st_ino, (standby_of(tmp_path) / "feed.xml").stat().st_ino]
    assert both[0] == both[1]


def test_others_things_are_in_the_live_tree_only(tmp_path):
    publish(tmp_path, STATES[0])
    add_foreign(tmp_path / "site")
    for files in (STATES[1], STATES[2]):
        publish(tmp_path, files)
    assert look(standby_of(tmp_path)) == STATES[1]
    assert {
        (tmp_path / "site" / path).lstat().st_nlink
        for path in FOREIGN
        if (tmp_path / "site" / path).is_file()
    } == {1}


def test_pages_removed_while_the_build_runs_come_back_in_the_next(tmp_path):
    site = tmp_path / "site"
    for files in STATES[:2]:
        publish(tmp_path, files)
    publish(tmp_path, STATES[1] | {"index.html": b"late"}, meanwhile=(site / "papers/p3/index.html").unlink)
    for files in (STATES[1], STATES[2], STATES[1]):
        publish(tmp_path, files)
        assert look(site) == files


def test_what_a_shell_does_in_the_old_tree_is_put_right(tmp_path):
    """A shell whose working folder is in the site is in the old tree after a build."""
    for files in STATES[:2]:
        publish(tmp_path, files)
    (standby_of(tmp_path) / "papers/p2/index.html").unlink()
    (standby_of(tmp_path) / "papers/p2/notes.txt").write_text("mine")
    publish(tmp_path, STATES[1] | {"index.html": b"late"})
    for files in (STATES[1], STATES[1] | {"index.html": b"late"}, STATES[0]):
        publish(tmp_path, files)
        assert look(tmp_path / "site") == files | {"papers/p2/notes.txt": b"mine"}


def test_what_a_shell_left_in_an_unknown_tree_is_saved(tmp_path):
    for files in STATES[:2]:
        publish(tmp_path, files)
    add_foreign(standby_of(tmp_path))
    for note in (tmp_path / ".regesta").glob("*.note"):
        note.unlink()
    publish(tmp_path, STATES[2])
    assert look(tmp_path / "site") == STATES[2] | FOREIGN


def of_older_format(lines):
    return lines[:-1]


def cut(lines):
    return lines[:1]


def without_a_path(lines):
    return [lines[0], *lines[2:]]


def with_line(line):
    return lambda lines: [lines[0], line, *lines[1:]]


def forged(lines):
    """A line that leads out of the standby, in a note that claims to be whole."""
    lines = [lines[0], b'"../../VICTIM"\n', *lines[1:-1]]
    made = manifest_hasher()
    made.update(b"".join(lines))
    return [*lines, f"#{made.hexdigest()}\n".encode()]


@pytest.mark.parametrize(
    "harm",
    [
        of_older_format,
        cut,
        without_a_path,
        forged,
        lambda lines: [b'{"since": "now"}\n', *lines[1:]],
        *map(with_line, [b'"a\n', b"\x01\n", b"\n", b"5\n", b'"a\\u0000b"\n', b"\xff\n", b"[" * 100_000]),
    ],
)
def test_a_damaged_note_means_that_the_standby_is_made_anew(tmp_path, harm):
    (tmp_path / "VICTIM").write_text("mine")
    for files in STATES[:2]:
        publish(tmp_path, files)
    note = next((tmp_path / ".regesta").glob("*.note"))
    note.write_bytes(b"".join(harm(note.read_bytes().splitlines(keepends=True))))
    for files in (STATES[2], STATES[1] | {"index.html": b"late"}, STATES[0]):
        publish(tmp_path, files)
        assert look(tmp_path / "site") == files
    assert (tmp_path / "VICTIM").read_text() == "mine"


def test_a_whole_note_means_that_the_standby_is_used(tmp_path):
    for files in STATES[:2]:
        publish(tmp_path, files)
    kept = {path.stat().st_ino for path in standby_of(tmp_path).iterdir()}
    publish(tmp_path, STATES[1] | {"index.html": b"late"})
    assert kept & {path.stat().st_ino for path in (tmp_path / "site").iterdir() if path.is_dir()}


def test_a_clock_set_back_hides_nothing(tmp_path):
    """Folders changed now seem to have been changed before the site was published."""
    for files in STATES[:2]:
        publish(tmp_path, files)
    note = next((tmp_path / ".regesta").glob("*.note"))
    head, _, differing = note.read_text().partition("\n")
    noted, later = json.loads(head), time.time_ns() + 10**12
    os.utime(tmp_path / "site" / NAME, ns=(later, later))
    changed = noted | {"manifest": [noted["manifest"][0], later], "since": later}
    text = f"{json.dumps(changed)}\n{differing.rpartition('#')[0]}".encode()
    made = manifest_hasher()
    made.update(text)
    note.write_bytes(text + f"#{made.hexdigest()}\n".encode())
    add_foreign(tmp_path / "site")
    for files in (STATES[2], STATES[1]):
        publish(tmp_path, files)
        assert look(tmp_path / "site") == files | FOREIGN


def test_what_arrives_where_a_page_went_is_kept_and_named(tmp_path):
    site, new = tmp_path / "site", STATES[1] | {"new.html": b"ours"}
    for files in STATES[:2]:
        publish(tmp_path, files)
    with pytest.raises(RegestaError, match=r"one is in .* the other in ") as caught:
        publish(tmp_path, new, meanwhile=lambda: (site / "new.html").write_text("theirs"))
    assert look(site) == new
    assert caught.value.status == 1  # the site was published, and has a problem
    with pytest.raises(RegestaError, match="one is in"):
        publish(tmp_path, STATES[2])
    theirs = Path(caught.value.problems[0].remedy.partition("the other in ")[2].partition(":")[0], "new.html")
    assert theirs.read_text() == "theirs"
    theirs.unlink()
    publish(tmp_path, STATES[2])
    assert look(site) == STATES[2]
    assert leftovers(tmp_path) == set()


def test_a_standby_that_was_never_finished_is_cleared(tmp_path):
    for files in STATES[:2]:
        publish(tmp_path, files)
    standby = next((tmp_path / ".regesta").glob("standby-*"))
    (standby / NAME).unlink()
    (standby / "index.html").unlink()
    (standby / "index.html").write_text("rubbish")
    publish(tmp_path, STATES[2])
    assert look(tmp_path / "site") == STATES[2]


def test_written_files_are_not_shared(tmp_path):
    """A file in the standby may be linked to the live one: it is never written into."""
    for files in STATES[:2]:
        publish(tmp_path, files)
    with (
        (tmp_path / "site/index.html").open("rb") as reader,
        (tmp_path / "site/feed.xml").open("rb") as other,
    ):
        publish(tmp_path, STATES[2])
        publish(tmp_path, STATES[0])
        assert (reader.read(), other.read()) == (b"home 2", b"feed 1")


def test_git_is_told_to_leave_the_caches_alone(tmp_path):
    publish(tmp_path, STATES[0])
    publish(tmp_path, STATES[1])
    git = shutil.which("git")
    if not git:
        pytest.skip("there is no Git")
    subprocess.run([git, "init", "--quiet"], cwd=tmp_path, check=True)
    status = subprocess.run(
        [git, "status", "--porcelain"], cwd=tmp_path, check=True, capture_output=True, text=True
    ).stdout
    assert status == "?? site/\n"


def test_a_process_that_would_clear_what_others_wrote_is_stopped(tmp_path, monkeypatch):
    with Publisher(tmp_path, tmp_path / "site") as publisher:
        monkeypatch.setattr("os.getpid", lambda: -1)
        with pytest.raises(RuntimeError, match="before a fork"):
            publisher.write("index.html", b"1")
