"""All papers: the newest, with ways to the others by year, and all by title, on a page or more for each letter."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from regesta.archive.overviews import has_changes, is_discussed, titled
from regesta.archive.touched import EVERYTHING
from regesta.archive.ways import OTHER
from regesta.pages.charts import by_year
from regesta.pages.letters import letter_of
from regesta.pages.list_item import list_entry
from regesta.pages.metadata import breadcrumbs, item_list
from regesta.pages.page import Draft, Link, Page, ready_draft
from regesta.pages.site import CHANGES, PAPERS, lastmod, paper_address, shown_year
from regesta.text.formulas import title_html
from regesta.text.strings import ascii_letters

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from regesta.archive.glances import Glance
    from regesta.archive.touched import Touched
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

TITLES = f"{PAPERS}by/title/"
_PAGE = 200  # titles
_WORD = 16  # letters


def plan(site: Site, touched: Touched = EVERYTHING) -> Iterator[Unit]:
    """Yield the page of the newest papers, the index of titles, and the pages of its letters; nothing without papers."""
    if not len(site.archive.papers):
        return
    letters = {first: _letter(site, first, len(papers)) for first, papers in site.archive.titles.items()}
    ordered = sorted(letters.values(), key=lambda link: (link.address == _address("", site), link.label))
    yield "", [_newest(site), _index(site, ordered)]
    ways = [link._replace(papers=None) for link in ordered]
    for first in touched.names("titles", site.archive.titles):
        yield f"titles/{first}", _titles(site, letters[first], ways, titled(site.archive, "titles", first))


def views(site: Site) -> list[Link]:
    """Return the orders in which all papers can be seen."""
    discussed = [("discussed", "/discussed/")] if is_discussed(site.archive) else []
    return [
        Link(site.t(f"view_{name}"), at) for name, at in (("newest", PAPERS), ("title", TITLES), *discussed)
    ]


def _newest(site: Site) -> Draft:
    archive, title = site.archive, site.t("papers")
    entries = archive.first(site.config.page_size)
    years = Counter({year: len(papers) for year, papers in archive.years.items()})
    undated = len(archive.undated)
    data = {
        "count": len(archive.papers),
        "entries": [list_entry(site, entry) for entry in entries],
        "views": views(site),
        "bars": by_year(site, years + Counter({"": undated}), "/undated/"),
        "years": [Link(year, f"/{year}/", n) for year, n in sorted(years.items(), reverse=True)],
        "undated": undated,
        "follow": [
            Link(site.t("feeds"), "/feeds/"),
            *([Link(site.t("changes"), CHANGES)] if has_changes(archive) else []),
        ],
    }
    page = Page(
        PAPERS,
        "papers.html",
        title,
        data,
        site.t("papers_description", n=len(archive.papers)),
        json_ld=(
            item_list(title, PAPERS, entries, site.config),
            breadcrumbs([Link(title, PAPERS)], site.config),
        ),
        lastmod=lastmod(entries),
    )
    return ready_draft(page)


def _address(first: str, site: Site) -> str:
    return f"{TITLES}{letter_of(site.t, first).anchor}/"


def _letter(site: Site, first: str, papers: int) -> Link:
    """Return the link to a letter, with its number of papers."""
    own = "" if first == OTHER else first
    return Link(letter_of(site.t, own).name, _address(own, site), papers)


def _index(site: Site, letters: Sequence[Link]) -> Draft:
    most = max(link.papers or 0 for link in letters)
    data = {
        "letters": [(link, round(100 * (link.papers or 0) / most)) for link in letters],
        "views": views(site),
    }
    title = site.t("papers_by_title")
    description = site.t("papers_by_title_description", n=len(site.archive.papers))
    crumbs = (Link(site.t("papers"), PAPERS),)
    return ready_draft(Page(TITLES, "titles.html", title, data, description, crumbs))


def _titles(site: Site, letter: Link, ways: Sequence[Link], papers: Sequence[Glance]) -> Iterator[Draft]:
    """Yield the pages of a letter."""
    ordered = sorted(papers, key=lambda paper: ascii_letters(paper.title))
    parts = [ordered[start : start + _PAGE] for start in range(0, len(ordered), _PAGE)]
    pages = [
        Link(site.t("span", first=_beginning(part[0]), last=_beginning(part[-1])), f"{letter.address}{n}/")
        for n, part in enumerate(parts, 1)
    ]
    pages[0] = pages[0]._replace(address=letter.address)
    for page, part in zip(pages, parts, strict=True):
        yield _page(site, letter, page, ways, pages if len(pages) > 1 else [], part)


def _page(
    site: Site,
    letter: Link,
    page: Link,
    ways: Sequence[Link],
    pages: Sequence[Link],
    papers: Sequence[Glance],
) -> Draft:
    title = site.t("papers_by_letter", letter=letter.label)
    data = {
        "heading": title,
        "letters": ways,
        "here": letter.address,
        "pages": pages,
        "papers": [
            (Link(title_html(paper.title), paper_address(paper)), shown_year(paper), paper.status)
            for paper in papers
        ],
        "count": letter.papers,
    }
    crumbs = (Link(site.t("papers"), PAPERS), Link(site.t("papers_by_title"), TITLES))
    description = site.t("list_description", n=letter.papers, title=title)
    name = title if page.address == letter.address else f"{title}: {page.label}"
    way = breadcrumbs([*crumbs, Link(title, letter.address)], site.config)
    return ready_draft(
        Page(page.address, "titles_of_letter.html", name, data, description, crumbs, json_ld=(way,))
    )


def _beginning(paper: Glance) -> str:
    """Return the first word of a title, or what of it a label has room for."""
    return paper.title.partition(" ")[0][:_WORD].strip("\"'“”‘’(),:;.$")
