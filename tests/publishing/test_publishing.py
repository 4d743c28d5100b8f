"""Publishing: the site becomes the build, foreign files are not lost, and a failure changes nothing."""

import errno
import os
import shutil
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

import regesta.publishing.exchange
from regesta.errors import RegestaError
from regesta.publishing.manifest import read_manifest
from regesta.publishing.publisher import Publisher
from regesta.publishing.site_files import SiteFiles
from regesta.publishing.standby import Standby
from small_site import FOREIGN, STATES, add_foreign, is_whole, leftovers, look, memory_of, publish

EXCHANGES = sys.platform in ("linux", "darwin")


def refuse(*_):
    raise OSError(errno.EXDEV, "no such call here")


WAYS = ("exchange", "in place")


@pytest.fixture(autouse=True, params=WAYS)
def way(request, monkeypatch):
    """Publish in one step or file by file; in some tests, also file by file after the one step failed at the last moment."""
    if request.param == "exchange" and not EXCHANGES:
        pytest.skip("this system exchanges no folders")
    if request.param == "in place":
        monkeypatch.setattr(Standby, "is_possible", lambda _: False)
    if request.param == "in place after all":
        monkeypatch.setattr(Standby, "is_possible", lambda _: True)
        monkeypatch.setattr(regesta.publishing.exchange, "exchange", refuse)
    return request.param


in_each_way = pytest.mark.parametrize("way", [*WAYS, "in place after all"], indirect=True)


@in_each_way
def test_the_site_is_what_was_published(tmp_path):
    for files in (*STATES, *reversed(STATES)):
        publish(tmp_path, files)
        assert look(tmp_path / "site") == files
        assert set(read_manifest(tmp_path / "site").outputs) == set(files)
        assert leftovers(tmp_path) == set()


def test_only_what_changed_is_written(tmp_path):
    publish(tmp_path, STATES[0])
    before = {path: (tmp_path / "site" / path).stat().st_ino for path in STATES[0]}
    assert publish(tmp_path, STATES[0] | {"index.html": b"home 2"}) == ["index.html"]
    after = {path: (tmp_path / "site" / path).stat().st_ino for path in STATES[0]}
    assert [path for path in before if before[path] != after[path]] == ["index.html"]


@in_each_way
def test_what_others_put_there_stays(tmp_path):
    site = tmp_path / "site"
    publish(tmp_path, STATES[0])
    add_foreign(site)
    os.mkfifo(site / "papers/pipe")
    for files in (STATES[1], STATES[2], STATES[1], STATES[0]):
        publish(tmp_path, files)
        assert look(site) == files | FOREIGN | {"papers/pipe": "p"}
        assert leftovers(tmp_path) == set()


def test_what_others_took_away_does_not_come_back(tmp_path):
    site = tmp_path / "site"
    publish(tmp_path, STATES[0])
    add_foreign(site)
    publish(tmp_path, STATES[1])
    for path in ("CNAME", "papers/p2/slides.pdf", "latest"):
        (site / path).unlink()
    shutil.rmtree(site / ".git")
    for files in (STATES[2], STATES[1], STATES[2]):
        publish(tmp_path, files)
        gone = ("CNAME", "papers/p2/slides.pdf", "latest", ".git/HEAD", ".git/objects/1")
        assert look(site) == files | {path: thing for path, thing in FOREIGN.items() if path not in gone}


def test_what_others_change_is_what_stays(tmp_path):
    publish(tmp_path, STATES[0])
    note = tmp_path / "site/CNAME"
    for number, files in enumerate((STATES[1], STATES[2], STATES[1], STATES[2])):
        note.unlink(missing_ok=True)
        note.write_text(f"edition {number}")
        publish(tmp_path, files)
        assert note.read_text() == f"edition {number}"


def test_hidden_files_in_an_empty_folder_stay(tmp_path):
    things = {".gitignore": b"*", ".git/HEAD": b"ref"}
    (tmp_path / "site").mkdir()
    add_foreign(tmp_path / "site", things)
    for files in STATES:
        publish(tmp_path, files)
        assert look(tmp_path / "site") == files | things


def test_a_file_that_somebody_removed_is_missing_and_made_again(tmp_path):
    site = tmp_path / "site"
    for files in STATES[:2]:
        publish(tmp_path, files)
    assert is_whole(tmp_path)
    (site / "papers/p2/index.html").unlink()
    shutil.rmtree(site / "papers/p3")
    assert not is_whole(tmp_path)
    with Publisher(tmp_path, site) as publisher, closing(memory_of(tmp_path)) as memory:
        assert publisher.look(SiteFiles(memory, site)).missing == {
            "papers/p2/index.html",
            "papers/p3/index.html",
        }
    assert publish(tmp_path, STATES[1]) == ["papers/p2/index.html", "papers/p3/index.html"]
    for files in (STATES[1] | {"index.html": b"other"}, STATES[1], STATES[2]):
        publish(tmp_path, files)
        assert look(site) == files


