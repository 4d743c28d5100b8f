"""The folder that a site is published to: whether it may be, and what publishes there."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from regesta.content.find_files import real_path
from regesta.dot_regesta import HOME
from regesta.errors import fail
from regesta.publishing.dry_run import Rehearsal
from regesta.publishing.manifest import has_manifest
from regesta.publishing.publisher import Publisher
from regesta.publishing.survey import STAGING

if TYPE_CHECKING:
    from regesta.building.options import Options

#: What may lie in the folder of a site before its first build: files for Git and hosts, and what a killed build left.
_FINE_IN_OUTPUT = {".git", ".gitignore", ".gitkeep", ".nojekyll", STAGING}


def publisher_of(root: Path, output: Path, options: Options) -> Publisher | Rehearsal:
    """Return what publishes a build; in a dry run, it writes nothing."""
    return Rehearsal(output) if options.dry_run else Publisher(root, output)


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
        refuse_other_files(output)


def refuse_other_files(output: Path) -> None:
    """Make sure that a folder without a manifest of ours holds no files of somebody else.

    Raises:
        RegestaError: it does.
    """
    if output.exists() and any(path.name not in _FINE_IN_OUTPUT for path in output.iterdir()):
        what = "holds files that Regesta did not make"
        raise fail(output, what, "build into an empty folder, or empty this one")
