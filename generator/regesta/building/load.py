"""Load all that a site is planned from: settings, theme, content, and what is remembered of the papers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.archive_rows import ArchiveRows
from regesta.archive.curated import Curated
from regesta.archive.lists import Index
from regesta.archive.paper_rows import PaperRows
from regesta.archive.related import RelatedPapers
from regesta.archive.terms import forget_words, term_counts
from regesta.archive.touched import Touched
from regesta.archive.travel import update
from regesta.building.inputs import code_and_packages, without_hidden
from regesta.building.template_cache import TemplateCache
from regesta.building.themes import find_theme
from regesta.content.attachments import attach
from regesta.content.authors import load_authors
from regesta.content.collections import load_collections, unknown_papers
from regesta.content.config import load_config, setting_problem
from regesta.content.own_pages import load_pages
from regesta.content.taxonomy import load_tags
from regesta.dot_regesta import HOME
from regesta.errors import RegestaError
from regesta.pages.catalogue import Catalogue
from regesta.pages.kept import Kept
from regesta.pages.map.remembered import update_map
from regesta.pages.site import Site, has_twins, navigation
from regesta.search.matches import update_matches
from regesta.search.query import mistakes
from regesta.search.searchable import known_names, unknown_names
from regesta.text.formulas import plain
from regesta.text.markdown import plain_text
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Collection as Some
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from regesta.archive.archive import Archive
    from regesta.building.inputs import InputFiles
    from regesta.building.themes import Theme
    from regesta.content.attachments import Attachment
    from regesta.content.config import Config
    from regesta.content.find_files import File
    from regesta.content.own_pages import OwnPage
    from regesta.content.paper import Paper
    from regesta.content.saved_searches import SavedSearch
    from regesta.errors import Problem
    from regesta.memory import Memory
    from regesta.pages.map.layout import Layout

#: The rooms whose code finds related papers and lists, finds the matches of saved searches, draws the map, and makes
#: pages: a change there voids what it made.
ARCHIVE_CODE = ("limits.py", "text", "content", "archive")
MATCHES_CODE = (*ARCHIVE_CODE, "search")
MAP_CODE = (*ARCHIVE_CODE, "pages/map")
PAGES_CODE = (*MATCHES_CODE, "pages", "building")
_LEAST = 5  # papers of an author who has a page in a lean archive


class Loaded(NamedTuple):
    """What a site is planned and rendered from.

    Attributes:
        site: the settings, the archive, the catalogue.
        own: the curator's own pages.
        theme: how pages look.
        related: the papers related to each.
        touched: what may be other than at the last build.
        sources: the paper files that are new, edited or deleted since.
        navigation: what every page shows.
        settings: a hash of what every page depends on.
        templates: the templates that are compiled already.
        static: the files that are copied to the site's root, except the theme's.
        problems: what was left out, and why.
    """

    site: Site
    own: dict[str, OwnPage]
    theme: Theme
    related: RelatedPapers
    touched: Touched
    sources: list[tuple[str, str]]
    navigation: dict[str, Any]
    settings: str
    templates: TemplateCache
    static: Sequence[File]
    problems: list[Problem]


def load(
    root: Path, inputs: InputFiles, memories: tuple[Memory, Memory], url: str, *, forget: bool = False
) -> Loaded:
    """Load the archive in root.

    Args:
        root: the folder that holds `content/`.
        inputs: its files.
        memories: what the last build left: rows, which are brought up to date, and pieces of pages (`Kept`).
        url: where the site will live, in place of the setting.
        forget: use no cache.

    Raises:
        RegestaError: settings, taxonomy or theme are wrong, or no paper at all can be read.
    """
    folder, (memory, pieces) = root / "content", memories
    config = load_config(folder, url, mistakes)
    inputs = without_hidden(inputs, config.hidden_files)
    theme = find_theme(config.theme, root)
    theme.recall_assets(memory)
    t = Catalogue(theme.strings(config.language))
    own, broken_pages = load_pages(folder)
    papers = _load_papers(folder, inputs, memory)
    archive = papers.rows.archive()
    if config.is_lean:
        _leave_out_authors(papers, archive)
    attached, ownerless = attach(inputs.attached, archive.owners)
    _note_attached(papers, archive, config, attached)
    layout = _layout(papers, archive) if config.map else None
    ways = navigation(archive, own, t, has_map=layout is not None)
    settings = digest(
        repr((code_and_packages(*PAGES_CODE), theme.fingerprint, config, ways, has_twins(config, archive)))
    )
    problems = [problem.below(folder) for problem in (*papers.problems, *broken_pages, *ownerless)]
    if not len(archive.papers) and any(problem.file.startswith("papers") for problem in papers.problems):
        raise RegestaError(problems, status=3)
    problems += [*_unknown_names(folder, config.searches, archive), *theme.left_out(config.hidden_files)]
    return Loaded(
        site=Site(config, archive, t, attached, Kept(pieces, settings), layout),
        own=own,
        theme=theme,
        related=papers.related,
        touched=papers.touched,
        sources=papers.sources,
        navigation=ways,
        settings=settings,
        templates=TemplateCache(root / HOME, settings, forget=forget),
        static=inputs.static,
        problems=problems,
    )


def _layout(papers: _Papers, archive: Archive) -> Layout | None:
    return update_map(archive, papers.related, papers.touched, code_and_packages(*MAP_CODE))


class _Papers(NamedTuple):
    """The papers of the archive, brought up to date.

    Attributes:
        rows: of the archive.
        related: the papers related to each.
        sources, touched: as in `Loaded`.
        problems: what was left out of papers, collections and authors, and why.
    """

    rows: ArchiveRows
    related: RelatedPapers
    sources: list[tuple[str, str]]
    touched: Touched
    problems: list[Problem]


def _load_papers(folder: Path, inputs: InputFiles, memory: Memory) -> _Papers:
    """Bring what is remembered of the papers up to date.

    Raises:
        RegestaError: the taxonomy is wrong.
    """
    collections, broken_collections = load_collections(folder)
    people, broken_people = load_authors(folder)
    files = PaperRows(memory)
    changes = files.look(inputs.papers, inputs.seen)
    code = code_and_packages(*ARCHIVE_CODE)
    rows = ArchiveRows(memory, Curated(load_tags(folder), collections, people), code)
    related = RelatedPapers(memory, code)
    touched = _update(rows, related, changes.ids)
    unknown = unknown_papers(folder, collections, rows.archive().owners)
    problems = [*inputs.problems, *files.problems(), *rows.problems(folder)]
    problems += [*broken_collections, *unknown, *broken_people]
    return _Papers(rows, related, changes.files, touched, problems)


def _leave_out_authors(papers: _Papers, archive: Archive) -> None:
    """Let only authors of several papers have pages; the papers of one who may now have one, or none, are touched."""
    archive.authors = Index(archive, "authors", least=_LEAST)
    for kind, name in papers.touched.lists:
        if kind == "authors":
            papers.touched.papers |= papers.rows.papers_in(kind, name)


def _note_attached(
    papers: _Papers, archive: Archive, config: Config, attached: Mapping[str, Sequence[Attachment]]
) -> None:
    """Note what the files of papers, and the saved searches, touch."""
    papers.rows.note_attached({paper_id: repr(files) for paper_id, files in attached.items()}, papers.touched)
    kinds = {paper_id: [file.kind for file in files] for paper_id, files in attached.items()}
    code = code_and_packages(*MATCHES_CODE)
    update_matches(archive, config.searches, kinds, papers.touched, code)


def _update(rows: ArchiveRows, related: RelatedPapers, ids: Some[str]) -> Touched:
    """Bring the rows of the archive and the related papers up to date; return what that touches.

    Args:
        rows: of the archive.
        related: the papers related to each; they are empty if the rows are.
        ids: of the papers that are new, edited or gone.
    """
    if rows.is_empty:
        related.update((paper.id, _term_counts(paper)) for paper in rows.put_all())
        forget_words()
        return Touched(everything=True)
    touched = update(rows, ids)
    if ids:
        now = {paper.id: _term_counts(paper) for paper in rows.papers_now(ids)}
        touched.papers |= related.update((paper_id, now.get(paper_id)) for paper_id in sorted(ids))
    touched.papers |= related.showing(touched.texts)
    return touched


def _term_counts(paper: Paper) -> dict[str, int]:
    """Return the terms of a paper by which related papers are found."""
    return term_counts(plain(paper.title), plain_text(paper.abstract))


def _unknown_names(folder: Path, searches: Sequence[SavedSearch], archive: Archive) -> list[Problem]:
    """Return a problem for each unknown name in a saved search."""
    names = known_names(archive) if searches else ()
    return [
        setting_problem(folder, ("searches", search.name, "query"), *mistake)
        for search in searches
        for mistake in unknown_names(archive, names, search.query)
    ]
