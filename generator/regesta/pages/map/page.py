"""The page of the map, `/map/`, its land as a picture of its own, and where the papers of a tag lie on it."""

from __future__ import annotations

from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

from regesta.pages.map.lattice import HEIGHT, WIDTH
from regesta.pages.map.layout import radius
from regesta.pages.map.names import LINE
from regesta.pages.map.steps import step
from regesta.pages.page import Draft, Link, Page, file_draft, page_draft
from regesta.pages.site import lastmod, paper_address, plain_title, tag_address

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from regesta.archive.lists import Entry
    from regesta.pages.map.layout import Layout, Spot
    from regesta.pages.site import Site

ADDRESS = "/map/"
#: The land alone, which lies below the papers of a tag on its page.
LAND = "/map/land.svg"
#: Round the frame of the map; the style sheet has this, too, where it turns the map on its side for narrow screens.
_EDGE = 30
_TURN = (WIDTH + 2 * _EDGE) / (HEIGHT + 2 * _EDGE)
_BASE = 4.5  # units from the middle of a line to the line on which letters stand
_TITLES = 2  # of a region that the list has
_TONES = 5  # of hexagons
_COAST, _WATER = 2.02, 2.45  # how wide land is, and the water along the coast, in cells
_THOUSANDS = 10_000  # papers of a hexagon from which its number is written in thousands


class Dot(NamedTuple):
    """A paper on the map: its title as plain text, its address, and where it lies."""

    title: str
    address: str
    x: int
    y: int


class Hexagon(NamedTuple):
    """Papers that have the same two main tags.

    Attributes:
        title: what they are, and how many.
        address: of the list of these papers, without the path of the site.
        x, y: its middle.
        tone: from 1 for few papers to 5 for many.
        papers: their number, as it is written.
    """

    title: str
    address: str
    x: int
    y: int
    tone: int
    papers: str


class Region(NamedTuple):
    """A region in the list.

    Attributes:
        link: to its tag, with the number of its papers on the map.
        lines: of its name on the map, each with the place where it stands; none if it has no room there.
        number: where its number stands on narrow screens.
        papers: links to some of its papers, or to its largest groups.
    """

    link: Link
    lines: tuple[tuple[str, int, int], ...]
    number: tuple[int, int]
    papers: tuple[Link, ...]


def plan(site: Site) -> Iterator[Draft]:
    """Yield the page of the map and its land; nothing if there is no map."""
    layout = site.layout
    if layout is None:
        return
    entries = {entry.id: entry for entry in site.archive.each_entry()} if layout.single else {}
    shown = [(entry.id, entry.title, bool(entry.date)) for entry in entries.values()]
    labels = [site.archive.label(tag) for tag in site.archive.tags]
    inputs = layout, shown, labels, len(site.archive.papers)
    day = lastmod(entries.values()) if layout.single else site.archive.lastmod()
    yield page_draft(ADDRESS, inputs, partial(_page, site, layout, entries), day)
    yield file_draft(LAND.removeprefix("/"), _land_svg(layout).encode())


def tag_dots(site: Site, tag: str, papers: Sequence[Entry]) -> dict[str, Any]:
    """Return what the small map on a tag's page shows: where its papers lie; nothing if they lie nowhere."""
    layout = site.layout
    if layout is None:
        return {}
    if layout.single:
        spots = [site.spots[entry.id] for entry in papers]
    else:
        spots = [spot for spot in layout.spots if tag in _tags(layout, spot)]
    return {"dots": _path(spots), "width": layout.pitch * 4 // 5} if spots else {}


def _tags(layout: Layout, spot: Spot) -> tuple[str, str]:
    return layout.tags[spot.region], spot.name


def _path(spots: Iterable[Spot]) -> str:
    """Return spots as a path: a point of no length, which a round pen makes a disc."""
    return "".join([f"M{spot.x} {spot.y}h0" for spot in spots])


def _page(site: Site, layout: Layout, entries: dict[str, Entry]) -> Page:
    t, papers = site.t, len(site.archive.papers)
    regions = [*_regions(site, layout, entries)]
    kind = "map_description" if layout.single else "map_groups_description"
    dated = [spot for spot in layout.spots if layout.single and entries[spot.name].date]
    known = {spot.name for spot in dated}
    undated = [spot for spot in layout.spots if layout.single and spot.name not in known]
    data = {
        **_drawing(layout),
        "dated": _path(dated),
        "undated": _path(undated),
        "has_both": bool(dated and undated),
        "dots": [_dot(entries[spot.name], spot) for spot in layout.spots] if layout.single else [],
        "hexagons": [] if layout.single else [*_hexagons(site, layout)],
        "regions": sorted(regions, key=lambda region: region.link.label.casefold()),
        "count": papers,
        "apart": papers - sum(region.link.papers or 0 for region in regions),
    }
    return Page(
        ADDRESS,
        "map.html",
        t("map"),
        data,
        t(kind),
        lastmod=lastmod(entries.values()) or site.archive.lastmod(),
    )


def _drawing(layout: Layout) -> dict[str, Any]:
    """Return the lines and measures of a drawing."""
    pitch, edge = layout.pitch, _EDGE
    return {
        "box": f"{-edge} {-edge} {WIDTH + 2 * edge} {HEIGHT + 2 * edge}",
        "land": _land(layout),
        "coast": (round(_COAST * pitch), round(_COAST * pitch) - 2),
        "water": (round(_WATER * pitch), round(_WATER * pitch) - 2),
        "disc": round(2 * radius(pitch), 1),
        "touch": pitch,
        "hexagon": _hexagon(layout),
    }


def _land(layout: Layout) -> str:
    return "".join([f"M{x} {y}h{length}" for x, y, length in layout.land])


def _land_svg(layout: Layout) -> str:
    """Return the land as a picture that fits light and dark pages."""
    width, edge = round(_COAST * layout.pitch), _EDGE
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-edge} {-edge} {WIDTH + 2 * edge} {HEIGHT + 2 * edge}">'
        f'<path d="{_land(layout)}" fill="none" stroke="#8a8275" stroke-opacity=".22" stroke-width="{width}" '
        'stroke-linecap="round"/></svg>\n'
    )


