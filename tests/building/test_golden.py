"""No expected file is unused: each folder in `golden/` belongs to one test, which compares all its files."""

import re

from helpers import TESTS


def test_every_golden_folder_is_used_once():
    tests = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    used = [name for text in tests for name in re.findall(r'check_golden\("(\w+)"', text)]
    folders = [path.name for path in (TESTS / "golden").iterdir()]
    assert sorted(folders) == sorted(used)
