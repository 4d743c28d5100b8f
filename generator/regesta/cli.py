"""The command line: read the arguments, run a command, end with its status."""

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
from regesta import commands as work
from regesta import tag_commands as tags
from regesta.commands import DONE, NOTHING_PUBLISHED
from regesta.errors import Problem, RegestaError
from regesta.text import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_PORTS, _MOST_JOBS = 65536, 64


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
            stream.reconfigure(
                errors="backslashreplace"
            )  # a terminal that lacks a letter is no reason to stop
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
    parser = argparse.ArgumentParser(
        prog="regesta", description="A static site generator for curated archives of research papers."
    )
    parser.add_argument("--version", action="version", version=f"regesta {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add(
        commands,
        "import",
        work.bring_in,
        "bring papers in from files",
        "regesta import content/scraped",
        _import_options,
    )
    _add(
        commands,
        "fetch",
        work.fetch,
        "bring papers in from the network",
        "regesta fetch huggingface --week 2025-W44",
        _fetch_options,
    )
    _add(
        commands,
        "review",
        work.review,
        "settle what the import was not sure of",
        "regesta review 3fa4c1d2 --same",
        _review_options,
    )
    tag = _add(
        commands,
        "tag",
        tags.apply,
        "give papers the tags that tags.yaml suggests",
        "regesta tag --dry-run",
        _tag_options,
    )
    _add_tag_commands(tag.add_subparsers(title="commands", metavar="COMMAND"))
    _add(
        commands,
        "build",
        work.build,
        "make the website",
        "regesta build --url https://lab.example.org/papers/",
        _build_options,
    )
    _add(
        commands,
        "serve",
        work.serve,
        "build, show and rebuild on every change",
        "regesta serve --port 8000",
        _serve_options,
    )
    _add(
        commands,
        "check",
        work.check,
        "look for what is wrong in a built site, and in the archive",
        "regesta check",
        _check_options,
    )
    _add(commands, "new", work.new, "begin an archive", "regesta new my-papers", _new_options)
    return parser


def _add(
    commands: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    run: Callable[[argparse.Namespace], int],
    summary: str,
    example: str,
    add_options: Callable[[argparse.ArgumentParser], None],
) -> argparse.ArgumentParser:
    command = commands.add_parser(
        name, help=summary, description=f"{summary[0].upper()}{summary[1:]}.", epilog=f"Example: {example}"
    )
    add_options(command)
    command.set_defaults(run=run)
    return command


def _add_tag_commands(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    query = "regesta tag add rl --query '\"reinforcement learning\" -survey' --dry-run"
    _add(
        commands,
        "explain",
        tags.explain,
        "say why papers have their tags",
        "regesta tag explain 2410.21060",
        _tag_explain_options,
    )
    _add(
        commands,
        "suggest",
        tags.suggest,
        "name phrases that many papers are about and no tag stands for",
        "regesta tag suggest",
        _tag_suggest_options,
    )
    _add(
        commands,
        "coverage",
        tags.coverage,
        "say how well the tags cover the papers",
        "regesta tag coverage",
        _tag_plain_options,
    )
    _add(commands, "add", tags.add, "give a tag to all papers that a query finds", query, _tag_query_options)
    _add(
        commands,
        "remove",
        tags.remove,
        "take a tag from all papers that a query finds",
        query.replace("add", "remove"),
        _tag_query_options,
    )
    _add(
        commands,
        "rename",
        tags.rename,
        "rename a tag; its old address leads on",
        "regesta tag rename rl reinforcement-learning",
        _tag_pair_options,
    )
    _add(
        commands,
        "merge",
        tags.merge,
        "make a tag a part of another",
        "regesta tag merge rlhf reinforcement-learning",
        _tag_pair_options,
    )


def _tag_plain_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    _json_option(command)


def _tag_options(command: argparse.ArgumentParser) -> None:
    _dry_run_option(command)
    _tag_plain_options(command)


def _tag_explain_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="+", metavar="ID", help="papers")
    _tag_plain_options(command)


def _tag_suggest_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("--most", type=int, default=20, metavar="N", help="how many phrases (default: 20)")
    _tag_plain_options(command)


def _tag_query_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("tag", metavar="TAG", help="the tag")
    command.add_argument(
        "--query",
        required=True,
        help='words, "phrases", field:word, year:2024..2025, has:code; - before what must not be',
    )
    _tag_options(command)


