"""The arguments of each command: its name, its options, an example."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from regesta import __version__, commands, tag_commands
from regesta.errors import fail

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_LAST_PORT, _MOST_JOBS, _MOST_PHRASES = 65535, 64, 1000
_LONGEST_NAME = 255  # bytes of a file's or folder's name, on all common file systems
_QUERY = "--query '\"reinforcement learning\" -survey' --dry-run"


class _Command(NamedTuple):
    """A command: its name, what runs it, a summary and an example for its help, and a function that adds its options."""

    name: str
    run: Callable[[argparse.Namespace], int]
    summary: str
    example: str
    add_options: Callable[[argparse.ArgumentParser], None]


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are reported like all others."""

    def error(self, message: str) -> NoReturn:
        """Raise the error for arguments that cannot be read."""
        raise fail(self.prog, message, f"see `{self.prog} --help`")


def parser(given: Sequence[str] = ()) -> argparse.ArgumentParser:
    """Return the parser of the command line; its result has the function that runs the command as `run`.

    Args:
        given: the arguments; if they begin with a command, the parser knows no other, which would take a while.
    """
    description = "A static site generator for curated archives of research papers."
    top = _Parser(prog="regesta", description=description)
    top.add_argument("--version", action="version", version=f"regesta {__version__}")
    named = [command for command in _COMMANDS if [command.name] == [*given[:1]]]
    _add_commands(top, named or _COMMANDS, required=True)
    return top


def _add_commands(
    parent: argparse.ArgumentParser, commands: Iterable[_Command], *, required: bool = False
) -> None:
    group = parent.add_subparsers(title="commands", metavar="COMMAND", required=required)
    for name, run, summary, example, add_options in commands:
        description = f"{summary[0].upper()}{summary[1:]}."
        epilog = f"Example: regesta {example}"
        command = group.add_parser(name, help=summary, description=description, epilog=epilog)
        add_options(command)
        command.set_defaults(run=run)


# Values


def _folder(text: str) -> Path:
    if not text or any(len(name) > _LONGEST_NAME for name in os.fsencode(text).split(b"/")):
        what = f"{text!r} is not a folder's name: {'name one' if not text else 'choose a shorter one'}"
        raise argparse.ArgumentTypeError(what)
    return Path(text)


def _number_to(most: int, noun: str) -> Callable[[str], int]:
    """Return a reader of numbers from 1 to the most."""

    def read(text: str) -> int:
        is_number = text.isdecimal() and len(text) <= len(str(most))
        if not is_number or not 0 < int(text) <= most:
            raise argparse.ArgumentTypeError(f"{text!r} is not {noun}: give one from 1 to {most}")
        return int(text)

    return read


# Options that several commands have


def _add_root(command: argparse.ArgumentParser) -> None:
    summary = "the archive's folder (default: the current one)"
    command.add_argument("--root", type=_folder, default=Path(), metavar="DIR", help=summary)


def _add_json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print the result as JSON")


def _add_root_and_json(command: argparse.ArgumentParser) -> None:
    _add_root(command)
    _add_json(command)


def _add_output(command: argparse.ArgumentParser) -> None:
    summary = "the site's folder (default: site/ in the archive)"
    command.add_argument("--output", type=_folder, metavar="DIR", help=summary)


def _add_url(command: argparse.ArgumentParser) -> None:
    command.add_argument("--url", default="", help="the site's address, in place of `url` in archive.yaml")


def _add_dry_run(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="show what would change, and write nothing")


# Options of one command each


def _add_import_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    summary = "files, folders, patterns such as '*.bib'; - is standard input"
    add("paths", nargs="+", metavar="PATH", help=summary)
    summary = "the source of the files, such as bibtex (default: recognized for each file)"
    add("--as", dest="source", default="", metavar="SOURCE", help=summary)
    add("--encoding", default="", help="the encoding of files that name none and are not UTF-8")
    summary = "in tables, read the column NAME as the key KEY of a paper; may be repeated"
    add("--column", action="append", default=[], type=_column, metavar="NAME=KEY", help=summary)
    add("--notes", action="store_true", help="import private notes too; the site will show them")
    add("--restore", action="store_true", help="bring back papers whose files were deleted")
    _add_dry_run(command)
    summary = "explain what would change in one paper and what would stay; write nothing"
    add("--explain", default="", metavar="ID", help=summary)
    _add_root_and_json(command)


def _column(text: str) -> tuple[str, str]:
    name, _, key = text.rpartition("=")
    if not name or not key:
        what = f"{text!r} is not NAME=KEY: write a column's name, = and a key, such as Paper=title"
        raise argparse.ArgumentTypeError(what)
    return name, key


def _add_fetch_options(command: argparse.ArgumentParser) -> None:
    add = command.add_argument
    summary = "where to fetch from: huggingface (its daily papers)"
    add("source", choices=("huggingface",), metavar="SOURCE", help=summary)
    when = command.add_mutually_exclusive_group(required=True)
    when.add_argument("--date", default="", metavar="DAY", help="one day, such as 2025-10-31")
    when.add_argument("--week", default="", metavar="WEEK", help="all days of a week, such as 2025-W44")
    when.add_argument("--from", dest="first", default="", metavar="DAY", help="the first of several days")
    add("--to", dest="last", default="", metavar="DAY", help="the last of these days (default: today)")
    add("--again", action="store_true", help="fetch days again that were fetched before, for newer counts")
    summary = "a server with the same interface (default: %(default)s)"
    add("--server", default="https://huggingface.co", metavar="URL", help=summary)
    _add_root_and_json(command)


