"""The plan of the whole site, in units: what is planned together, such as a paper's page, its redirects and its files."""

from __future__ import annotations

from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from regesta.content.find_files import changed_meanwhile
from regesta.pages import (
    all_papers,
    authors,
    bibliographies,
    changes,
    collections,
    dates,
    discussed,
    feeds,
    feeds_page,
    lists,
    papers,
    saved,
    searches,
    single_pages,
    tags,
    wellknown,
)
from regesta.pages.home import plan_home
from regesta.pages.page import Draft, file_draft
from regesta.text.strings import checksum

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from regesta.archive.touched import Touched
    from regesta.building.load import Loaded
    from regesta.building.themes import Theme
    from regesta.content.config import Config
    from regesta.content.find_files import File
    from regesta.pages.page import Unit
    from regesta.pages.site import Site

#: The unit of the sitemap, and that of the files in `content/static/`.
SITEMAP, STATIC = "sitemap", "static"


def plan_units(loaded: Loaded, touched: Touched) -> Iterator[Unit]:
    """Yield each unit with drafts of its files, which are planned when they are asked for.

    Args:
        loaded: what the site is planned from.
        touched: what may be other than at the last build; nothing else is planned.
    """
    site = loaded.site
    yield (
        "",
        chain(
            [plan_home(site)], single_pages.plan(site, loaded.own), feeds_page.plan(site), saved.plan(site)
        ),
    )
    yield from papers.plan(site, loaded.related.of, touched)
    yield from _attachments(site, touched)
    yield from discussed.plan(site)
    for room in (
        all_papers,
        changes,
        tags,
        dates,
        collections,
        authors,
        lists,
        searches,
        feeds,
        bibliographies,
    ):
        yield from room.plan(site, touched)
    yield "", chain(wellknown.plan(site.config), _assets(loaded.theme, site.config))
    yield STATIC, (copy_draft(file.name.removeprefix("static/"), file) for file in loaded.static)


def _attachments(site: Site, touched: Touched) -> Iterator[Unit]:
    ids: Iterable[str] = site.attached if touched.everything else site.attached.keys() & touched.papers
    for paper_id in sorted(ids):
        yield f"papers/{paper_id}", (copy_draft(one.path, one.file) for one in site.attached[paper_id])


def _assets(theme: Theme, config: Config) -> Iterator[Draft]:
    """Yield the theme's files: icons, the worker, and a folder, named by its content, of the style sheet and scripts."""
    for name, data in theme.static(config.hidden_files).items():
        yield file_draft(name, data)
    if worker := theme.worker("offline" if config.saved else "retired"):
        yield file_draft("sw.js", worker)  # at the root: it sees only what is below it
    for name, data in theme.assets.items():
        yield file_draft(f"{theme.asset_folder}{name}".lstrip("/"), data)


def copy_draft(path: str, file: File) -> Draft:
    """Return the draft of a file to be copied; it is read twice, so that its bytes need not be held."""
    planned = checksum(file.read())
    return Draft(path, planned, partial(_read_again, file, planned))


def _read_again(file: File, planned: str) -> bytes:
    data = file.read()
    if checksum(data) != planned:
        raise changed_meanwhile(file.name)
    return data
