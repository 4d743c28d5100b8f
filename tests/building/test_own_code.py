"""What a new version of Regesta makes again: pages, if the code that makes pages changed; otherwise nothing."""

import json
import os
import shutil
import subprocess
import sys

import pytest

from helpers import REPOSITORY, new_root
from regesta.dot_regesta import code_of


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of Regesta whose code a test may change, with a small archive."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(
        REPOSITORY / "generator", folder / "generator", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copytree(REPOSITORY / "themes", folder / "themes")
    root = new_root(folder / "archive")
    (root / "content/papers").mkdir(parents=True, exist_ok=True)
    (root / "content/papers/a.md").write_text("---\ntitle: A title\n---\n\nAn abstract.\n", "utf-8")
    return folder


def build(checkout):
    """Build the archive with the copy; return `settings` of the site's manifest: the hash of what every page depends on."""
    command = [sys.executable, "-m", "regesta", "build", "--root", str(checkout / "archive")]
    environment = os.environ | {"PYTHONPATH": str(checkout / "generator"), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run(command, env=environment, capture_output=True, check=True)
    return json.loads((checkout / "archive/site/.regesta.json").read_bytes())["settings"]


pytestmark = pytest.mark.slow

ELSEWHERE = ["checking/check.py", "tag_commands.py", "importing/summary.py", "__init__.py"]
IN_PAGES = ["pages/papers.py", "text/mathml.py", "building/render.py", "search/tokens.py"]


@pytest.mark.parametrize("module", [*ELSEWHERE, *IN_PAGES])
def test_only_a_change_in_what_makes_pages_makes_them_anew(checkout, module):
    before = build(checkout)
    with (checkout / "generator/regesta" / module).open("a", encoding="utf-8") as file:
        file.write("\n# another word\n")
    assert (build(checkout) != before) == (module in IN_PAGES)


def test_each_part_of_the_code_has_a_hash_of_its_own():
    parts = [
        code_of("text"),
        code_of("content"),
        code_of("text", "content"),
        code_of("archive/paper_rows.py"),
    ]
    assert len({*parts}) == len(parts)
