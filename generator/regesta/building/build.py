"""The build, in its stages: look, load, plan, make what changed, publish all at once, save the caches."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.building.inputs import find_input_files
from regesta.building.published import PublishedFiles
from regesta.building.report import Report
from regesta.building.stamp import Stamp
from regesta.content.find_files import find_archive, real_path
from regesta.dot_regesta import HOME, archive_lock
from regesta.errors import RegestaError, fail
from regesta.memory import DamagedError, Memory
from regesta.publishing.dry_run import Rehearsal
from regesta.publishing.journal import output_mark
from regesta.publishing.manifest import Manifest, read_manifest
from regesta.publishing.publisher import Publisher, site_is_whole
from regesta.publishing.survey import STAGING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from regesta.building.inputs import InputFiles
    from regesta.building.load import Loaded
    from regesta.building.make import MadeFile, Progress
    from regesta.building.stale import Task
    from regesta.pages.page import Draft

_SHARE = 1500  # files: with fewer, another process would take more CPU time than it saves of the clock's
#: What may lie in the folder of a site before its first build: files for Git and hosts, and what a killed build left.
_FINE_IN_OUTPUT = {".git", ".gitignore", ".gitkeep", ".nojekyll", STAGING}


@dataclass(frozen=True, slots=True)
class Options:
    """How to build.

    Attributes:
        url: where the site will live, in place of the setting.
        full: use no cache and trust no manifest: read all, make all, compare bytes.
        strict: publish nothing if there is any problem.
        dry_run: find out what would be written, and why, and write nothing.
        jobs: how many processes make pages; 0: as many as pay.
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
    """Build the website of the archive in root; only files that changed are written.

    Args:
        root: the folder that holds `content/`.
        output: the site's folder; files in it that Regesta did not make stay.
        options: how to build.
        say: called with a sentence that says why the build waits.
        progress: wraps the tasks while they are made.

    Raises:
        RegestaError: settings, theme or addresses are wrong. The site stays as it was.
        OSError: the disk is full, or a folder may not be written to. The site stays as it was.
    """
    find_archive(root)
    refuse_output(output, root)
    with archive_lock(root / HOME, say):
        try:
            return _build(root, output, options, progress)
        except DamagedError:  # the memory of the last build, which is gone now
            return _build(root, output, options, progress)


def _build(root: Path, output: Path, options: Options, progress: Progress) -> Report:
    report, home = Report(output, is_dry=options.dry_run), root / HOME
    with report.stage("look"):
        inputs, stamp = find_input_files(root), Stamp(home, output, options.url)
        last = None if options.full else stamp.recall(inputs)
        is_current = last is not None and site_is_whole(output, read_manifest(output) or Manifest())
    if last is not None and is_current:
        report.restore(last)
        _refuse_problems(report, options)
        return report
    loaded = _load(root, inputs, options, report)
    memory = Memory(home / f"memory-{output_mark(output)}.db", forget=options.full)
    published = PublishedFiles(output)
    with closing(memory):
        drafts = _plan(loaded, published, report, memory)
        with Rehearsal(output) if options.dry_run else Publisher(root, output) as publisher:
            published.know(publisher.before)
            after = _make(loaded, drafts, publisher, options, report, progress)
            if report.written or after != publisher.before:
                with report.stage("publish"):
                    publisher.publish(after, {path for path, _ in report.changes} & after.outputs.keys())
        if not options.dry_run:
            memory.commit()
    if not options.dry_run:
        with report.stage("publish"), suppress(OSError):  # without caches, the next build takes longer
            _save_caches(loaded, home)
            stamp.save(inputs, report.lasting())
    return report


def refuse_output(output: Path, root: Path) -> None:
    """Make sure that the site gets its own folder, so that no other files are overwritten or published.

    Raises:
        RegestaError: the folder is, holds or lies in a folder of the archive, or holds files of others.
    """
    site = Path(real_path(output))
    for name in ("content", "themes", ".git", HOME):
        folder = Path(os.path.realpath(root / name))
        if site == folder or site in folder.parents or (folder in site.parents and name != HOME):
            what = f"is, holds or lies in the folder {name}/"
            raise fail(output, what, "build into a folder of its own, such as site/")
    if output == root / "site" and output.is_symlink() and not site.is_relative_to(os.path.realpath(root)):
        raise fail(output, "is a link that leads out of the archive", f"name its target: --output {site}")
    if os.path.lexists(output) and not output.is_dir():
        raise fail(output, "is not a folder", "name one")
    if not read_manifest(output) and _holds_other_files(output):
        what = "holds files that Regesta did not make"
        raise fail(output, what, "build into an empty folder, or empty this one")


