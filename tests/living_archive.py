"""An archive whose content goes from state to state, and what its site has to be in each: for builds that are not left in peace."""

import io
import json
import shutil
import subprocess
import sys
from contextlib import redirect_stdout
from typing import ClassVar

from regesta.cli import main
from regesta.new import new_archive
from regesta.publishing.manifest import NAME
from regesta.publishing.survey import STAGING
from small_site import add_foreign, look

PAPER = '---\ntitle: Paper {name}\npublished: "2025-0{name}-10"\ntags: [language-models]\nadded: "2026-01-02"\n---\n\n{text}\n'

#: What others keep in the site's folder.
THINGS = {
    ".gitignore": b"*",
    "CNAME": b"papers.example.org",
    "papers/paper-3/notes.txt": b"mine",
    ".git/HEAD": b"ref",
}


class LivingArchive:
    """An archive in a folder; its content is in one of `STATES` states.

    Attributes:
        root: the folder.
        expected: what the site holds in each state, the manifest too.
        things: what others keep in the site.
    """

    STATES = 4
    expected: ClassVar = []

    def __init__(self, root):
        self.root, self.site, self.things = root, root / "site", {}
        new_archive(root)
        (root / "content/papers/an-example-paper.md").unlink()
        for state in range(self.STATES) if not self.expected else ():
            self.become(state)
            self.build_here("--output", str(root / "clean"))
            self.expected.append(self._look(root / "clean"))
            shutil.rmtree(root / "clean")
        self.become(0)

    def become(self, state):
        """Put the content into a state: 0; 1: a text differs; 2: papers were added and one removed; 3: every page differs."""
        names = (2, 3, 4, 5, 6, 7) if state == 2 else (1, 2, 3, 4, 5)
        for path in (self.root / "content/papers").glob("*.md"):
            path.unlink()
        for name in names:
            text = "Another text altogether." if (state, name) == (1, 2) else "A text."
            self.write(f"papers/paper-{name}.md", PAPER.format(name=name, text=text))
        self.write(
            "archive.yaml",
            f"title: {'Your' if state == 3 else 'Our'} papers\nurl: https://example.org/papers/\n",
        )

    def write(self, path, text):
        """Write a file of the content."""
        (self.root / "content" / path).write_text(text, encoding="utf-8")

    def start(self, *options, before=(), **process):
        """Start a build; return the process."""
        command = [*before, sys.executable, "-m", "regesta", "build", "--root", str(self.root), *options]
        return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **process)

    def build(self, *options, **process):
        """Build; return the exit status and all that was said."""
        with self.start(*options, **process) as running:
            out, err = running.communicate()
        return running.returncode, out + err

    def build_here(self, *options):
        """Build in this process, which takes a fraction of the time."""
        with redirect_stdout(io.StringIO()):
            assert main(["build", "--root", str(self.root), *options]) == 0

    def add_things(self):
        """Let others put their things into the site."""
        add_foreign(self.site, THINGS)
        self.things |= THINGS

    def shown(self):
        """Return the state that the site shows, None if it is none; what others keep there, staged files and empty folders are not looked at."""
        seen = {
            path: thing
            for path, thing in self._look(self.site).items()
            if not path.startswith(STAGING) and not path.endswith("/")
        }
        found = {path: thing for path, thing in seen.items() if path not in self.things}
        return self.expected.index(found) if found in self.expected else None

    def lost(self):
        """Return what others kept in the site and is no longer there."""
        found = look(self.site)
        return {path for path, thing in self.things.items() if found.get(path) != thing}

    @staticmethod
    def _look(site):
        text = (site / NAME).read_text(encoding="utf-8") if (site / NAME).exists() else "{}"
        return look(site) | {NAME: json.loads(text)}
