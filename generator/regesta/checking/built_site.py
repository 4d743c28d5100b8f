"""A built site in its folder: its files, what its pages say, and where a link leads."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from regesta.checking.markup import read_markup
from regesta.errors import fail

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regesta.checking.markup import Markup

#: A plain full address; it may lack http: or https:.
_FULL = re.compile(r"(?:(?i:https?):)?//[\w.-]+(?::\d+)?(?:[/?#]|$)")


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page: the names that a fragment may lead to, and what the page says about itself."""

    targets: frozenset[str]
    title: str
    canonical: str
    is_listed: bool


@dataclass(slots=True)
class Occurrence:
    """A link or a double id: the first page that has it, how it is written there, and how often it occurs."""

    page: str
    link: str
    count: int = 1


@dataclass(slots=True)
class BuiltSite:
    """A site in its folder.

    Attributes:
        folder: the folder of the site.
        files: the size of each file in bytes, by its path in the folder, in order.
        linked: the paths of all links to files or folders.
        url: the address that the site was built for, as its home page says; "" if it does not say.
        pages: the pages by their paths.
        links: the links within the site by the addresses that they lead to, from the host's root; a link that
            is not an address stands as it is written.
        twins: the ids that a page has twice, with the first such page and the number of such pages.
        links_count: how many links there are, including links that leave the site.
    """

    folder: Path
    files: dict[str, int] = field(default_factory=dict)
    linked: list[str] = field(default_factory=list)
    url: str = ""
    pages: dict[str, BuiltPage] = field(default_factory=dict)
    links: dict[str, Occurrence] = field(default_factory=dict)
    twins: dict[str, Occurrence] = field(default_factory=dict)
    links_count: int = 0

    @property
    def base_path(self) -> str:
        """The path under which the site lives, with a slash at both ends."""
        return urlsplit(self.url).path or "/"

    @property
    def host(self) -> str:
        """The address of the site's host, without a final slash; an impossible one if it is unknown."""
        return self.url.removesuffix(self.base_path) or "https://host.invalid"

    def address(self, path: str) -> str:
        """Return the address of a file, from the host's root: `/base/tags/`."""
        return self.base_path + re.sub(r"(^|/)index\.html$", r"\1", path)

    def path(self, address: str) -> str:
        """Return the path of the file at an address below the base path; the file need not exist."""
        path = unquote(re.split("[?#]", address, maxsplit=1)[0].removeprefix(self.base_path))
        return f"{path}index.html" if path.endswith("/") or not path else path

    def shows(self, url: str) -> bool:
        """Tell whether a full address belongs to this site and leads to a file."""
        return (
            self.url != ""
            and url.startswith(self.url)
            and self.path(url.removeprefix(self.host)) in self.files
        )

    def resolve(self, link: str, base: str) -> str | None:
        """Return where a link leads, from the host's root, or None if it leaves the site.

        Args:
            link: the link as it is written.
            base: the full address that a relative link starts from.

        Raises:
            ValueError: the link is not an address.
        """
        if _FULL.match(link):
            if not link.startswith(self.url or self.host):
                return None
            link = link.removeprefix(self.host)
        if link.startswith("/") and not link.startswith("//") and "/." not in link:
            return link
        full = urljoin(base, link)
        return full.removeprefix(self.host) if full.startswith(f"{self.host}/") else None

    def read(self, path: str, size: int = -1) -> bytes:
        """Return a file's bytes, or only the first `size` of them."""
        with (self.folder / path).open("rb") as file:
            return file.read(size)

    def text(self, path: str) -> str:
        """Return a file's text; bytes that are not UTF-8 are replaced."""
        return self.read(path).decode("utf-8-sig", errors="replace")


def load_site(folder: Path) -> BuiltSite:
    """Read every page of the site in a folder.

    Raises:
        RegestaError: the folder does not hold a built site.
        OSError: a file cannot be read.
    """
    if not (folder / "index.html").is_file():
        remedy = "run `regesta build` first, or name another folder with --output"
        raise fail(folder, "holds no built site", remedy)
    site = BuiltSite(folder)
    site.files |= sorted(_files(folder, site.linked))
    site.url = _url(read_markup(site.text("index.html")).canonical)
    shared: dict[frozenset[str], frozenset[str]] = {}  # many pages have the same ids
    for path in site.files:
        if path.endswith(".html"):
            markup = read_markup(site.text(path))
            targets = frozenset(markup.ids + markup.anchors)
            targets = shared.setdefault(targets, targets)
            site.pages[path] = BuiltPage(targets, markup.title, markup.canonical, markup.is_listed)
            _note_links(site, path, markup, targets)
            _note_twins(site, path, markup.ids)
    return site


def _files(folder: Path, linked: list[str]) -> Iterator[tuple[str, int]]:
    """Yield the path and the bytes of every file that a host would publish; list the paths that are links."""
    prefixes = [""]
    while prefixes:
        prefix = prefixes.pop()
        with os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                if entry.is_symlink():
                    linked.append(prefix + entry.name)
                if _is_file(entry):
                    yield prefix + entry.name, entry.stat().st_size
                elif entry.is_dir(follow_symlinks=False) and entry.name != ".git":
                    prefixes.append(f"{prefix}{entry.name}/")


def _is_file(entry: os.DirEntry[str]) -> bool:
    """Tell whether an entry is a file or a link to one; a link to itself is an error only for `DirEntry.is_file`."""
    return os.path.isfile(entry.path) if entry.is_symlink() else entry.is_file()  # noqa: PTH113 - quicker than a Path


def _url(canonical: str) -> str:
    """Return the site's address by the canonical address of its home page, "" if that is not a full one."""
    try:
        parts = urlsplit(canonical)
    except ValueError:
        return ""
    is_full = parts.scheme in ("http", "https") and parts.hostname and parts.path
    return canonical[: canonical.rindex("/") + 1] if is_full and not (parts.query or parts.fragment) else ""


def _note_links(site: BuiltSite, path: str, markup: Markup, targets: frozenset[str]) -> None:
    """Remember where the links of a page lead; most lead where earlier ones led."""
    site.links_count += len(markup.links)
    base = site.host + site.address(path)
    with suppress(ValueError):
        base = urljoin(base, markup.base)
    for link in markup.links:
        if link in site.links:
            site.links[link].count += 1
        elif markup.base or not _leads_within(targets, link):
            _note_link(site, path, link, base)


def _leads_within(targets: frozenset[str], link: str) -> bool:
    """Tell whether a link leads to one of the targets in its own page, or to the top of the page."""
    return link in ("#", "#top") or (link.startswith("#") and unquote(link[1:]) in targets)


def _note_link(site: BuiltSite, path: str, link: str, base: str) -> None:
    """Remember where a link leads, unless it leaves the site."""
    try:
        address = site.resolve(link, base)
    except ValueError:
        address = link
    if address is not None:
        _count(site.links, address, Occurrence(path, link))


def _note_twins(site: BuiltSite, path: str, ids: Sequence[str]) -> None:
    """Remember the ids that a page has twice."""
    for twin, times in Counter(ids).items():
        if times > 1:
            _count(site.twins, twin, Occurrence(path, twin))


def _count(known: dict[str, Occurrence], key: str, new: Occurrence) -> None:
    if key in known:
        known[key].count += 1
    else:
        known[key] = new
