"""A new archive."""

import pytest

from regesta.cli import main


@pytest.fixture
def root(tmp_path):
    assert main(["new", str(tmp_path / "demo")]) == 0
    return tmp_path / "demo"


def test_a_new_archive_builds_and_has_no_dead_link(root, capsys):
    assert main(["build", "--root", str(root)]) == 0
    assert main(["check", "--root", str(root)]) == 0
    assert "0 problems" in capsys.readouterr().out


def test_new_leaves_a_folder_alone_that_is_not_empty(root, capsys):
    assert main(["new", str(root)]) == 2
    assert "is not an empty folder" in capsys.readouterr().err
