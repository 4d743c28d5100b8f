"""A built site as it lies in its folder: its files, what its pages say, and where a link leads."""

from __future__ import annotations

import os
import re
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from regesta.errors import fail
from regesta.markup import line_of_link, line_of_second, read_markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from regesta.markup import Markup

#: What is plainly a full address, or one that lacks only http: or https:.
_FULL = re.compile(r"(?:(?i:https?):)?//[\w.-]+(?::\d+)?(?:[/?#]|$)")


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """What is remembered of a page: where fragments may lead, and what it says of itself."""

    targets: frozenset[str]
    title: str
    canonical: str
    is_listed: bool


@dataclass(slots=True)
class Met:
    """A link as it was first met: on which page, as it is written there; and how many there are of it."""

    page: str
    link: str
    count: int = 1


@dataclass(slots=True)
class BuiltSite:
    """A site in its folder.

    Attributes:
        folder: holds it.
        files: the bytes of each file, by its path in the folder, in order.
        url: the address that it was built for, as its home page says; "" if it does not.
        pages: each page by its path.
        links: where links within the site lead, by addresses from the host's root; what is no address stands as it is written.
        twins: ids that a page has twice, each with the first such page and the number of such pages.
        links_count: how many links there are, those out of the site included.
    """

    folder: Path
    files: dict[str, int]
    url: str = ""
    pages: dict[str, BuiltPage] = field(default_factory=dict)
    links: dict[str, Met] = field(default_factory=dict)
    twins: dict[str, Met] = field(default_factory=dict)
    links_count: int = 0

    @property
    def base_path(self) -> str:
        """The path under which the site lives, with a slash at both ends."""
        return urlsplit(self.url).path or "/"

    @property
    def host(self) -> str:
        """The address of the site's host, without a slash at its end; one that cannot be if the site does not say."""
        return self.url.removesuffix(self.base_path) or "https://host.invalid"

    def address(self, path: str) -> str:
        """Return where a file is found, from the host's root: `/base/tags/`."""
        return self.base_path + re.sub(r"(^|/)index\.html$", r"\1", path)

    def path(self, address: str) -> str:
        """Return the path of the file that an address below the base path shows; it need not exist."""
        path = unquote(re.split("[?#]", address, maxsplit=1)[0].removeprefix(self.base_path))
        return f"{path}index.html" if path.endswith("/") or not path else path

    def shows(self, url: str) -> bool:
        """Tell whether a full address is one of this site, and shows a file."""
        return (
            self.url != ""
            and url.startswith(self.url)
            and self.path(url.removeprefix(self.host)) in self.files
        )

    def resolve(self, link: str, whence: str) -> str | None:
        """Return where a link leads, from the host's root, or None if it leaves the site.

        Args:
            link: as it is written.
            whence: the full address of the page that holds it.

        Raises:
            ValueError: it is no address.
        """
        if _FULL.match(link):
            if not link.startswith(self.url or self.host):
                return None
            link = link.removeprefix(self.host)
        if link.startswith("/") and not link.startswith("//") and "/." not in link:
            return link
        full = urljoin(whence, link)
        return full.removeprefix(self.host) if full.startswith(f"{self.host}/") else None

    def read(self, path: str, size: int = -1) -> bytes:
        """Return a file's bytes, or only the first so many."""
        with (self.folder / path).open("rb") as file:
            return file.read(size)

    def text(self, path: str) -> str:
        """Return a file's text; what is no UTF-8 is replaced."""
        return self.read(path).decode("utf-8-sig", errors="replace")

    def line(self, path: str, *, link: str = "", double: str = "") -> int:
        """Return the line of a page's first tag with this link, or of the second with this id; 0 if there is none."""
        text = self.text(path)
        return line_of_second(text, double) if double else line_of_link(text, link)


def load_site(folder: Path) -> BuiltSite:
    """Read every page of the site in a folder, one after the other.

    Raises:
        RegestaError: there is no built site.
    """
    if not (folder / "index.html").is_file():
        raise fail(
            folder, "holds no built site", "run `regesta build` first, or name another folder with --output"
        )
    site = BuiltSite(folder, dict(sorted(_files(folder))))
    site.url = _url(read_markup(site.text("index.html")).canonical)
    shared: dict[frozenset[str], frozenset[str]] = {}  # most pages have the ids of others
    for path in site.files:
        if path.endswith(".html"):
            markup = read_markup(site.text(path))
            targets = frozenset(markup.ids + markup.anchors)
            targets = shared.setdefault(targets, targets)
            site.pages[path] = BuiltPage(targets, markup.title, markup.canonical, markup.is_listed)
            _note_links(site, path, markup, targets)
            if len(set(markup.ids)) < len(markup.ids):
                _note_twins(site, path, markup.ids)
    return site


def _files(folder: Path) -> Iterator[tuple[str, int]]:
    """Yield the path and the bytes of every file that a host would publish."""
    prefixes = [""]
    while prefixes:
        prefix = prefixes.pop()
        with os.scandir(f"{folder}/{prefix}") as entries:
            for entry in entries:
                if entry.is_file():
                    yield prefix + entry.name, entry.stat().st_size
                elif entry.is_dir(follow_symlinks=False) and entry.name != ".git":
                    prefixes.append(f"{prefix}{entry.name}/")


def _url(canonical: str) -> str:
    """Return the address of the site whose home page has this address, "" if it is none."""
    try:
        parts = urlsplit(canonical)
    except ValueError:
        return ""
    is_full = (
        parts.scheme in ("http", "https")
        and parts.hostname
        and parts.path
        and not parts.query
        and not parts.fragment
    )
    return canonical[: canonical.rindex("/") + 1] if is_full else ""


def _note_links(site: BuiltSite, path: str, markup: Markup, targets: frozenset[str]) -> None:
    """Remember where the links of a page lead; most lead where others led before."""
    site.links_count += len(markup.links)
    whence = site.host + site.address(path)
    with suppress(ValueError):
        whence = urljoin(whence, markup.base)
    for link in markup.links:
        if link in site.links:
            site.links[link].count += 1
        elif not (
            link.startswith("#")
            and not markup.base
            and (unquote(link[1:]) in targets or link in ("#", "#top"))
        ):
            _note_link(site, path, link, whence)


def _note_link(site: BuiltSite, path: str, link: str, whence: str) -> None:
    try:
        address = site.resolve(link, whence)
    except ValueError:
        address = link
    if address in site.links:
        site.links[address].count += 1
    elif address is not None:
        site.links[address] = Met(path, link)


def _note_twins(site: BuiltSite, path: str, ids: Sequence[str]) -> None:
    for twin in [name for name, times in Counter(ids).items() if times > 1]:
        if twin in site.twins:
            site.twins[twin].count += 1
        else:
            site.twins[twin] = Met(path, twin)
