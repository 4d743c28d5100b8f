"""The `Page`: plain data that a template turns into one file."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Link(NamedTuple):
    """Something to click: what it says, the site address that it leads to, and how many papers are there if it tells."""

    label: str
    address: str
    papers: int | None = None


def path_of(address: str) -> str:
    """Return the file that holds the page at a site address, relative to the site's root."""
    path = address.removeprefix("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


@dataclass(frozen=True, slots=True)
class Item:
    """A paper as lists show it.

    Attributes:
        id, address: of the paper.
        title: HTML.
        year: what hangs in the margin, "" if unknown; in brackets if it was worked out, as catalogues do.
        day: the day or month within that year, in words, "" if unknown.
        people: the first authors' names; empty where only their number is known.
        authors_count: how many authors in all, None if unknown.
        organization: its name, or "".
        tags: links to the paper's tags.
        lead, rest: the abstract as HTML, cut after about three lines.
        status: "" or withdrawn, retracted.
    """

    id: str
    address: str
    title: str
    year: str
    day: str
    people: tuple[str, ...]
    authors_count: int | None
    organization: str
    tags: tuple[Link, ...]
    lead: str
    rest: str
    status: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A paper's place in a list. Its item is rendered once for all lists, and made only then.

    Attributes:
        id: of the paper.
        fingerprint: a hash that changes whenever the item may, and stands for it in the fingerprints of pages.
        make: makes the item.
    """

    id: str
    fingerprint: str
    make: Callable[[], Item]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: a template sees this and the settings, never the archive.

    Attributes:
        address: from the site's root, `/tags/` or `/404.html`.
        template: the file in the theme's `templates/` that renders it.
        title: plain text.
        data: what the template shows: plain values, named tuples of them, and entries of lists.
        description: plain text for search engines and previews, "" for none.
        crumbs: the way from home to this page, without both.
        feeds: feeds to announce in its head, beside the archive's own.
        meta: (name, content) of further `<meta>` elements.
        json_ld: schema.org data.
        lastmod: the day of the newest change in its content, "" if it has no such day.
        listed: whether search engines and the sitemap should know it.
        is_article: whether it is about one paper.
    """

    address: str
    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    description: str = ""
    crumbs: tuple[Link, ...] = ()
    feeds: tuple[Link, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    json_ld: tuple[Mapping[str, Any], ...] = ()
    lastmod: str = ""
    listed: bool = True
    is_article: bool = False

    @property
    def path(self) -> str:
        """The file that holds the page, relative to the site's root."""
        return path_of(self.address)

    def fingerprint(self) -> str:
        """Return a hash of all that the page is made from, but for theme and settings."""
        return digest(_ENCODER.encode([getattr(self, name) for name in self.__slots__]))


def _plain(value: Any) -> Any:
    if isinstance(value, Entry):
        return value.fingerprint
    raise TypeError(f"a page's data holds a {type(value).__name__}")


#: One for all pages, and without a look-out for circles, which planned data cannot have: half the time.
_ENCODER = json.JSONEncoder(default=_plain, check_circular=False, sort_keys=True)
