"""The build, in its stages: look, load, plan, make what changed, publish all at once, remember."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.building.inputs import find_input_files
from regesta.building.report import Report
from regesta.building.stamp import Stamp
from regesta.content.find_files import find_archive
from regesta.dot_regesta import HOME, archive_lock
from regesta.errors import RegestaError, fail
from regesta.publishing.dry_run import Rehearsal
from regesta.publishing.manifest import Manifest, read_manifest
from regesta.publishing.publisher import Publisher, site_is_whole
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.building.inputs import InputFiles
    from regesta.building.load import Loaded
    from regesta.building.make import MadeFile, Progress
    from regesta.pages.page import Draft

_SHARE = 300  # files that are worth a process of their own


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Attributes:
        url: where the site will live, in place of the setting.
        full: believe nothing that earlier builds noted: read all, make all, compare bytes.
        strict: publish nothing if there is any problem.
        dry_run: find out what would be written, and why, and write nothing.
        jobs: how many processes make pages; 0 for as many as pay.
    """

    url: str = ""
    full: bool = False
    strict: bool = False
    dry_run: bool = False
    jobs: int = 0


_DEFAULTS = Options()


def build(
    root: Path,
    output: Path,
    options: Options = _DEFAULTS,
    *,
    say: Callable[[str], None] = lambda _: None,
    progress: Progress = iter,
) -> Report:
    """Make the website of the archive in root; only files that changed are written.

    Args:
        root: the folder that holds `content/`.
        output: the site's folder; what it holds and Regesta did not make stays.
        options: how to build.
        say: told, in a sentence, why the build has to wait.
        progress: wraps what is made while it is made.

    Raises:
        RegestaError: nothing can be published: settings, theme or addresses are wrong. The site stays as it was.
        OSError: the disk is full, or a folder may not be written to. The site stays as it was.
    """
    find_archive(root)
    refuse_output(output, root)
    report, home = Report(output, is_dry=options.dry_run), root / HOME
    with archive_lock(home, say):
        with report.stage("look"):
            inputs, stamp = find_input_files(root), Stamp(home, output, options.url)
            known = None if options.full else stamp.recall(inputs)
            is_current = known is not None and site_is_whole(output, read_manifest(output) or Manifest())
        if known is not None and is_current:
            report.restore(known)
            _refuse_problems(report, options)
            return report
        loaded = _load(root, inputs, options, report)
        with report.stage("plan"):
            drafts = loaded.plan(inputs.static, partial(_read_published, output, loaded.settings))
        with Rehearsal(output) if options.dry_run else Publisher(root, output) as publisher:
            after = _make(loaded, drafts, publisher, options, report, progress)
            if report.written or after != publisher.before:
                with report.stage("publish"):
                    publisher.publish(after, {path for path, _ in report.changes} & after.outputs.keys())
        if not options.dry_run:
            with (
                report.stage("publish"),
                suppress(OSError),
            ):  # the site is published; the next build will take longer, that is all
                loaded.remember(home)
                stamp.save(inputs, report.lasting())
    return report


def refuse_output(output: Path, root: Path) -> None:
    """Make sure that the site gets a folder of its own: no file of a person's is overwritten or published by mistake.

    Raises:
        RegestaError: the folder is, holds or lies in one that the archive is kept in, or holds files of somebody else.
    """
    site = Path(os.path.realpath(output))
    for name in ("content", "themes", ".git", HOME):
        kept = Path(os.path.realpath(root / name))
        if site == kept or site in kept.parents or (kept in site.parents and name != HOME):
            raise fail(
                output,
                f"is, holds or lies in the folder {name}/",
                "build into a folder of its own, such as site/",
            )
    if os.path.lexists(output) and not output.is_dir():
        raise fail(output, "is no folder", "name one")
    if (
        not read_manifest(output)
        and output.exists()
        and any(not path.name.startswith(".") for path in output.iterdir())
    ):
        raise fail(
            output, "holds files that Regesta did not make", "build into an empty folder, or empty this one"
        )


