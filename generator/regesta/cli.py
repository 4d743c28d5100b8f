"""The command line: read the arguments, run the command, end with its exit status."""

from __future__ import annotations

import gc
import io
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from typing import TYPE_CHECKING, NoReturn

from regesta import console
from regesta.arguments import parser
from regesta.commands import DONE, NOTHING_PUBLISHED
from regesta.errors import RegestaError, system_problem
from regesta.text.strings import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence

    from regesta.errors import Problem

_INTERRUPTED = 130  # the shells' exit status after Ctrl-C: 128 + SIGINT


def run() -> NoReturn:
    """Run the command of the command line, and end the process: the program's entry point."""
    gc.disable()  # a command needs to its end nearly all that it holds: looking for garbage finds none, again and again
    status = main()
    console.finish()
    os._exit(status)  # a normal exit would free the millions of objects of a large archive one by one


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 done with problems, 2 wrong use, 3 nothing published."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # not every terminal can show every letter
    options = parser().parse_args(arguments)
    run_command: Callable[[argparse.Namespace], int] = options.run
    try:
        return run_command(options)
    except RegestaError as error:
        return _report_failure(options, error.problems, error.status)
    except BrokenPipeError:  # nobody reads the results any more
        return DONE
    except OSError as error:
        return _report_failure(options, [system_problem(error)], NOTHING_PUBLISHED)
    except KeyboardInterrupt:
        console.note("stopped")
        return _INTERRUPTED


def _report_failure(options: argparse.Namespace, problems: Sequence[Problem], status: int) -> int:
    """Print why nothing was done, also for scripts; return the exit status."""
    console.note_problems(problems)
    if getattr(options, "json", False):
        with suppress(OSError):  # printing may be what failed
            console.say_json({"problems": [asdict(problem) for problem in problems]})
    elif status == NOTHING_PUBLISHED:
        console.note(f"nothing published: {counted(len(problems), 'problem')}")
    return status
