"""The build: look whether anything has changed since the last one; only if so, build the site anew."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from regesta.building.inputs import find_input_files
from regesta.building.options import Options
from regesta.building.output import publisher_of, refuse_output
from regesta.building.report import Report
from regesta.building.stamp import Stamp
from regesta.content.find_files import find_archive
from regesta.dot_regesta import HOME, archive_lock

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from regesta.building.site_build import Progress

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
        return _build(root, output, options, progress)


def _build(root: Path, output: Path, options: Options, progress: Progress) -> Report:
    report = Report(output, is_dry=options.dry_run)
    with report.stage("look"), publisher_of(root, output, options) as publisher:
        inputs = find_input_files(root)
        stamp = Stamp(root / HOME, output, options.url, inputs)
        last = None if options.full else stamp.recall()
        is_current = last is not None and publisher.is_whole()
    if last is not None and is_current:
        report.restore(last)
        report.refuse_problems(options)
        return report
    from regesta.building.build_anew import build_anew  # with all that makes pages, which takes a while

    build_anew(root, inputs, options, report, progress)
    if not options.dry_run:
        with report.stage("publish"), suppress(OSError):  # without a stamp, the next build takes longer
            stamp.save(report.lasting())
    return report
