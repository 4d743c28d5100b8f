"""The commands: read the arguments, call the work, say what was done."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from regesta import __version__, console
from regesta.errors import Problem, RegestaError
from regesta.running import HOME, one_at_a_time
from regesta.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PORTS, _MOST_JOBS = 65536, 64
DONE, DONE_WITH_PROBLEMS, WRONG_USE, NOTHING_PUBLISHED = 0, 1, 2, 3


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
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter is no reason to stop
    options = _parser().parse_args(arguments)
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="regesta", description="A static site generator for curated archives of research papers.")
    parser.add_argument("--version", action="version", version=f"regesta {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(commands, "import", _import, "bring papers in from files", "regesta import content/scraped", _import_options)
    _add(commands, "build", _build, "make the website", "regesta build --url https://lab.example.org/papers/", _build_options)
    _add(commands, "serve", _serve, "build, show and rebuild on every change", "regesta serve --port 8000", _serve_options)
    _add(commands, "check", _check, "look for what is wrong in a built site", "regesta check", _check_options)
    _add(commands, "new", _new, "begin an archive", "regesta new my-papers", _new_options)
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    example: str,
    add_options: Callable[[argparse.ArgumentParser], None],
) -> None:
    command = commands.add_parser(name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=f"Example: {example}")
    add_options(command)
    command.set_defaults(run=run)


def _root_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--root", type=Path, default=Path(), metavar="DIR", help="the archive's folder (default: this one)")


def _json_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _output_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--output", type=Path, metavar="DIR", help="the site's folder (default: site/ in the archive)")


def _url_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--url", default="", help="where the site will live, in place of `url` in archive.yaml")


def _import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, or folders of files")
    command.add_argument("--restore", action="store_true", help="bring back papers whose files were deleted")
    command.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")
    _root_option(command)
    _json_option(command)


def _build_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    _output_option(command)
    _url_option(command)
    command.add_argument("--strict", action="store_true", help="publish nothing if there is any problem")
    command.add_argument("--full", action="store_true", help="make every file anew, whatever earlier builds remember")
    command.add_argument("--dry-run", action="store_true", help="say what would be written and why, write nothing")
    command.add_argument("--jobs", type=_jobs, default=0, metavar="N", help="how many processes make pages (default: as many as pay)")
    command.add_argument("--profile", action="store_true", help="say how long each stage took")
    _json_option(command)


def _check_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    _output_option(command)
    _json_option(command)


def _serve_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    command.add_argument("--output", type=Path, metavar="DIR", help="where the preview is built (default: .regesta/preview/)")
    _url_option(command)
    command.add_argument("--port", type=_port, default=8000, help="the port on this machine (default: 8000)")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < _PORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: name a number from 1 to {_PORTS - 1}")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of processes: name one from 1 to {_MOST_JOBS}")
    return int(text)


def _new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="where the archive goes; new or empty")


def _import(options: argparse.Namespace) -> int:
    from regesta.files import find_archive
    from regesta.importing import import_papers

    find_archive(options.root)
    with one_at_a_time(options.root / HOME, lambda reason: console.note([reason])):
        ledger = import_papers(
            options.root / "content",
            options.paths,
            restore=options.restore,
            dry_run=options.dry_run,
            progress=lambda changes: console.progress(changes, "writing papers"),
        )
    counts = {name: getattr(ledger, name) for name in ("new", "updated", "unchanged", "merged", "kept", "refused")}
    console.complain(ledger.problems)
    if options.json:
        problems = [asdict(problem) for problem in ledger.problems]
        console.say_json({"found": ledger.found} | counts | {"notes": ledger.notes, "problems": problems})
    else:
        console.note(ledger.notes)
        parts = " + ".join(f"{count} {name}" for name, count in counts.items() if count) or "nothing"
        console.say(f"{'would import' if options.dry_run else 'imported'}: found {ledger.found} = {parts}")
    return DONE_WITH_PROBLEMS if ledger.problems else DONE


def _build(options: argparse.Namespace) -> int:
    from regesta.build import Options, build

    how = Options(options.url, options.full, options.strict, options.dry_run, options.jobs)
    report = build(
        options.root,
        _output(options),
        how,
        say=lambda reason: console.note([reason]),
        progress=lambda tasks: console.progress(tasks, "making pages"),
    )
    console.complain(report.problems)
    if options.json:
        console.say_json(report.as_json())
        return DONE_WITH_PROBLEMS if report.problems else DONE
    if options.dry_run:
        console.say_lines(report.explanation())
    if options.profile:
        console.note(report.profile())
    console.say(report.summary())
    return DONE_WITH_PROBLEMS if report.problems else DONE


def _serve(options: argparse.Namespace) -> int:
    from regesta.serve import serve

    gc.enable()  # a preview goes on for hours
    serve(options.root, options.output or options.root / HOME / "preview", options.url, options.port)
    return DONE


def _check(options: argparse.Namespace) -> int:
    from regesta.check import check

    findings = check(_output(options))
    console.complain(findings.problems)
    if options.json:
        console.say_json(findings.as_json())
    else:
        console.note(findings.notes)
        console.say(findings.summary())
    return DONE_WITH_PROBLEMS if findings.problems else DONE


def _new(options: argparse.Namespace) -> int:
    from regesta.new import new_archive

    new_archive(options.folder)
    console.say(f"began an archive in {options.folder}; next: cd {options.folder} && regesta serve")
    return DONE


def _output(options: argparse.Namespace) -> Path:
    output: Path = options.output or options.root / "site"
    return output
