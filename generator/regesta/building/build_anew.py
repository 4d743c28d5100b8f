"""The build of a site of which something has changed, in its stages: load, plan, make, publish all at once."""

from __future__ import annotations

from contextlib import closing, suppress
from typing import TYPE_CHECKING

from regesta.building.load import load
from regesta.building.output import publisher_of, refuse_other_files
from regesta.building.site_build import SiteBuild
from regesta.dot_regesta import HOME
from regesta.memory import DamagedError, Memory, undamaged
from regesta.publishing.journal import output_mark
from regesta.publishing.site_files import SiteFiles

if TYPE_CHECKING:
    from pathlib import Path

    from regesta.building.inputs import InputFiles
    from regesta.building.options import Options
    from regesta.building.report import Report
    from regesta.building.site_build import Progress


def build_anew(root: Path, inputs: InputFiles, options: Options, report: Report, progress: Progress) -> None:
    """Build the site of the archive in root; the archive's lock must be held.

    Args:
        root: the folder that holds `content/`.
        inputs: its files.
        options: how to build.
        report: is completed.
        progress: as in `build`, which says what is raised, too.
    """
    undamaged(lambda: _build(root, inputs, options, report, progress))


def _build(root: Path, inputs: InputFiles, options: Options, report: Report, progress: Progress) -> None:
    memory, pieces = (
        Memory(root / HOME / f"{name}-{output_mark(report.output)}.db", forget=options.full)
        for name in ("memory", "pieces")
    )
    with closing(memory), closing(pieces), publisher_of(root, report.output, options) as publisher:
        with report.stage("look"):
            files = SiteFiles(memory, report.output)
            if not files.is_ours:
                refuse_other_files(report.output)
        with report.stage("load"):
            loaded = load(root, inputs, (memory, pieces), options.url, forget=options.full)
        report.problems, report.sources = loaded.problems, loaded.sources
        report.refuse_problems(options)
        SiteBuild(loaded, files, memory, publisher, options, report).build(progress)
        if not options.dry_run:
            memory.commit()
            with (
                report.stage("publish"),
                suppress(OSError, DamagedError),
            ):  # without it, the next build takes longer
                loaded.templates.save()
                loaded.site.kept.save()
