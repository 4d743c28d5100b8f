"""Real builds that are killed, have no room or no rights, run twice at once, or are watched; `make torture` does it at length."""

import os
import random
import shutil
import signal
import sys
import time

import pytest

from breaking import kill_at, published
from living_archive import LivingArchive

resource = pytest.importorskip("resource")
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="processes are limited and killed here as Linux does it"
    ),
]

#: Without this capability, rights count even for root.
AS_ANYBODY = ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"] if os.geteuid() == 0 else []


@pytest.fixture
def archive(tmp_path):
    archive = LivingArchive(tmp_path / "archive")
    archive.build_here()
    archive.add_things()
    return archive


def test_killed_at_some_moments(archive):
    chance, begin = random.Random(3), time.monotonic()
    archive.become(3)
    archive.build()
    took = time.monotonic() - begin
    for state in (1, 2, 3, 0, 2):
        before = archive.shown()
        archive.become(state)
        with archive.start() as running:
            time.sleep(took * chance.uniform(0.3, 1))
            running.kill()
        assert archive.shown() in (before, state)
    for state in (2, 0):
        archive.become(state)
        archive.build_here()
        assert (archive.shown(), archive.lost()) == (state, set())


def test_a_reader_never_misses_a_page(archive):
    paths = [
        path
        for path in archive.expected[0]
        if all(path in files for files in archive.expected) and path.endswith(".html")
    ]
    known = {path: {files[path] for files in archive.expected} for path in paths}
    looks = 0
    for state in (2, 3):
        archive.become(state)
        with archive.start() as running:
            while running.poll() is None:
                for path in paths:
                    assert (archive.site / path).read_bytes() in known[path]
                    looks += 1
        assert archive.shown() == state
    assert looks > 1000


def test_no_room(archive):
    """A limit on the size of files acts like a full disk: in the middle of a file."""
    archive.become(3)
    small = (2000, 2000)
    status, said = archive.build(preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, small))
    assert (status, archive.shown(), archive.lost()) == (3, 0, set())
    assert "its disk has room" in said
    assert "Traceback" not in said
    archive.build_here()
    assert (archive.shown(), archive.lost()) == (3, set())


@pytest.mark.skipif(bool(AS_ANYBODY) and not shutil.which("setpriv"), reason="root may write everywhere")
@pytest.mark.parametrize(
    "places", [[".", "site"], ["site/papers", "site/.git", "site"], ["site/papers", "site/.git"]]
)
def test_no_right_to_write(archive, places):
    archive.become(3)
    for place in places:
        (archive.root / place).chmod(0o555)
    status, said = archive.build(before=AS_ANYBODY)
    assert (status, archive.shown(), archive.lost()) == (3, 0, set())
    assert "permission denied" in said
    for place in places:
        (archive.root / place).chmod(0o755)
    archive.build_here()
    assert (archive.shown(), archive.lost()) == (3, set())


@pytest.mark.parametrize("call", [30, 60, 120, 200])
def test_a_first_build_in_place_that_is_killed_is_finished_by_the_next(tmp_path, call):
    archive = LivingArchive(tmp_path / "archive")
    with published("in place"):
        assert kill_at(call, archive.build_here)
        archive.build_here()
    assert archive.shown() == 0


def test_two_at_once(archive):
    archive.become(3)
    running = [archive.start() for _ in range(3)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0, 0, 0]
    assert any("waiting for it to end" in text for text in said)
    assert (archive.shown(), archive.lost()) == (3, set())


def test_stopped_by_the_keyboard(archive):
    archive.become(3)
    with archive.start() as running:
        time.sleep(0.5)
        running.send_signal(signal.SIGINT)
    assert archive.shown() in (0, 3)
    archive.build_here()
    assert (archive.shown(), archive.lost()) == (3, set())
