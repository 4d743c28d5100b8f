"""The build, in its stages: load, plan, render what changed, write, remember."""

from __future__ import annotations

import os
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from os.path import isfile as _is_file
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import TemplateError

from regesta import __version__
from regesta.archive import make_archive
from regesta.catalogue import Catalogue
from regesta.collection import load_collections, load_pages, unknown_papers
from regesta.config import load_config
from regesta.errors import RegestaError, fail
from regesta.listing import Site
from regesta.manifest import Manifest, load_manifest, manifest_path, save_manifest
from regesta.page import Link
from regesta.plan import SEARCH_MANIFEST, Plan, plan_files, plan_pages, plan_search, refuse_collisions
from regesta.render import Renderer, template_failure
from regesta.store import load_papers
from regesta.tagging import load_tags
from regesta.text import digest
from regesta.themes import find_theme

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from regesta.archive import Archive
    from regesta.collection import OwnPage
    from regesta.errors import Problem


@dataclass(slots=True)
class Report:
    """What a build did.

    Attributes:
        papers, pages, files: how many the site holds (files include pages).
        written, deleted: how many files changed on the disk.
        seconds: CPU time by stage.
        problems: what was left out, and why.
        output: the site's folder.
    """

    output: Path
    papers: int = 0
    pages: int = 0
    files: int = 0
    written: int = 0
    deleted: int = 0
    seconds: dict[str, float] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the CPU time of what happens inside to a stage."""
        start = time.process_time()
        yield
        self.seconds[name] = self.seconds.get(name, 0.0) + time.process_time() - start

    def summary(self) -> str:
        """Return the result in one line."""
        changes = f"{self.written} written, {self.deleted} deleted"
        total = sum(self.seconds.values())
        return f"built {self.output}: {self.papers} papers, {self.pages} pages, {self.files} files ({changes}) in {total:.2f} CPU s"

    def as_json(self) -> dict[str, Any]:
        """Return the result as plain data."""
        return asdict(self) | {"output": str(self.output)}


def build(root: Path, output: Path, url: str = "") -> Report:
    """Make the website of the archive in root; files that did not change are not written.

    Args:
        root: the folder that holds `content/`.
        output: the site's folder; what it holds and Regesta did not make stays.
        url: where the site will live, in place of the setting.

    Raises:
        RegestaError: nothing can be published: settings, theme or addresses are wrong. The site stays as it was.
    """
    report, content = Report(output), root / "content"
    refuse_output(output, root)
    with report.stage("load"):
        config = load_config(content, url)
        theme = find_theme(config.theme, root)
        t = Catalogue(theme.strings(config.language))
        archive, own = _load(content, report)
    with report.stage("plan"):
        site = Site(config, archive, t)
        pages = plan_pages(site, own)
        files = plan_files(site, pages, theme, content / "static")
    with report.stage("search"):
        files |= plan_search(site)
    refuse_collisions(pages, files)
    place = manifest_path(root, output)
    before = load_manifest(place)
    if not place.exists():
        save_manifest(place, before)  # the folder is ours from now on, even if this build is cut off
    with report.stage("render"):
        shared = navigation(archive, own, t)
        settings = digest("\n".join([__version__, theme.fingerprint, repr(config), repr(shared)]))
        try:
            after = _publish(Plan(tuple(pages), files), Renderer(theme, config, t, shared), before, settings, report)
        except TemplateError as error:
            raise template_failure(error, theme) from error
    save_manifest(place, after)
    report.papers, report.pages, report.files = len(archive.papers), len(pages), len(after.outputs)
    return report


def refuse_output(output: Path, root: Path) -> None:
    """Make sure that the site gets a folder of its own: no file of a person's is overwritten or published by mistake.

    Raises:
        RegestaError: the folder is, holds or lies in one that the archive is kept in, or holds files of somebody else.
    """
    site = output.resolve()
    for name in ("content", "themes", ".git"):
        kept = (root / name).resolve()
        if site == kept or site in kept.parents or kept in site.parents:
            raise fail(output, f"is, holds or lies in the folder {name}/", "build into a folder of its own, such as site/")
    if output.exists() and not output.is_dir():
        raise fail(output, "is a file", "name a folder")
    is_ours = manifest_path(root, output).exists() or (output / SEARCH_MANIFEST).exists()
    if not is_ours and output.exists() and any(not path.name.startswith(".") for path in output.iterdir()):
        raise fail(output, "holds files that Regesta did not make", "build into an empty folder, or empty this one")


def _load(content: Path, report: Report) -> tuple[Archive, dict[str, OwnPage]]:
    taxonomy = load_tags(content)
    papers, broken = load_papers(content / "papers")
    collections, broken_lists = load_collections(content)
    own, broken_pages = load_pages(content)
    known = {name for file in papers for name in (file.paper.id, *file.paper.aliases)}
    unknown = unknown_papers(content, collections, known)
    report.problems += [problem.below(content) for problem in (*broken, *broken_lists, *broken_pages, *unknown)]
    if broken and not papers:
        raise RegestaError(report.problems, status=3)
    return make_archive((file.paper for file in papers), taxonomy, collections), own


def navigation(archive: Archive, own: Mapping[str, OwnPage], t: Catalogue) -> dict[str, Any]:
    """Return what every page shows: the ways in that this archive has. No totals: they would change every page."""
    ways = (
        ("tags", "/tags/", archive.tags),
        ("dates", "/dates/", archive.papers),
        ("collections", "/collections/", archive.collected),
        ("organizations", "/organizations/", archive.organizations),
        ("authors", "/authors/", archive.authors),
        ("venues", "/venues/", archive.venues),
    )
    links = [*(Link(t(key), address) for key, address, index in ways if index), Link(t("search"), "/search/")]
    return {
        "ways": links,
        "way_addresses": [link.address for link in links],
        "own_pages": [Link(page.title, f"/{page.name}/") for page in own.values()],
    }


def _publish(plan: Plan, renderer: Renderer, before: Manifest, settings: str, report: Report) -> Manifest:
    """Bring the site's folder up to date; return the manifest of what it then holds."""
    after = Manifest(settings)
    output = report.output
    for page in plan.pages:
        after.inputs[page.path] = page.fingerprint()
        if settings == before.settings and _is_current(output, page.path, after.inputs[page.path], before):
            after.outputs[page.path] = before.outputs[page.path]
            continue
        _write(page.path, renderer.render(page), before, after, report)
    for path, data in plan.files.items():
        _write(path, data, before, after, report)
    _delete(sorted(set(before.outputs) - set(after.outputs)), report)
    return after


