"""A new archive."""

import re

import pytest

from regesta.cli import main
from regesta.content.config import load_config


@pytest.fixture
def root(tmp_path):
    assert main(["new", str(tmp_path / "demo")]) == 0
    return tmp_path / "demo"


def test_a_new_archive_builds_and_has_no_dead_link(root, capsys):
    assert main(["build", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    assert "0 problems" in capsys.readouterr().out


def test_each_new_archive_has_a_feed_id_of_its_own(root, tmp_path):
    assert main(["new", str(tmp_path / "other")]) == 0
    ids = [load_config(one / "content").feed_id for one in (root, tmp_path / "other")]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"tag:[0-9a-f]{16}\.invalid,20\d\d:", feed_id) for feed_id in ids)


def test_new_leaves_a_folder_alone_that_is_not_empty(root, capsys):
    assert main(["new", str(root)]) == 2
    assert "is not an empty folder" in capsys.readouterr().err
