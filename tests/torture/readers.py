"""A reader who looks at pages all the time while builds go on: `LOOKS` of them (100,000), during 40 builds or more."""

import os

from living_archive import THINGS, LivingArchive
from regesta.publishing.manifest import NAME

LOOKS = int(os.environ.get("LOOKS", "100000"))
BUILDS = 40


def test_looks(tmp_path, tell):
    archive = LivingArchive(tmp_path / "archive")
    assert archive.build()[0] == 0
    archive.add_things()
    paths = [
        path
        for path in archive.expected[0]
        if path != NAME and all(path in files for files in archive.expected)
    ]
    known = {archive.site / path: {files[path] for files in archive.expected} for path in paths}
    known |= {archive.site / path: {thing} for path, thing in THINGS.items() if not path.startswith(".git/")}
    looks = missing = torn = builds = state = 0
    while looks < LOOKS or builds < BUILDS:
        state, builds = (state + 1) % archive.STATES, builds + 1
        archive.become(state)
        with archive.start() as running:
            while running.poll() is None:
                for path, versions in known.items():
                    try:
                        torn += path.read_bytes() not in versions
                    except OSError:
                        missing += 1
                looks += len(known)
        assert (running.returncode, archive.shown()) == (0, state)
    tell(f"{looks} looks at {len(known)} files during {builds} builds: {missing} missing, {torn} torn")
    assert (missing, torn) == (0, 0)