def _hexagon(layout: Layout) -> str:
    """Return a hexagonal cell around the origin as a path."""
    half, low = layout.pitch // 2, layout.row // 3
    return f"M0 {-2 * low}l{half} {low}v{2 * low}l{-half} {low}l{-half} {-low}v{-2 * low}z"


def _dot(entry: Entry, spot: Spot) -> Dot:
    return Dot(plain_title(entry), paper_address(entry), spot.x, spot.y)


def _hexagons(site: Site, layout: Layout) -> Iterator[Hexagon]:
    most = max(step(spot.papers) for spot in layout.spots)
    for spot in layout.spots:
        papers, link = spot.papers, _group(site, layout, spot)
        tone = max(_TONES - (most // step(papers)).bit_length() + 1, 1)
        number = f"{papers // 1000}k" if papers >= _THOUSANDS else str(papers)
        yield Hexagon(
            site.t("map_group", n=papers, title=link.label), link.address, spot.x, spot.y, tone, number
        )


def _group(site: Site, layout: Layout, spot: Spot) -> Link:
    """Return a link to the papers of a hexagon."""
    tags = [tag for tag in _tags(layout, spot) if tag]
    query = quote(" ".join(f"tag:{tag}" for tag in tags))
    address = f"/search/?q={query}" if len(tags) > 1 else tag_address(tags[0])
    return Link(", ".join(site.archive.label(tag) for tag in tags), address, spot.papers)


def _regions(site: Site, layout: Layout, entries: dict[str, Entry]) -> Iterator[Region]:
    papers: dict[int, list[Link]] = defaultdict(list)
    counts: dict[int, int] = defaultdict(int)
    for spot in layout.spots:
        counts[spot.region] += spot.papers
    for spot in _in_order(layout, entries):
        if len(papers[spot.region]) < _TITLES:
            papers[spot.region].append(_listed(site, layout, spot, entries))
    for number, (tag, name) in enumerate(zip(layout.tags, layout.names, strict=True)):
        if counts[number]:
            link = Link(site.archive.label(tag), tag_address(tag), counts[number])
            lines = tuple(_lines(name.lines, name.x, name.y))
            yield Region(link, lines, _turned(name.x, name.y), tuple(papers[number]))


def _in_order(layout: Layout, entries: dict[str, Entry]) -> list[Spot]:
    """Return the marks in the order of the archive; hexagons with two tags, the largest first."""
    places = {paper_id: place for place, paper_id in enumerate(entries)}
    if layout.single:
        return sorted(layout.spots, key=lambda spot: places[spot.name])
    return sorted((spot for spot in layout.spots if spot.name), key=lambda spot: (-spot.papers, spot.name))


def _listed(site: Site, layout: Layout, spot: Spot, entries: dict[str, Entry]) -> Link:
    if layout.single:
        return Link(plain_title(entries[spot.name]), f"{paper_address(entries[spot.name])}")
    return Link(site.archive.label(spot.name), _group(site, layout, spot).address, spot.papers)


def _lines(lines: Sequence[str], x: int, y: int) -> Iterator[tuple[str, int, int]]:
    first = y + _BASE - (len(lines) - 1) / 2 * LINE
    for number, line in enumerate(lines):
        yield line, x, round(first + number * LINE)


def _turned(x: int, y: int) -> tuple[int, int]:
    """Return where a point lies when the map is turned on its side."""
    return round(-_EDGE + (y + _EDGE) * _TURN), round(-_EDGE + (x + _EDGE) * _TURN)
