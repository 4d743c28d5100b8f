"""The `Page`, plain data for a template, and the `Draft`, the plan of a file, made if its inputs changed."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from regesta.text.strings import checksum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Content: TypeAlias = "Page | bytes | Iterable[tuple[str, bytes | None]]"
    #: What is planned together (`papers/x`, `tags/y`; "" for what every build plans), and its files.
    Unit: TypeAlias = "tuple[str, Iterable[Draft]]"


class Link(NamedTuple):
    """A link on the site: its label, its address, and the number of papers there if it shows one."""

    label: str
    address: str
    papers: int | None = None


def path_of(address: str) -> str:
    """Return the file that holds the page at a site address, relative to the site's root."""
    path = address.removeprefix("/")
    return f"{path}index.html" if path.endswith("/") or not path else path


class ListItem(NamedTuple):
    """A paper as lists show it.

    Attributes:
        id, address: of the paper.
        title: HTML.
        day: of the date under which it is listed: `22 Nov`, or `Nov`, or "".
        year: of that date, "" if unknown; in brackets if it was inferred, as in library catalogues.
        noted: what that date is of if not of publication, and when the paper was published: "", `listed`, or
            `published 28 Jul`.
        people: the first authors' names, and that of the author whose page it is; empty if only their number is known.
        authors_count: how many authors there are, None if unknown.
        organization: its name, or "".
        tags: links to the paper's tags.
        pdf, code: the address on this site or the URL of each, or "".
        comments, upvotes: how many its source counted, None if unknown.
        lead: the beginning of the abstract as HTML, a little more than lists have room for.
        status: "" or withdrawn, retracted.
    """

    id: str
    address: str
    title: str
    day: str
    year: str
    noted: str
    people: tuple[str, ...]
    authors_count: int | None
    organization: str
    tags: tuple[Link, ...]
    pdf: str
    code: str
    comments: int | None
    upvotes: int | None
    lead: str
    status: str


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A paper's entry in a list. Its item is made when it is rendered, which is done once for all lists.

    Attributes:
        id: of the paper.
        fingerprint: a hash that changes whenever the item may; part of the fingerprints of pages.
        make: makes the item.
    """

    id: str
    fingerprint: str
    make: Callable[[], ListItem]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site. A template sees only this and the settings, never the archive.

    Attributes:
        address: from the site's root, `/tags/` or `/404.html`.
        template: the file in the theme's `templates/` that renders it.
        title: plain text.
        data: what the template shows: plain values, named tuples of them, and entries of lists.
        description: plain text for search engines and previews, or "".
        crumbs: the way from home to this page, without either.
        feeds: feeds to announce in its head, besides the archive's own.
        meta: (name, content) of more `<meta>` elements.
        json_ld: schema.org data.
        lastmod: the day of the newest change in its content, "" if unknown.
        listed: whether the sitemap lists it and search engines may index it.
        is_article: whether it is about one paper.
        item: the entry of that paper in lists, which can be rendered now, while the paper is at hand.
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
    item: ListEntry | None = None

    @property
    def path(self) -> str:
        """The file that holds the page, relative to the site's root."""
        return path_of(self.address)

    def fingerprint(self) -> str:
        """Return a hash of all that the page is made from, except theme and settings."""
        return checksum(_ENCODER.encode([getattr(self, name) for name in self.__slots__]).encode())


def _plain(value: Any) -> Any:
    if isinstance(value, ListEntry):
        return value.fingerprint
    raise TypeError(f"a page's data holds a {type(value).__name__}")


#: One encoder for all pages. The check for circular references, which cannot occur, would double its time.
_ENCODER = json.JSONEncoder(default=_plain, check_circular=False, sort_keys=True)


class Draft(NamedTuple):
    """The plan of one file of the site, or of a folder of files that are made together.

    Attributes:
        path: relative to the site's root; a folder's ends with a slash.
        fingerprint: a hash of all that it is made from, except theme and settings.
        make: returns the page to render, or a file's bytes, or the paths and bytes of a folder's files, one by
            one, `keeper` among them; None for those of the last build that stay as they are.
        address: from the site's root, if it is a page, else "".
        lastmod: the day of the newest change in a page's content, "" if unknown.
        listed: whether it is a page that the sitemap lists.
    """

    path: str
    fingerprint: str
    make: Callable[[], Content]
    address: str = ""
    lastmod: str = ""
    listed: bool = False

    @property
    def is_folder(self) -> bool:
        """Whether it is a folder of files that are made together."""
        return self.path.endswith("/")

    @property
    def keeper(self) -> str:
        """The path of the file that is noted with the fingerprint: of a folder, only its manifest."""
        return f"{self.path}manifest.json" if self.is_folder else self.path


def draft_of(path: str, inputs: tuple[Any, ...], make: Callable[[], Content]) -> Draft:
    """Return the draft of a file or folder at a path; its inputs are plain values, the key for a paper."""
    return Draft(path, _fingerprint(inputs), make)


def page_draft(
    address: str, inputs: tuple[Any, ...], make: Callable[[], Page], lastmod: str = "", *, listed: bool = True
) -> Draft:
    """Return the draft of the page at an address."""
    return Draft(path_of(address), _fingerprint(inputs), make, address, lastmod, listed)


def ready_draft(page: Page) -> Draft:
    """Return the draft of a page that is made already, because finding its inputs is most of the work."""
    return Draft(
        path_of(page.address), page.fingerprint(), lambda: page, page.address, page.lastmod, page.listed
    )


def file_draft(path: str, data: bytes) -> Draft:
    """Return the draft of a file that is made already."""
    return Draft(path, checksum(data), lambda: data)


#: `repr` of all inputs would take longer: named tuples write theirs in Python.
_INPUTS = json.JSONEncoder(default=repr, check_circular=False)


def _fingerprint(inputs: tuple[Any, ...]) -> str:
    return checksum(_INPUTS.encode(inputs).encode())
