"""After any edits, an incremental build gives the same site as a clean build."""

import os

import pytest

from edits.limits import make_small
from edits.trial import Trial

pytestmark = pytest.mark.slow

STEPS = 40
#: The same trials every time, one of each clock; `SEED=` adds another.
SEEDS = (1, 2, 3, 4, *(int(seed) for seed in os.environ.get("SEED", "").split()))


@pytest.mark.parametrize("seed", SEEDS)
def test_after_any_edit_the_site_is_what_a_clean_build_makes(quick_folder, monkeypatch, seed):
    make_small(monkeypatch, seed)
    Trial(quick_folder, seed).run(STEPS)
