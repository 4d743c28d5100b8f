"""A small build killed from outside, or told that the disk is full, at each of its calls that change the disk (by `strace`)."""

import os
import re
import shutil
from collections import Counter

import pytest

from living_archive import LivingArchive

#: Calls that change the disk, and those of a C library that spells them otherwise.
CALLS = "mkdir mkdirat rmdir unlink unlinkat link linkat rename renameat renameat2 openat write chmod fchmodat ftruncate"
ENVIRONMENT = os.environ | {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": "1"}

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


def steps_of(archive, log, *extra):
    """Build under observation; return which calls change the disk: names, and which of their name they are, from 1."""
    before = ["strace", "-f", "-o", str(log), "-e", f"trace={CALLS.replace(' ', ',?')}", *extra]
    with archive.start("--jobs", "1", before=before, env=ENVIRONMENT) as running:
        running.communicate()
    counts, steps = Counter(), []
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        call = re.match(r"\d+ +(\w+)\(", line)
        if call:
            counts[call[1]] += 1
            if call[1] != "openat" or "O_CREAT" in line:
                steps.append((call[1], counts[call[1]]))
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


@pytest.mark.parametrize("inject", ["signal=KILL", "error=ENOSPC"])
@pytest.mark.parametrize("also", [[], ["-e", "inject=renameat2:error=EINVAL"]], ids=["exchange", "in place"])
@pytest.mark.parametrize("warm", [True, False], ids=["with a standby", "without"])
def test_broken_at_every_call(tmp_path, tell, inject, also, warm):
    archive, old, new = LivingArchive(tmp_path / "archive"), 1, 2
    renewed(archive, old, warm)
    archive.add_things()
    archive.become(new)
    steps = steps_of(archive, tmp_path / "log", *also)
    assert archive.shown() == new
    tally = Counter()
    for name, number in steps:
        if also and name == "renameat2":
            continue  # it is refused already
        renewed(archive, old, warm)
        archive.become(new)
        before = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={name}", *also, "-e", f"inject={name}:{inject}:when={number}"]
        with archive.start("--jobs", "1", before=before, env=ENVIRONMENT) as running:
            _, said = running.communicate()
        shown, status = archive.shown(), running.returncode
        is_broken = status in (-9, 137) if "KILL" in inject else status == 3
        shows = {old: "showed the old site", new: "showed the new site"}.get(shown, "showed something in between")
        tally[shows if is_broken else "went on unharmed"] += 1
        assert shown == new or (is_broken and (shown == old or also)), f"{name} {number}: torn"
        assert is_broken or status == 0, f"{name} {number}: {status}\n{said}"
        assert "Traceback" not in said
        archive.build_here()
        assert (archive.shown(), archive.lost()) == (new, set()), f"{name} {number}"
    kinds = ", ".join(f"{count} {name}" for name, count in Counter(name for name, _ in steps).items())
    found = ", ".join(f"{count} {shows}" for shows, count in tally.items())
    tell(f"{inject} at {sum(tally.values())} calls ({kinds}): {found}; each rebuilt right")
    assert tally["showed the old site"] > len(steps) / 2
