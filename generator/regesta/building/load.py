"""Load all that a site is planned from: settings, theme, content, and what is computed from them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from regesta.archive.archive import make_archive
from regesta.archive.related import related, term_counts
from regesta.building.caches import PAGES_CODE, load_matches, load_related
from regesta.building.inputs import package_versions, without_hidden
from regesta.building.paper_cache import PaperCache
from regesta.building.template_cache import TemplateCache
from regesta.building.themes import find_theme
from regesta.content.attachments import attach
from regesta.content.authors import load_authors
from regesta.content.collections import load_collections, unknown_papers
from regesta.content.config import load_config, setting_problem
from regesta.content.own_pages import load_pages
from regesta.content.paper_files import by_name, read_papers
from regesta.content.taxonomy import load_tags
from regesta.dot_regesta import code_of
from regesta.errors import RegestaError
from regesta.pages.catalogue import Catalogue
from regesta.pages.site import Site, navigation
from regesta.search.matches import MatchesNote, PaperData, matches
from regesta.search.query import mistakes
from regesta.search.searchable import known_names, unknown_names
from regesta.text.markdown import plain_text
from regesta.text.mathml import plain
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from regesta.archive.archive import Archive
    from regesta.archive.related import RelatedNote
    from regesta.building.inputs import InputFiles
    from regesta.building.themes import Theme
    from regesta.content.attachments import Attachment
    from regesta.content.authors import Person
    from regesta.content.collections import Collection
    from regesta.content.config import Config
    from regesta.content.find_files import File
    from regesta.content.own_pages import OwnPage
    from regesta.content.paper import Paper
    from regesta.content.paper_files import PaperFile
    from regesta.content.saved_searches import SavedSearch
    from regesta.content.taxonomy import Tag
    from regesta.errors import Problem


class Loaded(NamedTuple):
    """What a site is planned and rendered from.

    Attributes:
        site: the settings, the archive, the catalogue.
        own: the curator's own pages.
        theme: how pages look.
        papers: the paper files, as read now or cached.
        related: the papers related to each.
        matches: the papers that match the saved searches.
        navigation: what every page shows.
        settings: a hash of what every page depends on.
        templates: the templates that are compiled already.
        static: the files that are copied to the site's root, except the theme's.
        problems: what was left out, and why.
    """

    site: Site
    own: dict[str, OwnPage]
    theme: Theme
    papers: PaperCache
    related: RelatedNote
    matches: MatchesNote
    navigation: dict[str, Any]
    settings: str
    templates: TemplateCache
    static: Sequence[File]
    problems: list[Problem]


class _Content(NamedTuple):
    """What `content/` holds, except the settings.

    Attributes:
        papers: the paper files that can be read.
        taxonomy, collections: the curator's entries, by name.
        people: the curator's entries for authors.
        own: the curator's own pages, by name.
        attached: the files of each paper, by its id.
        problems: what was left out, and why.
    """

    papers: list[PaperFile]
    taxonomy: dict[str, Tag]
    collections: dict[str, Collection]
    people: Sequence[Person]
    own: dict[str, OwnPage]
    attached: Mapping[str, Sequence[Attachment]]
    problems: list[Problem]


def load(root: Path, inputs: InputFiles, home: Path, url: str, *, forget: bool = False) -> Loaded:
    """Load the archive in root.

    Args:
        root: the folder that holds `content/`.
        inputs: its files.
        home: the folder of the caches, `.regesta/`.
        url: where the site will live, in place of the setting.
        forget: use no cache.

    Raises:
        RegestaError: settings, taxonomy or theme are wrong, or no paper at all can be read.
    """
    config = load_config(root / "content", url, mistakes)
    inputs = without_hidden(inputs, config.hidden_files)
    theme = find_theme(config.theme, root)
    t = Catalogue(theme.strings(config.language))
    cache = PaperCache(home, _term_counts, inputs.seen, forget=forget)
    content = _read_content(root / "content", inputs, cache)
    matches_before = MatchesNote({}, {}) if forget else load_matches(home)
    archive, matches_now = _archive(content, config, cache, matches_before)
    unknown = _unknown_names(root / "content", config.searches, archive)
    ways = navigation(archive, content.own, t)
    settings = _settings(theme, config, ways, archive)
    counts = {file.paper.id: cache.derived[file.paper.id] for file in content.papers}
    return Loaded(
        site=Site(config, archive, t, _keys(content), cache.abstract_of, content.attached),
        own=content.own,
        theme=theme,
        papers=cache,
        related=related(counts, None if forget else load_related(home)),
        matches=matches_now,
        navigation=ways,
        settings=settings,
        templates=TemplateCache(home, settings, forget=forget),
        static=inputs.static,
        problems=[*content.problems, *unknown, *theme.left_out(config.hidden_files)],
    )


def _read_content(folder: Path, inputs: InputFiles, cache: PaperCache) -> _Content:
    """Return what `content/` holds.

    Raises:
        RegestaError: the taxonomy is wrong, or no paper at all can be read.
    """
    taxonomy = load_tags(folder)
    papers, broken = read_papers(inputs.papers, cache.read)
    collections, broken_collections = load_collections(folder)
    own, broken_pages = load_pages(folder)
    people, broken_people = load_authors(folder)
    attached, ownerless = attach(inputs.attached, [file.paper for file in papers])
    unknown = unknown_papers(folder, collections, by_name(papers))
    broken_lists = (*broken_collections, *broken_pages, *unknown, *broken_people)
    left_out = (*inputs.problems, *broken, *broken_lists, *ownerless)
    problems = [problem.below(folder) for problem in left_out]
    if (broken or inputs.problems) and not papers:
        raise RegestaError(problems, status=3)
    return _Content(papers, taxonomy, collections, people, own, attached, problems)


def _archive(
    content: _Content, config: Config, cache: PaperCache, before: MatchesNote
) -> tuple[Archive, MatchesNote]:
    """Return the archive with the papers that match each saved search, and the matches for the next build."""
    papers = (file.paper for file in content.papers)
    archive = make_archive(papers, content.taxonomy, content.collections, content.people)
    kinds = {paper_id: [file.kind for file in files] for paper_id, files in content.attached.items()}
    data = PaperData(_keys(content), lambda paper: plain_text(cache.abstract_of(paper)), kinds)
    found, note = matches(config.searches, archive, data, before)
    return replace(archive, searches=found), note


def _keys(content: _Content) -> dict[str, str]:
    """Return the hash of each paper's file, by the paper's id."""
    return {file.paper.id: file.key for file in content.papers}


def _settings(theme: Theme, config: Config, ways: Mapping[str, Any], archive: Archive) -> str:
    """Return a hash of what every page depends on."""
    labels = {tag: archive.label(tag) for tag in archive.tags}
    code = code_of(*PAGES_CODE), package_versions()
    return digest(repr((*code, theme.fingerprint, config, ways, labels)))


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
