"""A run is killed, or the disk is full, at any system call: the site is whole, and the next run recovers."""

import os
import random
import shutil
import sys
from contextlib import suppress

import pytest

from breaking import count_calls, fill_at, kill_at, published
from regesta.errors import RegestaError
from regesta.publishing.disk import folders_of
from regesta.text.strings import digest
from small_site import FOREIGN, STATES, add_foreign, is_whole, leftovers, look, publish

pytestmark = pytest.mark.slow

EXCHANGE = pytest.param(
    "exchange", marks=pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="no exchange here")
)
#: One in so many calls is broken; with WIDE=1 every one. The last way begins as the first and ends as the second.
STEPS = {"exchange": 10, "in place": 10, "in place after all": 25}
IS_WIDE = bool(os.environ.get("WIDE"))


def prepared(folder, states):
    """Return an archive whose site went through some states and has foreign files, and these files."""
    folder.mkdir()
    for files in states:
        publish(folder, files)
    things = FOREIGN if states else {".gitignore": b"*", ".git/HEAD": b"ref"}
    (folder / "site").mkdir(exist_ok=True)
    add_foreign(folder / "site", things)
    return folder, things


def is_one_of(found, things, states):
    """Tell whether a site is in one of some states, with the foreign files beside ours."""
    ours = {path: thing for path, thing in found.items() if path not in things}
    beside = {
        path for path in things if path.rpartition("/")[0] in folders_of(states[0]) and not path.endswith("/")
    }
    return ours in states and all(found.get(path) == things[path] for path in beside)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process of its own to be killed")
@pytest.mark.parametrize("history", [0, 1, 2], ids=["first build", "second build", "third build"])
@pytest.mark.parametrize("break_at", [kill_at, fill_at])
@pytest.mark.parametrize("way", [EXCHANGE, "in place", "in place after all"])
def test_broken_at_any_call(tmp_path, way, break_at, history):
    new, states = STATES[history], [*STATES[:history][-1:], STATES[history]]
    with published(way):
        root, _ = prepared(tmp_path / "whole", STATES[:history])
        calls = count_calls(lambda: publish(root, new))
        for number in range(1 + history, calls + 1, 1 if IS_WIDE else STEPS[way]):
            root, things = prepared(tmp_path / f"{number}", STATES[:history])
            break_at(number, lambda root=root: publish(root, new))
            if way == "exchange":
                found = look(root / "site")
                assert is_one_of(found, things, states) or (not history and is_one_of(found, things, [{}])), (
                    f"call {number} of {calls}"
                )
            for files in (new, STATES[1]):
                publish(root, files)
                assert look(root / "site") == files | things, f"call {number} of {calls}"
                assert leftovers(root) == set()
    assert calls > 40


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process of its own to be killed")
def test_a_site_that_was_cut_off_is_not_whole(tmp_path):
    with published("in place"):
        publish(tmp_path, STATES[0])
        assert is_whole(tmp_path)
        assert kill_at(
            40, lambda: publish(tmp_path, STATES[0] | {"index.html": b"other"} | STATES[1] | STATES[2])
        )
        assert not is_whole(tmp_path)
        publish(tmp_path, STATES[0])
        assert is_whole(tmp_path)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process of its own to be killed")
@pytest.mark.parametrize("way", [EXCHANGE, "in place", "in place after all"])
def test_broken_again_and_again(tmp_path, way):
    """The run that recovers may be killed, too."""
    chance = random.Random(5)
    root, things = prepared(tmp_path / "root", STATES[:2])
    with published(way):
        for _ in range(300 if IS_WIDE else 15):
            for _ in range(chance.randrange(1, 5)):
                files = chance.choice(STATES)
                chance.choice([kill_at, fill_at])(
                    chance.randrange(1, 120), lambda files=files: publish(root, files)
                )
            files = chance.choice(STATES)
            publish(root, files)
            assert look(root / "site") == files | things
            assert leftovers(root) == set()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no process of its own to be killed")
@pytest.mark.parametrize("way", [EXCHANGE, "in place"])
def test_journals_that_came_with_a_copy_are_not_believed(tmp_path, way):
    """A journal from another archive is ignored: it could name any file."""
    root, copy = prepared(tmp_path / "root", STATES[:2])[0], tmp_path / "copy"
    with published(way):
        calls = count_calls(lambda: publish(root, STATES[2]))
        for number in range(calls - 20, calls, 3):
            publish(root, STATES[1])
            kill_at(number, lambda: publish(root, STATES[2]))
            shutil.copytree(root, copy, symlinks=True)
            for path in copy.glob(".regesta/s*"):
                path.rename(
                    path.with_name(
                        path.name.replace(digest(str(root / "site"), 8), digest(str(copy / "site"), 8))
                    )
                )
            for journal in (
                *copy.glob(".regesta/*.journal"),
                *copy.glob("site/.regesta.staging/journal.json"),
            ):
                text = (
                    journal.read_text()
                    .replace('".git"', '"../../../precious"')
                    .replace('"swap/index.html"', '"../../precious/1"')
                )
                journal.write_text(text.replace('"papers/p1/index.html"', '"../../precious/1"'))
            add_foreign(tmp_path, {"precious/1": b"kept"})
            with suppress(RegestaError):
                publish(copy, STATES[2])
            assert look(tmp_path / "precious") == {"1": b"kept"}
            shutil.rmtree(tmp_path / "precious")
            shutil.rmtree(copy)
