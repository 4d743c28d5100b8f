"""One command at a time: the second waits and says so, and a process that has ended keeps nobody out."""

import os
import select
import signal
import subprocess
import sys

import pytest

from regesta.dot_regesta import archive_lock

HOLD = """
import os, pathlib, sys
from regesta.dot_regesta import archive_lock
with archive_lock(pathlib.Path(sys.argv[1]), lambda text: print("waiting", flush=True)):
    {begin}
    os.write(1, b"inside %d\\n" % os.getpid())
    sys.stdin.readline()
print("outside", flush=True)
"""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no waiting for pipes there")


class Holder:
    """A process that holds the lock until it is told to leave."""

    def __init__(self, home, begin):
        command = [sys.executable, "-c", HOLD.format(begin=begin), str(home)]
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def line(self):
        return self.process.stdout.readline().split()

    def says(self):
        """Wait for the next word that it prints, and return it."""
        return self.line()[0]

    def is_silent(self, seconds):
        return not select.select([self.process.stdout], [], [], seconds)[0]

    def leave(self):
        self.process.stdin.write("\n")
        assert self.says() == "outside"

    def end(self):
        self.process.kill()
        self.process.wait()
        self.process.stdin.close()
        self.process.stdout.close()


@pytest.fixture
def home(tmp_path):
    return tmp_path / "archive" / ".regesta"


@pytest.fixture
def hold(home):
    """Start a process that holds the archive."""
    holders = []

    def start(begin="pass"):
        holders.append(Holder(home, begin))
        return holders[-1]

    yield start
    for holder in holders:
        holder.end()


def is_free(home):
    messages = []
    with archive_lock(home, messages.append):
        return messages == []


def test_a_single_one_does_not_wait(home):
    assert is_free(home)
    assert is_free(home)


def test_the_second_says_so_and_waits(hold):
    first = hold()
    assert first.says() == "inside"
    second = hold()
    assert second.says() == "waiting"
    first.leave()
    assert second.says() == "inside"
    second.leave()


def test_a_killed_process_keeps_nobody_out(home, hold):
    first = hold()
    assert first.says() == "inside"
    first.end()
    assert is_free(home)


def test_a_failure_lets_the_next_one_in(home):
    with pytest.raises(ZeroDivisionError), archive_lock(home, print):
        raise ZeroDivisionError
    assert is_free(home)


def test_emptying_the_caches_does_not_let_two_in(home, hold):
    """Whoever waits for a lock that was removed in the meantime asks for the new one."""
    first = hold()
    assert first.says() == "inside"
    second = hold()
    assert second.says() == "waiting"
    (home / "lock").unlink()
    third = hold()
    assert third.says() == "inside"
    first.leave()
    assert second.says() == "waiting"
    assert second.is_silent(0.3)
    third.leave()
    assert second.says() == "inside"
    second.leave()


def test_helpers_that_outlive_a_killed_build_keep_the_next_one_out(hold):
    """They may still be writing: the lock goes with the last of them."""
    first = hold("os.fork()")
    (helper,) = {int(first.line()[1]), int(first.line()[1])} - {first.process.pid}
    first.process.kill()
    second = hold()
    assert second.says() == "waiting"
    os.kill(helper, signal.SIGKILL)
    assert second.says() == "inside"
    second.leave()


def test_git_leaves_the_caches_alone(home):
    assert is_free(home)
    assert (home / ".gitignore").read_text() == "*\n"
