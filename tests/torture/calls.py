"""A small build killed from outside, or told that the disk is full, at each of its calls that change the disk (by `strace`)."""

import os
import re
import shutil
from collections import Counter

import pytest

from living_archive import LivingArchive
from regesta.publishing.survey import STAGING
from regesta.text.strings import digest

#: Calls that change the disk, and those of a C library that spells them otherwise.
CALLS = "mkdir mkdirat rmdir unlink unlinkat link linkat rename renameat renameat2 openat write chmod fchmodat ftruncate"
ENVIRONMENT = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


def steps_of(archive, log, *extra):
    """Build under observation; return how `strace` is to name each call that changes the disk: its name, which one, on which file."""
    before = ["strace", "-f", "-o", str(log), "-e", f"trace={CALLS.replace(' ', ',?')}", *extra]
    with archive.start("--jobs", "1", before=before, env=ENVIRONMENT) as running:
        running.communicate()
    counts, steps = Counter(), []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if call := re.match(r'\d+ +(\w+)\((?:AT_FDCWD, "(.*?)")?', line):
            step = (
                call[1],
                call[2] if call[1] == "openat" else "",
            )  # most opened files are Python's own: their number varies
            counts[step] += 1
            if call[1] != "openat" or "O_CREAT" in line:
                steps.append((call[1], counts[step], step[1]))
    return steps


def renewed(archive, old, warm):
    """Bring an archive's site into an old state; with a standby from before, or without."""
    for state in (0, old):
        archive.become(state)
        archive.build_here()
    if not warm:
        for path in archive.root.glob(".regesta/standby-*"):
            shutil.rmtree(path)
    assert archive.shown() == old


def build_broken(archive, step, inject, refused):
    """Build, with something injected at one call; return the exit status and what was said."""
    name, number, path = step
    trial = f"{archive.root}/.regesta/standby-{digest(str(archive.site.resolve()), 8)}.trial-1"  # its exchange is to be refused, too
    where = ["-P", path, "-P", trial] if path else []
    before = ["strace", "-f", "-o", "/dev/null", *where, "-e", f"trace={name},renameat2", *refused]
    with archive.start(
        "--jobs", "1", before=[*before, "-e", f"inject={name}:{inject}:when={number}"], env=ENVIRONMENT
    ) as running:
        said = "\n".join(running.communicate())
    assert "Traceback" not in said, step
    return running.returncode, said


@pytest.mark.parametrize("inject", ["signal=KILL", "error=ENOSPC"])
@pytest.mark.parametrize("way", ["exchange", "in place"])
@pytest.mark.parametrize("warm", [True, False], ids=["with a standby", "without"])
def test_broken_at_every_call(tmp_path, tell, inject, way, warm):
    archive, old, new = LivingArchive(tmp_path / "archive"), 1, 2
    refused = [] if way == "exchange" else ["-e", "inject=renameat2:error=EINVAL"]
    renewed(archive, old, warm)
    archive.add_things()
    archive.become(new)
    folder, tally = archive.site.stat().st_ino, Counter()
    steps = [
        step
        for step in steps_of(archive, tmp_path / "log", *refused)
        if not refused or step[0] != "renameat2"
    ]
    assert (archive.shown(), archive.site.stat().st_ino == folder) == (new, way == "in place")
    for step in steps:
        renewed(archive, old, warm)
        archive.become(new)
        status, said = build_broken(archive, step, inject, refused)
        shown, is_broken = archive.shown(), status in ((-9, 137) if "KILL" in inject else (3,))
        is_unsaid = status == 1 and "standard output: is cut off" in said
        assert is_broken or is_unsaid or status == 0, (step, status, said)
        assert shown == new or (is_broken and (shown == old or refused)), (step, status, said)
        tally[
            {old: "the old site", new: "the new site"}.get(shown, "something in between")
            if is_broken
            else "unharmed"
        ] += 1
        archive.build_here()
        assert (archive.shown(), archive.lost()) == (new, set()), step
        assert not (archive.site / STAGING).exists(), step
    kinds = ", ".join(f"{count} {name}" for name, count in Counter(name for name, *_ in steps).items())
    found = ", ".join(f"{count} {shows}" for shows, count in tally.items())
    tell(f"{way}, {inject} at {len(steps)} calls ({kinds}): {found}; each rebuilt right")
    assert tally["the old site"] > len(steps) / 3
