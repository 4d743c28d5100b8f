"""Break a run of ours at any of its system calls, as a power switch for one process: killed there, or told that the disk is full."""

import errno
import os
import signal
from contextlib import contextmanager
from unittest import mock

import regesta.publishing.exchange
from regesta.publishing.standby import Standby

#: The calls that change a disk.
CALLS = ("mkdir", "rmdir", "unlink", "link", "rename", "replace", "open", "write", "chmod", "chown")
#: Those of them that a full disk refuses.
HUNGRY = ("mkdir", "link", "open", "write")


class Breaker:
    """Counts the calls that change the disk and does something at one of them.

    Args:
        at: the number of the call, from 1, from which on something happens.
        action: what happens, given the name of the call; nothing if there is none.
    """

    def __init__(self, at=0, action=None):
        self.at, self.action, self.count = at, action, 0

    def __call__(self, name, call):
        def broken(*arguments, **options):
            if name == "open" and not arguments[1] & os.O_CREAT:
                return call(*arguments, **options)
            self.count += 1
            if self.action and self.count >= self.at:
                self.action(name)
            return call(*arguments, **options)

        return broken

    @contextmanager
    def installed(self):
        """Stand between Regesta and the system."""
        calls = {name: self(name, getattr(os, name)) for name in CALLS}
        exchange = self("exchange", regesta.publishing.exchange.exchange)
        with (
            mock.patch.multiple(os, **calls),
            mock.patch.object(regesta.publishing.exchange, "exchange", exchange),
        ):
            yield self


def die(_):
    """Be killed."""
    os.kill(os.getpid(), signal.SIGKILL)


def disk_full(name):
    """Refuse, from here on, whatever needs room."""
    if name in HUNGRY:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def count_calls(work):
    """Return how many calls that change the disk some work makes."""
    with Breaker().installed() as breaker:
        work()
    return breaker.count


def kill_at(number, work):
    """Do some work in a process of its own that is killed at one of its calls; return whether it was."""
    child = os.fork()
    if child == 0:
        try:
            with Breaker(number, die).installed():
                work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL


def fill_at(number, work):
    """Do some work on a disk that is full from one of its calls on; return whether that stopped it."""
    with Breaker(number, disk_full).installed():
        try:
            work()
        except OSError as error:
            if error.errno != errno.ENOSPC:
                raise
            return True
    return False


@contextmanager
def published(way):
    """Publish in one of the ways: `exchange`, `in place`, or `in place after all`, when the exchange fails at the last moment."""

    def refuse(*_):
        raise OSError(errno.EXDEV, "no such call here")

    with mock.patch.object(Standby, "is_possible", return_value=way != "in place"):
        if way == "in place after all":
            with mock.patch.object(regesta.publishing.exchange, "exchange", refuse):
                yield
        else:
            yield
