"""A page is plain data, and its fingerprint changes with any of it."""

from dataclasses import replace

import pytest

from helpers import site_of
from regesta.content.paper import Paper
from regesta.pages.list_item import list_entry
from regesta.pages.page import Link, Page

SITE = site_of([Paper("A", id="a")])
ITEM = list_entry(SITE, SITE.archive.papers.entries[0])
PAGE = Page("/tags/", "tags.html", "Tags", {"rows": [Link("Maps", "/tags/maps/", 3)], "items": [ITEM]})


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("/", "index.html"),
        ("/tags/", "tags/index.html"),
        ("/404.html", "404.html"),
        ("/2025/W44/", "2025/W44/index.html"),
    ],
)
def test_an_address_has_a_file(address, path):
    assert Page(address, "x.html", "x").path == path


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Subjects"},
        {"data": {"rows": [Link("Maps", "/tags/maps/", 4)], "items": [ITEM]}},
        {"data": {"rows": [Link("Maps", "/tags/maps/", 3)], "items": [replace(ITEM, fingerprint="another")]}},
        {"description": "All of them"},
        {"feeds": (Link("Feed", "/feed.xml"),)},
        {"meta": (("citation_title", "A"),)},
        {"json_ld": ({"@type": "Thing"},)},
        {"lastmod": "2025-01-01"},
        {"listed": False},
    ],
)
def test_the_fingerprint_changes_with_what_the_page_shows(change):
    assert replace(PAGE, **change).fingerprint() != PAGE.fingerprint()


def test_the_fingerprint_does_not_depend_on_the_order_of_keys():
    other = replace(PAGE, data=dict(reversed(PAGE.data.items())))
    assert other.fingerprint() == PAGE.fingerprint()


def test_a_page_may_hold_plain_values_only():
    with pytest.raises(TypeError, match="a page's data holds a set"):
        Page("/", "x.html", "x", {"bad": {1, 2}}).fingerprint()