def _read_published(output: Path, settings: str, path: str, fingerprint: str) -> bytes:
    """Return a file of the site that an earlier build made from the same.

    Args:
        output: the site's folder.
        settings: a hash of what every file depends on.
        path: the file's, below that folder.
        fingerprint: a hash of what else it is made from.

    Raises:
        OSError: there is none, it was made from something else, or somebody has changed it.
    """
    data, known = (output / path).read_bytes(), read_manifest(output) or Manifest()
    made_from = known.settings, known.inputs.get(path), known.outputs.get(path)
    if made_from != (settings, fingerprint, digest(data)):
        raise FileNotFoundError(path)
    return data


def _refuse_problems(report: Report, options: Options) -> None:
    if options.strict and report.problems:
        raise RegestaError(report.problems, status=3)


def _load(root: Path, inputs: InputFiles, options: Options, report: Report) -> Loaded:
    from regesta.building.load import load

    with report.stage("load"):
        loaded = load(root, inputs, root / HOME, options.url, forget=options.full)
    report.problems, report.sources = loaded.problems, loaded.records.changes()
    _refuse_problems(report, options)
    return loaded


def _make(
    loaded: Loaded,
    drafts: Sequence[Draft],
    publisher: Publisher | Rehearsal,
    options: Options,
    report: Report,
    progress: Progress,
) -> Manifest:
    """Make the files of which the inputs changed; return the manifest of the whole site, and note all in the report."""
    from regesta.building.make import Maker, compare
    from regesta.building.parallel import processors

    before, missing = publisher.before, publisher.missing()
    with report.stage("plan"):
        after, tasks = compare(
            drafts, replace(before, settings="") if options.full else before, loaded.settings, missing
        )
    is_published = _IsPublished(report.output, before, missing, look=options.full)
    renderer = loaded.renderer()
    maker = Maker(renderer.render, is_published, publisher.write)
    indexes = [task for task in tasks if task.draft.is_folder]
    files = [task for task in tasks if not task.draft.is_folder]
    with report.stage("search"):  # first and by this process: the index's manifest holds those of its layers
        made = maker.make(indexes, 1, iter)
    jobs = options.jobs or min(processors(), 1 + len(files) // _SHARE)
    with report.stage("render"):
        if files:
            publisher.prepare()
        if jobs > 1:
            renderer.compile_all()
        made += maker.make(files, jobs, progress)
    for file in made:
        after.inputs[file.path], after.outputs[file.path] = file.fingerprint, file.output
    _note(report, loaded, drafts, before, after, made)
    return after


class _IsPublished:
    """Tells whether the site holds a file already.

    Args:
        output: the site's folder.
        before: what the last build noted.
        missing: files of the last build that somebody took away.
        look: whether to believe the files themselves rather than the note.
    """

    def __init__(self, output: Path, before: Manifest, missing: set[str], *, look: bool) -> None:
        self._output, self._before, self._missing, self._look = output, before, missing, look

    def __call__(self, path: str, data: bytes, output: str) -> bool:
        """Return whether a path (with these bytes, of that hash) is as it should be."""
        if self._before.outputs.get(path) != output or path in self._missing:
            return False
        return not self._look or (self._output / path).read_bytes() == data


def _note(
    report: Report,
    loaded: Loaded,
    drafts: Sequence[Draft],
    before: Manifest,
    after: Manifest,
    made: Sequence[MadeFile],
) -> None:
    """Write into the report what the site will hold, and what changes."""
    written = [(file.path, file.why) for file in made if file.is_new]
    deleted = [
        (path, "is no longer part of the site")
        for path in sorted(before.outputs.keys() - after.outputs.keys())
    ]
    report.papers, report.pages = (
        len(loaded.site.archive.papers),
        sum(bool(draft.address) for draft in drafts),
    )
    report.files, report.written, report.deleted = len(after.outputs), len(written), len(deleted)
    report.changes = [*written, *deleted]
