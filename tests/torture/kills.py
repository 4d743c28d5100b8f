"""Builds killed at random moments: `KILLS` of them (500), from a seed that is printed."""

import os
import random
import time

from living_archive import LivingArchive

KILLS = int(os.environ.get("KILLS", "500"))
SEED = int(os.environ.get("SEED", "1"))


def test_random_kills(tmp_path, tell):
    chance, archive = random.Random(SEED), LivingArchive(tmp_path / "archive")
    assert archive.build()[0] == 0
    archive.add_things()
    begin, state = time.monotonic(), 0
    for state in (3, 2, 1, 0):
        archive.become(state)
        assert archive.build()[0] == 0
    took = (time.monotonic() - begin) / 4
    kills = finished = rebuilt = torn = lost = published = 0
    while kills < KILLS:
        before, state = archive.shown(), chance.randrange(archive.STATES)
        archive.become(state)
        with archive.start() as running:
            time.sleep(took * chance.uniform(0.3, 1.1))
            running.kill()
        kills, finished = kills + (running.returncode < 0), finished + (running.returncode == 0)
        torn += archive.shown() not in (before, state)
        published += running.returncode < 0 and archive.shown() == state != before
        if chance.random() < 0.2:
            archive.build_here()
            rebuilt, lost = rebuilt + 1, lost + len(archive.lost())
            assert archive.shown() == state
    tell(
        f"{kills} kills (seed {SEED}; {published} came after the exchange, {finished} too late): {torn} torn sites, {lost} things of others lost"
    )
    tell(f"{rebuilt} clean builds in between: all right")
    assert (torn, lost) == (0, 0)
