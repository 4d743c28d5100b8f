"""Every case of the hostile corpus at full length, alone, in a process that may not take too much time or memory; then all together."""

import pytest

from hostile.corpus import corpus
from hostile.trying import try_alone, try_together

CASES = corpus()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_alone_it_does_no_harm(case, tmp_path):
    assert try_alone(tmp_path / "archive", case) == []


def test_all_together_do_no_harm(tmp_path):
    assert try_together(tmp_path / "archive", [case for case in CASES if not case.stops_all]) == []