def test_nothing_to_do_touches_nothing(tmp_path):
    publish(tmp_path, STATES[0])
    before = {path: path.lstat().st_ctime_ns for path in tmp_path.rglob("*")}
    publish(tmp_path, STATES[0])
    assert {path: path.lstat().st_ctime_ns for path in tmp_path.rglob("*")} == before


def test_what_a_file_is_made_from_is_noted_even_if_its_bytes_stay(tmp_path):
    publish(tmp_path, STATES[0])
    assert publish(tmp_path, STATES[0], hand="another") == []
    assert read_manifest(tmp_path / "site").inputs != {}
    assert len(set(read_manifest(tmp_path / "site").inputs.values())) == 1
    first = read_manifest(tmp_path / "site").inputs["index.html"]
    publish(tmp_path, STATES[0], hand="a third")
    assert read_manifest(tmp_path / "site").inputs["index.html"] != first


@pytest.mark.parametrize(
    ("thing", "place"),
    [
        (b"mine", "papers/p4/index.html"),  # where a new page goes
        (b"mine", "papers/p4"),  # where its folder goes
        (b"mine", "swap/index.html"),  # below what was our own file until now: somebody made it a folder
        (Path("papers"), "papers/p4/index.html"),
        (Path("/tmp"), "papers/p4"),
        (None, "papers/p4/index.html"),
        (b"mine", "turn/notes.txt"),  # a folder of ours is to become a file
        (b"mine", "turn/notes/1.txt"),
    ],
)
def test_what_stands_in_the_way_is_named_and_nothing_changes(tmp_path, thing, place):
    site = tmp_path / "site"
    publish(tmp_path, STATES[0])
    if place.startswith("swap/"):
        (site / "swap").unlink()
    add_foreign(site, {place: thing})
    before = look(site)
    with pytest.raises(RegestaError, match="move it away") as caught:
        publish(tmp_path, STATES[1])
    assert caught.value.status == 3
    assert any(
        place.startswith(Path(problem.file).relative_to(site).as_posix()) for problem in caught.value.problems
    )
    assert look(site) == before
    assert leftovers(tmp_path) == set()


def test_all_that_stands_in_the_way_is_named_at_once(tmp_path):
    site = tmp_path / "site"
    publish(tmp_path, STATES[0])
    add_foreign(site, {"papers/p4/index.html": b"1", "assets/b": b"2", "papers/p4/other.txt": b"3"})
    with pytest.raises(RegestaError) as caught:
        publish(tmp_path, STATES[1])
    assert [problem.file for problem in caught.value.problems] == [
        str(site / "assets/b"),
        str(site / "papers/p4/index.html"),
    ]


def test_a_link_in_a_folders_place_is_never_followed(tmp_path):
    site, other = tmp_path / "site", tmp_path / "other"
    publish(tmp_path, STATES[0])
    shutil.copytree(site / "papers", other)
    (other / "private.txt").write_text("mine")
    before = look(other)
    shutil.rmtree(site / "papers")
    (site / "papers").symlink_to(other)
    with pytest.raises(RegestaError):
        publish(tmp_path, STATES[0])
    without = {path: data for path, data in STATES[0].items() if not path.startswith("papers/")}
    publish(tmp_path, without)
    assert look(site) == without | {"papers": other}
    assert look(other) == before


def test_a_folder_of_others_in_which_a_page_is_to_appear_is_shared(tmp_path):
    publish(tmp_path, STATES[0])
    add_foreign(tmp_path / "site", {"papers/p4/figure.svg": b"<svg/>", "papers/p4/raw/1.csv": b"1"})
    for files in (STATES[1], STATES[2], STATES[0]):
        publish(tmp_path, files)
        assert look(tmp_path / "site") == files | {
            "papers/p4/figure.svg": b"<svg/>",
            "papers/p4/raw/1.csv": b"1",
        }


def test_a_copy_is_not_taken_for_the_original(tmp_path):
    root, copy = tmp_path / "root", tmp_path / "copy"
    publish(root, STATES[0])
    add_foreign(root / "site")
    publish(root, STATES[1])
    shutil.copytree(root, copy, symlinks=True)
    for place in (copy, root):
        publish(place, STATES[2])
        assert look(place / "site") == STATES[2] | FOREIGN


