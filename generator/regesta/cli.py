"""The command line: read the arguments, run a command, end with its status."""

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
from regesta.errors import Problem, RegestaError
from regesta.text.strings import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence


def run() -> NoReturn:
    """Run the command that the shell was asked for, and leave: the program's entry point."""
    gc.disable()  # what a command holds, it holds to its end: looking for garbage in it finds none, again and again
    status = main()
    console.finish()
    os._exit(status)  # tidying up would free, one by one, the millions of objects of a large archive


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 done with problems, 2 wrong use, 3 nothing published."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no error
    options = parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], int] = options.run
    try:
        return run(options)
    except RegestaError as error:
        return _stopped(options, error.problems, error.status)
    except BrokenPipeError:
        return DONE
    except OSError as error:
        remedy = "see whether it exists, may be written to, and its disk has room"
        problem = Problem(str(error.filename or "regesta"), 0, (error.strerror or str(error)).lower(), remedy)
        return _stopped(options, [problem], NOTHING_PUBLISHED)
    except KeyboardInterrupt:
        console.note(["stopped"])
        return 130


def _stopped(options: argparse.Namespace, problems: Sequence[Problem], status: int) -> int:
    """Say why nothing was done, to scripts too; return the exit status."""
    console.complain(problems)
    if getattr(options, "json", False):
        with suppress(OSError):  # perhaps that is what went wrong
            console.say_json({"problems": [asdict(problem) for problem in problems]})
    elif status == NOTHING_PUBLISHED:
        console.note([f"nothing published: {counted(len(problems), 'problem')}"])
    return status
