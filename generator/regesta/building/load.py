"""Load all that a site is planned from: settings, theme, papers, the curator's lists and pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from regesta.archive.archive import make_archive
from regesta.archive.related import recall_related, related, term_counts
from regesta.building.inputs import package_versions
from regesta.building.paper_cache import PaperCache
from regesta.building.plan import plan_site
from regesta.building.render import Renderer
from regesta.building.template_cache import TemplateCache
from regesta.building.themes import find_theme
from regesta.content.attachments import attach
from regesta.content.authors import load_authors
from regesta.content.collections import load_collections, unknown_papers
from regesta.content.config import load_config, setting_problem
from regesta.content.own_pages import load_pages
from regesta.content.paper_files import by_name, read_papers
from regesta.content.taxonomy import load_tags
from regesta.dot_regesta import code_of, read_cache, write_cache
from regesta.errors import RegestaError
from regesta.pages.catalogue import Catalogue
from regesta.pages.site import Site, navigation
from regesta.search.answers import Texts, answers
from regesta.search.answers import recall as recall_answers
from regesta.search.query import mistakes
from regesta.search.searchable import known_names, strange_names
from regesta.text.markdown import plain_text
from regesta.text.mathml import plain
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from regesta.archive.archive import Archive
    from regesta.archive.related import RelatedNote
    from regesta.building.inputs import InputFiles
    from regesta.building.themes import Theme
    from regesta.content.find_files import File
    from regesta.content.own_pages import OwnPage
    from regesta.content.paper import Paper
    from regesta.content.saved_searches import SavedSearch
    from regesta.errors import Problem
    from regesta.pages.page import Draft
    from regesta.search.answers import AnswersNote
    from regesta.search.index import ReadPublished


_RELATED, _ANSWERS = "related.json", "answers.json"
#: The rooms whose code finds related papers, the papers of saved searches, and makes pages: a change there voids what it made.
_WHAT_TIES = ("text", "content", "archive")
_WHAT_ANSWERS = (*_WHAT_TIES, "search")
_WHAT_MAKES_PAGES = (*_WHAT_ANSWERS, "pages", "building")


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a site is planned and rendered from.

    Attributes:
        site: the settings, the archive, the catalogue.
        own: the curator's own pages.
        theme: how pages look.
        records: the paper files, as read now or remembered.
        alike: the papers related to each.
        answered: which papers answer the saved searches.
        shared: what every page shows.
        settings: a hash of what every page depends on.
        compiled: the templates, as far as they are compiled.
        problems: what was left out, and why.
    """

    site: Site
    own: dict[str, OwnPage]
    theme: Theme
    records: PaperCache
    alike: RelatedNote
    answered: AnswersNote
    shared: dict[str, Any]
    settings: str
    compiled: TemplateCache
    problems: list[Problem]

    def plan(self, static: Sequence[File], published: ReadPublished) -> list[Draft]:
        """Return a draft of every file of the site; static are the curator's, to be copied; published reads what the last build left."""
        ties = {paper_id: neighbours.papers for paper_id, neighbours in self.alike.neighbours.items()}
        return plan_site(self.site, self.own, ties, self.theme, static, published)

    def remember(self, home: Path) -> None:
        """Note what was worked out, for the next build."""
        self.records.save()
        write_cache(home / _RELATED, code_of(*_WHAT_TIES), self.alike)
        if self.site.config.searches:
            write_cache(home / _ANSWERS, _what_makes_terms(), self.answered)
        self.compiled.save()

    def renderer(self) -> Renderer:
        """Return what turns this site's pages into bytes."""
        return Renderer(self.theme, self.site.config, self.site.t, self.shared, self.compiled)


def load(root: Path, inputs: InputFiles, home: Path, url: str, *, forget: bool = False) -> Loaded:
    """Load the archive in root.

    Args:
        root: the folder that holds `content/`.
        inputs: its files.
        home: where is remembered what was read of them.
        url: where the site will live, in place of the setting.
        forget: read all files anew.

    Raises:
        RegestaError: settings, taxonomy or theme are wrong, or no paper at all can be read.
    """
    content = root / "content"
    config = load_config(content, url, mistakes)
    theme = find_theme(config.theme, root)
    t = Catalogue(theme.strings(config.language))
    taxonomy = load_tags(content)
    records = PaperCache(home, _about, inputs.seen, forget=forget)
    papers, broken = read_papers(inputs.papers, records.read)
    collections, broken_lists = load_collections(content)
    own, broken_pages = load_pages(content)
    people, broken_people = load_authors(content)
    attached, ownerless = attach(inputs.attached, [file.paper for file in papers])
    unknown = unknown_papers(content, collections, by_name(papers))
    lists = (*broken_lists, *broken_pages, *unknown, *broken_people)
    left_out = (*inputs.problems, *broken, *lists, *ownerless)
    problems = [problem.below(content) for problem in left_out]
    if (broken or inputs.problems) and not papers:
        raise RegestaError(problems, status=3)
    archive = make_archive((file.paper for file in papers), taxonomy, collections, people)
    keys = {file.paper.id: file.key for file in papers}
    kinds = {paper_id: [one.kind for one in files] for paper_id, files in attached.items()}
    texts = Texts(keys, lambda paper: plain_text(records.abstract_of(paper)), kinds)
    known_answers = None if forget else read_cache(home / _ANSWERS, _what_makes_terms())
    found, answered = answers(config.searches, archive, texts, recall_answers(known_answers))
    problems += _strange_searches(content, config.searches, archive)
    archive = replace(archive, searches=found)
    site = Site(config, archive, t, keys, records.abstract_of, attached)
    shared = navigation(archive, own, t)
    labels = {tag: archive.label(tag) for tag in archive.tags}
    settings = digest(
        repr((code_of(*_WHAT_MAKES_PAGES), package_versions(), theme.fingerprint, config, shared, labels))
    )
    compiled = TemplateCache(home, settings, forget=forget)
    before = None if forget else recall_related(read_cache(home / _RELATED, code_of(*_WHAT_TIES)))
    alike = related({file.paper.id: records.derived[file.paper.id] for file in papers}, before)
    return Loaded(site, own, theme, records, alike, answered, shared, settings, compiled, problems)


def _about(paper: Paper) -> dict[str, int]:
    """Return what a paper is about, to find those related to it."""
    return term_counts(plain(paper.title), plain_text(paper.abstract))


def _what_makes_terms() -> str:
    """Return a hash of all that has a part in which terms a text has."""
    return digest(repr((code_of(*_WHAT_ANSWERS), package_versions())))


def _strange_searches(content: Path, searches: Sequence[SavedSearch], archive: Archive) -> list[Problem]:
    """Return a problem for each name by which a saved search asks for what the archive does not have."""
    names = known_names(archive) if searches else ()
    return [
        setting_problem(content, ("searches", search.name, "query"), *mistake)
        for search in searches
        for mistake in strange_names(archive, names, search.query)
    ]
