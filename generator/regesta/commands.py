"""What each command does: call the code that does the work, print the result, return the exit status."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from regesta import console
from regesta.dot_regesta import HOME, archive_lock
from regesta.errors import Problem, RegestaError, fail
from regesta.text.strings import counted, some

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from regesta.importing.import_papers import Import
    from regesta.importing.review import Held
    from regesta.importing.summary import ImportSummary

#: The exit statuses of commands; most errors end with 2, wrong use.
DONE, DONE_WITH_PROBLEMS, NOT_DONE = 0, 1, 3


def import_files(options: argparse.Namespace) -> int:
    """Import papers from files, or explain what an import would change in one paper."""
    from regesta.importing.import_papers import import_papers
    from regesta.sources.common.files import ReadOptions

    read = ReadOptions(options.source, options.encoding, dict(options.column), options.notes)
    is_dry = options.dry_run or bool(options.explain)
    with open_archive(options) as archive:
        job = archive._replace(read=read, restore=options.restore, dry_run=is_dry)
        summary = import_papers(job, options.paths)
    if options.explain:
        explanation = summary.explanation(options.explain)
        (console.say_json if options.json else console.say_lines)(explanation)
        return DONE
    if options.dry_run:
        return _say_summary(options, summary, "would import", summary.changes())
    return _say_summary(options, summary, "imported")


def fetch(options: argparse.Namespace) -> int:
    """Fetch what a source lists, and import it."""
    from regesta.content.config import load_config
    from regesta.importing.fetch import days_of, fetch_days
    from regesta.importing.http import Client, server_address
    from regesta.importing.import_papers import import_papers
    from regesta.sources.common.files import ReadOptions

    days = days_of(options.date, options.week, options.first, options.last)
    server = server_address(options.server)
    with open_archive(options) as archive:
        contact = load_config(archive.content).contact
        if not contact:
            console.note("set `contact` in archive.yaml, so that servers know whom to write to")
        folder = archive.content / "scraped" / options.source
        watched_days = console.progress(days, "fetching days", len(days))
        with Client(contact, say=console.note) as client:
            fetched = fetch_days(client, server, watched_days, folder, again=options.again)
        summary = import_papers(archive._replace(read=ReadOptions("huggingface-json")), fetched.files)
    summary.problems += fetched.problems
    summary.notes.append(
        f"fetched {counted(fetched.new, 'day')}, {fetched.kept} fetched before, {fetched.empty} without papers"
    )
    return _say_summary(options, summary, "imported")


def review(options: argparse.Namespace) -> int:
    """List the entries that wait for review, or settle some."""
    from regesta.importing.import_papers import settle
    from regesta.importing.review import load_review

    names = options.entries
    with open_archive(options) as archive:
        waiting = load_review(archive.content)
        chosen = waiting if names in ([], ["all"]) else _entries_named(names, waiting)
        if not (options.same or options.new):
            return _list_waiting(options, chosen)
        if not names or not chosen:
            raise fail("review", "no entry is named", "name some, or `all`; `regesta review` lists them")
        summary = settle(archive, chosen, are_same=options.same)
    return _say_summary(options, summary, "settled")


def _entries_named(names: Sequence[str], waiting: Iterable[Held]) -> list[Held]:
    by_name = {entry.name: entry for entry in waiting}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        what = "is not an entry that waits for review"
        raise RegestaError([Problem(name, 0, what, "`regesta review` lists them") for name in unknown])
    return [by_name[name] for name in dict.fromkeys(names)]


def _list_waiting(options: argparse.Namespace, waiting: Sequence[Held]) -> int:
    if options.json:
        console.say_json(
            [{"entry": e.name, "title": e.paper.title, "like": e.like, "why": e.why} for e in waiting]
        )
        return DONE
    for entry in waiting:
        console.say(f"{entry.name}  {entry.paper.title}")
        console.say(f"    may be {entry.like}: {entry.why}")
        console.say(f"    from {some(f'{place.file}:{place.line}' for place in entry.paper.origin)}")
    remedy = "settle them with `regesta review ENTRY --same` or `--new`"
    console.say(f"{counted(len(waiting), 'entry', 'entries')} to review; {remedy}")
    return DONE


@contextmanager
def open_archive(options: argparse.Namespace) -> Iterator[Import]:
    """Lock the archive in `--root`, and give what an import needs to know of it."""
    from regesta.content.find_files import find_archive
    from regesta.importing.import_papers import Import

    find_archive(options.root)
    home = options.root / HOME
    with archive_lock(home, console.note):
        yield Import(
            options.root / "content",
            home,
            progress=lambda changes: console.progress(changes, "writing papers", len(changes)),
        )


def _say_summary(
    options: argparse.Namespace, summary: ImportSummary, verb: str, changes: Sequence[str] = ()
) -> int:
    """Print what became of every entry; return the exit status."""
    console.note_problems(summary.problems)
    if options.json:
        console.say_json(_summary_for_scripts(summary, changes))
        return status_of(summary.problems)
    console.note_lines(summary.notes)
    console.say_lines(changes)
    console.say(f"{verb}: found {summary.found} = {_sum(summary.counts())}")
    if summary.review:
        waiting = "entries that may already be in the archive wait in content/review.yaml"
        console.note(f"{waiting}: settle them with `regesta review`")
    return status_of(summary.problems)


def _summary_for_scripts(summary: ImportSummary, changes: Sequence[str]) -> dict[str, Any]:
    problems = [problem._asdict() for problem in summary.problems]
    texts = {"changes": [*changes], "notes": summary.notes, "problems": problems}
    return {"found": summary.found} | summary.counts() | texts


def _sum(counts: Mapping[str, int]) -> str:
    """Return counts as a sum in words, without the zeros: `461 new + 27 merged`."""
    words = {"review": "for review"}
    return (
        " + ".join(f"{count} {words.get(name, name)}" for name, count in counts.items() if count) or "nothing"
    )


def status_of(problems: Sequence[Problem]) -> int:
    """Return the exit status of a command that did what was possible."""
    return DONE_WITH_PROBLEMS if problems else DONE


def build(options: argparse.Namespace) -> int:
    """Build the website."""
    from regesta.building.build import build as build_site
    from regesta.building.options import Options

    report = build_site(
        options.root,
        _output(options),
        Options(options.url, options.full, options.strict, options.dry_run, options.jobs),
        say=console.note,
        progress=lambda units, count: console.progress(units, "making pages", count),
    )
    console.note_problems(report.problems)
    if options.json:
        console.say_json(report.as_json())
        return status_of(report.problems)
    if options.dry_run:
        console.say_lines(report.explanation())
    if options.profile:
        console.note_lines(report.profile())
    console.say(report.summary())
    return status_of(report.problems)


def serve(options: argparse.Namespace) -> int:
    """Serve a preview."""
    from regesta.serve import serve as serve_preview

    gc.enable()  # a preview runs for hours
    serve_preview(options.root, options.output or options.root / HOME / "preview", options.url, options.port)
    return DONE


def check(options: argparse.Namespace) -> int:
    """Look for problems in the built site and in the archive."""
    from regesta.checking.archive_check import content_beside
    from regesta.checking.check import check as check_site

    findings = check_site(_output(options), content_beside(options.root))
    console.note_problems(findings.problems)
    if options.json:
        console.say_json(findings.as_json())
    else:
        console.note_lines(findings.notes)
        console.say(findings.summary())
    return status_of(findings.problems)


def new(options: argparse.Namespace) -> int:
    """Create an archive."""
    from regesta.new import new_archive

    folder = options.folder
    new_archive(folder)
    console.say(f"created an archive in {folder}; next: cd {folder} && regesta serve")
    return DONE


def _output(options: argparse.Namespace) -> Path:
    output: Path = options.output or options.root / "site"
    return output