def _is_current(output: Path, path: str, fingerprint: str, before: Manifest) -> bool:
    return before.inputs.get(path) == fingerprint and _is_file(f"{output}/{path}")


def _write(path: str, data: bytes, before: Manifest, after: Manifest, report: Report) -> None:
    """Write a file whole, unless it holds these bytes already."""
    after.outputs[path] = digest(data)
    target = f"{report.output}/{path}"
    if _is_file(target) and (before.outputs.get(path) == after.outputs[path] or Path(target).read_bytes() == data):
        return
    replace_file(target, data)
    report.written += 1


def replace_file(target: str, data: bytes) -> None:
    """Put a file in place in one step, so that a reader sees the old or the new one; its folder is made if need be."""
    temporary = f"{target}.tmp"
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    try:
        handle = os.open(temporary, flags, 0o666)
    except FileNotFoundError:
        Path(target).parent.mkdir(parents=True)
        handle = os.open(temporary, flags, 0o666)
    with open(handle, "wb") as file:
        file.write(data)
    os.replace(temporary, target)


def _delete(paths: Sequence[str], report: Report) -> None:
    """Take away what an earlier build made and this one did not, and the folders that are empty then."""
    for path in paths:
        target = report.output / path
        if not target.resolve().is_relative_to(report.output.resolve()):
            continue  # no build of ours wrote that
        target.unlink(missing_ok=True)
        report.deleted += 1
        for folder in target.parents:
            if folder == report.output or (folder.is_dir() and any(folder.iterdir())):
                break
            if folder.is_dir():
                folder.rmdir()
