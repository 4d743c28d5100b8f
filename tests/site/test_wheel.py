"""What `pip install regesta` brings is complete: the command and the bundled theme, away from any checkout."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from built import Built

PIP = [sys.executable, "-m", "pip", "--quiet", "--no-input", "--disable-pip-version-check"]


@pytest.fixture
def installed(repository: Path, tmp_path: Path) -> Path:
    """The folder where a freshly made wheel was installed; no network is needed for it."""
    target = tmp_path / "installed"
    _run([*PIP, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, repository], tmp_path)
    (wheel,) = tmp_path.glob("regesta-*.whl")
    _run([*PIP, "install", "--no-deps", "--target", target, wheel], tmp_path)
    return target


def test_the_wheel_alone_begins_and_builds_an_archive(installed: Path, tmp_path: Path) -> None:
    """`regesta new demo && cd demo && regesta build`, with the wheel before the checkout on the path."""
    where = [sys.executable, "-c", "import regesta; print(regesta.__file__)"]
    assert _run(where, tmp_path, PYTHONPATH=str(installed)).startswith(str(installed))
    regesta = [sys.executable, "-m", "regesta"]
    _run([*regesta, "new", "demo"], tmp_path, PYTHONPATH=str(installed))
    _run([*regesta, "build"], tmp_path / "demo", PYTHONPATH=str(installed))
    demo = Built(tmp_path / "demo" / "site", "https://example.org/")
    assert {"/", "/404.html"} <= set(demo.addresses)
    assert any(name.endswith("site.css") for name in demo.files)


def _run(command: list[str | Path], cwd: Path, **environment: str) -> str:
    run = subprocess.run(
        command, cwd=cwd, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"{command}\n{run.stdout}\n{run.stderr}"
    return run.stdout
