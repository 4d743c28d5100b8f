"""The command line: read the arguments, run the command, end with its exit status."""

from __future__ import annotations

import argparse
import gc
import sys
from typing import TYPE_CHECKING

from regesta import console
from regesta.arguments import parser
from regesta.commands import DONE, DONE_WITH_PROBLEMS, NOT_DONE, build
from regesta.errors import Problem, RegestaError, system_problem
from regesta.text.strings import counted

if TYPE_CHECKING:
    from collections.abc import Sequence


def run() -> int:
    """Run the command of the command line in a process of its own; return the exit status.

    It says what the command did, whatever becomes of standard output; only a command that is done, and whose results
    could not be written, is done with problems.
    """
    gc.disable()  # a command needs to its end nearly all that it holds: looking for garbage finds none, again and again
    results = console.open_streams()
    try:
        status = main()
    except SystemExit as end:  # after --help and --version
        status = int(end.code or DONE)
    console.finish()
    if results.lost:
        what, remedy = f"is cut off ({results.lost})", "make room for it, or write it elsewhere"
        console.note_problems([Problem("standard output", 0, what, remedy)])
        return status or DONE_WITH_PROBLEMS
    return status


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status: 0 done, 1 done with problems, 2 wrong use, 3 not done."""
    given = sys.argv[1:] if arguments is None else arguments
    options = argparse.Namespace(run=None, json="--json" in given)  # if the arguments cannot be read
    try:
        options = parser(given).parse_args(given)
        status: int = options.run(options)
    except RegestaError as error:
        return _report_failure(options, error.problems, error.status)
    except OSError as error:
        return _report_failure(options, [system_problem(error)], NOT_DONE)
    return status


def _report_failure(options: argparse.Namespace, problems: Sequence[Problem], status: int) -> int:
    """Print why nothing was done, also for scripts; return the exit status."""
    console.note_problems(problems)
    if getattr(options, "json", False):
        console.say_json({"problems": [problem._asdict() for problem in problems]})
    elif options.run is build and status == NOT_DONE:
        console.note(f"nothing published: {counted(len(problems), 'problem')}")
    return status
