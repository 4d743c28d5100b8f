"""Sites built once for all the tests in this folder, a server and a browser for them."""

import fcntl
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from built import Built, build
from chromium import started
from playwright.sync_api import Browser, Page
from webserver import STRICT_CSP, serving

HERE = Path(__file__).parent


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark all tests in this folder `site`, and those that ask for a browser `browser`."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker("site")
            if "chromium" in getattr(item, "fixturenames", ()):
                item.add_marker("browser")


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A temporary folder that all the processes of this test run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def archive(shared: Path, repository: Path) -> Path:
    """A copy of this repository's own archive: the folder that holds content/."""
    root = shared / "archive"
    return _once(root, lambda: shutil.copytree(repository / "content", root / "content"))


@pytest.fixture(scope="session")
def site(shared: Path, archive: Path) -> Built:
    """The archive, built for the root of a host."""
    return _build_once(archive, shared / "site", "https://example.org/")


@pytest.fixture(scope="session")
def project_site(shared: Path, archive: Path) -> Built:
    """The archive, built for a base path, as a GitHub project site is."""
    return _build_once(archive, shared / "project-site", "https://example.org/my-repo/")


@pytest.fixture(params=["site", "project_site"], ids=["at-root", "at-base-path"])
def either_site(request: pytest.FixtureRequest) -> Built:
    """Each of the two in turn."""
    return request.getfixturevalue(request.param)  # type: ignore[no-any-return]


@pytest.fixture(scope="session")
def home(project_site: Built) -> Iterator[str]:
    """The home address of the served archive, under a base path: whatever works there works at a root."""
    with serving(project_site) as address:
        yield address


@pytest.fixture(scope="session")
def strict_home(project_site: Built) -> Iterator[str]:
    """The same site from a host that sends a strict Content-Security-Policy."""
    with serving(project_site, Content_Security_Policy=STRICT_CSP) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """A real browser, one for all tests of a process."""
    with started() as browser:
        yield browser


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A fresh tab with nothing stored, as a first visitor has it."""
    with chromium.new_context() as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def _build_once(root: Path, output: Path, url: str) -> Built:
    _once(output, lambda: build(root, output, url))
    return Built(output, url)


@pytest.fixture(scope="session")
def once() -> Callable[[Path, Callable[[], object]], Path]:
    """A way to make a folder in only one of the processes of this test run."""
    return _once


def _once(folder: Path, make: Callable[[], object]) -> Path:
    """Make `folder` unless another process of this test run has; wait for one that is about to."""
    done = folder.with_suffix(".done")
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            make()
            done.touch()
    return folder