def _add_review_options(command: argparse.ArgumentParser) -> None:
    summary = "names of entries, as the list shows them, or `all`"
    command.add_argument("entries", nargs="*", metavar="ENTRY", help=summary)
    answer = command.add_mutually_exclusive_group()
    answer.add_argument("--same", action="store_true", help="merge each entry with the paper that it may be")
    answer.add_argument("--new", action="store_true", help="add each entry as a new paper")
    _add_root_and_json(command)


def _add_build_options(command: argparse.ArgumentParser) -> None:
    _add_root(command)
    _add_output(command)
    _add_url(command)
    add = command.add_argument
    add("--strict", action="store_true", help="publish nothing if there is any problem")
    add("--full", action="store_true", help="make every file again, without using the caches")
    add("--dry-run", action="store_true", help="show what would be written and why, and write nothing")
    summary = "how many processes make pages (default: depends on the number of pages)"
    add("--jobs", type=_number_to(_MOST_JOBS, "a number of processes"), default=0, metavar="N", help=summary)
    add("--profile", action="store_true", help="show how long each stage took")
    _add_json(command)


def _add_serve_options(command: argparse.ArgumentParser) -> None:
    _add_root(command)
    summary = "the preview's folder (default: .regesta/preview/ in the archive)"
    command.add_argument("--output", type=_folder, metavar="DIR", help=summary)
    _add_url(command)
    port, summary = _number_to(_LAST_PORT, "a port"), "the port on this machine (default: 8000)"
    command.add_argument("--port", type=port, default=8000, help=summary)


def _add_check_options(command: argparse.ArgumentParser) -> None:
    _add_root(command)
    _add_output(command)
    _add_json(command)


def _add_new_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("folder", type=_folder, metavar="DIR", help="a new or empty folder for the archive")


# `regesta tag` and its subcommands


def _add_tag_options(command: argparse.ArgumentParser) -> None:
    _add_tag_change_options(command)
    _add_commands(command, _TAG_COMMANDS)


def _add_tag_change_options(command: argparse.ArgumentParser) -> None:
    _add_dry_run(command)
    _add_root_and_json(command)


def _add_tag_explain_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("ids", nargs="+", metavar="ID", help="the ids of papers")
    _add_root_and_json(command)


def _add_tag_suggest_options(command: argparse.ArgumentParser) -> None:
    most, summary = _number_to(_MOST_PHRASES, "a number of phrases"), "list at most N phrases (default: 20)"
    command.add_argument("--most", type=most, default=20, metavar="N", help=summary)
    _add_root_and_json(command)


def _add_tag_query_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("tag", metavar="TAG", help="the tag")
    summary = 'words, "phrases", field:word, year:2024..2025, has:code; a leading - excludes'
    command.add_argument("--query", required=True, help=summary)
    _add_tag_change_options(command)


def _add_tag_rename_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the tag's present name")
    command.add_argument("new", metavar="NEW", help="its new name")
    _add_tag_change_options(command)


def _add_tag_merge_options(command: argparse.ArgumentParser) -> None:
    command.add_argument("old", metavar="OLD", help="the tag to give up")
    command.add_argument("new", metavar="NEW", help="the tag that takes its place")
    _add_tag_change_options(command)


_TAG_COMMANDS = [
    _Command(
        "explain",
        tag_commands.explain,
        "explain why papers have their tags",
        "tag explain 2410.21060",
        _add_tag_explain_options,
    ),
    _Command(
        "suggest",
        tag_commands.suggest,
        "list frequent phrases that no tag covers",
        "tag suggest",
        _add_tag_suggest_options,
    ),
    _Command(
        "coverage",
        tag_commands.coverage,
        "show how well the tags cover the papers",
        "tag coverage",
        _add_root_and_json,
    ),
    _Command(
        "add",
        tag_commands.add,
        "add a tag to all papers that a query finds",
        f"tag add rl {_QUERY}",
        _add_tag_query_options,
    ),
    _Command(
        "remove",
        tag_commands.remove,
        "remove a tag from all papers that a query finds",
        f"tag remove rl {_QUERY}",
        _add_tag_query_options,
    ),
    _Command(
        "rename",
        tag_commands.rename,
        "rename a tag, and redirect its old address to the new one",
        "tag rename rl reinforcement-learning",
        _add_tag_rename_options,
    ),
    _Command(
        "merge",
        tag_commands.merge,
        "merge a tag into another, and redirect its address there",
        "tag merge rlhf reinforcement-learning",
        _add_tag_merge_options,
    ),
]

_COMMANDS = [
    _Command(
        "import",
        commands.import_files,
        "import papers from files",
        "import content/scraped",
        _add_import_options,
    ),
    _Command(
        "fetch",
        commands.fetch,
        "fetch papers from the network and import them",
        "fetch huggingface --week 2025-W44",
        _add_fetch_options,
    ),
    _Command(
        "review",
        commands.review,
        "list or settle entries that may already be in the archive",
        "review 3fa4c1d2 --same",
        _add_review_options,
    ),
    _Command(
        "tag",
        tag_commands.apply,
        "give papers the tags that tags.yaml suggests",
        "tag --dry-run",
        _add_tag_options,
    ),
    _Command(
        "build",
        commands.build,
        "build the website",
        "build --url https://lab.example.org/papers/",
        _add_build_options,
    ),
    _Command(
        "serve",
        commands.serve,
        "serve a preview of the website, and rebuild it on every change",
        "serve --port 8000",
        _add_serve_options,
    ),
    _Command(
        "check",
        commands.check,
        "look for problems in the built site and in the archive",
        "check",
        _add_check_options,
    ),
    _Command("new", commands.new, "create an archive", "new my-papers", _add_new_options),
]