def test_a_folder_that_was_put_in_the_sites_place_is_looked_through(tmp_path):
    """Its times are older than the last build, and do not tell what was added to it."""
    publish(tmp_path, STATES[0], "site")
    publish(tmp_path, STATES[0], "other")
    add_foreign(tmp_path / "other")
    for files in STATES[1:]:
        publish(tmp_path, files, "site")
    (tmp_path / "site").rename(tmp_path / "aside")
    (tmp_path / "other").rename(tmp_path / "site")
    publish(tmp_path, STATES[1], "site")
    assert look(tmp_path / "site") == STATES[1] | FOREIGN


def test_caches_may_be_deleted_at_any_time(tmp_path):
    publish(tmp_path, STATES[0])
    add_foreign(tmp_path / "site")
    for files in (STATES[1], STATES[2], STATES[0]):
        publish(tmp_path, files)
        shutil.rmtree(tmp_path / ".regesta")
        publish(tmp_path, files | {"index.html": b"other"})
        assert look(tmp_path / "site") == files | {"index.html": b"other"} | FOREIGN


def test_what_arrives_while_the_build_runs_stays(tmp_path):
    site = tmp_path / "site"
    for files in STATES[:2]:
        publish(tmp_path, files)
    publish(tmp_path, STATES[1] | {"index.html": b"late"}, meanwhile=lambda: add_foreign(site))
    assert look(site) == STATES[1] | {"index.html": b"late"} | FOREIGN
    publish(tmp_path, STATES[2])
    assert look(site) == STATES[2] | FOREIGN


@in_each_way
def test_what_arrives_where_a_page_is_to_go_is_kept_and_named(tmp_path):
    for files in STATES[:2]:
        publish(tmp_path, files)
    new, place = STATES[1] | {"new/index.html": b"ours"}, tmp_path / "site/new/index.html"
    with pytest.raises(RegestaError, match=r"new/index\.html"):
        publish(
            tmp_path, new, meanwhile=lambda: add_foreign(tmp_path / "site", {"new/index.html": b"theirs"})
        )
    assert any(path.read_bytes() == b"theirs" for path in tmp_path.rglob("index.html"))
    assert place.read_bytes() == b"theirs" or look(tmp_path / "site") == new


def test_a_failure_of_the_build_leaves_the_site_and_clears_the_rest(tmp_path):
    publish(tmp_path, STATES[0])
    publish(tmp_path, STATES[1])
    with pytest.raises(ZeroDivisionError):
        publish(tmp_path, STATES[2], meanwhile=lambda: 1 // 0)
    assert look(tmp_path / "site") == STATES[1]
    assert leftovers(tmp_path) == set()
    assert not list(tmp_path.rglob("standby-*"))


def test_the_persons_habits_do_not_change_the_rights_of_files(tmp_path):
    rights = set()
    for habit in (0o077, 0o000):
        root = tmp_path / f"{habit}"
        root.mkdir()
        old = os.umask(habit)
        try:
            publish(root, STATES[0])
            publish(root, STATES[1])
            assert os.umask(habit) == habit
        finally:
            os.umask(old)
        rights |= {(path.is_dir(), stat.S_IMODE(path.stat().st_mode)) for path in (root / "site").rglob("*")}
    assert rights == {(False, 0o644), (True, 0o755)}


def test_the_rights_of_the_sites_folder_are_its_owners(tmp_path):
    publish(tmp_path, STATES[0])
    (tmp_path / "site").chmod(0o2750)
    for files in STATES[1:]:
        publish(tmp_path, files)
        assert stat.S_IMODE((tmp_path / "site").stat().st_mode) == 0o2750


def test_a_site_elsewhere_is_prepared_beside_itself(tmp_path, way):
    root, output = tmp_path / "root", tmp_path / "far/away/html"
    root.mkdir()
    for files in STATES:
        publish(root, files, output)
        assert look(output) == files
    assert (
        {path.name for path in output.parent.iterdir()} == {"html", ".html.regesta-standby"}
        if way == "exchange"
        else {"html"}
    )


def test_an_output_that_is_a_link_stays_one(tmp_path):
    target = tmp_path / "disk/html"
    target.mkdir(parents=True)
    (tmp_path / "site").symlink_to(target)
    for files in STATES:
        publish(tmp_path, files)
        assert look(target) == files
    assert (tmp_path / "site").is_symlink()


def test_two_outputs_of_one_archive_do_not_meet(tmp_path):
    for files in STATES:
        publish(tmp_path, files, "site")
        publish(tmp_path, files | {"index.html": b"preview"}, ".regesta/preview")
    assert look(tmp_path / "site") == STATES[2]
    assert look(tmp_path / ".regesta/preview") == STATES[2] | {"index.html": b"preview"}
