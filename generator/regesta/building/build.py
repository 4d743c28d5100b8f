"""The build, in its stages: look, load, plan, make what changed, publish all at once, save the caches."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.building.inputs import find_input_files
from regesta.building.options import Options
from regesta.building.report import Report
from regesta.building.stamp import Stamp
from regesta.content.find_files import find_archive, real_path
from regesta.dot_regesta import HOME, archive_lock
from regesta.errors import RegestaError, fail
from regesta.memory import DamagedError, Memory
from regesta.publishing.dry_run import Rehearsal
from regesta.publishing.journal import output_mark
from regesta.publishing.manifest import has_manifest
from regesta.publishing.publisher import Publisher
from regesta.publishing.site_files import SiteFiles
from regesta.publishing.survey import STAGING

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.building.inputs import InputFiles
    from regesta.building.load import Loaded
    from regesta.building.site_build import Progress

#: What may lie in the folder of a site before its first build: files for Git and hosts, and what a killed build left.
_FINE_IN_OUTPUT = {".git", ".gitignore", ".gitkeep", ".nojekyll", STAGING}


_DEFAULTS = Options()


def build(
    root: Path,
    output: Path,
    options: Options = _DEFAULTS,
    *,
    say: Callable[[str], None] = lambda _: None,
    progress: Progress = lambda units, _: units,
) -> Report:
    """Build the website of the archive in root; only files that changed are written.

    Args:
        root: the folder that holds `content/`.
        output: the site's folder; files in it that Regesta did not make stay.
        options: how to build.
        say: called with a sentence that says why the build waits.
        progress: wraps the units while they are made, and gets about how many there are.

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
    memory = Memory(home / f"memory-{output_mark(output)}.db", forget=options.full)
    with closing(memory), Rehearsal(output) if options.dry_run else Publisher(root, output) as publisher:
        with report.stage("look"):
            inputs, stamp = find_input_files(root), Stamp(home, output, options.url)
            last = None if options.full else stamp.recall(inputs)
            files = SiteFiles(memory, output)
            if not files.is_ours:
                _refuse_other_files(output)
            is_current = last is not None and publisher.is_whole(files)
        if last is not None and is_current:
            report.restore(last)
            _refuse_problems(report, options)
            return report
        loaded = _load(root, inputs, memory, options, report)
        _build_site(loaded, files, memory, publisher, options, report, progress)
        if not options.dry_run:
            memory.commit()
            with report.stage("publish"), suppress(OSError):  # without caches, the next build takes longer
                loaded.templates.save()
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
    if not has_manifest(output):
        _refuse_other_files(output)


def _refuse_other_files(output: Path) -> None:
    """Make sure that a folder without a manifest of ours holds no files of somebody else.

    Raises:
        RegestaError: it does.
    """
    if output.exists() and any(path.name not in _FINE_IN_OUTPUT for path in output.iterdir()):
        what = "holds files that Regesta did not make"
        raise fail(output, what, "build into an empty folder, or empty this one")


def _refuse_problems(report: Report, options: Options) -> None:
    if options.strict and report.problems:
        raise RegestaError(report.problems, status=3)


def _load(root: Path, inputs: InputFiles, memory: Memory, options: Options, report: Report) -> Loaded:
    from regesta.building.load import load

    with report.stage("load"):
        loaded = load(root, inputs, memory, options.url, forget=options.full)
    report.problems, report.sources = loaded.problems, loaded.sources
    _refuse_problems(report, options)
    return loaded


def _build_site(
    loaded: Loaded,
    files: SiteFiles,
    memory: Memory,
    publisher: Publisher | Rehearsal,
    options: Options,
    report: Report,
    progress: Progress,
) -> None:
    from regesta.building.site_build import SiteBuild

    SiteBuild(loaded, files, memory, publisher, options, report).build(progress)
