"""What each command does: call the work, say what was done, return the exit status."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from regesta import console
from regesta.errors import fail
from regesta.home import HOME, archive_lock
from regesta.text.strings import counted

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regesta.importing.import_papers import Import
    from regesta.importing.ledger import Ledger
    from regesta.importing.review import Held

#: How a command ends: done; done, with problems; wrong use; nothing published.
DONE, DONE_WITH_PROBLEMS, WRONG_USE, NOTHING_PUBLISHED = 0, 1, 2, 3


def bring_in(options: argparse.Namespace) -> int:
    """Import files."""
    from regesta.importing.import_papers import import_papers
    from regesta.sources.common.files import ReadOptions

    read = ReadOptions(options.source, options.encoding, dict(options.column), options.notes)
    with an_archive(options) as job:
        is_dry = options.dry_run or bool(options.explain)
        ledger = import_papers(
            replace(job, read=read, restore=options.restore, dry_run=is_dry), options.paths
        )
    if options.explain:
        told = ledger.explanation(options.explain)
        (console.say_json if options.json else console.say_lines)(told)
        return DONE
    return _account(
        options,
        ledger,
        "would import" if options.dry_run else "imported",
        ledger.changes() if options.dry_run else (),
    )


def fetch(options: argparse.Namespace) -> int:
    """Fetch what a source lists, and import it."""
    from regesta.content.config import load_config
    from regesta.importing.fetch import days_of, fetch_days
    from regesta.importing.http import Client
    from regesta.importing.import_papers import import_papers
    from regesta.sources.common.files import ReadOptions

    days = days_of(options.date, options.week, options.first, options.last)
    with an_archive(options) as job:
        contact = load_config(job.content).contact
        if not contact:
            console.note(["set `contact` in archive.yaml, so that servers know whom to write to"])
        folder = job.content / "scraped" / options.source
        with Client(contact, say=lambda reason: console.note([reason])) as client:
            done = fetch_days(
                client,
                options.server.rstrip("/"),
                console.progress(days, "fetching days"),
                folder,
                again=options.again,
            )
        ledger = import_papers(replace(job, read=ReadOptions("huggingface-json")), done.files)
    ledger.problems += done.problems
    ledger.notes.append(
        f"fetched {counted(done.new, 'day')}, {done.there} there already, {done.empty} without papers"
    )
    return _account(options, ledger, "imported")


def review(options: argparse.Namespace) -> int:
    """List the entries that wait for review, or settle some."""
    from regesta.importing.import_papers import settle
    from regesta.importing.review import load_review

    with an_archive(options) as job:
        waiting = load_review(job.content)
        if not (options.same or options.new):
            return _list_waiting(
                options, [entry for entry in waiting if not options.entries or entry.name in options.entries]
            )
        chosen = waiting if options.entries == ["all"] else [_one(waiting, name) for name in options.entries]
        if not chosen:
            raise fail("review", "names no entry", "name some, or `all`; `regesta review` lists them")
        ledger = settle(job, chosen, are_same=options.same)
    return _account(options, ledger, "settled")


def _one(waiting: Sequence[Held], name: str) -> Held:
    for entry in waiting:
        if entry.name == name:
            return entry
    raise fail(name, "is no entry that waits for review", "`regesta review` lists them")


def _list_waiting(options: argparse.Namespace, waiting: Sequence[Held]) -> int:
    if options.json:
        console.say_json(
            [{"entry": e.name, "title": e.paper.title, "like": e.like, "why": e.why} for e in waiting]
        )
        return DONE
    for entry in waiting:
        places = ", ".join(f"{place.file}:{place.line}" for place in entry.paper.origin)
        console.say_lines(
            [
                f"{entry.name}  {entry.paper.title}",
                f"    may be {entry.like}: {entry.why}",
                f"    from {places}",
            ]
        )
    console.say(
        f"{counted(len(waiting), 'entry', 'entries')} to review; settle them with `regesta review ENTRY --same` or `--new`"
    )
    return DONE


@contextmanager
def an_archive(options: argparse.Namespace) -> Iterator[Import]:
    """Give what an import needs, while no other command works on the archive in `--root`."""
    from regesta.content.find_files import find_archive
    from regesta.importing.import_papers import Import

    find_archive(options.root)
    home = options.root / HOME
    with archive_lock(home, lambda reason: console.note([reason])):
        yield Import(
            options.root / "content",
            home,
            progress=lambda changes: console.progress(changes, "writing papers"),
        )


def _account(options: argparse.Namespace, ledger: Ledger, done: str, changes: Sequence[str] = ()) -> int:
    """Say what became of every entry; return the exit status."""
    counts = ledger.counts()
    console.complain(ledger.problems)
    if options.json:
        problems = [asdict(problem) for problem in ledger.problems]
        console.say_json(
            {"found": ledger.found}
            | counts
            | {"changes": [*changes], "notes": ledger.notes, "problems": problems}
        )
    else:
        console.note(ledger.notes)
        console.say_lines(changes)
        parts = (
            " + ".join(
                f"{count} {'for review' if name == 'review' else name}"
                for name, count in counts.items()
                if count
            )
            or "nothing"
        )
        console.say(f"{done}: found {ledger.found} = {parts}")
        if ledger.review:
            console.note(
                [
                    "what may be a paper that the archive has waits in content/review.yaml: settle it with `regesta review`"
                ]
            )
    return DONE_WITH_PROBLEMS if ledger.problems else DONE


def build(options: argparse.Namespace) -> int:
    """Make the website."""
    from regesta.building.build import Options
    from regesta.building.build import build as make

    how = Options(options.url, options.full, options.strict, options.dry_run, options.jobs)
    report = make(
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


def serve(options: argparse.Namespace) -> int:
    """Show a preview."""
    from regesta.serve import serve as show

    gc.enable()  # a preview goes on for hours
    show(options.root, options.output or options.root / HOME / "preview", options.url, options.port)
    return DONE


def check(options: argparse.Namespace) -> int:
    """Look for what is wrong in a built site."""
    from regesta.checking.archive_check import content_beside
    from regesta.checking.check import check as look

    findings = look(_output(options), content_beside(options.root))
    console.complain(findings.problems)
    if options.json:
        console.say_json(findings.as_json())
    else:
        console.note(findings.notes)
        console.say(findings.summary())
    return DONE_WITH_PROBLEMS if findings.problems else DONE


def new(options: argparse.Namespace) -> int:
    """Begin an archive."""
    from regesta.new import new_archive

    new_archive(options.folder)
    console.say(f"began an archive in {options.folder}; next: cd {options.folder} && regesta serve")
    return DONE


def _output(options: argparse.Namespace) -> Path:
    output: Path = options.output or options.root / "site"
    return output