def _holds_other_files(folder: Path) -> bool:
    """Tell whether a folder holds files of somebody else."""
    return folder.exists() and any(path.name not in _FINE_IN_OUTPUT for path in folder.iterdir())


def _refuse_problems(report: Report, options: Options) -> None:
    if options.strict and report.problems:
        raise RegestaError(report.problems, status=3)


def _load(root: Path, inputs: InputFiles, options: Options, report: Report) -> Loaded:
    from regesta.building.load import load

    with report.stage("load"):
        loaded = load(root, inputs, root / HOME, options.url, forget=options.full)
    report.problems, report.sources = loaded.problems, loaded.papers.changes()
    _refuse_problems(report, options)
    return loaded


def _plan(loaded: Loaded, published: PublishedFiles, report: Report, memory: Memory) -> list[Draft]:
    from regesta.building.plan import plan_site

    with report.stage("plan"):
        return plan_site(loaded, published, memory)


def _make(
    loaded: Loaded,
    drafts: Sequence[Draft],
    publisher: Publisher | Rehearsal,
    options: Options,
    report: Report,
    progress: Progress,
) -> Manifest:
    """Make the files with changed inputs; return the manifest of the whole site, and complete the report."""
    from regesta.building.make import whole_manifest
    from regesta.building.stale import compare

    before, missing = publisher.before, publisher.missing()
    with report.stage("plan"):
        trusted = replace(before, settings="") if options.full else before  # other settings: all is made
        kept, tasks = compare(drafts, trusted, loaded.settings, missing)
    is_published = _IsPublished(report.output, before, missing, compare_bytes=options.full)
    made = _make_files(loaded, tasks, publisher, is_published, options, report, progress)
    after = whole_manifest(kept, made)
    _complete(report, loaded, drafts, before, after, made)
    return after


def _make_files(
    loaded: Loaded,
    tasks: Sequence[Task],
    publisher: Publisher | Rehearsal,
    is_published: _IsPublished,
    options: Options,
    report: Report,
    progress: Progress,
) -> list[MadeFile]:
    """Make the files of all tasks, and hand those that are new to the publisher."""
    from regesta.building.make import Maker
    from regesta.building.parallel import processors
    from regesta.building.render import Renderer

    site = loaded.site
    renderer = Renderer(loaded.theme, site.config, site.t, loaded.navigation, loaded.templates)
    maker = Maker(renderer.render, is_published, publisher.write, publisher.before.outputs)
    layers = [task for task in tasks if task.draft.is_folder]
    files = [task for task in tasks if not task.draft.is_folder]
    with report.stage(
        "search"
    ):  # first, and in this process: the manifest of the index repeats those of its layers
        made = maker.make(layers, 1, iter)
    jobs = options.jobs or min(processors(), 1 + len(files) // _SHARE)
    with report.stage("render"):
        if files:
            publisher.prepare()
        if jobs > 1:
            renderer.compile_all()
        return made + maker.make(files, jobs, progress)


class _IsPublished:
    """Tells whether the site has a file already.

    Args:
        output: the site's folder.
        before: the manifest of the last build.
        missing: files of the last build that somebody took away.
        compare_bytes: whether to compare the files themselves, too.
    """

    def __init__(self, output: Path, before: Manifest, missing: set[str], *, compare_bytes: bool) -> None:
        self._output, self._before, self._missing = output, before, missing
        self._compare_bytes = compare_bytes

    def __call__(self, path: str, data: bytes, output: str) -> bool:
        """Tell whether the site has a file at a path with these bytes, which have the hash `output`."""
        if self._before.outputs.get(path) != output or path in self._missing:
            return False
        return not self._compare_bytes or (self._output / path).read_bytes() == data


def _complete(
    report: Report,
    loaded: Loaded,
    drafts: Sequence[Draft],
    before: Manifest,
    after: Manifest,
    made: Sequence[MadeFile],
) -> None:
    """Complete the report: what the site will hold, and what changes."""
    written = [(file.path, file.why) for file in made if file.is_new]
    deleted = [
        (path, "is no longer part of the site")
        for path in sorted(before.outputs.keys() - after.outputs.keys())
    ]
    report.papers = len(loaded.site.archive.papers)
    report.pages = sum(bool(draft.address) for draft in drafts)
    report.files, report.written, report.deleted = len(after.outputs), len(written), len(deleted)
    report.changes = [*written, *deleted]


def _save_caches(loaded: Loaded, home: Path) -> None:
    """Save what was read and computed, for the next build.

    Raises:
        OSError: the disk is full, or `.regesta/` may not be written to.
    """
    from regesta.building.caches import save_matches, save_related

    loaded.papers.save()
    save_related(home, loaded.related)
    if loaded.site.config.searches:
        save_matches(home, loaded.matches)
    loaded.templates.save()
