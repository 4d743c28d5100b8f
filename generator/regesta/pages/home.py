"""The home page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regesta.pages.charts import address_of, year_grid
from regesta.pages.list_item import list_entry
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.site import tag_address

if TYPE_CHECKING:
    from regesta.pages.site import Site

_LATEST = 6  # papers
_EXAMPLES, _EXAMPLE_WORDS = 4, 2  # searches, and words of each
_TAGS = 30


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
            "tags": _largest_tags(site),
            "tags_count": len(archive.tags),
            "collections": site.collection_rows(),
            "searches": site.search_rows(),
            "grid": year_grid(site),
            "examples": example_searches(site),
        },
        json_ld=(website,),
        lastmod=archive.lastmod(),
    )
    return ready_draft(page)


def _latest(site: Site) -> dict[str, Any]:
    """Return the latest papers by the day of publication, else by that of listing; else the first by title."""
    archive = site.archive
    published = archive.latest_published(_LATEST)
    heading = "latest_published" if published else "latest_listed" if archive.featured_day else "some_papers"
    latest = [list_entry(site, entry) for entry in published or archive.first(_LATEST)]
    return {"latest": latest, "latest_heading": heading}


def _featured_day(site: Site) -> dict[str, Any] | None:
    """Return the newest day on which a source listed papers, None if there is none."""
    day = site.archive.featured_day
    if not day:
        return None
    return {"words": site.t.date(day), "address": address_of(day), "count": len(site.archive.days[day])}


def _largest_tags(site: Site) -> list[Link]:
    """Return the tags with most papers, in the order of their labels."""
    archive = site.archive
    links = [Link(archive.label(tag), tag_address(tag), len(papers)) for tag, papers in archive.tags.items()]
    links.sort(key=lambda link: (-(link.papers or 0), link.address))
    return sorted(links[:_TAGS], key=lambda link: link.label.lower())


def example_searches(site: Site) -> list[str]:
    """Return searches that find something: short labels of the tags with most papers."""
    largest = sorted(site.archive.tags.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    labels = [site.archive.label(tag).lower() for tag, _ in largest]
    return [label for label in labels if len(label.split()) <= _EXAMPLE_WORDS][:_EXAMPLES]
