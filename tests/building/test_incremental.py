"""After any edits, an incremental build gives the same site as a clean build."""

import os
import random

import pytest

from edits.limits import make_small
from edits.site import Archive, anew
from edits.trial import Trial
from edits.world import World

pytestmark = pytest.mark.slow

STEPS = 20
#: The same trials every time, one of each clock; `SEED=` adds another.
SEEDS = (1, 2, 3, 4, *(int(seed) for seed in os.environ.get("SEED", "").split()))


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_edit_the_site_is_what_a_clean_build_makes(quick_folder, monkeypatch, seed):
    make_small(monkeypatch, seed)
    Trial(quick_folder, seed).run(STEPS)


def test_a_paper_that_keeps_its_number_while_others_pass_it(tmp_path):
    """Two papers get dates that turn the order of three: the one in the middle has new neighbours, and the number it had."""
    files = {f"p{n}": "2020-01-01" for n in range(21)} | {
        "x": "2025-02-01",
        "y": "2025-03-01",
        "z": "2025-01-01",
    }
    archive = Archive(tmp_path / "archive", random.Random(1))
    for dates in (files, files | {"x": "2025-04-01", "z": "2025-05-01"}):
        papers = {
            name: {"title": "Tide" if name in "xy" else "Glass", "published": date}
            for name, date in dates.items()
        }
        content = World(papers=papers).files()
        archive.become(content)
        archive.build()
    assert archive.published()[0] == anew(tmp_path / "anew", content, random.Random(1))[0]
