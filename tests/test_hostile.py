"""What strangers and accidents put into an archive is rendered harmlessly, or refused by file and line; all else is built.

The corpus is in `hostile/`; here all of it stands in one archive, its long texts shortened, and some of it alone.
`make torture` takes every case alone, at full length; `site/test_hostile_pages.py` opens the pages in a browser.
"""

import unicodedata

import pytest

from helpers import REPOSITORY
from hostile.corpus import corpus
from hostile.looking import page_of
from hostile.sizes import SHORT
from hostile.trying import Outcome, try_alone, try_together
from regesta.cli import main

pytestmark = pytest.mark.slow

CASES = corpus(SHORT)
PUBLISHED = [case for case in CASES if not case.stops_all]
#: Cases that stop a whole build can only be tried alone; so are some of the others.
ALONE = [case for case in CASES if case.stops_all] + PUBLISHED[::40]


@pytest.fixture(scope="module")
def together(tmp_path_factory):
    """All that does not stop a build, in one archive: what went wrong, and the site."""
    root = tmp_path_factory.mktemp("together") / "archive"
    with pytest.MonkeyPatch.context() as patch:
        said = []
        patch.setattr("regesta.console.note", said.append)
        patch.setattr("regesta.console.say", said.append)
        faults = try_together(root, PUBLISHED, lambda *words: _run(said, *words))
    return faults, root / "site"


def _run(said, command, root, *words):
    said.clear()
    status = main([command, *words, "--root", str(root)])
    return Outcome(status, "\n".join(said))


def test_the_corpus_is_large():
    assert len(CASES) >= 200
    assert len({case.name for case in CASES}) == len(CASES)


def test_all_together_do_no_harm(together):
    faults, _ = together
    assert faults == []


def test_what_looks_like_markup_is_shown_as_text(together):
    _, site = together
    shown = {case.name: page_of(site, case.name).findtext(".//h1") for case in CASES if case.heading}
    assert len(shown) > 50
    assert shown == {case.name: bare(case.heading) for case in CASES if case.heading}


def bare(text):
    """Return a text on one line without controls."""
    return " ".join(
        "".join(
            " " if char in "\t\n\u2028\u2029" else char
            for char in text
            if unicodedata.category(char) != "Cc" or char in "\t\n"
        ).split()
    )


@pytest.mark.parametrize("case", ALONE, ids=lambda case: case.name)
def test_alone_it_does_no_harm(case, tmp_path, monkeypatch):
    said = []
    monkeypatch.setattr("regesta.console.note", said.append)
    monkeypatch.setattr("regesta.console.say", said.append)
    assert try_alone(tmp_path / "archive", case, lambda *words: _run(said, *words)) == []


def test_nothing_was_run_by_the_way():
    assert not (REPOSITORY / "regesta-was-here").exists()
