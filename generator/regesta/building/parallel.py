"""Share work among processes, where the system can fork them cheaply."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_S = TypeVar("_S")
_R = TypeVar("_R")
_STOPPING = (signal.SIGINT, signal.SIGTERM)


def processors() -> int:
    """Return how many processors this process may use; 1 where the system does not tell."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def in_parallel(work: Callable[[_S], _R], shares: Sequence[_S]) -> list[_R]:
    """Return the results of some work, one for each share; forked processes do all shares but the first.

    A share that fails in one of them is done again here, so that its error can be reported. Only Linux forks
    safely; on other systems the shares are done one after another.
    """
    if len(shares) == 1 or sys.platform != "linux":
        return [work(share) for share in shares]
    helpers: list[_Helper[_S, _R]] = []
    try:
        for share in shares[1:]:
            with _undisturbed():
                helpers.append(_Helper(work, share))
        return [work(share) for share in shares[:1]] + [helper.result() for helper in helpers]
    finally:
        for helper in helpers:
            helper.end()


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Keep the signals that stop the program waiting: a process is begun and noted, or not begun."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Helper(Generic[_S, _R]):
    """A forked process that does a share of the work."""

    def __init__(self, work: Callable[[_S], _R], share: _S) -> None:
        self._work, self._share = work, share
        reader, writer = os.pipe()
        self._pipe = os.fdopen(reader, "rb")
        self._process = os.fork()
        if not self._process:
            self._run(writer)
        os.close(writer)

    def _run(self, writer: int) -> None:
        """Do the share in the new process, which must end here: all later stages belong to the parent."""
        status = 1
        try:
            for number in _STOPPING:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, signal.SIG_DFL)  # it just ends then: the parent clears up
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
            self._pipe.close()
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(self._work(self._share), pipe)
            status = 0
        finally:
            os._exit(status)

    def result(self) -> _R:
        """Return the result of the share; wait for it."""
        data = self._pipe.read()
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        if status:
            return self._work(self._share)
        made: _R = pickle.loads(data)  # noqa: S301 - from our own process
        return made

    def end(self) -> None:
        """Stop the process, if nobody waited for its result."""
        self._pipe.close()
        if self._process:
            with suppress(ProcessLookupError, ChildProcessError):  # it has just ended
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
