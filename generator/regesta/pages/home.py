"""The home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.overviews import most_discussed
from regesta.pages.charts import address_of, all_years
from regesta.pages.list_item import list_entry
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.site import paper_address, tag_address
from regesta.text.dates import YEAR
from regesta.text.formulas import title_html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from regesta.pages.site import Site

_LATEST, _DISCUSSED = 12, 6  # papers
_EXAMPLES, _EXAMPLE_WORDS = 3, 2  # searches, and words of each
_TAGS, _COLLECTIONS = 16, 9
#: The heading of the latest papers: which kinds of dates they have, by whether that is the day of listing.
_HEADINGS = {
    (): "some_papers",
    (False,): "latest_published",
    (False, True): "latest",
    (True,): "latest_listed",
}
_DAYS = 9  # on which papers were added: about 130 bytes
_FEW, _BARS = 3, 8  # years; years or months or months: each wide enough to be touched
_HIGHEST = 40  # of a bar


class Bar(NamedTuple):
    """A year or a month in the strip.

    Attributes:
        label: `’25` or `Oct`.
        words: the date in words.
        papers: how many papers it has.
        height: of the bar, from 0 to 40.
        address: of its page; that of all dates for several years; "" if it has no papers.
        is_one: whether it is of one year or month; several years are not measured by the scale.
    """

    label: str
    words: str
    papers: int
    height: int
    address: str
    is_one: bool = True


def plan_home(site: Site) -> Draft:
    """Return the home page."""
    archive, config, years = site.archive, site.config, [*site.archive.years]
    website = {"@context": "https://schema.org", "@type": "WebSite", "name": config.title, "url": config.url}
    page = Page(
        address="/",
        template="home.html",
        title=config.title,
        description=config.description,
        data={
            "count": len(archive.papers),
            "dated": len(archive.papers) - len(archive.undated),
            "undated": len(archive.undated),
            "first_year": years[0] if years else "",
            "last_year": years[-1] if years else "",
            **_latest(site),
            "featured_day": _featured_day(site),
            "discussed": _discussed(site),
            "tags": largest_tags(site, _TAGS),
            "tags_count": len(archive.tags),
            "collections": _largest_collections(site),
            "collections_count": len(archive.collected),
            "searches": site.search_rows(),
            "strip": _strip(site),
            "examples": example_searches(site),
            "added": _added(site),
        },
        json_ld=(website,),
        lastmod=archive.lastmod(),
    )
    return ready_draft(page)


def _latest(site: Site) -> dict[str, Any]:
    """Return the first papers in the order of the archive, and a heading that says what order that is."""
    entries = site.archive.first(_LATEST)
    listed = {bool(site.archive.of_entry(entry).featured) for entry in entries if entry.date}
    return {
        "latest": [list_entry(site, entry) for entry in entries],
        "latest_heading": _HEADINGS[*sorted(listed)],
    }


def _featured_day(site: Site) -> dict[str, Any] | None:
    """Return the newest day on which a source listed papers, None if there is none."""
    day = site.archive.featured_day
    if not day:
        return None
    return {"words": site.t.date(day), "address": address_of(day), "count": len(site.archive.days[day])}


def _discussed(site: Site) -> list[Link]:
    """Return the papers with most comments; the labels are HTML, the numbers those of comments."""
    found = most_discussed(site.archive, _DISCUSSED)
    return [Link(title_html(entry.title), paper_address(entry), n) for entry, n in found if n]


def largest_tags(site: Site, most: int) -> list[Link]:
    """Return the tags with most papers, the largest first."""
    archive = site.archive
    links = [Link(archive.label(tag), tag_address(tag), len(papers)) for tag, papers in archive.tags.items()]
    return sorted(links, key=lambda link: (-(link.papers or 0), link.address))[:most]


def _largest_collections(site: Site) -> list[dict[str, Any]]:
    """Return the rows of the collections with most papers, in the order of their names."""
    rows = site.collection_rows()
    largest = sorted(rows, key=lambda row: -row["link"].papers)[:_COLLECTIONS]
    return [row for row in rows if row in largest]


def _strip(site: Site) -> list[Bar]:
    """Return a bar for each of the last years or, of an archive of few years, for each of the last months.

    Older years share the first bar.
    """
    years = all_years(site)
    index, dates = (
        (site.archive.years, years) if len(years) >= _FEW else (site.archive.months, _months(site, years))
    )
    has_old = dates is years and len(years) > _BARS
    shown = dates[1 - _BARS :] if has_old else dates[-_BARS:]
    most = max(map(index.size, shown), default=0)
    bars = [_bar(site, date, index.size(date), most) for date in shown] if most else []
    return [_old(site, years[: 1 - _BARS], most), *bars] if has_old and most else bars


def _old(site: Site, years: Sequence[str], most: int) -> Bar:
    """Return the bar of years before the others; of their many papers, it shows no more than it has room for."""
    papers = sum(map(site.archive.years.size, years))
    height, words = _height(min(papers, most), most), site.t("up_to_year", year=years[-1])
    return Bar(f"≤{years[-1][2:]}", words, papers, height, "/dates/", is_one=False)


def _months(site: Site, years: Sequence[str]) -> list[str]:
    """Return all months of some years from the first to the last that has papers."""
    known = [*site.archive.months]
    months = [f"{year}-{month:02}" for year in years for month in range(1, 13)]
    return [month for month in months if known and known[0] <= month <= known[-1]]


def _bar(site: Site, date: str, papers: int, most: int) -> Bar:
    label = f"’{date[2:]}" if len(date) == YEAR else site.t.month(int(date[YEAR + 1 :]), short=True)
    address = address_of(date) if papers else ""
    return Bar(label, site.t.date(date), papers, _height(papers, most), address)


def _height(papers: int, most: int) -> int:
    return max(round(_HIGHEST * papers / most), 2) if papers else 0


def _added(site: Site) -> dict[str, str]:
    """Return where the papers added last are listed, and for a browser that was here before, what is added when.

    That is the number of all papers, then for each of the latest days on which papers were added, the day and their
    number: `461 2026-11-21:3 2026-11-20:458`; empty if no such day is known.
    """
    archive = site.archive
    days = sorted(archive.added, reverse=True)[:_DAYS]
    if not days:
        return {}
    counts = [str(len(archive.papers)), *(f"{day}:{archive.added.size(day)}" for day in days)]
    return {"address": f"/added/{days[0]}/", "counts": " ".join(counts)}


def example_searches(site: Site) -> list[str]:
    """Return searches that find something: short labels of the tags with most papers."""
    largest = sorted(site.archive.tags.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    labels = [site.archive.label(tag).lower() for tag, _ in largest]
    return [label for label in labels if len(label.split()) <= _EXAMPLE_WORDS][:_EXAMPLES]
