"""After any edits, an incremental build gives the same site as a clean build."""

import os

import pytest

from curator import Curator, follow

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", range(1, 31 if os.environ.get("WIDE") else 4))
def test_after_any_edit_the_site_is_what_a_clean_build_makes(tmp_path, seed):
    follow(Curator(tmp_path / "archive", seed), 12, tmp_path / "anew")
