"""The build of a site from what is loaded: plan what may be other, make what is, publish it, and note it in the rows."""

from __future__ import annotations

from contextlib import closing
from itertools import chain
from typing import TYPE_CHECKING

from regesta.archive.touched import EVERYTHING
from regesta.building.collisions import may_collide, refuse_collisions
from regesta.building.inputs import code_and_packages
from regesta.building.load import PAGES_CODE
from regesta.building.made_files import MadeFiles
from regesta.building.make import Maker
from regesta.building.page_rows import PageRows
from regesta.building.parallel import in_parallel, processors
from regesta.building.plan import SITEMAP, TAKEAWAYS, plan_units
from regesta.building.published import PublishedFiles
from regesta.building.render import Renderer
from regesta.memory import Memory
from regesta.pages import archive_files, takeaway_rows, wellknown
from regesta.search import index
from regesta.text.strings import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator

    from regesta.archive.touched import Touched
    from regesta.building.load import Loaded
    from regesta.building.make import MadeFile
    from regesta.building.options import Options
    from regesta.building.report import Report
    from regesta.pages.page import Unit
    from regesta.publishing.dry_run import Rehearsal
    from regesta.publishing.publisher import Publisher
    from regesta.publishing.site_files import SiteFiles

    Progress = Callable[[Iterable[Unit], int], Iterable[Unit]]

_SHARE = 1500  # files: with fewer, another process would take more CPU time than it saves of the clock's
_FILES = 2  # for each paper, about
_HELPED = 4  # of so many papers' pages, one is made by a process that makes lists
#: Units that every build plans.
_ALWAYS = ("", "static", "search", TAKEAWAYS)


