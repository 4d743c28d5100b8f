"""The same content gives the same bytes: each test changes one thing in the environment of a build."""

import gc
import os
import shutil
import subprocess
import sys
import time
from contextlib import chdir, contextmanager, nullcontext
from functools import partial
from unittest import mock

import pytest

from curator import bytes_of
from helpers import FIXTURES
from regesta.cli import main

pytestmark = pytest.mark.slow

_CLOCK = "import time, datetime; time.time = lambda: {now}; time.time_ns = lambda: {now} * 10**9\n"
_COMMAND = "import sys, os\n{before}from regesta.cli import main\nsys.exit(main(sys.argv[1:]))"


def build(folder, *options, copy=None, within=nullcontext, output=None, **process):
    """Build a copy of the tiny archive in a folder; return its site's bytes.

    Args:
        folder: where the copy goes.
        options: of the command.
        copy: makes the copy.
        within: makes a context to build in.
        output: the site's folder.
        process: what is different in a process of its own; if nothing is, the build is done in this one.
    """
    (copy or shutil.copytree)(FIXTURES / "archive", folder / "archive")
    site = output or folder / "archive" / "site"
    command = ["build", "--root", str(folder / "archive"), "--output", str(site), *options]
    with within():
        status = in_a_process(command, **process) if process else main(command)
    assert status == 1  # one collection lists an unknown paper
    return bytes_of(site)


def in_a_process(command, before="", python=(), **environment):
    """Run a command in a process of its own; return its exit status."""
    start = [sys.executable, *python, "-c", _COMMAND.format(before=before)]
    ran = subprocess.run(
        [*start, *command], env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert "Traceback" not in ran.stderr, ran.stderr
    return ran.returncode


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return build(tmp_path_factory.mktemp("usual"), before="pass\n")


def backwards(source, target):
    """Copy a tree with its files in reverse order, so that the disk lists them in another order."""
    for path in sorted(source.rglob("*"), reverse=True):
        if path.is_file():
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def old(source, target):
    """Copy a tree, all of it last changed in 1980."""
    shutil.copytree(source, target)
    for path in target.rglob("*"):
        os.utime(path, (315532800, 315532800))


@contextmanager
def umask(mask):
    """Take rights from all new files, except those that a mask leaves."""
    before = os.umask(mask)
    yield
    os.umask(before)


@contextmanager
def environment(**variables):
    """Set variables of the environment, the time zone among them."""
    with mock.patch.dict(os.environ, variables):
        time.tzset()
        yield
    time.tzset()


@contextmanager
def eager_garbage_collector():
    """Collect garbage at every opportunity."""
    before = gc.get_threshold()
    gc.set_threshold(1)
    yield
    gc.set_threshold(*before)


VARIATIONS = {
    "order of files": {"copy": backwards},
    "age of files": {"copy": old},
    "clock in the past": {"before": _CLOCK.format(now=0)},
    "clock in the future": {"before": _CLOCK.format(now=4102444800)},
    "time zone east": {"within": partial(environment, TZ="Pacific/Kiritimati")},
    "time zone west": {"within": partial(environment, TZ="America/Los_Angeles")},
    "locale": {"LC_ALL": "C", "LANG": "tr_TR.UTF-8"},
    "encoding": {"PYTHONUTF8": "0", "LC_ALL": "POSIX", "PYTHONIOENCODING": "latin-1"},
    "umask": {"within": partial(umask, 0o077)},
    "hash seed": {"PYTHONHASHSEED": "7"},
    "working folder": {"within": partial(chdir, "/")},
    "optimized": {"python": ("-OO",)},
    "garbage collector": {"within": eager_garbage_collector},
    "width of the terminal": {"within": partial(environment, COLUMNS="20", TERM="dumb")},
    "user's home": {"within": partial(environment, HOME="/nonexistent", XDG_CACHE_HOME="/nonexistent")},
    "one process": {"within": partial(mock.patch, "regesta.building.site_build._SHARE", 1)},
}


@pytest.mark.parametrize("name", VARIATIONS)
def test_nothing_else_makes_a_difference(tmp_path, usual, name):
    assert build(tmp_path, **VARIATIONS[name]) == usual


@pytest.mark.parametrize("jobs", ["1", "2", "5"])
def test_the_number_of_processes_makes_no_difference(tmp_path, usual, jobs):
    assert build(tmp_path, "--jobs", jobs) == usual


def test_the_place_of_project_and_site_makes_no_difference(tmp_path, usual):
    deep = tmp_path / "a folder" / "with ünusual" / "names"
    deep.mkdir(parents=True)
    assert build(deep, output=tmp_path / "elsewhere") == usual


def test_a_full_build_makes_no_difference(tmp_path, usual):
    build(tmp_path)
    assert build(tmp_path, "--full", copy=lambda *_: None) == usual


def test_the_rights_of_files_do_not_depend_on_the_umask(tmp_path):
    for name, mask in (("open", 0), ("closed", 0o077)):
        (tmp_path / name).mkdir()
        build(tmp_path / name, within=partial(umask, mask))
    modes = [
        {path.stat().st_mode for path in (tmp_path / name / "archive/site").rglob("*")}
        for name in ("open", "closed")
    ]
    assert modes[0] == modes[1]
