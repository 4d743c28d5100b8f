"""A site built by the real command, and questions about its files."""

import os
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit


@dataclass(frozen=True)
class Built:
    """The output folder of a build, and the address it was built for (it ends in a slash)."""

    folder: Path
    url: str

    @property
    def base(self) -> str:
        """The base path: "/" or "/my-repo/"."""
        return urlsplit(self.url).path

    @cached_property
    def files(self) -> list[str]:
        """Every file by its path in the site, sorted."""
        found = (path for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.relative_to(self.folder).as_posix() for path in found)

    @cached_property
    def addresses(self) -> list[str]:
        """Every HTML page by its address without the base path: "/", "/tags/", "/404.html"."""
        return sorted(
            "/" + re.sub(r"(^|/)index\.html$", r"\1", name) for name in self.files if name.endswith(".html")
        )

    @cached_property
    def kinds(self) -> dict[str, list[str]]:
        """The pages by their kind, as `kind_of` names it."""
        found = defaultdict(list)
        for address in self.addresses:
            found[kind_of(address)].append(address)
        return dict(found)

    def largest(self) -> list[str]:
        """Of each kind of page the largest: enough to see every template with all that it shows."""
        return sorted(
            max(pages, key=lambda address: self.file(address).stat().st_size) for pages in self.kinds.values()
        )

    def examples(self) -> list[str]:
        """Of each kind of page the first and the largest: enough to see every template, full and poor."""
        return sorted({*self.largest(), *(pages[0] for pages in self.kinds.values())})

    def file(self, address: str) -> Path:
        """Where a static host looks for an address (without the base path)."""
        name = address.removeprefix("/")
        return self.folder / (name + "index.html" if name.endswith("/") or not name else name)


def kind_of(address: str) -> str:
    """What sort of page it is: /2025/10/ is "N/N", /tags/robots/ is "tags/*", / is "home"."""
    first, *rest = address.strip("/").split("/")
    if first.isdecimal():
        return "/".join(re.sub(r"\d+", "N", part) for part in [first, *rest])
    return "/".join([first or "home", *("*" for _ in rest)])


def build(root: Path, output: Path, url: str, cwd: Path | None = None, **environment: str) -> Built:
    """Build the archive in `root` by the command a curator runs; its words are shown where it fails."""
    command = [sys.executable, "-m", "regesta", "build", "--root", root, "--output", output, "--url", url]
    run = subprocess.run(
        command, cwd=cwd or root, env=os.environ | environment, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, f"regesta build ended with {run.returncode}:\n{run.stdout}\n{run.stderr}"
    return Built(output, url)