class SiteBuild:
    """One build.

    Args:
        loaded: what the site is planned from.
        files: of the site.
        memory: what the last build left.
        publisher: takes the files that are new.
        options: how to build.
        report: is completed.
    """

    def __init__(
        self,
        loaded: Loaded,
        files: SiteFiles,
        memory: Memory,
        publisher: Publisher | Rehearsal,
        options: Options,
        report: Report,
    ) -> None:
        self._loaded, self._memory, self._publisher = loaded, memory, publisher
        self._options, self._report = options, report
        self._files, self._pages, self._made = files, PageRows(memory), MadeFiles(memory)
        self._missing = publisher.look(files).missing
        site = loaded.site
        self._renderer = Renderer(
            loaded.theme, site.config, site.t, loaded.navigation, loaded.templates, site.kept
        )
        self._all_stale = options.full or self._files.settings != loaded.settings
        self._touched = self._what_is_touched()

    def _maker(self, *, all_stale: bool) -> Maker:
        publisher, files = self._publisher, self._files
        before = (lambda _: None) if files.is_first else files.get, files.of_unit
        how = self._renderer.render, self._is_same, publisher.write
        return Maker(before, self._missing, how, all_stale=all_stale)

    def build(self, progress: Progress) -> None:
        """Plan, make and publish.

        Raises:
            RegestaError: addresses collide, or there is a mistake in a template. The site stays as it was.
            OSError: the disk is full, or a folder may not be written to. The site stays as it was.
        """
        report = self._report
        made = self._made
        with report.stage("search"):
            made.add(self._index())
        with report.stage("render"):
            made.add(self._takeaways())
            with closing(self._all_pages(progress)) as pages:
                made.add(pages)
            gone = self._gone()
            made.add(self._sitemap(gone))
            gone = {path for path in gone if path not in made}
        with report.stage("publish"):
            self._refuse_collisions()
            written = made.new()
            self._complete(written, sorted(gone))
            self._publisher.publish(self._files, {path for path, _ in written})

    def _what_is_touched(self) -> Touched:
        """Return what has to be planned: all, if the rows do not say what the site was made from."""
        touched = self._loaded.touched
        if self._all_stale or touched.everything or not self._files.is_known or self._pages.is_changed:
            self._pages.forget()
            return EVERYTHING
        for path in self._missing:
            file = self._files.get(path)
            kind, _, name = (file.unit or "" if file else "").partition("/")
            if kind == "papers":
                touched.papers.add(name)
            elif kind == SITEMAP:
                self._pages.is_changed = True
            else:
                touched.lists.add((kind, name))
        return touched

    def _is_same(self, path: str, data: bytes) -> bool:
        """Tell whether the site's file at a path has some bytes, of which the hash is the same.

        It is read only by a full build, and in the index, which is made whole where somebody has changed one of its files.
        """
        if not (self._options.full or path.startswith(index.FOLDER)):
            return True
        return (self._report.output / path).read_bytes() == data

    def _index(self) -> Iterator[MadeFile]:
        """Make the search index: first, for the manifest of the index repeats those of its layers."""
        published = PublishedFiles(self._report.output, self._files)
        touched = self._loaded.touched  # also if other settings make all pages anew
        changed = None if touched.everything else touched.texts
        made_by = code_and_packages(*index.CODE)
        drafts = index.plan(self._loaded.site, published, self._memory, made_by, changed)
        # It says itself what it is made from: other settings do not make it stale.
        return self._maker(all_stale=self._options.full).make([("search", drafts)])

    def _takeaways(self) -> Iterator[MadeFile]:
        """Make the files that have the whole archive, of rows that lists need, too: only this process may write these."""
        loaded, site, config = self._loaded, self._loaded.site, self._loaded.site.config
        made_by = digest(
            repr((code_and_packages(*PAGES_CODE), loaded.theme.fingerprint, config.url, config.language))
        )
        takeaway_rows.update(site, made_by, loaded.touched)  # also if other settings make all pages anew
        return self._maker(all_stale=self._all_stale).make([(TAKEAWAYS, archive_files.plan(site))])

    def _all_pages(self, progress: Progress) -> Generator[MadeFile]:
        """Make all files but the index and the sitemap; processes share the work, if there is much."""
        jobs = self._jobs()
        self._renderer.makes_lists = self._touched.everything
        self._loaded.site.kept.forget(self._loaded.touched.texts)
        if jobs > 1:
            self._publisher.prepare()
            self._renderer.compile_all()
            self._files.doubt()
            self._memory.share()

        def share(number: int) -> Iterator[MadeFile]:
            if number:
                self._memory.reopen()
                self._loaded.site.kept.use(Memory())  # only one process may write into the file
                self._renderer.makes_lists &= number < _listing(jobs)
            units = _share(self._units(), number, jobs) if jobs > 1 else self._units()
            shown = units if number else progress(units, self._size() // jobs)
            return self._maker(all_stale=self._all_stale).make(shown)

        return in_parallel(share, range(jobs))

    def _units(self) -> Iterator[Unit]:
        return plan_units(self._loaded, self._touched)

    def _size(self) -> int:
        """Return about how many units are planned."""
        touched = self._touched
        return _FILES * len(self._loaded.site.archive.papers) if touched.everything else len(touched.papers)

    def _jobs(self) -> int:
        if self._options.dry_run or not self._memory.is_shared():
            return 1
        return self._options.jobs or min(processors(), 1 + self._size() // _SHARE)

    def _sitemap(self, gone: set[str]) -> Iterable[MadeFile]:
        """Note the pages in the rows; make the sitemap if they are other than before, and add its old files to `gone`."""
        self._pages.update(self._made.pages(), gone)
        if not self._pages.is_changed:
            return ()
        gone |= {file.path for file in self._files.of_unit(SITEMAP)}
        drafts = wellknown.plan_sitemap(self._loaded.site.config, self._pages.listed())
        return self._maker(all_stale=self._all_stale).make([(SITEMAP, drafts)])

    def _gone(self) -> set[str]:
        """Return the files of what was planned that the site has and is to lose."""
        if self._touched.everything:
            paths = self._files.paths()
        else:
            units = {*_ALWAYS, *self._touched.units()}
            paths = (file.path for unit in units for file in self._files.of_unit(unit))
        return {path for path in paths if path not in self._made}

    def _refuse_collisions(self) -> None:
        """Make sure that no two files have one path; where that is in doubt, the whole site is planned once more."""
        planned = self._made.units() | {*self._touched.units()}
        new = self._made.paths(all_planned=self._touched.everything)

        def is_kept(path: str) -> bool:
            file = None if self._touched.everything else self._files.get(path)
            return file is not None and file.unit not in planned

        def has_folder(path: str) -> bool:
            return not self._touched.everything and self._files.has_folder(path)

        if may_collide(self._made, new, is_kept, has_folder):
            whole = (TAKEAWAYS, archive_files.plan(self._loaded.site))
            refuse_collisions(chain([whole], plan_units(self._loaded, EVERYTHING)))

    def _complete(self, written: list[tuple[str, str]], gone: list[str]) -> None:
        """Complete the report, and bring the rows of the site's files up to date."""
        report, files = self._report, self._files
        files.put(self._made.site_files(all_planned=self._touched.everything))
        files.remove(gone)
        files.settings = self._loaded.settings
        report.papers, report.pages, report.files = (
            len(self._loaded.site.archive.papers),
            len(self._pages),
            len(files),
        )
        report.written, report.deleted = len(written), len(gone)
        report.changes = [*written, *((path, "is no longer part of the site") for path in gone)]


def _share(units: Iterable[Unit], number: int, jobs: int) -> Iterator[Unit]:
    """Yield the units that one of several processes makes; `number` is its, from 0.

    Lists are made by the first half of the processes, since each process that makes lists renders the items of all papers.
    They make some of the papers' pages, too, which are more work.
    """
    listing, papers, others = _listing(jobs), 0, 0
    for unit in units:
        if unit[0].startswith("papers/"):
            papers += 1
            turn, rest = divmod(papers, _HELPED)
            owner = turn % listing if not rest else listing + papers % (jobs - listing)
        else:
            others += 1
            owner = others % listing
        if owner == number:
            yield unit


def _listing(jobs: int) -> int:
    """Return how many of some processes make lists."""
    return (jobs + 1) // 2
