"""The program's entry point, as `regesta` and as `python -m regesta`: from here on it can be stopped at any moment.

All that takes long to import is imported after that.
"""

from __future__ import annotations

import os
import signal
import sys

TYPE_CHECKING = False  # that of `typing`, which takes longer to import than all that is imported here
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

_STANDARD_ERROR = 2
#: The signals that stopped the program. What raises KeyboardInterrupt by itself, as the watch of a preview, says none.
_stops: list[int] = [signal.SIGINT]
_STOPPING = (signal.SIGINT, signal.SIGTERM)  # Ctrl-C, and what `kill` and service managers send


def run() -> NoReturn:
    """Run the command of the command line, and end the process with its exit status."""
    _fill_standard_streams()
    _when_stopped(_leave)
    try:
        from regesta import cli

        sys.unraisablehook = _leave_if_stopped
        _when_stopped(_interrupt)
        status = cli.run()
        _when_stopped(signal.SIG_IGN)
    except KeyboardInterrupt:
        _leave(_stops[-1])
    os._exit(status)  # a normal exit would free the millions of objects of a large archive one by one


def _fill_standard_streams() -> None:
    """Open the null device in place of closed standard streams, or the next file would be taken for one of them."""
    while (handle := os.open(os.devnull, os.O_RDWR)) <= _STANDARD_ERROR:
        pass
    os.close(handle)


def _when_stopped(act: Callable[[int, object], object] | signal.Handlers) -> None:
    """Set what happens when somebody stops the program, unless its caller wants it to go on, as `nohup` does."""
    for number in _STOPPING:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, act)


def _interrupt(number: int, _frame: object) -> None:
    """Stop the command, which then removes what it has half done; whoever asks again does not want to wait for that."""
    _when_stopped(_leave)
    _stops.append(number)
    raise KeyboardInterrupt


def _leave(number: int, _frame: object = None) -> NoReturn:
    """End the process at once, with the exit status that shells use: 130 after Ctrl-C."""
    _when_stopped(signal.SIG_IGN)
    try:
        os.write(_STANDARD_ERROR, b"stopped\n")
    finally:  # whether or not that can be written
        os._exit(128 + number)


def _leave_if_stopped(found: sys.UnraisableHookArgs) -> None:
    """End the process if it was stopped where Python can only print the exception: while it frees an object."""
    if isinstance(found.exc_value, KeyboardInterrupt):
        _leave(_stops[-1])
    sys.__unraisablehook__(found)


if __name__ == "__main__":
    run()
