"""Share work among processes, where the system can fork them cheaply."""

from __future__ import annotations

import os
import pickle
import signal
import sys
from contextlib import contextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Generic, TypeVar

from regesta.text.batches import batches

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence

_S = TypeVar("_S")
_R = TypeVar("_R")
_AT_ONCE = 1_000  # results that are passed on at once
_STOPPING = (signal.SIGINT, signal.SIGTERM)


def processors() -> int:
    """Return how many processors this process may use; 1 where the system does not tell."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1


def in_parallel(work: Callable[[_S], Iterable[_R]], shares: Sequence[_S]) -> Generator[_R]:
    """Yield what some work yields for each share, in their order; forked processes do all shares but the first.

    A share that fails in one of them is done again here, so that its error can be reported. Only Linux forks
    safely; on other systems the shares are done one after another.
    """
    if len(shares) == 1 or sys.platform != "linux":
        for share in shares:
            yield from work(share)
        return
    helpers: list[_Helper[_S, _R]] = []
    try:
        for share in shares[1:]:
            with _undisturbed():
                helpers.append(_Helper(work, share))
        yield from work(shares[0])
        for helper in helpers:
            yield from helper.results()
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

    def __init__(self, work: Callable[[_S], Iterable[_R]], share: _S) -> None:
        self._work, self._share = work, share
        self._file = TemporaryFile()  # noqa: SIM115 - not a pipe, for nobody reads before the end
        self._process = os.fork()
        if not self._process:
            self._run()

    def _run(self) -> None:
        """Do the share in the new process, which must end here: all later stages belong to the parent."""
        status = 1
        try:
            for number in _STOPPING:
                if signal.getsignal(number) is not signal.SIG_IGN:
                    signal.signal(number, signal.SIG_DFL)  # it just ends then: the parent clears up
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _STOPPING)
            for some in batches(self._work(self._share), _AT_ONCE):
                pickle.dump(some, self._file)
            self._file.flush()
            status = 0
        finally:
            os._exit(status)

    def results(self) -> Iterator[_R]:
        """Yield the results of the share; wait for them."""
        _, status = os.waitpid(self._process, 0)
        self._process = 0
        if status:
            yield from self._work(self._share)
            return
        end = self._file.seek(0, os.SEEK_END)
        self._file.seek(0)
        while self._file.tell() < end:
            yield from pickle.load(self._file)  # noqa: S301 - from our own process

    def end(self) -> None:
        """Stop the process, if nobody waited for its results."""
        self._file.close()
        if self._process:
            with suppress(ProcessLookupError, ChildProcessError):  # it has just ended
                os.kill(self._process, signal.SIGKILL)
                os.waitpid(self._process, 0)
