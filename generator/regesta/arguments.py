"""What each command may be asked: its name, its options, an example."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from regesta import __version__, commands, tag_commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_PORTS, _MOST_JOBS = 65536, 64
_QUERY = "--query '\"reinforcement learning\" -survey' --dry-run"


class _Command(NamedTuple):
    """A command: its name, what runs it, a summary and an example for its help, and a function that adds its options."""

    name: str
    run: Callable[[argparse.Namespace], int]
    summary: str
    example: str
    options: Callable[[argparse.ArgumentParser], None]


def parser() -> argparse.ArgumentParser:
    """Return the reader of the command line; what it reads has the command's function as `run`."""
    description = "A static site generator for curated archives of research papers."
    top = argparse.ArgumentParser(prog="regesta", description=description)
    top.add_argument("--version", action="version", version=f"regesta {__version__}")
    _add(top, _COMMANDS, required=True)
    return top


def _add(parent: argparse.ArgumentParser, commands: Iterable[_Command], *, required: bool = False) -> None:
    group = parent.add_subparsers(title="commands", metavar="COMMAND", required=required)
    for name, run, summary, example, options in commands:
        description = f"{summary[0].upper()}{summary[1:]}."
        epilog = f"Example: regesta {example}"
        command = group.add_parser(name, help=summary, description=description, epilog=epilog)
        options(command)
        command.set_defaults(run=run)


def _tag_plain_options(command: argparse.ArgumentParser) -> None:
    _root_option(command)
    _json_option(command)


def _tag_options(command: argparse.ArgumentParser) -> None:
    _tag_change_options(command)
    _add(command, _TAG_COMMANDS)


def _tag_change_options(command: argparse.ArgumentParser) -> None:
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
    _tag_change_options(command)


def _tag_pair_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the tag as it is called now")
    command.add_argument("new", metavar="NEW", help="its new name, or the tag that takes it in")
    _tag_change_options(command)


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


_TAG_COMMANDS = [
    _Command(
        "explain",
        tag_commands.explain,
        "say why papers have their tags",
        "tag explain 2410.21060",
        _tag_explain_options,
    ),
    _Command(
        "suggest",
        tag_commands.suggest,
        "name phrases that many papers are about and no tag stands for",
        "tag suggest",
        _tag_suggest_options,
    ),
    _Command(
        "coverage",
        tag_commands.coverage,
        "say how well the tags cover the papers",
        "tag coverage",
        _tag_plain_options,
    ),
    _Command(
        "add",
        tag_commands.add,
        "give a tag to all papers that a query finds",
        f"tag add rl {_QUERY}",
        _tag_query_options,
    ),
    _Command(
        "remove",
        tag_commands.remove,
        "take a tag from all papers that a query finds",
        f"tag remove rl {_QUERY}",
        _tag_query_options,
    ),
    _Command(
        "rename",
        tag_commands.rename,
        "rename a tag; its old address leads on",
        "tag rename rl reinforcement-learning",
        _tag_pair_options,
    ),
    _Command(
        "merge",
        tag_commands.merge,
        "make a tag a part of another",
        "tag merge rlhf reinforcement-learning",
        _tag_pair_options,
    ),
]

_COMMANDS = [
    _Command(
        "import", commands.bring_in, "bring papers in from files", "import content/scraped", _import_options
    ),
    _Command(
        "fetch",
        commands.fetch,
        "bring papers in from the network",
        "fetch huggingface --week 2025-W44",
        _fetch_options,
    ),
    _Command(
        "review",
        commands.review,
        "settle what the import was not sure of",
        "review 3fa4c1d2 --same",
        _review_options,
    ),
    _Command(
        "tag",
        tag_commands.apply,
        "give papers the tags that tags.yaml suggests",
        "tag --dry-run",
        _tag_options,
    ),
    _Command(
        "build",
        commands.build,
        "make the website",
        "build --url https://lab.example.org/papers/",
        _build_options,
    ),
    _Command(
        "serve",
        commands.serve,
        "build, show and rebuild on every change",
        "serve --port 8000",
        _serve_options,
    ),
    _Command(
        "check",
        commands.check,
        "look for what is wrong in a built site, and in the archive",
        "check",
        _check_options,
    ),
    _Command("new", commands.new, "begin an archive", "new my-papers", _new_options),
]
