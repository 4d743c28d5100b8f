"""The `Draft`: a file that is planned, with all that it is made from, and made only if some of that changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from regesta.page import Page, path_of
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Made = Page | bytes | Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Draft:
    """One file of the site, or a folder of files that are made together.

    Attributes:
        path: where it goes, relative to the site's root; a folder's ends with a slash.
        fingerprint: a hash of all that it is made from, but for theme and settings.
        make: makes it: the page to render, or a file's bytes, or a folder's files by their paths.
        address: from the site's root, if it is a page.
        lastmod: the day of the newest change in a page's content, "" if it has no such day.
        listed: whether it is a page that search engines and the sitemap should know.
    """

    path: str
    fingerprint: str
    make: Callable[[], Made]
    address: str = ""
    lastmod: str = ""
    listed: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files that are made together."""
        return self.path.endswith("/")


def draft_of(path: str, inputs: tuple[Any, ...], make: Callable[[], Made]) -> Draft:
    """Return the draft of what goes to a path; its inputs are plain values, a paper by its key."""
    return Draft(path, digest(repr(inputs)), make)


def page_draft(
    address: str, inputs: tuple[Any, ...], make: Callable[[], Page], lastmod: str = "", *, listed: bool = True
) -> Draft:
    """Return the draft of the page at an address."""
    return Draft(path_of(address), digest(repr(inputs)), make, address, lastmod, listed)


def made(page: Page) -> Draft:
    """Return the draft of a page that is made already, because finding out what it shows is most of the work."""
    return Draft(
        path_of(page.address), page.fingerprint(), lambda: page, page.address, page.lastmod, page.listed
    )


def file_draft(path: str, data: bytes) -> Draft:
    """Return the draft of a file whose bytes are known."""
    return Draft(path, digest(data), lambda: data)
