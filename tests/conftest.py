"""What every test may use: the folder of this repository, and a folder for many small files."""

import tempfile
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that holds these tests, with content/ and themes/ in it."""
    return Path(__file__).parent.parent


@pytest.fixture
def quick_folder(tmp_path):
    """An empty folder, in memory where the system has such a place: for hundreds of builds."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)
