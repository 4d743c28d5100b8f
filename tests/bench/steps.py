"""The steps of a round: what each one changes in an engine's source before the build that is measured.

A step goes on where the one before it ended; the first restores everything.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from engines import Engine


@dataclass(frozen=True)
class Step:
    """A change and what is measured after it.

    Attributes:
        name: for people.
        change: called with the engine and the folder that `prepare.py` filled.
        is_import: whether the engine imports the dump before it builds, and this counts.
    """

    name: str
    change: Callable[[Engine, Path], None]
    is_import: bool = False

    def commands(self, engine):
        """Return the commands whose cost is measured; none if the engine cannot do the step."""
        if not self.is_import:
            return [engine.command]
        return [engine.importer, engine.command] if engine.importer else []


def start_anew(engine, work):
    """Bring the source back to what it was, without a site or caches."""
    shutil.rmtree(engine.source, ignore_errors=True)
    shutil.copytree(work / engine.folder, engine.source, copy_function=shutil.copyfile)


def _leave(_engine, _work):
    """Change nothing."""


def _check_out(engine, _work):
    """Write every file anew, with another inode and time: a fresh checkout with the site and the caches of another run."""
    fresh = engine.source.with_name(f"{engine.folder}-fresh")
    shutil.copytree(engine.source, fresh, symlinks=True, copy_function=shutil.copyfile)
    shutil.rmtree(engine.source)
    fresh.rename(engine.source)


def _edit(name, engine, work):
    """Write the files of an edit that was prepared."""
    files = work / "edits" / name / engine.folder
    shutil.copytree(files, engine.source, dirs_exist_ok=True, copy_function=shutil.copyfile)


def _delete(engine, work):
    """Delete the oldest paper."""
    engine.paper((work / "deleted").read_text(encoding="utf-8")).unlink()


STEPS = (
    Step("cold", start_anew),
    Step("no change", _leave),
    Step("one abstract edited", partial(_edit, "abstract")),
    Step("30 papers added", partial(_edit, "added")),
    Step("oldest paper deleted", _delete),
    Step("one tag renamed", partial(_edit, "tag")),
    Step("title changed", partial(_edit, "title")),
    Step("30 papers imported", _leave, is_import=True),
    # Last, for the build after it has to look at files that others would find known.
    Step("restored cache", _check_out),
)