def _tag_pair_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the tag as it is called now")
    command.add_argument("new", metavar="NEW", help="its new name, or the tag that takes it in")
    _tag_options(command)


def _root_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--root", type=Path, default=Path(), metavar="DIR", help="the archive's folder (default: this one)"
    )


def _json_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _output_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--output", type=Path, metavar="DIR", help="the site's folder (default: site/ in the archive)"
    )


def _url_option(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--url", default="", help="where the site will live, in place of `url` in archive.yaml"
    )


def _import_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "paths",
        nargs="+",
        metavar="PATH",
        help="files, folders of files, patterns such as '*.bib'; - for standard input",
    )
    command.add_argument(
        "--as",
        dest="source",
        default="",
        metavar="SOURCE",
        help="what the files are, if it is not to be recognized",
    )
    command.add_argument(
        "--encoding", default="", help="how the files are encoded, if they do not say and are not UTF-8"
    )
    command.add_argument(
        "--column",
        action="append",
        default=[],
        type=_column,
        metavar="NAME=KEY",
        help="for tables: which key of a paper a column holds",
    )
    command.add_argument(
        "--notes", action="store_true", help="take over private notes, too (they are published)"
    )
    command.add_argument("--restore", action="store_true", help="bring back papers whose files were deleted")
    _dry_run_option(command)
    command.add_argument(
        "--explain",
        default="",
        metavar="ID",
        help="say what would change in one paper, and why not; write nothing",
    )
    _root_option(command)
    _json_option(command)


def _fetch_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "source",
        choices=("huggingface",),
        metavar="SOURCE",
        help="where from: huggingface (its daily papers)",
    )
    when = command.add_mutually_exclusive_group(required=True)
    when.add_argument("--date", default="", metavar="DAY", help="one day, as 2025-10-31")
    when.add_argument("--week", default="", metavar="WEEK", help="the days of a week, as 2025-W44")
    when.add_argument("--from", dest="first", default="", metavar="DAY", help="the first of some days")
    command.add_argument(
        "--to", dest="last", default="", metavar="DAY", help="the last of them (default: today)"
    )
    command.add_argument(
        "--again", action="store_true", help="fetch also the days that are here already, for newer counts"
    )
    command.add_argument(
        "--server",
        default="https://huggingface.co",
        metavar="URL",
        help="a server with the same interface (default: %(default)s)",
    )
    _root_option(command)
    _json_option(command)


def _column(text: str) -> tuple[str, str]:
    name, is_pair, key = text.rpartition("=")
    if not is_pair or not name or not key:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no column: write its name, = and a key, as Paper=title"
        )
    return name, key


def _dry_run_option(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="say what would be done, write nothing")


def _review_options(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "entries",
        nargs="*",
        metavar="ENTRY",
        help="entries to settle, by the names that the list shows, or `all`",
    )
    answer = command.add_mutually_exclusive_group()
    answer.add_argument("--same", action="store_true", help="each is the paper that it may be: merge it")
    answer.add_argument("--new", action="store_true", help="each is a paper of its own: add it")
    _root_option(command)
    _json_option(command)


def _build_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    _output_option(command)
    _url_option(command)
    command.add_argument("--strict", action="store_true", help="publish nothing if there is any problem")
    command.add_argument(
        "--full", action="store_true", help="make every file anew, whatever earlier builds remember"
    )
    command.add_argument(
        "--dry-run", action="store_true", help="say what would be written and why, write nothing"
    )
    command.add_argument(
        "--jobs",
        type=_jobs,
        default=0,
        metavar="N",
        help="how many processes make pages (default: as many as pay)",
    )
    command.add_argument("--profile", action="store_true", help="say how long each stage took")
    _json_option(command)


def _check_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    _output_option(command)
    _json_option(command)


def _serve_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    command.add_argument(
        "--output", type=Path, metavar="DIR", help="where the preview is built (default: .regesta/preview/)"
    )
    _url_option(command)
    command.add_argument("--port", type=_port, default=8000, help="the port on this machine (default: 8000)")


def _port(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) < _PORTS:
        raise argparse.ArgumentTypeError(f"{text!r} is no port: name a number from 1 to {_PORTS - 1}")
    return int(text)


def _jobs(text: str) -> int:
    if not text.isdigit() or not 0 < int(text) <= _MOST_JOBS:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no number of processes: name one from 1 to {_MOST_JOBS}"
        )
    return int(text)


def _new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=Path, metavar="DIR", help="where the archive goes; new or empty")
