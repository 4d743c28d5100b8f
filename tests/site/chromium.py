"""A real browser for the tests and the pictures: the system's own Chromium, headless."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium", "google-chrome")
# A browser that is started by a test has nothing to ask of its maker.
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def started() -> Iterator[Browser]:
    """Start the Chromium that $CHROMIUM names, or else the first one on the PATH."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_path(), args=QUIET)
        yield browser
        browser.close()


@contextmanager
def keeping_pages(browser: Browser) -> Iterator[Browser]:
    """Start another one that keeps pages that were left, and shows them again on the way back (bfcache)."""
    other = browser.browser_type.launch(
        executable_path=_path(), args=QUIET, ignore_default_args=["--disable-back-forward-cache"]
    )
    yield other
    other.close()


def _path() -> str:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    assert path, "no Chromium: install it, or say where it is by CHROMIUM=/path/to/it"
    return path
