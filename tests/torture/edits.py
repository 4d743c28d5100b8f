"""Random edits of small archives, `STEPS` of them (10,000): after each, the site must be what a clean build makes, to the byte."""

import os
import shutil
from collections import Counter

from edits.limits import make_small
from edits.of_papers import add_hundreds
from edits.trial import EDITS, Trial

STEPS = int(os.environ.get("STEPS", "10000"))
SEED = int(os.environ.get("SEED", "1"))
_LENGTH = 100  # steps of one archive
_EDITS = EDITS | {add_hundreds: 0.2}


def test_random_edits(quick_folder, monkeypatch, tell):
    tried, failed = Counter(), []
    for number in range(-(-STEPS // _LENGTH)):
        trial = Trial(quick_folder / str(number), SEED + number, _EDITS)
        with monkeypatch.context() as patch:
            make_small(patch, trial.seed)
            try:
                trial.run(min(_LENGTH, STEPS))
            except AssertionError as error:
                failed.append(str(error))
                tell(str(error))
        tried.update(trial.tried)
        shutil.rmtree(trial.folder)
    tell(f"{tried.total()} edits, mishaps and builds (seed {SEED}): {dict(tried.most_common())}")
    assert not failed
    assert STEPS < 1000 or {edit.__name__ for edit in _EDITS} <= tried.keys()
