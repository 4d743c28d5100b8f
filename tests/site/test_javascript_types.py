"""The theme's JavaScript is typed by its JSDoc comments, and the types hold."""

import subprocess
from pathlib import Path


def test_the_types_hold(repository: Path) -> None:
    """TypeScript's compiler, strict, has nothing to say."""
    command = [
        repository / "tests/node_modules/.bin/tsc",
        "--project",
        repository / "tests/tsconfig.json",
        "--pretty",
        "false",
    ]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
