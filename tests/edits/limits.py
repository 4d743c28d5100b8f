"""Limits that are small enough for a small archive to reach them."""

import json

from regesta.search import layer_files

_LIMITS = {
    "regesta.archive.neighbours._RARE": 5,
    "regesta.archive.neighbours._TERMS": 5,
    "regesta.archive.neighbours._CANDIDATES": 4,
    "regesta.archive.neighbours._NEIGHBOURS": 3,
    "regesta.archive.related._MANY": 2,
    "regesta.archive.archive._HELD": 3,
    "regesta.archive.archive._MANY": 2,
    "regesta.archive.paper_rows._BATCH": 3,
    "regesta.archive.archive_rows._BATCH": 3,
    "regesta.building.load._LEAST": 2,
    "regesta.pages.archive_files._BYTES": 1500,
    "regesta.pages.archive_files._CITED": 6,
    "regesta.pages.archive_files._RECORDED": 3,
    "regesta.pages.feeds._HELD": 2,
    "regesta.pages.site._TWINS": 8,
    "regesta.pages.takeaway_rows._HELD": 4,
    "regesta.pages.takeaway_rows._MANY": 2,
    "regesta.pages.kept._KNOWN": 5,
    "regesta.pages.map.remembered._FEWEST": 4,
    "regesta.pages.map.remembered._SETTLED": 0.3,
    "regesta.pages.map.remembered._SINGLE": 14,
    "regesta.building.render._HELD": 5,
    "regesta.pages.wellknown._SITEMAP_SIZE": 20,
    "regesta.search.difference._SHARE": 1,
    "regesta.search.documents._GAPS": ((40, 4, 4), (1000, 6, 8)),
    "regesta.search.layer_files._SIZES": ((40, 200, 4), (70, 300, 4), (1000, 300, 8)),
    "regesta.search.layering._SMALL": 8,
}


def make_small(monkeypatch, seed):
    """Patch the limits for a trial. Odd trials render no templates, and so show all data of a page, in half the time.

    Every fourth has a clock that tells nothing: a file's signature is its size and inode, and only because the file is not
    settled is it read again. Every other fourth has the usual clock; for the others, each file is settled at once.
    """
    for name, value in _LIMITS.items():
        monkeypatch.setattr(name, value)
    for table in layer_files.BLOCKS:
        monkeypatch.setitem(layer_files.BLOCKS, table, 200)
    if seed % 2:
        monkeypatch.setattr("regesta.building.render.Renderer.render", _plainly)
    if seed % 4 == 0:
        for module in ("content.find_files", "building.inputs"):
            monkeypatch.setattr(f"regesta.{module}.signature", _without_changes)
    elif seed % 4 != 1:
        monkeypatch.setattr("regesta.content.find_files._TICK", 0)


def _without_changes(status):
    return status.st_mtime_ns, status.st_mtime_ns, status.st_size, status.st_ino


def _plainly(renderer, page):
    """Return all data of a page as lines of JSON; as in a list on a page, an item is made once."""
    items = vars(renderer).setdefault("plain_items", {})

    def plain(value):
        if hasattr(value, "make"):
            if value.id not in items:
                items[value.id] = value.make()
            return items[value.id]
        return [getattr(value, name) for name in value.__slots__]

    rows = (f"{name}: {json.dumps(getattr(page, name), default=plain)}" for name in page.__slots__)
    return "\n".join(rows).replace("], ", "],\n").encode()
