"""What every test may use: the folder of this repository."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def repository() -> Path:
    """The checkout that holds these tests, with content/ and themes/ in it."""
    return Path(__file__).parent.parent
